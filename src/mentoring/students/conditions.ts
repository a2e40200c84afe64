import { sql, type RawBuilder } from 'kysely'

/** Columns of a query: a student, and the first and the last day of what is asked about. */
export type StudentDays = Readonly<{ student: string; fromDay: string; untilDay: string }>

/**
 * A condition of a query: that a student was at one of these schools for some of the days. A school sees
 * its students for as long as they are with it.
 */
export function wasAtSchool(of: StudentDays, schoolIds: readonly number[]): RawBuilder<boolean> {
  // No id is -1: of no school, nobody.
  const ids = sql.join([-1, ...schoolIds])
  return sql`exists (select 1 from schoolings where schoolings.student_id = ${sql.ref(of.student)}
    and schoolings.school_id in (${ids}) and ${touches('schoolings', of)})`
}

/** A condition of a query: that a student was in a cohort for some of the days. */
export function wasInCohort(of: StudentDays, cohortId: number): RawBuilder<boolean> {
  return sql`exists (select 1 from enrolments where enrolments.student_id = ${sql.ref(of.student)}
    and enrolments.cohort_id = ${cohortId} and ${touches('enrolments', of)})`
}

function touches(table: string, { fromDay, untilDay }: StudentDays): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`${column('from_day')} <= ${sql.ref(untilDay)}
    and (${column('until_day')} is null or ${column('until_day')} >= ${sql.ref(fromDay)})`
}
