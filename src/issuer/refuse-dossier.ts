import type { Actor, Context } from '../context.js'
import { toReason } from './commitment.js'
import { assertSameDigest } from './rules.js'
import { dossierFor, personOf, takeStep } from './steps.js'

/**
 * The school's approver refuses a dossier that was proposed, and says why.
 *
 * @param input.digest of the dossier that was shown
 * @throws {DomainError} invalid-request (no reason), conflict, forbidden or not-found
 */
export async function refuseDossier(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ dossierId: string; digest: string; reason: string }>,
): Promise<void> {
  const dossier = await dossierFor(ctx, actor, 'refuse-dossier', input.dossierId)
  const by = personOf(actor)
  assertSameDigest(input.digest, dossier.digest)
  const reason = toReason(input.reason)
  const at = ctx.now()
  const changes = { refused_by_id: by, refused_at: at.toISOString(), refusal_reason: reason }
  await ctx.db
    .transaction()
    .execute((trx) => takeStep(trx, { act: 'refuseDossier', dossier, actor, at, changes }))
}
