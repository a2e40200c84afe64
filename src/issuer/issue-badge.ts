import { z } from 'zod'
import type { Context } from '../context.js'
import type { Expected } from '../credential/lint.js'
import { prepareCredential, restorePrepared } from '../credential/prepare-credential.js'
import { signCredential, type Signer } from '../credential/sign-credential.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import { activeSigner } from '../people/keys.js'
import { digestOfDefinition } from '../templates/definition.js'
import { findVersion, type Version } from '../templates/store.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import type { EvidenceValues } from '../credential/build-credential.js'
import { endorsedDefinition } from './endorse-definition.js'
import { namedFactsHold, namedFactsOf } from './evidence.js'
import { composeBadge, composeEndorsement, describeFact, partiesOf } from './badge-content.js'
import { lookupsOf } from './own-lookups.js'
import { statusUrl, wholeSeconds } from './status.js'
import {
  findBadgeOfDossier,
  freeze,
  releaseBadge,
  saveSignedEndorsement,
  type Badge,
} from './store/badges.js'
import { takeStep } from './steps.js'
import { getDossier, type Dossier } from './store/dossiers.js'
import { getEntry, getList } from './store/status-lists.js'
import { voidApproval } from './void-approval.js'

const Payload = z.object({ dossierId: z.number() })
const Endorser = z.object({ id: z.string(), name: z.string(), url: z.string().exactOptional() })

/** The signed endorsements of a badge, as they stand in it. */
type Endorsements = Readonly<{ definition: Json; award: Json }>
type Json = Readonly<Record<string, unknown>>

/**
 * Issues the badge of an approved dossier: the company's endorsements (of the definition, unless it
 * is signed already, and of this award) are signed first, the badge with them inside second; all
 * from frozen bytes, so that a second run signs the same. Our own verifier looks at the result
 * before it is released. Running it twice issues one badge.
 */
export async function issueBadge(ctx: Context, payload: unknown): Promise<void> {
  const { dossierId } = Payload.parse(payload)
  const dossier = await getDossier(ctx.db, dossierId)
  // Issued by another run, or void since.
  if (dossier.state !== 'approved') return
  const badge = await findBadgeOfDossier(ctx.db, dossierId)
  const holds = await namedFactsHold(ctx.db, dossier)
  if (badge && !holds) return voidApproval(ctx, dossier, badge)
  if (!badge) throw new Error(`The dossier ${dossier.public_id} has no badge reserved.`)
  if (badge.released_at !== null || badge.revoked_at !== null) return
  const definition = toJson(await endorsedDefinition(ctx, dossier.template_version_id))
  const award = toJson(await signEndorsement(ctx, dossier, badge, definition))
  const document = await signBadge(ctx, dossier, badge, { definition, award })
  await assertOurVerifierAgrees(ctx, document)
  await release(ctx, dossier, badge, document)
}

async function signEndorsement(
  ctx: Context,
  dossier: Dossier,
  badge: Badge,
  ofDefinition: Json,
): Promise<string> {
  const entry = await getEntry(ctx.db, badge.endorsement_entry_id)
  const signer = await activeSigner(ctx, dossier.company_id)
  const expected = {
    kind: 'EndorsementCredential' as const,
    ...(await expectedOf(ctx, dossier, signer, entry.list_id)),
  }
  const values = {
    id: badge.endorsement_id,
    badgeId: badge.credential_id,
    dossier,
    endorser: Endorser.parse(ofDefinition.issuer),
    entry,
    validFrom: dayOf(dossier),
  }
  const made = await prepareCredential(composeEndorsement(ctx, values), expected)
  const text = await freeze(ctx.db, {
    id: badge.id,
    what: 'endorsement_prepared',
    text: made.text,
    at: ctx.now(),
  })
  const signed = await signCredential(
    await restorePrepared(text, expected),
    signer,
    createdAt(dossier),
  )
  await saveSignedEndorsement(ctx.db, badge.id, signed)
  return signed
}

