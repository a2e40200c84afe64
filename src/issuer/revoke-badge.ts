import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { ISSUANCE_ACTS } from './acts.data.js'
import { awardFor } from './award-for.js'
import { toReason } from './commitment.js'
import { currentStatusList, publishOnceCommitted } from './status.js'
import type { Award } from './sign-badge.js'
import { stepsVoided, takeStep } from './steps.js'
import { tellHolder } from './tell-holder.js'
import { markRevoked, voidBadge } from './store/badge-life.js'
import { saveDossierFacts } from './store/dossier-facts.js'
import { getEntry, getList, revokeEntry } from './store/status-lists.js'

export type RevocationInput = Readonly<{ badgeId: string; reason: string }>

/**
 * Revokes a badge, for good: the bit of the signed list is set, and the list is published once that is committed. One
 * that is not released yet never will be: its approval is void, and its dossier is open again.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request (no reason), conflict (revoked already)
 */
export async function revokeBadge(
  ctx: Context,
  actor: Actor,
  input: RevocationInput,
): Promise<void> {
  const listId = await markBadgeRevoked(ctx, actor, input)
  const { public_id } = await getList(ctx.db, listId)
  await publishOnceCommitted(ctx, public_id, currentStatusList)
}

/**
 * The same, its list not published yet: whoever reads that before it is, signs it anew.
 *
 * @returns the id of the list
 * @throws {DomainError} as revokeBadge
 */
export async function markBadgeRevoked(
  ctx: Context,
  actor: Actor,
  input: RevocationInput,
): Promise<number> {
  const award = await awardFor(ctx, actor, ISSUANCE_ACTS.revokeBadge.who, input.badgeId)
  const { badge } = award
  const revocation = { reason: toReason(input.reason), byId: personOf(actor), at: ctx.now() }
  const { byId, at } = revocation
  await ctx.db.transaction().execute(async (trx) => {
    // One that was not released nobody has.
    if ((await revokeIn(trx, actor, award, revocation)) === 'released')
      await tellHolder(trx, ctx, award, { act: 'revoke', byId, at })
  })
  return (await getEntry(ctx.db, badge.status_entry_id)).list_id
}

type Revocation = Readonly<{ reason: string; byId: number | null; at: Date }>

/**
 * The same in a transaction, for whoever may do it; the holder is not told.
 *
 * @returns how far the badge had come
 * @throws {DomainError} conflict (revoked already)
 */
export async function revokeIn(
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  award: Award,
  revocation: Revocation,
): Promise<'reserved' | 'released'> {
  const { badge } = award
  // First the one that waits for a release that is under way: then the badge is released, and is marked.
  const isVoid = await voidReserved(trx, actor, award, revocation)
  if (!isVoid && !(await markRevoked(trx, { id: badge.id, ...revocation }))) throw alreadyRevoked()
  // Before the list: whoever takes a place of it holds the audit already.
  await appendAudit(trx, {
    at: revocation.at,
    actor: actor.publicId,
    action: ISSUANCE_ACTS.revokeBadge.audit,
    subject: badge.public_id,
  })
  await revokeEntry(trx, badge.status_entry_id, revocation.at)
  return isVoid ? 'reserved' : 'released'
}

/** @returns false for a badge that is released: nothing is changed */
async function voidReserved(
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  { badge, dossier }: Award,
  { at, ...revocation }: Revocation,
): Promise<boolean> {
  if (!(await voidBadge(trx, badge.id, { reason: 'revoked', at, revocation }))) return false
  const changes = stepsVoided('revoked', { at, personId: revocation.byId })
  const details = { reason: 'revoked' }
  await takeStep(trx, { act: 'voidApproval', dossier, actor, at, changes, details })
  await saveDossierFacts(trx, dossier.id, [])
  return true
}

function alreadyRevoked(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce badge est déjà révoqué.',
    en: 'This badge is revoked already.',
  })
}
