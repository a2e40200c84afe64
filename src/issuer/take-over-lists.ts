import type { Context } from '../context.js'
import { OPERATOR } from '../people/operator.js'
import { didOf } from '../people/keys.js'
import { findOrganisationBySlug } from '../people/store.js'
import { appendAudit } from '../store/audit.js'
import { forgetCopy, isCopy } from '../store/backup.js'
import { isNewer, readKept, unknownIn, type KeptList, type TakenOver } from './kept-list.js'
import { revokeIn } from './revoke-badge.js'
import { keepPublished, publishStatusList } from './status.js'
import { findBadgeOfPlace } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import {
  closeLists,
  findEntryAt,
  findListByPublicId,
  insertLostList,
  listPublished,
  listRevokedPositions,
  revokeEntry,
  countTaken,
  takePositions,
  type StatusList,
} from './store/status-lists.js'
import { closeVcLists, listPublishedVcLists } from './vc-api/store.js'
import { takeOverVcList } from './vc-api/take-over-vc-list.js'

const REASON = 'Révoqué avant une restauration : repris de la liste publiée.'

/**
 * At the start: takes over what published lists tell and the store does not know, because it was restored.
 * What was revoked since its copy was made stays revoked. Which places were taken since nobody knows: the
 * lists are closed, so that none of them is taken twice. A list that no key of ours has signed is passed over.
 *
 * @returns how many revocations were taken over
 */
export async function takeOverLists(ctx: Context): Promise<number> {
  let revoked = 0
  let isBehind = await isCopy(ctx.db)
  for (const text of ctx.published?.all() ?? []) {
    const taken = await takeOverKept(ctx, text)
    if (!taken) ctx.log.warn({ event: 'list-not-ours' })
    isBehind ||= taken?.isBehind ?? false
    revoked += taken?.revoked ?? 0
  }
  if (isBehind) await noteRestored(ctx, revoked)
  const known = [...(await listPublished(ctx.db)), ...(await listPublishedVcLists(ctx.db))]
  for (const { public_id: id, document } of known)
    if (document !== null) keepPublished(ctx, id, document)
  return revoked
}

/** @returns undefined for what is no list that a key of ours has signed */
async function takeOverKept(ctx: Context, text: string): Promise<TakenOver | undefined> {
  const kept = await readKept(ctx, text)
  if (!kept) return undefined
  return (await takeOverListOfBadges(ctx, kept)) ?? takeOverVcList(ctx, kept)
}

async function takeOverListOfBadges(ctx: Context, kept: KeptList): Promise<TakenOver | undefined> {
  const ours = didOf(ctx.config.publicUrl, '')
  if (!kept.issuer.startsWith(ours)) return undefined
  const organisation = await findOrganisationBySlug(ctx.db, kept.issuer.slice(ours.length))
  if (!organisation) return undefined
  const list = await listOf(ctx, organisation.id, kept)
  const unknown = unknownIn(kept, await listRevokedPositions(ctx.db, list.id))
  const isBehind = unknown.length > 0 || isNewer(kept, list)
  for (const position of unknown) await takeOver(ctx, list, position)
  if (unknown.length > 0) await publishStatusList(ctx, list)
  return { revoked: unknown.length, isBehind }
}

/** The list in the store; one that was opened since the copy is there again, and full. */
async function listOf(ctx: Context, organisationId: number, kept: KeptList): Promise<StatusList> {
  const { publicId, bits, validFrom: at } = kept
  const list = await findListByPublicId(ctx.db, publicId)
  if (list) return list
  await insertLostList(ctx.db, { publicId, organisationId, entries: bits.length * 8, at })
  return listOf(ctx, organisationId, kept)
}

/** Revokes what has a place: a badge, a reservation, or one that only its readers still have. */
async function takeOver(ctx: Context, list: StatusList, position: number): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const entry = await findEntryAt(trx, list.id, position)
    const badge = entry && (await findBadgeOfPlace(trx, entry.id))
    if (badge) {
      const dossier = await getDossier(trx, badge.dossier_id)
      await revokeIn(trx, OPERATOR, { badge, dossier }, { reason: REASON, byId: null, at })
      return
    }
    if (!entry) await countTaken(trx, list.id, 1)
    const [taken] = entry ? [entry] : await takePositions(trx, list.id, [position])
    if (taken) await revokeEntry(trx, taken.id, at)
  })
}

async function noteRestored(ctx: Context, revoked: number): Promise<void> {
  ctx.log.warn({ event: 'store-restored', revocations: revoked })
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at: ctx.now(),
      actor: OPERATOR.publicId,
      action: 'store.restored',
      subject: 'store',
      details: { revocations: String(revoked) },
    })
    await closeLists(trx)
    await closeVcLists(trx, ctx.now())
    await forgetCopy(trx)
  })
}
