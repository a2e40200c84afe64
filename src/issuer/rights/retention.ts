import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { OPERATOR } from '../../people/operator.js'
import { appendAudit } from '../../store/audit.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { countRows, deleteFirstRows, readRows } from '../../store/rows-of.js'
import { scrub, writeAnew } from '../../store/scrub.js'
import { adultsWhoLeft, forgetAdult } from './forget-adult.js'
import { forgetStudents, kindOf, studentsWhoLeft } from './forget-students.js'
import { replayErasures } from './replay-erasures.js'
import { ADULTS, AGED, MOST_A_NIGHT, STUDENTS, WARNINGS } from './retention.data.js'
import { countFailedErasures } from './store.js'
import { countToWarn, warnAhead } from './warn-ahead.js'

/** How many rows, or students, are past their age, by the code of the rule. */
export type Due = Readonly<{ code: string; found: number }>

const DAY_MS = 86_400_000
const beforeOf = (ctx: Context, days: number) =>
  new Date(ctx.now().getTime() - days * DAY_MS).toISOString()

/** What is past its age now; nothing is changed. */
export async function seeDue(ctx: Context): Promise<Due[]> {
  const students = await studentsWhoLeft(ctx)
  const adults = await adultsWhoLeft(ctx)
  const aged = await Promise.all(
    AGED.map(async ({ code, table, where, days }) => {
      const rows = { table, where: where(beforeOf(ctx, days)) }
      return { code, found: await countRows(ctx.db, rows) }
    }),
  )
  return [
    { code: STUDENTS.code, found: students.length },
    { code: ADULTS.code, found: adults.length },
    { code: WARNINGS.code, found: await countToWarn(ctx) },
    ...aged,
  ]
}

/**
 * Warns whom it concerns next, deletes what is past its age, and takes the names from students and adults who left long enough ago. Ended anywhere, the next
 * run goes on.
 *
 * @param most of each, in one run
 * @returns what was done
 */
export async function applyRetention(ctx: Context, most: Most = MOST_A_NIGHT): Promise<Due[]> {
  const warned = await warnAhead(ctx, most)
  const due = (await seeDue(ctx)).map(({ code, found }) => ({
    ...{ code, found: Math.min(found, mostOf(code, most)) },
  }))
  const forgotten = new Map([
    [STUDENTS.code, await forgetStudents(ctx, most.students)],
    [ADULTS.code, await forgetAdults(ctx, most.adults)],
    [WARNINGS.code, warned],
  ])
  const done = due.map(({ code, found }) => ({ code, found: forgotten.get(code) ?? found }))
  for (const { table, where, days } of AGED)
    await deleteFirstRows(ctx.db, { table, where: where(beforeOf(ctx, days)) }, most.rows)
  if (done.some(({ found }) => found > 0)) await tell(ctx, done)
  ctx.studentKeys?.scrub()
  await scrub(ctx.db)
  return done
}

async function forgetAdults(ctx: Context, most: number): Promise<number> {
  let forgotten = 0
  for (const id of (await adultsWhoLeft(ctx)).slice(0, most))
    try {
      if (await forgetAdult(ctx, id)) forgotten += 1
    } catch (error) {
      ctx.log.error({ event: 'forgetting-failed', failure: kindOf(error) })
    }
  return forgotten
}

type Most = Readonly<Record<keyof typeof MOST_A_NIGHT, number>>

function mostOf(code: string, most: Most): number {
  if (code === STUDENTS.code) return most.students
  return code === ADULTS.code ? most.adults : most.rows
}

async function tell(ctx: Context, due: readonly Due[]): Promise<void> {
  const details = Object.fromEntries(due.map(({ code, found }) => [code, found]))
  const line = { at: ctx.now(), actor: OPERATOR.publicId, action: 'retention.applied' }
  await ctx.db
    .transaction()
    .execute((trx) => appendAudit(trx, { ...line, subject: 'store', details }))
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
  // First: whatever fails to-night, there is a next one.
  await startRetention(ctx, new Date(ctx.now().getTime() + DAY_MS))
  const done = await applyRetention(ctx)
  if ((await countFailedErasures(ctx.db)) > 0) await replayErasures(ctx)
  // What was deleted may have left traces in the gaps of pages: with somebody erased since yesterday, the file is written anew.
  if (done[0]?.found || (await erasedSince(ctx, beforeOf(ctx, 1)))) await writeAnew(ctx.db)
  await forgetFinished(ctx.db, RETENTION_JOB, new Date(beforeOf(ctx, 7)))
}

async function erasedSince(ctx: Context, since: string): Promise<boolean> {
  const where = sql<boolean>`erased_at >= ${since}`
  return (await readRows(ctx.db, { table: 'students', where })).length > 0
}
