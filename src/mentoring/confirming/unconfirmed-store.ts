import { sql, type NotNull, type RawBuilder } from 'kysely'
import type { Db } from '../../store/schema.js'
import { idsOf, isRunBy, type Sides } from '../cohorts/sides.js'
import { studentDays, wasAtSchool } from '../students/conditions.js'

export type Named = Readonly<{ givenName: string; familyName: string }>

/** What was recorded and waits for somebody's word. */
export type Unconfirmed = Readonly<{
  kind: 'session' | 'placement'
  publicId: string
  /** Whose students they are: the lycée of a P-TECH class; other cohorts have none. */
  schoolId: number | null
  /** The school, or who runs the cohort. */
  schoolName: string
  companyName: string
  /** Of a session. */
  sessionKind: string | undefined
  topic: string | undefined
  /** The class or the cohort. */
  className: string | undefined
  day: string
  untilDay: string
  /** Of a session; 0 for a placement. */
  minutes: number
  /** Of a placement; 0 for a session. */
  days: number
  /** Who mentored, or who was the tutor. */
  ledBy: Named
  students: readonly (Named & Readonly<{ schoolId: number }>)[]
}>

/** Sessions of some schools, companies or owners of cohorts that wait for somebody other than `personId`. */
export async function listSessionsToConfirm(
  db: Db,
  confirmsFor: Sides,
  personId: number,
): Promise<Unconfirmed[]> {
  const { schoolIds, companyIds } = confirmsFor
  if (schoolIds.length + companyIds.length === 0) return []
  const rows = await unconfirmedSessions(db, confirmsFor, personId)
  const sessionIds = rows.map(({ id }) => id)
  const students = Map.groupBy(await presentAt(db, sessionIds), ({ sessionId }) => sessionId)
  const mentors = Map.groupBy(await mentorsOf(db, sessionIds), ({ sessionId }) => sessionId)
  return rows.map(({ id, className, cohortName, ...row }) => ({
    ...row,
    className: cohortName ?? className ?? undefined,
    kind: 'session',
    sessionKind: row.sessionKind,
    untilDay: row.day,
    days: 0,
    ledBy: mentors.get(id)?.[0] ?? NOBODY,
    students: students.get(id) ?? [],
  }))
}

/** Placements of some schools or companies, not contested, that wait for somebody other than `personId`. */
export async function listPlacementsToConfirm(
  db: Db,
  organisationIds: readonly number[],
  personId: number,
): Promise<Unconfirmed[]> {
  if (organisationIds.length === 0) return []
  const rows = await unconfirmedPlacements(db, organisationIds, personId)
  return rows.map(({ givenName, familyName, tutorGivenName, tutorFamilyName, ...row }) => ({
    ...row,
    kind: 'placement',
    sessionKind: undefined,
    topic: undefined,
    className: undefined,
    minutes: 0,
    ledBy: { givenName: tutorGivenName, familyName: tutorFamilyName },
    students: [{ givenName, familyName, schoolId: row.schoolId }],
  }))
}

const NOBODY: Named = { givenName: '–', familyName: '' }

function unconfirmedSessions(db: Db, confirmsFor: Sides, personId: number) {
  return db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .innerJoin('organisations as owner', 'owner.id', 'cohorts.owner_id')
    .innerJoin('organisations as company', 'company.id', 'fact.company_id')
    .select([
      'fact.id',
      'fact.public_id as publicId',
      'fact.kind as sessionKind',
      'fact.topic',
      'fact.day',
      'fact.minutes',
      'cohorts.name as cohortName',
      'ptech_classes.name as className',
      'ptech_classes.school_id as schoolId',
      'owner.name as schoolName',
      'company.name as companyName',
    ])
    .where(waitsFor(confirmsFor))
    .where('fact.recorded_by_id', '!=', personId)
    .orderBy('fact.day')
    .orderBy('fact.id')
    .execute()
}

const SEEN = studentDays('seen.student_id', 'fact.day')

/**
 * A condition on sessions, as `fact`, and their `cohorts`: they wait for the word of some, as who runs the cohort, of
 * the company that led, or as schools whose students were there. The class of a P-TECH cohort is one to all its schools.
 */
export function waitsFor(sides: Sides): RawBuilder<boolean> {
  const { schoolIds, companyIds } = sides
  return sql`(fact.confirmed_at is null and fact.disputed_at is null and (${isRunBy(sides)}
    or fact.company_id in (${idsOf(companyIds)})
    or (exists (select 1 from cohort_schools as part where part.cohort_id = fact.cohort_id
        and part.school_id in (${idsOf(schoolIds)}) and part.from_day <= fact.day
        and (part.until_day is null or part.until_day >= fact.day))
      and (cohorts.class_id is not null or exists (select 1 from session_students as seen
        where seen.session_id = fact.id and ${wasAtSchool(SEEN, schoolIds)})))))`
}

function unconfirmedPlacements(db: Db, organisationIds: readonly number[], personId: number) {
  return (
    db
      .selectFrom('placements as fact')
      .innerJoin('students', 'students.id', 'fact.student_id')
      .innerJoin('persons as tutor', 'tutor.id', 'fact.tutor_id')
      .innerJoin('organisations as school', 'school.id', 'students.school_id')
      .innerJoin('organisations as company', 'company.id', 'fact.company_id')
      .select([
        'fact.public_id as publicId',
        'fact.from_day as day',
        'fact.until_day as untilDay',
        'fact.days_done as days',
        'students.given_name as givenName',
        'students.family_name as familyName',
        'tutor.given_name as tutorGivenName',
        'tutor.family_name as tutorFamilyName',
        'school.id as schoolId',
        'school.name as schoolName',
        'company.name as companyName',
      ])
      .where('fact.confirmed_at', 'is', null)
      .where('fact.contested_at', 'is', null)
      // Until its days are known it is planned, and no fact.
      .where('fact.days_done', 'is not', null)
      .$narrowType<{ days: NotNull }>()
      .where('fact.recorded_by_id', '!=', personId)
      .where((of) =>
        of.or([
          of('school.id', 'in', [...organisationIds]),
          of.and([
            of('fact.company_id', 'in', [...organisationIds]),
            of('fact.id', 'not in', assessedByLink(db)),
          ]),
        ]),
      )
      .orderBy('fact.from_day')
      .orderBy('fact.id')
      .execute()
  )
}

/** What the company's tutor sent by a link waits for the school's word. */
function assessedByLink(db: Db) {
  return db
    .selectFrom('placement_assessments')
    .select('placement_id')
    .where('sent_at', 'is not', null)
    .where('manner', '=', 'LINK')
}

async function presentAt(db: Db, sessionIds: readonly number[]) {
  if (sessionIds.length === 0) return []
  return db
    .selectFrom('session_students as presence')
    .innerJoin('students', 'students.id', 'presence.student_id')
    .select([
      'presence.session_id as sessionId',
      'students.given_name as givenName',
      'students.family_name as familyName',
      'students.school_id as schoolId',
    ])
    .where('presence.session_id', 'in', [...sessionIds])
    .orderBy('students.family_name')
    .orderBy('students.given_name')
    .execute()
}

async function mentorsOf(db: Db, sessionIds: readonly number[]) {
  if (sessionIds.length === 0) return []
  return db
    .selectFrom('session_mentors as mentor')
    .innerJoin('persons', 'persons.id', 'mentor.person_id')
    .select([
      'mentor.session_id as sessionId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
    ])
    .where('mentor.session_id', 'in', [...sessionIds])
    .orderBy('mentor.id')
    .execute()
}
