import type { Db } from '../../store/schema.js'
import { concerns, type Sides } from '../cohorts/sides.js'
import type { StudentSchooling } from '../students/store.js'
import { isLevel } from '../levels.js'
import type { Period } from '../days.js'
import { schoolYearLabel } from '../school-year.js'

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

/** The cohorts that some run or, as schools, have students in, and that are open on a day. */
export async function listFollowed(db: Db, sides: Sides, day: string): Promise<Followed[]> {
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
      'owner.academy_code as ownAcademyCode',
      of
        .selectFrom('cohort_schools')
        .innerJoin('organisations as school', 'school.id', 'cohort_schools.school_id')
        .select((school) => school.fn.min('school.academy_code').as('code'))
        .whereRef('cohort_schools.cohort_id', '=', 'cohorts.id')
        .as('schoolAcademyCode'),
    ])
    .where(concerns(sides, day))
    .where((or) => or.or([or('cohorts.closed_on', 'is', null), or('cohorts.closed_on', '>=', day)]))
    .execute()
  return rows.map(({ name, className, ownAcademyCode, schoolAcademyCode, ...cohort }) => {
    const academyCode = ownAcademyCode ?? schoolAcademyCode
    return { ...cohort, title: titleOf({ name, className, ...cohort }), academyCode }
  })
}

/** « 2PC 2025-2026 »: a class has a cohort a year. */
export function titleOf(cohort: {
  name: string | null
  className: string | null
  entryYear: number | null
}): string {
  const { name, className, entryYear } = cohort
  const year = entryYear === null ? '' : ` ${schoolYearLabel(entryYear)}`
  return `${name ?? className ?? ''}${year}`
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

/** The days of sessions of a kind that students of some cohorts took part in, and that neither they nor a mentor deny. */
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
    .where('fact.disputed_at', 'is', null)
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
