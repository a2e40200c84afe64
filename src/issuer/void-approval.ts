import type { Context } from '../context.js'
import { stepsVoided, takeStep } from './steps.js'
import { voidBadge, type VoidReason } from './store/badge-life.js'
import type { Badge } from './store/badges.js'
import { type Dossier } from './store/dossiers.js'
import { saveDossierFacts } from './store/dossier-facts.js'

/**
 * What was approved does not hold any more, or can’t be signed: before the badge is released, approval and
 * endorsement are void and the dossier is open again. Places in the status lists stay taken and say nothing.
 */
export async function voidApproval(
  ctx: Context,
  { dossier, badge }: Readonly<{ dossier: Dossier; badge: Badge }>,
  reason: Exclude<VoidReason, 'revoked'>,
): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // Another worker was faster: released, or void already.
    if (!(await voidBadge(trx, badge.id, { reason, at }))) return
    const changes = stepsVoided(reason, { at, personId: null })
    const actor = { publicId: 'issuer' }
    const details = { reason }
    await takeStep(trx, { act: 'voidApproval', dossier, actor, at, changes, details })
    await saveDossierFacts(trx, dossier.id, [])
  })
}
