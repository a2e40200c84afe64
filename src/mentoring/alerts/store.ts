import type { NotNull } from 'kysely'
import type { Db } from '../../store/schema.js'
import type { StudentSchooling } from '../students/store.js'
import { isLevel } from '../levels.js'
import type { Period } from '../days.js'

/** A cohort that is open, of any scheme. */
export type Followed = Readonly<{
  id: number
  publicId: string
  scheme: string
  title: string
  /** Of a P-TECH cohort. */
  entryYear: number | null
  /** Of who runs it, or of a school that has students in it. */
  academyCode: string | null
}>

/** The cohorts that some organisations run and that are open on a day. */
export async function listFollowed(
  db: Db,
  ownerIds: readonly number[],
  day: string,
): Promise<Followed[]> {
  if (ownerIds.length === 0) return []
  const rows = await db
    .selectFrom('cohorts')
    .innerJoin('organisations as owner', 'owner.id', 'cohorts.owner_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.id',
      'cohorts.public_id as publicId',
      'cohorts.scheme',
      'cohorts.name',
      'ptech_classes.name as className',
      'cohorts.entry_year as entryYear',
      'owner.academy_code as academyCode',
      of
        .selectFrom('cohort_schools')
        .innerJoin('organisations as school', 'school.id', 'cohort_schools.school_id')
        .select((school) => school.fn.min('school.academy_code').as('code'))
        .whereRef('cohort_schools.cohort_id', '=', 'cohorts.id')
        .as('schoolAcademyCode'),
    ])
    .where('cohorts.owner_id', 'in', [...ownerIds])
    .where((or) => or.or([or('cohorts.closed_on', 'is', null), or('cohorts.closed_on', '>=', day)]))
    .orderBy('cohorts.id')
    .execute()
  return rows.map(({ name, className, academyCode, schoolAcademyCode, ...cohort }) => ({
    ...cohort,
    title: name ?? className ?? '',
    academyCode: academyCode ?? schoolAcademyCode,
  }))
}

type OfStudent = Readonly<{ studentId: number }>
export type Stay = Period & OfStudent & Readonly<{ cohortId: number }>

/** Every enrolment in some cohorts. */
export async function listStaysIn(db: Db, cohortIds: readonly number[]): Promise<Stay[]> {
  if (cohortIds.length === 0) return []
  return db
    .selectFrom('enrolments')
    .select([
      'student_id as studentId',
      'cohort_id as cohortId',
      'from_day as fromDay',
      'until_day as untilDay',
    ])
    .where('cohort_id', 'in', [...cohortIds])
    .execute()
}

/** The levels of the students who are or were in some cohorts, each student's first one first. */
export async function listSchoolingsIn(
  db: Db,
  cohortIds: readonly number[],
): Promise<Omit<StudentSchooling, 'division'>[]> {
  if (cohortIds.length === 0) return []
  const rows = await db
    .selectFrom('schoolings')
    .select(['student_id as studentId', 'level', 'from_day as fromDay', 'until_day as untilDay'])
    .where('student_id', 'in', (of) =>
      of
        .selectFrom('enrolments')
        .select('student_id')
        .where('cohort_id', 'in', [...cohortIds]),
    )
    .orderBy('from_day')
    .execute()
  return rows.flatMap(({ level, ...one }) => (isLevel(level) ? [{ ...one, level }] : []))
}

/** The days of sessions of a kind that students of some cohorts took part in and do not contest. */
export async function listSessionDaysIn(
  db: Db,
  cohortIds: readonly number[],
  of: Readonly<{ kind: string; fromDay: string }>,
): Promise<(OfStudent & Readonly<{ day: string }>)[]> {
  if (cohortIds.length === 0) return []
  return db
    .selectFrom('session_students as presence')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'presence.session_id')
    .select(['presence.student_id as studentId', 'fact.day'])
    .where('presence.student_id', 'in', (all) =>
      all
        .selectFrom('enrolments')
        .select('student_id')
        .where('cohort_id', 'in', [...cohortIds]),
    )
    .where('presence.contested_at', 'is', null)
    .where('fact.kind', '=', of.kind)
    .where('fact.day', '>=', of.fromDay)
    .execute()
}

