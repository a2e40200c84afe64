import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import type { Say } from '../../web/say.js'
import type { Contacts } from '../see-contacts.js'

type Props = { say: Say; contacts: Contacts }

/** Who keeps the service, if they say so. */
export function Operator({ say, contacts: { operator, contact } }: Props): VNode | null {
  if (operator === '' && contact === '') return null
  return (
    <section>
      <h2>{say({ fr: 'Qui tient ce service', en: 'Who keeps this service' })}</h2>
      <p>
        {operator}
        {operator !== '' && contact !== '' ? ', ' : ''}
        {contact === '' ? null : <Address address={contact} />}
      </p>
    </section>
  )
}

/** The data protection officers who are named. */
export function Officers({ say, contacts: { officer, officers } }: Props): VNode | null {
  if (officer === '' && officers.length === 0) return null
  const title = say({
    fr: 'Délégués à la protection des données',
    en: 'Data protection officers',
  })
  const service = say({ fr: 'Ce service', en: 'This service' })
  return (
    <section>
      <h2>{title}</h2>
      <Table
        caption={title}
        quiet
        head={[say({ fr: 'Pour', en: 'For' }), say({ fr: 'Adresse', en: 'Address' })]}
        rows={[
          ...officers.map(({ school, address }) => [school, <Address address={address} />]),
          ...(officer === '' ? [] : [[service, <Address address={officer} />]]),
        ]}
        empty=""
      />
    </section>
  )
}

function Address({ address }: { address: string }): VNode {
  return <a href={`mailto:${address}`}>{address}</a>
}
