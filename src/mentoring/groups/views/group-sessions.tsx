import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { CohortSession } from '../../facts/recorded-store.js'
import { kindWords } from '../../schemes/index.js'
import { FirstRows } from '../../views/first-rows.js'

type SessionsProps = { say: Say; sessions: readonly CohortSession[] }

/** The sessions of a group, the last one first. */
export function GroupSessions({ say, sessions }: SessionsProps): VNode {
  return (
    <FirstRows
      say={say}
      rows={sessions}
      table={(rows, isRest) => <SessionsTable say={say} sessions={rows} quiet={isRest} />}
    />
  )
}

function SessionsTable({ say, sessions, quiet }: SessionsProps & { quiet: boolean }): VNode {
  return (
    <Table
      tight
      quiet={quiet}
      caption={say({ fr: 'Séances et actions', en: 'Sessions and actions' })}
      head={[
        say({ fr: 'Jour', en: 'Day' }),
        say({ fr: 'Type', en: 'Kind' }),
        say({ fr: 'Durée', en: 'Duration' }),
        say({ fr: 'Élèves', en: 'Students' }),
        say({ fr: 'Organisation du mentor', en: 'The mentor’s organisation' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={sessions.map((session) => [
        say.day(session.day),
        say(kindWords(session.kind)),
        say.hours(session.minutes),
        say.number(session.students),
        session.companyName,
        session.confirmedAt === null
          ? say({ fr: 'Attend une confirmation', en: 'Waits for a confirmation' })
          : say({ fr: 'Confirmée', en: 'Confirmed' }),
      ])}
      empty={say({ fr: 'Aucune séance saisie.', en: 'No session recorded.' })}
    />
  )
}
