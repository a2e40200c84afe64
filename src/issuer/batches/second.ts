import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { personOf } from '../steps.js'
import type { BatchAct } from './acts.data.js'
import { orderBatch } from './order.js'
import { batchFor, mayTake, notNow } from './steer-batch.js'
import { lockBatch, saveBatch, type Batch } from './store.js'

/** SECURITY, roles: more badges than these nobody revokes, suspends or gives back alone. */
export const MOST_ALONE = 10
const TAKING: readonly BatchAct[] = ['revoke', 'hold', 'restore']

export function wantsSecond(act: BatchAct, rows: number): boolean {
  return TAKING.includes(act) && rows > MOST_ALONE
}

/** Whether nothing of a batch may be done before a second person agrees. */
export function awaitsSecond({ second_wanted_at, seconded_at }: Batch): boolean {
  return second_wanted_at !== null && seconded_at === null
}

/** Somebody else than its maker, who takes this step for the same school, in person. */
export function maySecond(actor: Actor, batch: Batch): boolean {
  return actor.via === 'session' && actor.personId !== batch.made_by_id && mayTake(actor, batch)
}

/**
 * A second person agrees to what a batch does to many badges: it begins.
 *
 * @throws {DomainError} not-found; forbidden to whoever made it, and to a program; conflict when it does not
 *   wait for that
 */
export async function secondBatch(ctx: Context, actor: Actor, id: string): Promise<void> {
  const found = await batchFor(ctx, actor, id)
  const by = personOf(actor)
  if (!maySecond(actor, found)) throw byAnother()
  if (found.act === 'revoke') authorize(actor, 'revoke-badges', { schoolId: found.organisation_id })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, found.id)
    if (!awaitsSecond(batch) || batch.cancelled_at !== null) throw notNow()
    const { public_id: subject } = batch
    await appendAudit(trx, { at, actor: actor.publicId, action: 'batch.seconded', subject })
    await saveBatch(trx, batch.id, { seconded_at: at.toISOString(), seconded_by_id: by })
    await orderBatch(trx, ctx, batch)
  })
}

function byAnother(): DomainError {
  return new DomainError('forbidden', {
    fr: `Vous avez préparé ce lot : pour plus de ${MOST_ALONE} badges, une autre personne de la direction doit donner son accord.`,
    en: `You prepared this batch: for more than ${MOST_ALONE} badges, another approver of the school must agree.`,
  })
}
