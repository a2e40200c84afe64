import { z } from 'zod'
import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { LintError } from '../credential/prepare-credential.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import { endorsedDefinition } from './endorse-definition.js'
import { namedFactsHold } from './evidence.js'
import { isFrozenWithProof, Unsignable } from './frozen.js'
import { lookupsOf } from './own-lookups.js'
import { keepSigned } from './keep-signed.js'
import { signedBadge, signedEndorsement, toJson, type Award } from './sign-badge.js'
import { takeStep } from './steps.js'
import { releaseBadge } from './store/badge-life.js'
import { findBadgeOfDossier, getBadge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { voidApproval } from './void-approval.js'

const Payload = z.object({ dossierId: z.number() })

/**
 * Issues the badge of an approved dossier, stage by stage of `badge-life.data.ts`: the company's
 * endorsements (of the definition, unless it is signed already, and of this award) are signed first, the
 * badge with them inside second; all from frozen bytes, so that a second run signs the same. Our own
 * verifier looks at the result before it is released. What does not hold any more, or can never be signed,
 * voids the approval. Running it twice issues one badge.
 */
export async function issueBadge(ctx: Context, payload: unknown): Promise<void> {
  const { dossierId } = Payload.parse(payload)
  const dossier = await getDossier(ctx.db, dossierId)
  // Issued by another run, or void since.
  if (dossier.state !== 'approved') return
  const badge = await findBadgeOfDossier(ctx.db, dossierId)
  if (!badge) throw new Error(`The dossier ${dossier.public_id} has no badge reserved.`)
  const award = { dossier, badge }
  if (!(await namedFactsHold(ctx.db, dossier))) return voidApproval(ctx, award, 'facts-changed')
  try {
    await release(ctx, award, await signedAndChecked(ctx, award))
  } catch (error) {
    if (!(error instanceof Unsignable || error instanceof LintError)) throw error
    ctx.log.error({ err: error, event: 'not-signable', badge: badge.public_id })
    await voidApproval(ctx, award, 'not-signable')
  }
}

/** The signed badge, found valid; it is in the store, and nowhere else. */
async function signedAndChecked(ctx: Context, award: Award): Promise<string> {
  const { dossier, badge } = award
  const document = badge.badge_signed ?? (await sign(ctx, award))
  const { badge_prepared: frozen } = await getBadge(ctx.db, badge.id)
  if (!isFrozenWithProof(document, frozen ?? ''))
    throw new Unsignable(`what was signed for ${dossier.public_id} is not what was frozen`)
  await assertOurVerifierAgrees(ctx, document)
  await keepSigned(ctx, badge.id, document)
  return document
}

async function sign(ctx: Context, award: Award): Promise<string> {
  const definition = toJson(await endorsedDefinition(ctx, award.dossier.template_version_id))
  const ofAward = toJson(await signedEndorsement(ctx, award, definition))
  return signedBadge(ctx, award, { definition, award: ofAward })
}

/** What the company stands behind in every badge. */
const ENDORSED = ['achievement', 'award'] as const

/** A key file whose halves do not match would otherwise be noticed by the holder first. */
async function assertOurVerifierAgrees(ctx: Context, document: string): Promise<void> {
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), language: 'en' as const }
  const report = await verifyBadge(Buffer.from(document), around)
  const endorsed =
    report.endorsements.every(({ verdict }) => verdict === 'valid') &&
    ENDORSED.every((wanted) => report.endorsements.some(({ target }) => target === wanted))
  if (report.verdict === 'valid' && report.trusted && endorsed) return
  const checks = [report, ...report.endorsements].flatMap((one) => one.checks)
  const wrong = checks.filter(({ result }) => result === 'fail' || result === 'unknown')
  const why = `our own verifier refuses it: ${wrong.map(({ name, code }) => `${name} ${code}`).join(', ') || 'an endorsement is missing'}`
  // A revocation is for good, that of a key too; a key file or a list may be put right, and the badge is then issued.
  throw wrong.some(({ code }) => code === 'revoked' || code === 'key_revoked')
    ? new Unsignable(why)
    : new Error(why)
}

async function release(ctx: Context, { dossier, badge }: Award, document: string): Promise<void> {
  const at = ctx.now()
  const released = await ctx.db.transaction().execute(async (trx) => {
    if (!(await releaseBadge(trx, badge.id, document, at))) return false
    const actor = { publicId: 'issuer' }
    const details = { document: sha256(document).toString('hex') }
    const subject = badge.public_id
    await takeStep(trx, { act: 'issueBadge', dossier, actor, at, subject, details })
    return true
  })
  if (released) return
  const now = await findBadgeOfDossier(ctx.db, dossier.id)
  // Void since, or another worker was faster.
  if (now?.id !== badge.id || now.released_at !== null) return
  throw new Error(
    `The badge ${badge.public_id} was signed twice, with two keys: it is tried again.`,
  )
}
