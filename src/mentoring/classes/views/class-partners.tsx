import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { ClassView } from '../see-classes.js'

const ROLE_WORDS: Readonly<Record<'principal' | 'partner', Words>> = {
  principal: { fr: 'Entreprise principale', en: 'Principal company' },
  partner: { fr: 'Partenaire', en: 'Partner' },
}

/** The companies of a class, of today and of before. */
export function Companies({ say, view }: { say: Say; view: ClassView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Avec la classe, et autrefois', en: 'With the class, and formerly' })}
      head={[
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'Part', en: 'Part' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Aujourd’hui', en: 'Today' }),
      ]}
      rows={view.companies.map(({ name, role, fromDay, untilDay, active }) => [
        name,
        say(ROLE_WORDS[role]),
        say.day(fromDay),
        untilDay === null ? '–' : say.day(untilDay),
        <Active say={say} active={active} />,
      ])}
      empty={say({ fr: 'Aucune entreprise.', en: 'No company.' })}
    />
  )
}

/** Its liaison officers (PT-10). */
export function Liaisons({ say, view }: { say: Say; view: ClassView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Agents de liaison', en: 'Liaison officers' })}
      head={[
        say({ fr: 'Nom', en: 'Name' }),
        say({ fr: 'Employeur', en: 'Employer' }),
        say({ fr: 'Financé par', en: 'Paid by' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Aujourd’hui', en: 'Today' }),
      ]}
      rows={view.liaisons.map((one) => [
        `${one.givenName} ${one.familyName}`,
        one.employer ?? '–',
        one.financedBy ?? '–',
        say.day(one.fromDay),
        one.untilDay === null ? '–' : say.day(one.untilDay),
        <Active say={say} active={one.active} />,
      ])}
      empty={say({ fr: 'Personne pour le moment.', en: 'Nobody yet.' })}
    />
  )
}

/** Whether somebody or something is with the class today. */
export function Active({ say, active }: { say: Say; active: boolean }): VNode {
  return active ? (
    <State tone="valid">{say({ fr: 'Avec la classe', en: 'With the class' })}</State>
  ) : (
    <State tone="plain">{say({ fr: 'Pas ce jour', en: 'Not on this day' })}</State>
  )
}
