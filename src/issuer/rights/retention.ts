import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { firstDayOf, schoolYearOf } from '../../mentoring/school-year.js'
import { getStudent } from '../../mentoring/students/store.js'
import { today } from '../../people/days.js'
import { OPERATOR } from '../../people/operator.js'
import { appendAudit } from '../../store/audit.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { deleteRows, readRows } from '../../store/rows-of.js'
import { scrub, writeAnew } from '../../store/scrub.js'
import { eraseStudent, keepErased } from './erase-student.js'
import { AGED, STUDENTS } from './retention.data.js'

/** How many rows, or students, are past their age, by the code of the rule. */
export type Due = Readonly<{ code: string; found: number }>

const DAY_MS = 86_400_000
const beforeOf = (ctx: Context, days: number) =>
  new Date(ctx.now().getTime() - days * DAY_MS).toISOString()

/** What is past its age now; nothing is changed. */
export async function seeDue(ctx: Context): Promise<Due[]> {
  const students = await studentsWhoLeft(ctx)
  const aged = await Promise.all(
    AGED.map(async ({ code, table, where, days }) => {
      const rows = await readRows(ctx.db, { table, where: where(beforeOf(ctx, days)) })
      return { code, found: rows.length }
    }),
  )
  return [{ code: STUDENTS.code, found: students.length }, ...aged]
}

/**
 * Deletes what is past its age, and takes the names from students who left long enough ago. Ended anywhere, the next run goes on.
 *
 * @returns what was done
 */
export async function applyRetention(ctx: Context): Promise<Due[]> {
  const due = await seeDue(ctx)
  for (const id of await studentsWhoLeft(ctx)) {
    const student = await getStudent(ctx.db, id)
    // The badges of who left are theirs: they stay valid, by their files and the lists.
    const erasure = { badges: 'keep', request: `retention-${ctx.newId()}` }
    keepErased(ctx, student.public_id, erasure)
    await eraseStudent(ctx, student, erasure)
  }
  for (const { table, where, days } of AGED)
    await deleteRows(ctx.db, { table, where: where(beforeOf(ctx, days)) })
  if (due.some(({ found }) => found > 0)) await tell(ctx, due)
  ctx.studentKeys?.scrub()
  await scrub(ctx.db)
  return due
}

async function tell(ctx: Context, due: readonly Due[]): Promise<void> {
  const details = Object.fromEntries(due.map(({ code, found }) => [code, found]))
  const line = { at: ctx.now(), actor: OPERATOR.publicId, action: 'retention.applied' }
  await ctx.db
    .transaction()
    .execute((trx) => appendAudit(trx, { ...line, subject: 'store', details }))
}

/** The last school year of departure whose students are to be forgotten. @param day YYYY-MM-DD */
export function lastForgottenDay(day: string): string {
  // Left in the year y, kept during y + 1, forgotten from the first day of y + 2: before the first day of y + 1.
  return firstDayOf(schoolYearOf(day) - STUDENTS.schoolYears)
}

/** Students without a schooling since then, unless the law holds what is written of them. */
async function studentsWhoLeft(ctx: Context): Promise<number[]> {
  const before = lastForgottenDay(today(ctx))
  const { rows } = await sql<{ id: number }>`
    select students.id from students where students.erased_at is null
      and exists (select 1 from schoolings where schoolings.student_id = students.id)
      and not exists (select 1 from schoolings where schoolings.student_id = students.id
        and (schoolings.until_day is null or schoolings.until_day >= ${before}))
      and not exists (select 1 from erasure_requests as asked where asked.student_id = students.id
        and asked.refusal_code = 'LEGAL_HOLD')
    order by students.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

export const RETENTION_JOB = 'retention'
/** Of the day (UTC): when nobody works. */
const AT_HOUR = 2

/** Orders the retention of a night; each orders the next. */
export async function startRetention(ctx: Context, at = ctx.now()): Promise<void> {
  const key = at.toISOString().slice(0, 10)
  const runAt = new Date(`${key}T0${AT_HOUR}:00:00Z`)
  await enqueue(ctx.db, { id: ctx.newId(), kind: RETENTION_JOB, key, payload: {}, runAt })
}

export async function retentionOnSchedule(ctx: Context): Promise<void> {
  const done = await applyRetention(ctx)
  // What was deleted may have left traces in the gaps of pages: with somebody erased since yesterday, the file is written anew.
  if (done[0]?.found || (await erasedSince(ctx, beforeOf(ctx, 1)))) await writeAnew(ctx.db)
  await forgetFinished(ctx.db, RETENTION_JOB, new Date(beforeOf(ctx, 7)))
  await startRetention(ctx, new Date(ctx.now().getTime() + DAY_MS))
}

async function erasedSince(ctx: Context, since: string): Promise<boolean> {
  const where = sql<boolean>`erased_at >= ${since}`
  return (await readRows(ctx.db, { table: 'students', where })).length > 0
}