async function signBadge(
  ctx: Context,
  dossier: Dossier,
  badge: Badge,
  endorsements: Endorsements,
): Promise<string> {
  const parties = await partiesOf(ctx, dossier)
  const entry = await getEntry(ctx.db, badge.status_entry_id)
  const signer = await activeSigner(ctx, dossier.school_id)
  const expected = {
    kind: 'AchievementCredential' as const,
    ...(await expectedOf(ctx, dossier, signer, entry.list_id)),
  }
  const version = await versionOf(ctx, dossier)
  const evidence = await evidenceIn(ctx, dossier)
  const values = {
    id: badge.credential_id,
    dossier,
    version,
    parties,
    evidence,
    definitionEndorsement: endorsements.definition,
    endorsement: endorsements.award,
    entry,
    validFrom: dayOf(dossier),
  }
  const made = await prepareCredential(composeBadge(ctx, values), expected)
  const text = await freeze(ctx.db, {
    id: badge.id,
    what: 'badge_prepared',
    text: made.text,
    at: ctx.now(),
  })
  return signCredential(await restorePrepared(text, expected), signer, createdAt(dossier))
}

/** The definition that the company has endorsed; it must still be the same. */
async function versionOf(ctx: Context, dossier: Dossier): Promise<Version> {
  const version = await findVersion(ctx.db, dossier.template_version_id)
  if (!version) throw new Error(`The template version of ${dossier.public_id} is gone.`)
  if (digestOfDefinition(version.definition) !== version.digest)
    throw new Error(
      `The template version of ${dossier.public_id} was touched since it was published.`,
    )
  return version
}

type HeldFact = Readonly<{ fact: Fact; digest: string }>

/** The facts that were committed to, as a badge tells them, the oldest first; each must still hold. */
async function evidenceIn(ctx: Context, dossier: Dossier): Promise<EvidenceValues[]> {
  const named = await namedFactsOf(ctx.db, dossier)
  const held = named.map(({ fact, digest }) => {
    if (!fact) throw new Error(`A fact of ${dossier.public_id} has just changed.`)
    return { fact, digest }
  })
  return held.toSorted(inTime).map(({ fact, digest }) => describeFact(fact, digest))
}

/** By day; by digest within one, so that a second run tells them in the same order. */
function inTime(one: HeldFact, other: HeldFact): number {
  return one.fact.day.localeCompare(other.fact.day) || (one.digest < other.digest ? -1 : 1)
}

/** What both credentials are held against before they are signed. */
async function expectedOf(
  ctx: Context,
  dossier: Dossier,
  signer: Signer,
  listId: number,
): Promise<Omit<Expected, 'kind'>> {
  const list = await getList(ctx.db, listId)
  const digest = dossier.digest ?? ''
  const committed = [dossier.assessed_by_id, dossier.endorsed_by_id, dossier.approved_by_id]
  return {
    issuer: signer.controller,
    // The day of approval: a job that had to wait still signs what was approved.
    now: createdAt(dossier),
    forbidden: await personalDataOf(ctx, dossier.student_id),
    statusList: statusUrl(ctx, list.public_id),
    statusEntries: list.entries,
    approvals: committed.map((by) => ({ by: String(by), digest })),
    digest,
  }
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
  throw new Error(
    `our own verifier refuses it: ${wrong.map(({ name, code }) => `${name} ${code}`).join(', ') || 'an endorsement is missing'}`,
  )
}

async function release(
  ctx: Context,
  dossier: Dossier,
  badge: Badge,
  document: string,
): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // Another worker was faster.
    if (!(await releaseBadge(trx, badge.id, document, at))) return
    const actor = { publicId: 'issuer' }
    await takeStep(trx, { act: 'issueBadge', dossier, actor, at, subject: badge.public_id })
  })
}

function toJson(document: string): Json {
  return JSON.parse(document) as Json
}

/** `validFrom` is the day of approval. */
function dayOf(dossier: Dossier): string {
  return `${createdAt(dossier).toISOString().slice(0, 10)}T00:00:00Z`
}

function createdAt(dossier: Dossier): Date {
  if (dossier.approved_at === null)
    throw new Error(`The dossier ${dossier.public_id} is not approved.`)
  return new Date(wholeSeconds(new Date(dossier.approved_at)))
}
