import type { Actor, Context } from '../context.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import { today } from '../people/days.js'
import { assertSecondPerson } from '../people/second-person.js'
import { toFunctionOf } from '../people/signed-text.js'
import type { Db } from '../store/schema.js'
import { toComment } from './commitment.js'
import { endorserOf, type Committing } from './committer.js'
import { gatherEvidence } from './evidence.js'
import { assertStandsBy } from './open-dossier.js'
import { assertNotExpired, assertPartner, assertSameDigest } from './rules.js'
import { takeStep } from './steps.js'

/** @param digest of the dossier that was shown */
export type Commitment = Readonly<{ digest: string; function: string; comment: string }>

/**
 * Somebody who may commit the company endorses the dossier, over its digest.
 *
 * @throws {DomainError} forbidden (the same person assessed it), conflict, gone, rule-refused (OB-01)
 *   or invalid-request: function and comment are signed, so they name nobody
 */
export async function endorse(
  ctx: Context,
  actor: Actor,
  input: Commitment & Readonly<{ dossierId: string }>,
): Promise<void> {
  await endorseAs(ctx, await endorserOf(ctx, actor, input.dossierId), input)
}

/** The same for whoever was found entitled. @param also what else the transaction does, before the step */
export async function endorseAs(
  ctx: Context,
  { dossier, by }: Committing,
  input: Commitment,
  also: (trx: Db, at: Date) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const forbidden = await personalDataOf(ctx, dossier.student_id)
  const position = await toFunctionOf(ctx, by.personId, input.function, forbidden)
  const comment = await toComment(input.comment, forbidden)
  const at = ctx.now()
  const day = today(ctx)
  assertSameDigest(input.digest, dossier.digest)
  await assertSecondPerson(ctx, dossier.assessed_by_id, by.personId)
  assertNotExpired(dossier.assessed_at ?? '', ctx.config.limits.approvalDays, at)
  const { partners, version } = await gatherEvidence(ctx, dossier, day)
  assertStandsBy(version)
  assertPartner(dossier.company_id, partners, day)
  await ctx.db.transaction().execute(async (trx) => {
    await also(trx, at)
    await takeStep(trx, {
      act: 'endorse',
      dossier,
      actor: by,
      at,
      changes: {
        endorsed_by_id: by.personId,
        endorsed_function: position,
        endorsed_at: at.toISOString(),
        endorsed_way: by.way,
        endorsement_comment: comment,
      },
    })
  })
}
