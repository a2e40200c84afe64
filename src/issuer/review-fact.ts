import { z } from 'zod'
import type { Context } from '../context.js'
import { namedFactsHold } from './evidence.js'
import { stepsVoided, takeStep } from './steps.js'
import { type Dossier } from './store/dossiers.js'
import { listDossiersOn, saveDossierFacts, saveFactsChanged } from './store/dossier-facts.js'
import { ISSUANCE_ACTS } from './acts.data.js'

const Payload = z.object({ kind: z.enum(['session', 'placement']), factId: z.number() })

/**
 * A fact is not what it was: each dossier that names it hears of it. Before the approval it is open again,
 * and what was assessed or endorsed is void; an approved one is looked at by the job that signs it; of an
 * issued one it is noted, for its school and its company to see. Running it twice changes nothing more.
 */
export async function reviewFact(ctx: Context, payload: unknown): Promise<void> {
  const { kind, factId } = Payload.parse(payload)
  for (const dossier of await listDossiersOn(ctx.db, kind, factId)) {
    const holds = await namedFactsHold(ctx.db, dossier)
    if (dossier.state === 'issued') await noteChange(ctx, dossier, holds)
    else if (!holds && isPending(dossier)) await reopenDossier(ctx, dossier)
  }
}

/** A fact that was corrected back, and confirmed again, holds again. */
async function noteChange(ctx: Context, dossier: Dossier, holds: boolean): Promise<void> {
  if ((dossier.facts_changed_at === null) === holds) return
  await saveFactsChanged(ctx.db, dossier.id, holds ? null : ctx.now().toISOString())
}

function isPending({ state }: Dossier): boolean {
  return ISSUANCE_ACTS.reopenDossier.from.some((one) => one === state)
}

async function reopenDossier(ctx: Context, dossier: Dossier): Promise<void> {
  const at = ctx.now()
  const changes = stepsVoided('facts-changed', { at, personId: null })
  await ctx.db.transaction().execute(async (trx) => {
    const actor = { publicId: 'issuer' }
    await takeStep(trx, { act: 'reopenDossier', dossier, actor, at, changes })
    await saveDossierFacts(trx, dossier.id, [])
  })
}
