import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import type { Db } from '../../store/schema.js'
import { readBook, type CohortBook } from './book-store.js'
import { breaksOfSchool } from '../school-calendar/breaks-of-school.js'
import { countCohort } from './count-cohort.js'
import { startSchools } from './count-schools.js'
import { listDue, markEverybody, replaceFigures, takeDue } from './store.js'

export const COUNT_JOB = 'count-figures'
export const MARK_JOB = 'mark-figures'
/** How old figures may be. */
const EVERY_MS = 2 * 60_000
/** Other jobs wait meanwhile, and the lease of a job is a minute. */
const LONGEST_MS = 20_000
const BATCH = 200

/**
 * Counts again all that is due, each cohort in a transaction of its own.
 *
 * @returns false when time was over first
 */
export async function countFigures(ctx: Context): Promise<boolean> {
  const start = ctx.now().getTime()
  for (let due = await listDue(ctx.db, BATCH); due.length > 0; due = await listDue(ctx.db, BATCH)) {
    for (const { cohortId } of due) {
      if (ctx.now().getTime() - start > LONGEST_MS) return false
      await countOne(ctx, cohortId)
    }
  }
  return true
}

async function countOne(ctx: Context, cohortId: number): Promise<void> {
  const day = today(ctx)
  const counted_at = ctx.now().toISOString()
  await ctx.db.transaction().execute(async (trx) => {
    const fromYear = await takeDue(trx, cohortId)
    if (fromYear === undefined) return
    const book = await readBook(trx, cohortId, firstDayOf(fromYear))
    const years = Array.from({ length: schoolYearOf(day) - fromYear + 1 }, (_, at) => fromYear + at)
    const counted = book ? await countYears(trx, book, years, day) : []
    await replaceFigures(
      trx,
      { cohortId, fromYear },
      {
        figures: counted.flatMap(({ figures }) => figures.map((row) => ({ ...row, counted_at }))),
        sessions: counted.flatMap(({ sessions }) => sessions),
      },
    )
  })
}

function countYears(trx: Db, book: CohortBook, years: readonly number[], day: string) {
  return Promise.all(
    years.map(async (year) => {
      const { ownerId } = book.cohort
      const breaks = ownerId === null ? [] : await breaksOfSchool(trx, ownerId, year)
      return countCohort(book, year, day, breaks)
    }),
  )
}

/** Orders a first count of cohorts, then of schools, which rests on it; each orders the next one. */
export async function startFigures(ctx: Context): Promise<void> {
  await order(ctx, { key: `start ${ctx.newId()}`, runAt: ctx.now() })
  await startSchools(ctx)
}

/** The job: every two minutes, once for all processes; again at once while some is left. */
export async function countOnSchedule(ctx: Context): Promise<void> {
  const day = today(ctx)
  const daily = { id: ctx.newId(), kind: MARK_JOB, key: day, payload: {}, runAt: ctx.now() }
  await enqueue(ctx.db, daily)
  const isDone = await countFigures(ctx)
  const now = ctx.now()
  const next = (Math.floor(now.getTime() / EVERY_MS) + 1) * EVERY_MS
  const runAt = isDone ? new Date(next) : now
  await order(ctx, { key: runAt.toISOString(), runAt })
  await forgetFinished(ctx.db, COUNT_JOB, now)
}

/** The daily job, because months pass (PT-04). */
export async function markOnSchedule(ctx: Context): Promise<void> {
  await markEverybody(ctx.db, today(ctx))
}

function order(ctx: Context, { key, runAt }: { key: string; runAt: Date }): Promise<void> {
  return enqueue(ctx.db, { id: ctx.newId(), kind: COUNT_JOB, key, payload: {}, runAt })
}
