import { z } from 'zod'
import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { schoolYearOf } from '../school-year.js'
import { countSchool, type CountBadges, type SchoolYear } from './count-school.js'
import { listCountedSchools } from './school-figures-store.js'

export const SCHOOL_JOB = 'count-school'
export const SCHOOLS_JOB = 'count-schools'
/** How old these figures may be, unless a school itself has just said something. */
const EVERY_MS = 60 * 60_000
/** Other jobs wait meanwhile, and the lease of a job is a minute. */
const LONGEST_MS = 20_000
const BATCH = 20

const OnePayload = z.object({ schoolId: z.int(), year: z.int() })
const Payload = z.object({
  /** The school, by id within, that was counted last. */
  after: z.int().default(0),
  /** All school years: once a day; else the present one and the one before it. */
  all: z.boolean().default(false),
})
type Asked = z.output<typeof Payload>

/** Has a school's figures counted soon, because it has just said something. */
export async function orderSchool(ctx: Context, trx: Db, of: SchoolYear): Promise<void> {
  const [id, key] = [ctx.newId(), `${of.schoolId} ${of.year} ${ctx.newId()}`]
  await enqueue(trx, { id, kind: SCHOOL_JOB, key, payload: of, runAt: ctx.now() })
}

/** The job that {@link orderSchool} orders. */
export function countOrdered(countBadges: CountBadges) {
  return async (ctx: Context, payload: unknown): Promise<void> => {
    await countSchool(ctx, countBadges, OnePayload.parse(payload))
    await forgetFinished(ctx.db, SCHOOL_JOB, ctx.now())
  }
}

/** Orders a first count of all schools and years; each orders the next one. */
export async function startSchools(ctx: Context): Promise<void> {
  await order(ctx, { after: 0, all: true }, `start ${ctx.newId()}`, ctx.now())
}

/** The job: every hour, once for all processes; in parts, so that other jobs have their turn. */
export function countSchoolsOnSchedule(countBadges: CountBadges) {
  return async (ctx: Context, payload: unknown): Promise<void> => {
    const asked = Payload.parse(payload)
    const after = await countFrom(ctx, countBadges, asked)
    const now = ctx.now()
    if (after === undefined) await orderNext(ctx)
    else await order(ctx, { ...asked, after }, `${now.toISOString()} ${after}`, now)
    await forgetFinished(ctx.db, SCHOOLS_JOB, now)
  }
}

/** @returns the last school that was counted before time was over; undefined once all are */
async function countFrom(
  ctx: Context,
  countBadges: CountBadges,
  { after, all }: Asked,
): Promise<number | undefined> {
  const start = ctx.now().getTime()
  const present = schoolYearOf(today(ctx))
  let last = after
  for (;;) {
    const schools = await listCountedSchools(ctx.db, last, BATCH)
    if (schools.length === 0) return undefined
    for (const { id, firstYear } of schools) {
      if (ctx.now().getTime() - start > LONGEST_MS) return last
      const first = all ? Math.min(firstYear ?? present, present) : present - 1
      for (let year = first; year <= present; year += 1) {
        await countSchool(ctx, countBadges, { schoolId: id, year })
      }
      last = id
    }
  }
}

async function orderNext(ctx: Context): Promise<void> {
  const runAt = new Date((Math.floor(ctx.now().getTime() / EVERY_MS) + 1) * EVERY_MS)
  // Once a day, and for all processes: the key is the day.
  const day = today({ ...ctx, now: () => runAt })
  const isFirst = day !== today(ctx)
  await order(ctx, { after: 0, all: isFirst }, runAt.toISOString(), runAt)
}

function order(ctx: Context, payload: Asked, key: string, runAt: Date): Promise<void> {
  return enqueue(ctx.db, { id: ctx.newId(), kind: SCHOOLS_JOB, key, payload, runAt })
}