/** The day of the last session of each of some cohorts, by cohort; those that had one. */
export async function lastSessionOf(
  db: Db,
  cohortIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (cohortIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('mentoring_sessions')
    .select((of) => ['cohort_id as cohortId', of.fn.max('day').as('day')])
    .where('cohort_id', 'in', [...cohortIds])
    .groupBy('cohort_id')
    .execute()
  return new Map(rows.map(({ cohortId, day }) => [cohortId, day]))
}

/** How many facts of a cohort wait, and since which instant the first of them does. */
export type Waiting = Readonly<{
  cohortPublicId: string
  scheme: string
  title: string
  count: number
  since: string
}>

/** Sessions, of schools or of companies, that were recorded before an instant and that nobody has confirmed. */
export async function listLongUnconfirmed(
  db: Db,
  organisationIds: readonly number[],
  before: string,
): Promise<Waiting[]> {
  if (organisationIds.length === 0) return []
  const ids = [...organisationIds]
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('fact.recorded_at').as('since'),
    ])
    .where('fact.confirmed_at', 'is', null)
    .where('fact.recorded_at', '<', before)
    .where((of) => of.or([of('cohorts.owner_id', 'in', ids), of('fact.company_id', 'in', ids)]))
    .where((of) =>
      of.exists(
        of
          .selectFrom('session_students as presence')
          .select('presence.id')
          .whereRef('presence.session_id', '=', 'fact.id')
          .where('presence.contested_at', 'is', null),
      ),
    )
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return rows.map(toWaiting)
}

/** Sessions and placements of the cohorts of some organisations that their students contest. */
export async function listContested(db: Db, ownerIds: readonly number[]): Promise<Waiting[]> {
  if (ownerIds.length === 0) return []
  const sessions = await db
    .selectFrom('session_students as presence')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'presence.session_id')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('presence.contested_at').as('since'),
    ])
    .$narrowType<{ since: NotNull }>()
    .where('presence.contested_at', 'is not', null)
    .where('cohorts.owner_id', 'in', [...ownerIds])
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return [...sessions.map(toWaiting), ...(await contestedPlacements(db, ownerIds))]
}

/** Each with the P-TECH cohort that its student was in when it began. */
async function contestedPlacements(db: Db, ownerIds: readonly number[]): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('placements as fact')
    .innerJoin('enrolments', 'enrolments.student_id', 'fact.student_id')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
      of.fn.min('fact.contested_at').as('since'),
    ])
    .$narrowType<{ since: NotNull }>()
    .where('fact.contested_at', 'is not', null)
    .where('cohorts.owner_id', 'in', [...ownerIds])
    .whereRef('enrolments.from_day', '<=', 'fact.from_day')
    .where((or) =>
      or.or([
        or('enrolments.until_day', 'is', null),
        or('enrolments.until_day', '>=', or.ref('fact.from_day')),
      ]),
    )
    .groupBy(['cohorts.id', 'ptech_classes.id'])
    .execute()
  return rows.map(toWaiting)
}

type WaitingRow = Omit<Waiting, 'title' | 'count'> &
  Readonly<{ name: string | null; className: string | null; count: number | string | bigint }>

/** PostgreSQL tells a count as text. */
function toWaiting({ name, className, count, ...row }: WaitingRow): Waiting {
  return { ...row, title: name ?? className ?? '', count: Number(count) }
}

export type PartnerClass = Readonly<{
  id: number
  publicId: string
  name: string
  schoolName: string
  companyId: number
  companyPublicId: string
}>

/** The classes that some companies take part in on a day, once for each company. */
export function listPartnerClasses(
  db: Db,
  companyIds: readonly number[],
  day: string,
): Promise<PartnerClass[]> {
  if (companyIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('class_companies as link')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'link.class_id')
    .innerJoin('organisations as school', 'school.id', 'ptech_classes.school_id')
    .innerJoin('organisations as company', 'company.id', 'link.company_id')
    .select([
      'ptech_classes.id',
      'ptech_classes.public_id as publicId',
      'ptech_classes.name',
      'school.name as schoolName',
      'company.id as companyId',
      'company.public_id as companyPublicId',
    ])
    .distinct()
    .where('link.company_id', 'in', [...companyIds])
    .where('link.from_day', '<=', day)
    .where((or) => or.or([or('link.until_day', 'is', null), or('link.until_day', '>=', day)]))
    .execute()
}
