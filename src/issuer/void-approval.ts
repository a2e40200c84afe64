import type { Context } from '../context.js'
import { stepsVoided, takeStep } from './steps.js'
import { voidBadge, type Badge } from './store/badges.js'
import { saveDossierFacts, type Dossier } from './store/dossiers.js'

/**
 * What was approved does not hold any more: before the badge is signed, approval and endorsement
 * are void and the dossier is open again. Places in the status lists stay taken and say nothing.
 */
export async function voidApproval(ctx: Context, dossier: Dossier, badge: Badge): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // Another worker was faster: released, or void already.
    if (!(await voidBadge(trx, badge.id, at))) return
    const changes = stepsVoided('facts-changed', { at, personId: null })
    const actor = { publicId: 'issuer' }
    await takeStep(trx, { act: 'voidApproval', dossier, actor, at, changes })
    await saveDossierFacts(trx, dossier.id, [])
  })
}
