import { z } from 'zod'
import type { Context } from '../context.js'
import type { EvidenceValues } from '../credential/build-credential.js'
import type { Expected } from '../credential/lint.js'
import { prepareCredential, restorePrepared } from '../credential/prepare-credential.js'
import { signCredential, type Signer } from '../credential/sign-credential.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import { activeSigner, whileItSigns } from '../people/keys.js'
import { appendAudit } from '../store/audit.js'
import { digestOfDefinition } from '../templates/definition.js'
import { findVersion, type Version } from '../templates/store.js'
import { composeBadge, composeEndorsement, describeFact, partiesOf } from './badge-content.js'
import { BADGE_LIFE } from './badge-life.data.js'
import { namedFactsOf } from './evidence.js'
import { preparationOf, Unsignable, untouched } from './frozen.js'
import { statusUrl, wholeSeconds } from './status.js'
import { freezeBadge, freezeEndorsement, saveSignedEndorsement } from './store/badge-life.js'
import { getBadge, type Badge } from './store/badges.js'
import type { Dossier } from './store/dossiers.js'
import { getEntry, getList } from './store/status-lists.js'

/** A badge that is being issued, and what it is issued for. */
export type Award = Readonly<{ dossier: Dossier; badge: Badge }>
/** The signed endorsements of a badge, as they stand in it. */
export type Endorsements = Readonly<{ definition: Json; award: Json }>
type Json = Readonly<Record<string, unknown>>

const Endorser = z.object({ id: z.string(), name: z.string(), url: z.string().exactOptional() })

/**
 * The company's signed endorsement of an award: that of an earlier run, or made now from frozen bytes.
 *
 * @param ofDefinition its endorsement of the definition, which tells how the company was named
 * @throws {LintError | Unsignable} when it may not be signed, now or later
 */
export async function signedEndorsement(
  ctx: Context,
  { dossier, badge }: Award,
  ofDefinition: Json,
): Promise<string> {
  if (badge.endorsement_document !== null) return badge.endorsement_document
  const entry = await getEntry(ctx.db, badge.endorsement_entry_id)
  const signer = await activeSigner(ctx, dossier.company_id)
  const kind = 'EndorsementCredential'
  const expected = { kind, ...(await expectedOf(ctx, dossier, signer, entry.list_id)) } as const
  if (badge.endorsement_preparation === null) {
    const values = {
      id: badge.endorsement_id,
      badgeId: badge.credential_id,
      dossier,
      endorser: Endorser.parse(ofDefinition.issuer),
      entry,
      validFrom: dayOf(dossier),
    }
    const composed = composeEndorsement(ctx, values)
    await freeze(ctx, { badge, stage: 'endorsementPrepared', composed, expected })
  }
  const frozen = await getBadge(ctx.db, badge.id)
  const text = untouched({
    text: frozen.endorsement_prepared ?? '',
    preparation: frozen.endorsement_preparation ?? '',
  })
  const prepared = await restorePrepared(text, expected)
  const signed = await signCredential(prepared, signer, createdAt(dossier))
  await whileItSigns(ctx, signed, (trx) => saveSignedEndorsement(trx, badge.id, signed))
  return signed
}

/**
 * Signs the badge, from bytes that an earlier run has frozen or that are frozen now. It is not kept yet.
 *
 * @throws {LintError | Unsignable} when it may not be signed, now or later
 */
export async function signedBadge(
  ctx: Context,
  { dossier, badge }: Award,
  endorsements: Endorsements,
): Promise<string> {
  const entry = await getEntry(ctx.db, badge.status_entry_id)
  const signer = await activeSigner(ctx, dossier.school_id)
  const kind = 'AchievementCredential'
  const expected = { kind, ...(await expectedOf(ctx, dossier, signer, entry.list_id)) } as const
  if (badge.badge_preparation === null) {
    const values = {
      id: badge.credential_id,
      dossier,
      version: await versionOf(ctx, dossier),
      parties: await partiesOf(ctx, dossier),
      evidence: await evidenceIn(ctx, dossier),
      definitionEndorsement: endorsements.definition,
      endorsement: endorsements.award,
      entry,
      validFrom: dayOf(dossier),
    }
    await freeze(ctx, { badge, stage: 'prepared', composed: composeBadge(ctx, values), expected })
  }
  const frozen = await getBadge(ctx.db, badge.id)
  const text = untouched({
    text: frozen.badge_prepared ?? '',
    preparation: frozen.badge_preparation ?? '',
  })
  return signCredential(await restorePrepared(text, expected), signer, createdAt(dossier))
}

type ToFreeze = Readonly<{
  badge: Badge
  stage: 'endorsementPrepared' | 'prepared'
  composed: Json
  expected: Expected
}>

/** Lints what was composed and freezes it: bytes, digest and line of audit in one commit, before any signature of them. */
async function freeze(ctx: Context, { badge, stage, composed, expected }: ToFreeze): Promise<void> {
  const made = await prepareCredential(composed, expected)
  const frozen = { text: made.text, preparation: preparationOf(made, expected) }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const first =
      stage === 'prepared'
        ? await freezeBadge(trx, badge.id, frozen, at)
        : await freezeEndorsement(trx, badge.id, frozen)
    if (!first) return
    await appendAudit(trx, {
      at,
      actor: 'issuer',
      action: BADGE_LIFE[stage].audit,
      subject: badge.public_id,
      details: { digest: made.digest },
    })
  })
}

/** The definition that the company has endorsed; it must still be the same. */
async function versionOf(ctx: Context, dossier: Dossier): Promise<Version> {
  const version = await findVersion(ctx.db, dossier.template_version_id)
  if (!version) throw new Error(`The template version of ${dossier.public_id} is gone.`)
  if (digestOfDefinition(version.definition) !== version.digest)
    throw new Unsignable(
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

export function toJson(document: string): Json {
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
