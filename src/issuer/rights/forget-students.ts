import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { firstDayOf, schoolYearOf } from '../../mentoring/school-year.js'
import { getStudent, noteFailedErasure } from '../../mentoring/students/store.js'
import { dayBefore, today } from '../../people/days.js'
import { eraseStudent, keepErased } from './erase-student.js'
import { STUDENTS } from './retention.data.js'
import { listRequestsOf } from './store.js'

/**
 * Takes the names from students who left long enough ago. One whose erasure fails is noted and stops nobody else's; they
 * come last the next night.
 *
 * @param most in one night
 * @returns how many were forgotten
 */
export async function forgetStudents(ctx: Context, most: number): Promise<number> {
  let forgotten = 0
  for (const id of (await studentsWhoLeft(ctx)).slice(0, most)) {
    try {
      // Who has come back since the list was made, or is held by the law, stays.
      if (!(await studentsWhoLeft(ctx, id)).includes(id)) continue
      await forget(ctx, id)
      forgotten += 1
    } catch (error) {
      await noteFailedErasure(ctx.db, id, ctx.now())
      // What a database says may repeat what is in a row.
      ctx.log.error({ event: 'erasure-failed', failure: kindOf(error) })
    }
  }
  return forgotten
}

async function forget(ctx: Context, id: number): Promise<void> {
  const student = await getStudent(ctx.db, id)
  // The badges of who left are theirs: they stay valid, by their files and the lists, unless they have asked for the contrary.
  const asked = (await listRequestsOf(ctx.db, id)).find(({ ended_at }) => ended_at === null)
  const erasure = { badges: asked?.badges ?? 'keep', request: `retention-${ctx.newId()}` }
  keepErased(ctx, student.public_id, erasure)
  await eraseStudent(ctx, student, erasure)
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The last school year of departure whose students are to be forgotten. @param day YYYY-MM-DD */
export function lastForgottenDay(day: string): string {
  // Left in the year y, kept during y + 1, forgotten from the first day of y + 2: before the first day of y + 1.
  return firstDayOf(schoolYearOf(day) - STUDENTS.schoolYears)
}

/** The last day on which there is still what is of a student. @param leftOn YYYY-MM-DD, the last day of their schooling */
export function lastKeptDay(leftOn: string): string {
  return dayBefore(firstDayOf(schoolYearOf(leftOn) + STUDENTS.schoolYears + 1))
}

/** Students without a schooling since then, unless the law holds what is written of them. Those who failed lately come last. @param only asks about one */
export async function studentsWhoLeft(ctx: Context, only?: number): Promise<number[]> {
  const before = lastForgottenDay(today(ctx))
  const { rows } = await sql<{ id: number }>`
    select students.id from students where students.erased_at is null
      and exists (select 1 from schoolings where schoolings.student_id = students.id)
      and not exists (select 1 from schoolings where schoolings.student_id = students.id
        and (schoolings.until_day is null or schoolings.until_day >= ${before}))
      and not exists (select 1 from erasure_requests as asked where asked.student_id = students.id
        and asked.refusal_code = 'LEGAL_HOLD')
      and ${only === undefined ? sql`1 = 1` : sql`students.id = ${only}`}
    order by coalesce(students.erasure_failed_at, ''), students.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}
