import type { Actor, Context } from '../context.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { today } from '../people/days.js'
import { digestOfDossier, gatherEvidence, saltFacts } from './evidence.js'
import { assertNamesNobody } from './nameless.js'
import { assertStandsBy } from './open-dossier.js'
import { assertEnrolledThroughout, assertEvidenceComplete, assertPartnerEvidence } from './rules.js'
import { dossierFor, takeStep } from './steps.js'
import { lockDossiers } from './store/dossiers.js'
import { saveDossierFacts } from './store/dossier-facts.js'

/**
 * The school proposes a dossier: the facts that meet the rule are named by digest, and nothing is
 * missing.
 *
 * @throws {DomainError} rule-refused (incomplete, OB-02, OB-07, a name in the badge's own words), conflict, forbidden or not-found
 */
export async function propose(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const dossier = await dossierFor(ctx, actor, 'propose', publicId)
  const by = personOf(actor)
  const evidence = await gatherEvidence(ctx, dossier, today(ctx))
  const { version, weighed, facts, partners, enrolments } = evidence
  assertStandsBy(version)
  assertEvidenceComplete(weighed)
  assertPartnerEvidence(facts, partners)
  assertEnrolledThroughout(facts, enrolments)
  const salted = saltFacts(ctx, facts)
  const named = salted.map(({ fact, digest, salt }) => ({
    kind: fact.kind,
    fact_id: fact.id,
    digest,
    salt,
  }))
  const digest = digestOfDossier(version, dossier.subject, named)
  await assertNamesNobody(ctx, { ...dossier, digest }, { version, salted })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // Before its facts: who proposes the same one waits, and then finds that it has moved.
    await lockDossiers(trx, [dossier.id])
    await saveDossierFacts(trx, dossier.id, named)
    await takeStep(trx, {
      act: 'propose',
      dossier,
      actor,
      at,
      changes: {
        digest,
        proposed_by_id: by,
        proposed_at: at.toISOString(),
        reopened_at: null,
        reopened_by_id: null,
        reopen_reason: null,
      },
    })
  })
}
