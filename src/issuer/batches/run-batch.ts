import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { findPerson, listAssignments } from '../../people/store.js'
import { within } from '../../store/within.js'
import { assertClock } from '../assert-clock.js'
import { openSeries, type Series } from '../series.js'
import { signBadges, type Signing } from '../issue-badges.js'
import { publishStatusList } from '../status.js'
import { lockBadges } from '../store/badges.js'
import { listReleases } from '../store/badge-life.js'
import { lockDossiers } from '../store/dossiers.js'
import { getList } from '../store/status-lists.js'
import { finishBatch } from './finish-batch.js'
import { orderBatch } from './order.js'
import { awaitsSecond } from './second.js'
import { settleIssued } from './settle.js'
import {
  getBatch,
  listRowsToIssue,
  listRowsToTake,
  lockBatch,
  saveRows,
  type BatchRow,
  type Batch,
} from './store.js'
import { takeRows } from './take-rows.js'

const Payload = z.object({ batchId: z.number() })

/**
 * Rows of one commit. While it is made, the store takes nothing else. The first and the last chunk of a batch are worked on by one
 * thread, so small ones keep both busy; smaller ones wait too often for the disk.
 */
const CHUNK = 100
/** Then others' jobs have their turn. Well within the lease of a job. */
const TURN_MS = 15_000

/**
 * The job that works on a batch, chunk by chunk; each is one commit of its steps. While our verifier looks at the
 * badges of one, those of the next are signed. A worker that dies leaves chunks that are whole, and badges that are
 * finished with the same bytes. It stops between two chunks where the batch is paused, and ends with the receipt.
 */
export async function runBatch(ctx: Context, payload: unknown): Promise<void> {
  const { batchId } = Payload.parse(payload)
  const began = ctx.now().getTime()
  const series = openSeries()
  if ((await getBatch(ctx.db, batchId)).receipt_packed !== null) return
  // What was approved before a pause, or before a worker died, is signed all the same; and before more is approved.
  const left = await listRowsToIssue(ctx.db, batchId)
  for (let from = 0; from < left.length; from += CHUNK)
    await (await signTaken(ctx, left.slice(from, from + CHUNK), series)).release()
  let signed = NOTHING
  for (;;) {
    const batch = await getBatch(ctx.db, batchId)
    const { taken, next } = await thenRelease(signed, async () => {
      // Rows would be refused for what is nobody’s fault; revocations wait for no clock.
      if (batch.act === 'approve') await assertClock(ctx)
      const taken = await takeChunk(ctx, batch)
      return { taken, next: await signTaken(ctx, taken.filter(isToIssue), series) }
    })
    if (taken.length === 0) return finishBatch(ctx, batch.id)
    signed = next
    if (ctx.now().getTime() - began <= TURN_MS) continue
    await signed.release()
    return orderBatch(ctx.db, ctx, batch)
  }
}

/** Does what is next, then releases what was signed before, also when there is nothing next any more. */
async function thenRelease<Done>(signed: Signing, next: () => Promise<Done>): Promise<Done> {
  try {
    return await next()
  } finally {
    await signed.release()
  }
}

/** @returns the rows that were taken; none when there is none left, or the batch is paused, cancelled or waits for a second person */
async function takeChunk(ctx: Context, { id }: Batch): Promise<BatchRow[]> {
  const lists = new Set<number>()
  const taken = await ctx.db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, id)
    if (batch.paused_at !== null || batch.cancelled_at !== null || awaitsSecond(batch)) return []
    const rows = await listRowsToTake(trx, id, CHUNK)
    const badges = await listReleases(
      trx,
      rows.flatMap(({ badge_public_id }) => badge_public_id ?? []),
    )
    await lockBadges(
      trx,
      badges.map((badge) => badge.id),
    )
    await lockDossiers(
      trx,
      rows.flatMap(({ dossier_id }) => dossier_id ?? []),
    )
    const inside = { ...ctx, db: within(trx) }
    const actor = await makerOf(inside, batch)
    const taken = await takeRows(inside, actor, batch, rows)
    for (const { listId } of taken) if (listId !== undefined) lists.add(listId)
    const changed = taken.map(({ row, changes }) => ({ ...row, ...changes }))
    await saveRows(trx, changed)
    return changed
  })
  for (const list of lists) await publishStatusList(ctx, await getList(ctx.db, list))
  return taken
}

/** Whoever made the batch did so in person; what they may do is asked as of now. */
async function makerOf(ctx: Context, batch: Batch): Promise<Actor> {
  const person = await findPerson(ctx.db, batch.made_by_id)
  if (!person) throw new Error(`Nobody has made the batch ${batch.public_id}.`)
  const assignments =
    person.disabledAt === null ? await listAssignments(ctx.db, person.id, today(ctx)) : []
  const { id: personId, publicId } = person
  return { personId, publicId, assignments, via: 'session', scopes: [] }
}

/** Whether a row is approved and has no badge yet. */
function isToIssue({ outcome, taken_at }: BatchRow): boolean {
  return outcome === null && taken_at !== null
}

/** Nothing waits to be released. */
const NOTHING: Signing = { release: async () => {} }

/** Signs what is approved; once it is released, notes what became of it. */
async function signTaken(
  ctx: Context,
  rows: readonly BatchRow[],
  series: Series,
): Promise<Signing> {
  if (rows.length === 0) return NOTHING
  const dossierIds = rows.flatMap(({ dossier_id }) => dossier_id ?? [])
  const signing = await signBadges(ctx, dossierIds, series)
  return {
    async release() {
      try {
        await signing.release()
      } finally {
        // Of those that were issued although others could not be, too.
        await settleIssued(ctx, rows)
      }
    },
  }
}
