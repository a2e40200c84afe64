import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { openDetails, type FindDetails } from '../store/audit-of-many.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import { BADGE_LIFE } from './badge-life.data.js'
import { Unsignable, untouched, withoutProof } from './frozen.js'
import { lookupsOf } from './own-lookups.js'
import { bitsOf, isSetIn } from './published-bits.js'
import { listReleasedAfter, type ReleasedBadge } from './store/badges-of-students.js'
import { listPublished, listRevokedBefore } from './store/status-lists.js'

/** What is wrong with a badge or a status list, by its public id. */
export type BadgeFault = Readonly<{ of: string; fault: string }>
export type BadgesChecked = Readonly<{ badges: number; faults: readonly BadgeFault[] }>

const PAGE = 200

/**
 * Reads every released badge again, as a stranger would: that it is what was released, that our verifier
 * finds it sound, and that each revocation is in the published list. It changes nothing.
 */
export async function checkBadges(ctx: Context): Promise<BadgesChecked> {
  const faults: BadgeFault[] = []
  const findDetails = openDetails(ctx.db)
  const findFrozen = openDetails(ctx.db)
  let badges = 0
  for (let after = 0; ;) {
    const page = await listReleasedAfter(ctx.db, after, PAGE)
    for (const badge of page) {
      const fault = await faultOf(ctx, badge, { findDetails, findFrozen })
      if (fault !== undefined) faults.push({ of: badge.public_id, fault })
    }
    badges += page.length
    const last = page.at(-1)
    if (!last) break
    after = last.id
  }
  return { badges, faults: [...faults, ...(await faultsOfLists(ctx))] }
}

/** One for each kind of line: each remembers its last one. */
type Audit = Readonly<{ findDetails: FindDetails; findFrozen: FindDetails }>

async function faultOf(
  ctx: Context,
  badge: ReleasedBadge,
  { findDetails, findFrozen }: Audit,
): Promise<string | undefined> {
  const document = badge.badge_document
  if (document === null) return 'it is released, and its document is missing'
  const { public_id: id, prepared_at, released_at } = badge
  const line = await findDetails(BADGE_LIFE.released.audit, id, released_at)
  if (!line) return 'the audit has no line of its release'
  if (line.document !== undefined && line.document !== sha256(document).toString('hex'))
    return 'its document is not the one that was released'
  if (badge.state !== 'issued') return 'it is released, and its dossier is not issued'
  if ((badge.revoked_at === null) !== (badge.place_revoked_at === null))
    return 'the book and the status list tell different things of its revocation'
  // Of those that were frozen before there were such lines, it has none.
  const frozen = await findFrozen(BADGE_LIFE.prepared.audit, id, prepared_at)
  // Whoever altered the document and the audit has no key.
  try {
    if (frozen) untouched({ text: withoutProof(document), preparation: JSON.stringify(frozen) })
    return await refusal(ctx, document)
  } catch (error) {
    return error instanceof Unsignable
      ? 'its document is not the bytes that were frozen and a proof'
      : 'its document can’t be read'
  }
}

/** What time, holds and revocations, of badges and of keys, do to a sound badge. */
const EXPECTED = new Set(['expired', 'revoked', 'suspended', 'key_revoked'])

async function refusal(ctx: Context, document: string): Promise<string | undefined> {
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), language: 'en' as const }
  const report = await verifyBadge(Buffer.from(document), around)
  const wrong = report.checks.filter(
    ({ result, code }) => (result === 'fail' || result === 'unknown') && !EXPECTED.has(code ?? ''),
  )
  if (report.checks.length > 0 && wrong.length === 0) return undefined
  return `our verifier refuses it: ${wrong.map(({ name, code }) => `${name} ${code}`).join(', ')}`
}

/** Published lists without a revocation that was there when they were signed. */
async function faultsOfLists(ctx: Context): Promise<BadgeFault[]> {
  const faults: BadgeFault[] = []
  for (const { id, public_id, document, published_at } of await listPublished(ctx.db)) {
    const bits = bitsOf(document ?? '')
    const revoked = await listRevokedBefore(ctx.db, id, published_at ?? '')
    const lost = revoked.filter((at) => !isSetIn(bits, at))
    if (lost.length > 0)
      faults.push({ of: public_id, fault: `the list lacks the revocations at ${lost.join(', ')}` })
  }
  return faults
}
