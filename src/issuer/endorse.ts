import type { Actor, Context } from '../context.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import { today } from '../people/days.js'
import { toComment, toFunction } from './commitment.js'
import { gatherEvidence } from './evidence.js'
import { assertAnotherPerson, assertNotExpired, assertPartner, assertSameDigest } from './rules.js'
import { dossierFor, personOf, takeStep } from './steps.js'

/**
 * Somebody who may commit the company endorses the dossier, over its digest.
 *
 * @throws {DomainError} forbidden (the same person assessed it), conflict, gone, rule-refused (OB-01)
 *   or invalid-request: the comment is signed, so it names nobody
 */
export async function endorse(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ dossierId: string; digest: string; function: string; comment: string }>,
): Promise<void> {
  const dossier = await dossierFor(ctx, actor, 'endorse', input.dossierId)
  const by = personOf(actor)
  const position = toFunction(input.function)
  const comment = await toComment(input.comment, await personalDataOf(ctx, dossier.student_id))
  const at = ctx.now()
  const day = today(ctx)
  assertSameDigest(input.digest, dossier.digest)
  assertAnotherPerson(dossier.assessed_by_id, by)
  assertNotExpired(dossier.assessed_at ?? '', ctx.config.limits.approvalDays, at)
  const { partners } = await gatherEvidence(ctx, dossier, day)
  assertPartner(dossier.company_id, partners, day)
  await ctx.db.transaction().execute((trx) =>
    takeStep(trx, {
      act: 'endorse',
      dossier,
      actor,
      at,
      changes: {
        endorsed_by_id: by,
        endorsed_function: position,
        endorsed_at: at.toISOString(),
        endorsement_comment: comment,
      },
    }),
  )
}
