import type { Context } from '../context.js'
import type { EvidenceValues } from '../credential/build-credential.js'
import type { Expected, Reserved } from '../credential/lint.js'
import {
  prepareCredential,
  restorePrepared,
  type Know,
  type PreparedCredential,
} from '../credential/prepare-credential.js'
import { signCredential, type Signer } from '../credential/sign-credential.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { personalDataOfAll } from '../mentoring/students/personal-data.js'
import { composeBadge, composeEndorsement, describeFact } from './badge-content.js'
import { namedFactsOfAll, type NamedFact } from './evidence.js'
import { preparationOf, untouched } from './frozen.js'
import { openGrounds, type Ground } from './ground.js'
import { statusUrl, wholeSeconds } from './status.js'
import type { Badge } from './store/badges.js'
import type { Dossier } from './store/dossiers.js'
import type { Frozen } from './store/frozen-bytes.js'
import { listEntries, type Entry } from './store/status-lists.js'

/** A badge that is being issued, and what it is issued for. */
export type Award = Readonly<{ dossier: Dossier; badge: Badge }>

/** The same, with all that its credentials are made of and held against. */
export type Making = Award &
  Readonly<{
    ground: Ground
    facts: readonly NamedFact[]
    /** What must stand in neither of them. */
    forbidden: readonly string[]
    places: Readonly<Record<Part, Entry>>
  }>

/** The two credentials that are made for an award: the company’s endorsement goes into the badge. */
export type Part = 'endorsement' | 'badge'
const COLUMNS = {
  endorsement: ['endorsement_prepared', 'endorsement_preparation'],
  badge: ['badge_prepared', 'badge_preparation'],
} as const satisfies Record<Part, readonly (keyof Badge)[]>

/** Reads what awards are made of, at once for all. @returns how to have it for one of them */
export async function readMakings(
  ctx: Context,
  awards: readonly Award[],
): Promise<(award: Award) => Promise<Making>> {
  const dossiers = awards.map(({ dossier }) => dossier)
  const facts = await namedFactsOfAll(ctx.db, dossiers)
  const personal = await personalDataOfAll(
    ctx,
    dossiers.map(({ student_id }) => student_id),
  )
  const entries = await listEntries(
    ctx.db,
    awards.flatMap(({ badge }) => [badge.endorsement_entry_id, badge.status_entry_id]),
  )
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]))
  const groundOf = openGrounds(ctx)
  return async ({ dossier, badge }) => {
    const endorsement = entryOf.get(badge.endorsement_entry_id)
    const own = entryOf.get(badge.status_entry_id)
    const forbidden = personal.get(dossier.student_id)
    if (!endorsement || !own || !forbidden)
      throw new Error(`The badge ${badge.public_id} lacks its places or its student.`)
    return {
      ...{ dossier, badge, forbidden },
      ground: await groundOf(dossier),
      facts: facts.get(dossier.id) ?? [],
      places: { endorsement, badge: own },
    }
  }
}

export function isFrozen(badge: Badge, part: Part): boolean {
  return badge[COLUMNS[part][1]] !== null
}

/**
 * Composes and lints what is not frozen yet.
 *
 * @throws {LintError} when it may not be signed, now or later
 */
export async function draftOf(
  ctx: Context,
  making: Making,
  part: Part,
  know: Know,
): Promise<Readonly<{ prepared: PreparedCredential; bytes: Frozen }>> {
  const expected = expectedOf(ctx, making, part)
  const composed = part === 'badge' ? badgeOf(ctx, making) : endorsementOf(ctx, making)
  const prepared = await prepareCredential(composed, expected, know)
  return {
    prepared,
    bytes: { text: prepared.text, preparation: preparationOf(prepared, expected) },
  }
}

/**
 * Frozen bytes as they stand in the row, linted once more.
 *
 * @throws {LintError | Unsignable} for bytes that somebody has touched, or that may not be signed any more
 */
export function frozenOf(
  ctx: Context,
  making: Making,
  part: Part,
  know: Know,
): Promise<PreparedCredential> {
  const [text, preparation] = COLUMNS[part].map((column) => making.badge[column] ?? '')
  const whole = untouched({ text: text ?? '', preparation: preparation ?? '' })
  return restorePrepared(whole, expectedOf(ctx, making, part), know)
}

/**
 * Signs frozen bytes. Whoever signs them again gets the same.
 *
 * @returns the signed credential, and the key that has signed it
 */
export async function sign(
  making: Making,
  part: Part,
  prepared: PreparedCredential,
): Promise<Readonly<{ document: string; key: string }>> {
  const signer = signerOf(making, part)
  const document = await signCredential(prepared, signer, createdAt(making.dossier))
  return { document, key: signer.publicKeyMultibase }
}

function endorsementOf(ctx: Context, { dossier, badge, ground, places }: Making) {
  return composeEndorsement(ctx, {
    id: badge.endorsement_id,
    badgeId: badge.credential_id,
    dossier,
    endorser: ground.endorser,
    entry: places.endorsement,
    validFrom: dayOf(dossier),
  })
}

function badgeOf(ctx: Context, making: Making) {
  const { dossier, badge, ground, places } = making
  return composeBadge(ctx, {
    id: badge.credential_id,
    dossier,
    version: ground.version,
    parties: ground.parties,
    evidence: evidenceIn(making),
    definitionEndorsement: ground.definition,
    endorsement: JSON.parse(badge.endorsement_document ?? '') as object,
    entry: places.badge,
    validFrom: dayOf(dossier),
  })
}

type HeldFact = Readonly<{ fact: Fact; digest: string }>

/** The facts that were committed to, as a badge tells them, the oldest first. */
function evidenceIn({ dossier, facts }: Making): EvidenceValues[] {
  const held = facts.map(({ fact, digest }) => {
    if (!fact) throw new Error(`A fact of ${dossier.public_id} does not hold.`)
    return { fact, digest }
  })
  return held.toSorted(inTime).map(({ fact, digest }) => describeFact(fact, digest))
}

/** By day; by digest within one, so that a second run tells them in the same order. */
function inTime(one: HeldFact, other: HeldFact): number {
  return one.fact.day.localeCompare(other.fact.day) || (one.digest < other.digest ? -1 : 1)
}

/** What both credentials are held against before they are signed. */
function expectedOf(ctx: Context, making: Making, part: Part): Expected {
  const { dossier, forbidden, places } = making
  const digest = dossier.digest ?? ''
  const committed = [dossier.assessed_by_id, dossier.endorsed_by_id, dossier.approved_by_id]
  return {
    kind: part === 'badge' ? 'AchievementCredential' : 'EndorsementCredential',
    issuer: signerOf(making, part).controller,
    service: ctx.config.publicUrl,
    reserved: reservedFor(making, part),
    // The day of approval: a job that had to wait still signs what was approved.
    now: createdAt(dossier),
    forbidden,
    statusList: statusUrl(ctx, places[part].list_public_id),
    statusEntries: places[part].list_entries,
    approvals: committed.map((by) => ({ by: String(by), digest })),
    digest,
  }
}

/** By constraints of the store each is of one award: of its dossier, its badge, its entry in the list. */
function reservedFor({ dossier, badge, places }: Making, part: Part): Reserved {
  const { position } = places[part]
  return part === 'badge'
    ? { id: badge.credential_id, subject: dossier.subject, position }
    : { id: badge.endorsement_id, subject: badge.credential_id, position }
}

function signerOf({ ground }: Making, part: Part): Signer {
  return part === 'badge' ? ground.school : ground.company
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
