import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { quotaOf } from '../hosting.js'
import type { Site, SiteDerogation } from '../sites-store.js'

type SitesProps = {
  asked: Asked
  sites: readonly Site[]
  derogations: readonly SiteDerogation[]
  companies: readonly Organisation[]
  today: string
}

/** Where companies receive students: how many a week, and until when a declaration is valid. */
export function SitesPage({ asked, sites, derogations, companies, today }: SitesProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Sites et dérogations', en: 'Sites and derogations' })
  const way = [{ href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) }]
  return (
    <Frame asked={asked} title={title} way={way}>
      <Table
        caption={say({ fr: 'Sites', en: 'Sites' })}
        head={[
          say({ fr: 'Site', en: 'Site' }),
          say({ fr: 'Entreprise', en: 'Company' }),
          say({ fr: 'Commune', en: 'Town' }),
          say({ fr: 'Personnes', en: 'Staff' }),
          say({ fr: 'Stagiaires par semaine', en: 'Trainees a week' }),
          say({ fr: 'Dérogation', en: 'Derogation' }),
        ]}
        rows={sites.map((site) => [
          <a href={`/sites/${site.publicId}`}>{site.name}</a>,
          site.companyName,
          site.town,
          say.number(site.staffCount),
          say.number(quotaOf(site)),
          <Validity
            asked={asked}
            today={today}
            derogations={derogations.filter(({ siteId }) => siteId === site.id)}
          />,
        ])}
        empty={say({ fr: 'Aucun site n’est encore saisi.', en: 'No site is recorded yet.' })}
      />
      <h2>{say({ fr: 'Ajouter un site', en: 'Add a site' })}</h2>
      <Form state={state}>
        <Select
          state={state}
          name="companyId"
          label={say({ fr: 'Entreprise', en: 'Company' })}
          options={companies.map(({ publicId, name }) => ({ value: publicId, label: name }))}
        />
        <Field
          state={state}
          name="siret"
          label="SIRET"
          hint={say({ fr: 'Quatorze chiffres, ceux du site.', en: 'Fourteen digits, the site’s.' })}
        />
        <Field state={state} name="name" label={say({ fr: 'Nom du site', en: 'Name' })} />
        <Field state={state} name="town" label={say({ fr: 'Commune', en: 'Town' })} />
        <Field
          state={state}
          name="staffCount"
          type="number"
          label={say({ fr: 'Personnes qui y travaillent', en: 'People who work there' })}
        />
        <Button>{say({ fr: 'Ajouter le site', en: 'Add the site' })}</Button>
      </Form>
    </Frame>
  )
}

type ValidityProps = { asked: Asked; derogations: readonly SiteDerogation[]; today: string }

/** Until when the latest declaration is valid, in words and a shape. */
export function Validity({ asked, derogations, today }: ValidityProps): VNode {
  const { say } = formStateOf(asked)
  const until = derogations
    .map(({ validUntil }) => validUntil)
    .toSorted()
    .at(-1)
  if (until === undefined) return <State tone="plain">{say({ fr: 'aucune', en: 'none' })}</State>
  if (until < today) {
    return (
      <State tone="invalid">
        {say({ fr: `expirée le ${say.day(until)}`, en: `expired on ${say.day(until)}` })}
      </State>
    )
  }
  return (
    <State tone="valid">
      {say({ fr: `jusqu’au ${say.day(until)}`, en: `until ${say.day(until)}` })}
    </State>
  )
}
