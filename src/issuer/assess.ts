import type { Actor, Context } from '../context.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import { assertSecondPerson } from '../people/second-person.js'
import { toFunctionOf } from '../people/signed-text.js'
import type { Db } from '../store/schema.js'
import { assessorOf, type Committing } from './committer.js'
import { assertNotExpired, assertSameDigest } from './rules.js'
import { takeStep } from './steps.js'

/** @param digest of the dossier that was shown */
export type Assessment = Readonly<{ digest: string; function: string }>

/**
 * Somebody of the company who has seen the student work assesses the dossier. Of a company with one person, the
 * liaison officer of the school may do it.
 *
 * @throws {DomainError} conflict (changed), gone (waited too long), invalid-request, forbidden or
 *   not-found
 */
export async function assess(
  ctx: Context,
  actor: Actor,
  input: Assessment & Readonly<{ dossierId: string }>,
): Promise<void> {
  await assessAs(ctx, await assessorOf(ctx, actor, input.dossierId), input)
}

/** The same for whoever was found entitled. @param also what else the transaction does, before the step */
export async function assessAs(
  ctx: Context,
  { dossier, by }: Committing,
  input: Assessment,
  also: (trx: Db, at: Date) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const forbidden = await personalDataOf(ctx, dossier.student_id)
  const position = await toFunctionOf(ctx, by.personId, input.function, forbidden)
  const at = ctx.now()
  assertSameDigest(input.digest, dossier.digest)
  if (by.way === 'liaison') await assertSecondPerson(ctx, dossier.proposed_by_id, by.personId)
  assertNotExpired(dossier.proposed_at ?? '', ctx.config.limits.approvalDays, at)
  await ctx.db.transaction().execute(async (trx) => {
    await also(trx, at)
    await takeStep(trx, {
      act: 'assess',
      dossier,
      actor: by,
      at,
      changes: {
        assessed_by_id: by.personId,
        assessed_function: position,
        assessed_at: at.toISOString(),
        assessed_way: by.way,
      },
    })
  })
}
