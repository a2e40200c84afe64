import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { quotaOf } from '../hosting.js'
import type { Site, SiteDerogation } from '../sites-store.js'
import { stateOfForm } from './placement.js'

type SiteProps = { asked: Asked; site: Site; derogations: readonly SiteDerogation[] }

/** A site: its quota, and its declarations of derogation. */
export function SitePage({ asked, site, derogations }: SiteProps): VNode {
  const { say } = formStateOf(asked)
  const way = [
    { href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) },
    { href: '/sites', title: say({ fr: 'Sites et dérogations', en: 'Sites and derogations' }) },
  ]
  return (
    <Frame asked={asked} title={site.name} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Entreprise', en: 'Company' }), site.companyName],
          ['SIRET', site.siret],
          [say({ fr: 'Commune', en: 'Town' }), site.town],
          [
            say({ fr: 'Stagiaires par semaine, au plus', en: 'Trainees a week, at most' }),
            say.number(quotaOf(site)),
          ],
        ]}
      />
      <Table
        caption={say({ fr: 'Déclarations de dérogation', en: 'Declarations of derogation' })}
        head={[
          say({ fr: 'Envoyée le', en: 'Sent on' }),
          say({ fr: 'Valable jusqu’au', en: 'Valid until' }),
          say({ fr: 'Travaux', en: 'Works' }),
        ]}
        rows={derogations.map(({ sentOn, validUntil, works }) => [
          say.day(sentOn),
          say.day(validUntil),
          works,
        ])}
        empty={say({
          fr: 'Aucune : un mineur n’y fait pas de travaux réglementés.',
          en: 'None: a minor does no regulated work here.',
        })}
      />
      <Derogation asked={asked} />
      <Staff asked={asked} site={site} />
    </Frame>
  )
}

function Derogation({ asked }: { asked: Asked }): VNode {
  const state = stateOfForm(asked, 'derogation')
  const { say } = state
  return (
    <Form state={state}>
      <h2>{say({ fr: 'Saisir une déclaration', en: 'Record a declaration' })}</h2>
      <input type="hidden" name="do" value="derogation" />
      <Field
        state={state}
        name="sentOn"
        type="date"
        label={say({ fr: 'Envoyée à l’inspection du travail le', en: 'Sent on' })}
        hint={say({ fr: 'Elle vaut trois ans.', en: 'It is valid for three years.' })}
      />
      <Field state={state} name="works" label={say({ fr: 'Travaux', en: 'Works' })} />
      <Button>{say({ fr: 'Saisir la déclaration', en: 'Record the declaration' })}</Button>
    </Form>
  )
}

function Staff({ asked, site }: { asked: Asked; site: Site }): VNode {
  const state = stateOfForm(asked, 'staff')
  const { say } = state
  return (
    <Form state={state}>
      <h2>{say({ fr: 'Personnes et quota', en: 'Staff and quota' })}</h2>
      <input type="hidden" name="do" value="staff" />
      <Field
        state={state}
        name="staffCount"
        type="number"
        label={say({ fr: 'Personnes qui y travaillent', en: 'People who work there' })}
        value={site.staffCount}
      />
      <Field
        state={state}
        name="quotaRaisedOn"
        type="date"
        optional
        label={say({
          fr: 'Quota relevé par l’académie le',
          en: 'Quota raised by the academy on',
        })}
        hint={say({
          fr: '20 % du personnel à partir de 30 personnes, sinon 5 stagiaires.',
          en: '20 % of the staff from 30 people on, otherwise 5 trainees.',
        })}
        {...(site.quotaRaisedOn === null ? {} : { value: site.quotaRaisedOn })}
      />
      <Button kind="secondary">{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
    </Form>
  )
}
