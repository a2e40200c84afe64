import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { LinkList } from '../../../web/components/links.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { AgreementView } from '../see-ground.js'
import { agreementWords } from './class-ground.js'
import { stateFor } from './class-way.js'

type AgreementProps = { asked: Asked; view: AgreementView }

/** One agreement: its term, its parties, the classes that it covers. */
export function AgreementPage({ asked, view }: AgreementProps): VNode {
  const { say } = formStateOf(asked)
  const { row, renewed } = view
  const way = [{ href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) }]
  return (
    <Frame asked={asked} title={row.title} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Nature', en: 'Kind' }), say(agreementWords(row.type))],
          [say({ fr: 'Premier jour', en: 'First day' }), say.day(row.start_day)],
          [say({ fr: 'Dernier jour', en: 'Last day' }), say.day(row.end_day)],
          [
            say({ fr: 'Renouvelle', en: 'Renews' }),
            renewed ? <a href={`/agreements/${renewed.public_id}`}>{renewed.title}</a> : '–',
          ],
        ]}
      />
      <h2>{say({ fr: 'Parties', en: 'Parties' })}</h2>
      <Table
        caption={say({ fr: 'Qui s’engage', en: 'Who agrees' })}
        head={[
          say({ fr: 'Partie', en: 'Party' }),
          say({ fr: 'En qualité de', en: 'In the capacity of' }),
          say({ fr: 'Signé le', en: 'Signed on' }),
        ]}
        rows={view.parties.map(({ name, capacity, signedOn }) => [
          name,
          capacity,
          signedOn === null ? '–' : say.day(signedOn),
        ])}
        empty={say({ fr: 'Aucune partie pour le moment.', en: 'No party yet.' })}
      />
      {view.mayManage ? <Signature asked={asked} view={view} /> : null}
      {view.mayManage ? <NewParty asked={asked} view={view} /> : null}
      <h2>{say({ fr: 'Classes couvertes', en: 'Classes that it covers' })}</h2>
      <LinkList
        links={view.classes.map(({ public_id, name }) => ({
          href: `/classes/${public_id}`,
          title: name,
        }))}
      />
    </Frame>
  )
}

/** The day on which a party signed, once it has. */
function Signature({ asked, view }: AgreementProps): VNode | null {
  const state = stateFor(asked, 'sign')
  const { say } = state
  const unsigned = view.parties.flatMap(({ name, signedOn }, at) =>
    signedOn === null ? [{ value: String(at + 1), label: name }] : [],
  )
  if (unsigned.length === 0) return null
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="sign" />
      <Select
        state={state}
        name="place"
        label={say({ fr: 'Partie qui a signé', en: 'Party that has signed' })}
        options={unsigned}
      />
      <Field
        state={state}
        name="signedDay"
        type="date"
        label={say({ fr: 'Jour de la signature', en: 'Day of the signature' })}
      />
      <Button kind="secondary">{say({ fr: 'Noter la signature', en: 'Note it' })}</Button>
    </Form>
  )
}

function NewParty({ asked, view }: AgreementProps): VNode {
  const state = stateFor(asked, 'add')
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="add" />
      <Select
        state={state}
        name="organisationId"
        label={say({ fr: 'Organisation connue ici', en: 'Organisation known here' })}
        options={[
          { value: '', label: say({ fr: 'Une autre : écrire son nom', en: 'Another: a name' }) },
          ...view.organisations.map(({ publicId, name }) => ({ value: publicId, label: name })),
        ]}
      />
      <Field
        state={state}
        name="name"
        optional="either"
        label={say({ fr: 'Nom d’une autre partie', en: 'Name of another party' })}
      />
      <Field
        state={state}
        name="capacity"
        label={say({ fr: 'En qualité de', en: 'In the capacity of' })}
        hint={say({ fr: 'Par exemple : recteur, proviseure.', en: 'For example: rector, head.' })}
      />
      <Field
        state={state}
        name="signedOn"
        type="date"
        optional
        label={say({ fr: 'Signé le', en: 'Signed on' })}
      />
      <Button>{say({ fr: 'Ajouter cette partie', en: 'Add this party' })}</Button>
    </Form>
  )
}
