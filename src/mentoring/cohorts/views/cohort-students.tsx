import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { LEVEL_WORDS } from '../../levels.js'
import { KIND_WORDS, type SessionKind } from '../../schemes/ptech.js'
import type { CohortView, MemberLine } from '../see-cohort.js'
import type { CohortSession } from '../../facts/recorded-store.js'

/** The students of a cohort with their mentoring of the year, and what is missing (PT-04). */
export function CohortStudents({ say, view }: { say: Say; view: CohortView }): VNode {
  const { members, cohort, mayManage } = view
  return (
    <>
      <Table
        tight
        caption={say({
          fr: 'Mentorat de l’année, hors faits contestés',
          en: 'Mentoring of the year, contested facts left out',
        })}
        head={[
          say({ fr: 'Élève', en: 'Student' }),
          say({ fr: 'Niveau', en: 'Level' }),
          say({ fr: 'Projet', en: 'Project' }),
          say({ fr: 'Immersion', en: 'Immersion' }),
          say({ fr: 'Carrière', en: 'Career' }),
          ...(mayManage ? [say({ fr: 'Inscription', en: 'Enrolment' })] : []),
        ]}
        rows={members.map((member) => [
          <a href={`/students/${member.publicId}`}>{memberName(member)}</a>,
          member.level ? say(LEVEL_WORDS[member.level]) : say({ fr: 'inconnu', en: 'unknown' }),
          say.hours(member.minutes.PROJET),
          say.hours(member.minutes.IMMERSION),
          <Career say={say} member={member} />,
          ...(mayManage
            ? [
                <a href={`/cohorts/${cohort.publicId}/students/${member.publicId}/leave`}>
                  {say({ fr: 'Terminer', en: 'End' })}
                  <span class="visually-hidden"> ({memberName(member)})</span>
                </a>,
              ]
            : []),
        ])}
        empty=""
      />
      <p>
        {say({ fr: 'Pour la cohorte : ', en: 'For the cohort: ' })}
        {say.list([
          hoursOf(say, view.sessions, 'PROJET'),
          hoursOf(say, view.sessions, 'IMMERSION'),
        ])}
        .
      </p>
      <CareerGrid say={say} view={view} />
    </>
  )
}

function Career({ say, member }: { say: Say; member: MemberLine }): VNode {
  if (member.owed.length === 0) return <>{say.hours(member.minutes.CARRIERE)}</>
  const months = say.list(member.owed.map((month) => shortMonth(say, month)))
  return (
    <State tone="due">{say({ fr: `Sans séance : ${months}`, en: `No session: ${months}` })}</State>
  )
}

/** Who had a CARRIERE session in which month (PT-04). */
function CareerGrid({ say, view }: { say: Say; view: CohortView }): VNode {
  const isEmpty = view.members.every(
    ({ owed, career }) => owed.length === 0 && Object.keys(career).length === 0,
  )
  if (isEmpty) {
    return (
      <p class="soft">
        {say({
          fr: 'Aucune séance Carrière cette année ; elles sont dues à partir de la 1re pro.',
          en: 'No career session this year; they are due from 1re pro on.',
        })}
      </p>
    )
  }
  return (
    <details class="rest">
      <summary>
        {say({ fr: 'Séances Carrière, mois par mois', en: 'Career sessions, month by month' })}
      </summary>
      <CareerTable say={say} view={view} />
    </details>
  )
}

function CareerTable({ say, view }: { say: Say; view: CohortView }): VNode {
  return (
    <Table
      tight
      caption={say({
        fr: 'Dues à partir de la 1re pro ; 0 : il en manque une',
        en: 'Due from 1re pro on; 0: one is missing',
      })}
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        ...view.months.map((month) => shortMonth(say, month)),
      ]}
      rows={view.members.map((member) => [
        memberName(member),
        ...view.months.map((month) =>
          member.owed.includes(month) ? <strong>0</strong> : String(member.career[month] ?? '–'),
        ),
      ])}
      empty=""
    />
  )
}

function hoursOf(say: Say, sessions: readonly CohortSession[], kind: SessionKind): string {
  const minutes = sessions.reduce((sum, one) => sum + (one.kind === kind ? one.minutes : 0), 0)
  return `${say(KIND_WORDS[kind])} ${say.hours(minutes)}`
}

export function memberName({ givenName, familyName }: MemberLine): string {
  return `${givenName} ${familyName}`
}

/** « sept. » */
function shortMonth(say: Say, month: string): string {
  const locale = say.language === 'fr' ? 'fr-FR' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  return format.format(new Date(`${month}-01T00:00:00Z`))
}
