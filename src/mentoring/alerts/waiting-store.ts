import { sql, type NotNull } from 'kysely'
import type { Db } from '../../store/schema.js'
import { idsOf, isNobody, isRunBy, type Sides } from '../cohorts/sides.js'
import { waitsFor } from '../confirming/unconfirmed-store.js'
import { studentDays, wasAtSchool } from '../students/conditions.js'
import { titleOf } from './followed-store.js'

/** How many facts of a cohort wait, and since which instant the first of them does. */
export type Waiting = Readonly<{
  cohortPublicId: string
  scheme: string
  title: string
  count: number
  since: string
}>

/** Sessions that were recorded before an instant, and that wait for the word of some: those of /confirm. */
export async function listLongUnconfirmed(
  db: Db,
  sides: Sides,
  before: string,
): Promise<Waiting[]> {
  if (isNobody(sides)) return []
  const rows = await byCohort(db)
    .innerJoin('mentoring_sessions as fact', 'fact.cohort_id', 'cohorts.id')
    .select((of) => of.fn.min('fact.recorded_at').as('since'))
    .where('fact.recorded_at', '<', before)
    .where(waitsFor(sides))
    .where((of) =>
      of.exists(
        of
          .selectFrom('session_students as presence')
          .select('presence.id')
          .whereRef('presence.session_id', '=', 'fact.id')
          .where('presence.contested_at', 'is', null),
      ),
    )
    .execute()
  return rows.map(toWaiting)
}

/**
 * Sessions and placements that students contest, by cohort: of the cohorts that some run, and of the students of
 * some schools.
 */
export async function listContested(db: Db, sides: Sides): Promise<Waiting[]> {
  if (isNobody(sides)) return []
  const sessions = await byCohort(db)
    .innerJoin('mentoring_sessions as fact', 'fact.cohort_id', 'cohorts.id')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .select((of) => of.fn.min('presence.contested_at').as('since'))
    .$narrowType<{ since: NotNull }>()
    .where('presence.contested_at', 'is not', null)
    .where(sql<boolean>`(${isRunBy(sides)} or ${wasAtSchool(PRESENT, sides.schoolIds)})`)
    .execute()
  return [...sessions, ...(await contestedPlacements(db, sides))].map(toWaiting)
}

const PRESENT = studentDays('presence.student_id', 'fact.day')

/** Each with the P-TECH cohort that its student was in when it began. */
function contestedPlacements(db: Db, sides: Sides) {
  return byCohort(db)
    .innerJoin('enrolments', 'enrolments.cohort_id', 'cohorts.id')
    .innerJoin('students', 'students.id', 'enrolments.student_id')
    .innerJoin('placements as fact', 'fact.student_id', 'students.id')
    .select((of) => of.fn.min('fact.contested_at').as('since'))
    .$narrowType<{ since: NotNull }>()
    .where('cohorts.class_id', 'is not', null)
    .where('fact.contested_at', 'is not', null)
    .where(sql<boolean>`(${isRunBy(sides)} or students.school_id in (${idsOf(sides.schoolIds)}))`)
    .whereRef('enrolments.from_day', '<=', 'fact.from_day')
    .where((or) =>
      or.or([
        or('enrolments.until_day', 'is', null),
        or('enrolments.until_day', '>=', or.ref('fact.from_day')),
      ]),
    )
    .execute()
}

/** Cohorts of any scheme, and how many rows of what is joined to them each has. */
function byCohort(db: Db) {
  return db
    .selectFrom('cohorts')
    .leftJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .select((of) => [
      'cohorts.public_id as cohortPublicId',
      'cohorts.scheme',
      'cohorts.name',
      'cohorts.entry_year as entryYear',
      'ptech_classes.name as className',
      of.fn.countAll().as('count'),
    ])
    .groupBy(['cohorts.id', 'ptech_classes.id'])
}

type Counted = Awaited<ReturnType<ReturnType<typeof byCohort>['executeTakeFirstOrThrow']>>

/** PostgreSQL tells a count as text. */
function toWaiting({
  name,
  className,
  entryYear,
  count,
  ...row
}: Counted & Readonly<{ since: string }>): Waiting {
  return { ...row, title: titleOf({ name, className, entryYear }), count: Number(count) }
}
