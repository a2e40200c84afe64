import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { may, nothingHere } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { NewRow } from '../../store/schema.js'
import { BATCHES, toBatchAct } from './acts.data.js'
import { orderBatch } from './order.js'
import { cancelRows, findBatch, lockBatch, saveBatch, type Batch } from './store.js'

export const STEERINGS = ['pause', 'resume', 'cancel'] as const
export type Steering = (typeof STEERINGS)[number]

/** A batch that the actor may see and steer: one of their organisation, of a step that they take. @throws {DomainError} not-found */
export async function batchFor(ctx: Context, actor: Actor, publicId: string): Promise<Batch> {
  const batch = await findBatch(ctx.db, publicId)
  if (!batch || !mayTake(actor, batch)) throw noBatch()
  return batch
}

export function mayTake(actor: Actor, batch: Batch): boolean {
  const { who, by } = BATCHES[toBatchAct(batch.act)]
  const { organisation_id: id } = batch
  // To read what became of it, a program will do; what it may not start, it finds none of.
  const person = { ...actor, via: 'session' } as const
  return may(person, who, by === 'school' ? { schoolId: id } : { companyIds: [id] })
}

/**
 * Pauses a batch between two chunks, lets it go on, or cancels the rows that have not begun. What is done
 * stays done: a badge that is issued can only be revoked.
 *
 * @throws {DomainError} not-found; conflict when it has ended, or is so already
 */
export async function steerBatch(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ id: string; steering: Steering }>,
): Promise<void> {
  const { id } = await batchFor(ctx, actor, input.id)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, id)
    const changes = changesOf(batch, input.steering, at.toISOString())
    if (!changes) throw notNow()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: ACTIONS[input.steering],
      subject: batch.public_id,
    })
    await saveBatch(trx, id, changes)
    if (input.steering === 'cancel') await cancelRows(trx, id, at.toISOString())
    if (input.steering !== 'pause') await orderBatch(trx, ctx, batch)
  })
}

const ACTIONS = {
  pause: 'batch.paused',
  resume: 'batch.resumed',
  cancel: 'batch.cancelled',
} as const

/** @returns undefined when it can't be done now */
function changesOf(
  { finished_at, cancelled_at, paused_at }: Batch,
  steering: Steering,
  at: string,
): Partial<NewRow<'batches'>> | undefined {
  if (finished_at !== null || cancelled_at !== null) return undefined
  if (steering === 'cancel') return { cancelled_at: at }
  if ((paused_at !== null) === (steering === 'pause')) return undefined
  return { paused_at: steering === 'pause' ? at : null }
}

export function notNow(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce lot est terminé, annulé, ou déjà dans cet état. Rouvrez-le.',
    en: 'This batch has ended, is cancelled, or is so already. Open it again.',
  })
}

export function noBatch(): DomainError {
  return nothingHere()
}
