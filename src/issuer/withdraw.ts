import type { Actor, Context } from '../context.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { dossierFor, stepsVoided, takeStep } from './steps.js'
import { saveDossierFacts } from './store/dossier-facts.js'

/**
 * The school takes a dossier back, to complete it or after a delay or a refusal: it is open again,
 * and what was assessed or endorsed is void.
 *
 * @throws {DomainError} conflict (approved already, or just changed), forbidden or not-found
 */
export async function withdraw(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const dossier = await dossierFor(ctx, actor, 'withdraw', publicId)
  const at = ctx.now()
  const changes = stepsVoided('withdrawn', { at, personId: personOf(actor) })
  await ctx.db.transaction().execute(async (trx) => {
    await takeStep(trx, { act: 'withdraw', dossier, actor, at, changes })
    await saveDossierFacts(trx, dossier.id, [])
  })
}
