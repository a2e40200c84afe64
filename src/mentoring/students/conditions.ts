import { sql, type RawBuilder } from 'kysely'

/** Parts of a query: a student, and the first and the last day of what is asked about. */
export type StudentDays = Readonly<{
  student: RawBuilder<number>
  fromDay: RawBuilder<string>
  untilDay: RawBuilder<string>
}>

/** @param columns of the query that the condition stands in */
export function studentDays(student: string, fromDay: string, untilDay = fromDay): StudentDays {
  return {
    student: sql.ref(student),
    fromDay: sql.ref(fromDay),
    // A period without an end goes on.
    untilDay: sql`coalesce(${sql.ref(untilDay)}, '9999-12-31')`,
  }
}

/**
 * A condition of a query: that a student was at one of these schools for some of the days. A school sees
 * its students for as long as they are with it.
 */
export function wasAtSchool(of: StudentDays, schoolIds: readonly number[]): RawBuilder<boolean> {
  // No id is -1: of no school, nobody.
  const ids = sql.join([-1, ...schoolIds])
  return sql`exists (select 1 from schoolings where schoolings.student_id = ${of.student}
    and schoolings.school_id in (${ids}) and ${touches('schoolings', of)})`
}

/** A condition of a query: that a student was in one of these cohorts for some of the days. */
export function wasInCohort(of: StudentDays, cohortIds: readonly number[]): RawBuilder<boolean> {
  const ids = sql.join([-1, ...cohortIds])
  return sql`exists (select 1 from enrolments where enrolments.student_id = ${of.student}
    and enrolments.cohort_id in (${ids}) and ${touches('enrolments', of)})`
}

function touches(table: string, { fromDay, untilDay }: StudentDays): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`${column('from_day')} <= ${untilDay}
    and (${column('until_day')} is null or ${column('until_day')} >= ${fromDay})`
}
