import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { kindWords } from '../../schemes/index.js'
import type { CohortView } from '../see-cohort.js'
import type { CohortSession } from '../../facts/recorded-store.js'
import { memberName } from './cohort-students.js'
import { FirstRows } from '../../views/first-rows.js'
import { factAmount, factDays, FactState, standingOf } from '../../facts/views/facts.js'

type SessionsProps = { say: Say; sessions: readonly CohortSession[]; mayRecord: boolean }

/** The sessions of a cohort in the school year. */
export function CohortSessions({ say, sessions, mayRecord }: SessionsProps): VNode {
  return (
    <FirstRows
      say={say}
      rows={sessions}
      table={(rows, quiet) => (
        <SessionsTable say={say} sessions={rows} mayRecord={mayRecord} quiet={quiet} />
      )}
    />
  )
}

function SessionsTable(props: SessionsProps & { quiet: boolean }): VNode {
  const { say, sessions, mayRecord, quiet } = props
  return (
    <Table
      tight
      quiet={quiet}
      caption={say({
        fr: 'De l’année scolaire, la dernière d’abord',
        en: 'Of the year, last first',
      })}
      head={[
        say({ fr: 'Jour', en: 'Day' }),
        say({ fr: 'Type', en: 'Kind' }),
        say({ fr: 'Durée', en: 'Duration' }),
        say({ fr: 'Sujet', en: 'Topic' }),
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'Élèves', en: 'Students' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={sessions.map((one) => [
        <a href={`/sessions/${one.publicId}`}>{say.day(one.day)}</a>,
        say(kindWords(one.kind)),
        say.hours(one.minutes),
        one.topic,
        one.companyName,
        say.number(one.students),
        <>
          <SessionState say={say} session={one} />
          {mayRecord && one.confirmedAt === null ? <ToConfirm say={say} session={one} /> : null}
        </>,
      ])}
      empty={say({ fr: 'Aucune séance cette année.', en: 'No session this year.' })}
    />
  )
}

/** Who may confirm it, and a link for its mentor. */
function ToConfirm({ say, session }: { say: Say; session: CohortSession }): VNode {
  return (
    <>
      <br />
      <a href={`/sessions/${session.publicId}/link`}>
        {session.disputedAt === null
          ? say({ fr: 'Faire confirmer', en: 'Have it confirmed' })
          : say({ fr: 'Lire pourquoi', en: 'Read why' })}
      </a>
    </>
  )
}

/** Of the session, and of those who say that they were not there. */
function SessionState({ say, session }: { say: Say; session: CohortSession }): VNode {
  const { students, contested, confirmedAt, disputedAt } = session
  const standing = standingOf({ confirmedAt, disputedAt, contestedAt: null })
  if (contested === students) {
    return <FactState say={say} standing="contested" />
  }
  return (
    <>
      <FactState say={say} standing={standing} />
      {contested > 0 ? (
        <>
          <br />
          <State tone="invalid">
            {say({ fr: `Contestée par ${contested}`, en: `Contested by ${contested}` })}
          </State>
        </>
      ) : null}
    </>
  )
}

/** The placements of a cohort's students in the school year. */
export function CohortPlacements({ say, view }: { say: Say; view: CohortView }): VNode {
  return (
    <FirstRows
      say={say}
      rows={view.placements}
      table={(rows, quiet) => <PlacementsTable say={say} placements={rows} quiet={quiet} />}
    />
  )
}

type PlacementsProps = { say: Say; placements: CohortView['placements']; quiet: boolean }

function PlacementsTable({ say, placements, quiet }: PlacementsProps): VNode {
  return (
    <Table
      tight
      quiet={quiet}
      caption={say({ fr: 'De l’année scolaire', en: 'Of the school year' })}
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'Dates', en: 'Dates' }),
        say({ fr: 'Présence', en: 'Presence' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={placements.map((one) => [
        <a href={`/students/${one.student.publicId}`}>{memberName(one.student)}</a>,
        one.companyName,
        factDays(say, one),
        factAmount(say, one),
        <FactState say={say} standing={standingOf(one)} />,
      ])}
      empty={say({
        fr: 'Aucune cette année. Une période se saisit sur la page d’un élève.',
        en: 'None this year. A placement is recorded on the page of a student.',
      })}
    />
  )
}
