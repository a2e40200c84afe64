import type { Actor, Context } from '../context.js'
import { toFunction } from './commitment.js'
import { assertNotExpired, assertSameDigest } from './rules.js'
import { dossierFor, personOf, takeStep } from './steps.js'

/**
 * Somebody of the company who has seen the student work assesses the dossier.
 *
 * @param input.digest of the dossier that was shown
 * @throws {DomainError} conflict (changed), gone (waited too long), invalid-request, forbidden or
 *   not-found
 */
export async function assess(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ dossierId: string; digest: string; function: string }>,
): Promise<void> {
  const dossier = await dossierFor(ctx, actor, 'assess-dossier', input.dossierId)
  const by = personOf(actor)
  const position = toFunction(input.function)
  const at = ctx.now()
  assertSameDigest(input.digest, dossier.digest)
  assertNotExpired(dossier.proposed_at ?? '', ctx.config.limits.approvalDays, at)
  await ctx.db.transaction().execute((trx) =>
    takeStep(trx, {
      act: 'assess',
      dossier,
      actor,
      at,
      changes: {
        assessed_by_id: by,
        assessed_function: position,
        assessed_at: at.toISOString(),
      },
    }),
  )
}
