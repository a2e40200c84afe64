import type { Context } from '../../context.js'
import { dayAt } from '../../people/days.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { endGuardian, isAdult } from './guardians.js'
import { listActiveGuardians } from './guardians-store.js'

export const END_JOB = 'end-guardians'
/** Guardians of one transaction. */
const CHUNK = 200

/** Ends the part of the guardians of students who have come of age, and forgets who they were. Their links open nothing since the birthday. */
export async function endGuardians(ctx: Context): Promise<void> {
  let after = 0
  for (;;) {
    const chunk = await listActiveGuardians(ctx.db, after, CHUNK)
    const last = chunk.at(-1)
    if (!last) return
    await ctx.db.transaction().execute(async (trx) => {
      for (const one of chunk.filter((of) => isAdult(ctx, of))) {
        await endGuardian(ctx, trx, one, { why: 'adult', actor: END_JOB })
      }
    })
    after = last.id
  }
}

/** Days for which a job that is done is remembered. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** Orders the look of one day; each orders that of the next. */
export async function startEndingGuardians(ctx: Context, at = ctx.now()): Promise<void> {
  const key = dayAt(at, ctx.config.timeZone)
  await enqueue(ctx.db, { id: ctx.newId(), kind: END_JOB, key, payload: {}, runAt: at })
}

export async function endGuardiansOnSchedule(ctx: Context): Promise<void> {
  const now = ctx.now()
  await endGuardians(ctx)
  await forgetFinished(ctx.db, END_JOB, new Date(now.getTime() - KEPT_MS))
  await startEndingGuardians(ctx, new Date(now.getTime() + DAY_MS))
}
