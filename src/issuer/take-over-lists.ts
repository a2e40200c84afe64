import type { Context } from '../context.js'
import { OPERATOR } from '../people/operator.js'
import { didOf } from '../people/keys.js'
import { findOrganisationBySlug } from '../people/store.js'
import { appendAudit } from '../store/audit.js'
import { forgetCopy, isCopy } from '../store/backup.js'
import type { Db } from '../store/schema.js'
import { lookForList, type List } from '../verifier/believed-list.js'
import { lookupsOf } from './own-lookups.js'
import { revokeIn } from './revoke-badge.js'
import { keepPublished, publishStatusList, statusUrl } from './status.js'
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
    const kept = await readKept(ctx, text)
    if (!kept) {
      ctx.log.warn({ event: 'list-not-ours' })
      continue
    }
    const list = await listOf(ctx, kept)
    const unknown = await unknownTo(ctx.db, list, kept.bits)
    isBehind ||= unknown.length > 0 || isNewer(kept, list)
    for (const position of unknown) await takeOver(ctx, list, position)
    if (unknown.length > 0) await publishStatusList(ctx, list)
    revoked += unknown.length
  }
  if (isBehind) await noteRestored(ctx, revoked)
  for (const { public_id: id, document } of await listPublished(ctx.db))
    if (document !== null) keepPublished(ctx, id, document)
  return revoked
}

type Kept = List & Readonly<{ publicId: string; organisationId: number }>

/** A list of ours, whoever has kept it; undefined when our keys did not sign it. */
async function readKept(ctx: Context, text: string): Promise<Kept | undefined> {
  try {
    const document = JSON.parse(text) as { id: string; issuer: string; validFrom: string }
    const prefix = statusUrl(ctx, '')
    const ours = didOf(ctx.config.publicUrl, '')
    if (!document.id.startsWith(prefix) || !document.issuer.startsWith(ours)) return undefined
    const slug = document.issuer.slice(ours.length)
    const organisation = await findOrganisationBySlug(ctx.db, slug)
    if (!organisation) return undefined
    const found = async () => ({ outcome: 'found', value: document }) as const
    const list = await lookForList(document.id, {
      lookups: { ...lookupsOf(ctx), statusList: found },
      issuerId: document.issuer,
      // It need not be valid today.
      now: new Date(document.validFrom),
    })
    if (typeof list === 'string') return undefined
    return {
      ...list,
      publicId: document.id.slice(prefix.length),
      organisationId: organisation.id,
    }
  } catch {
    // It is no list at all.
    return undefined
  }
}

/** The list in the store; one that was opened since the copy is there again, and full. */
async function listOf(ctx: Context, kept: Kept): Promise<StatusList> {
  const { publicId, organisationId, bits } = kept
  const list = await findListByPublicId(ctx.db, publicId)
  if (list) return list
  await insertLostList(ctx.db, {
    publicId,
    organisationId,
    entries: bits.length * 8,
    at: kept.validFrom,
  })
  return listOf(ctx, kept)
}

async function unknownTo(db: Db, list: StatusList, bits: Uint8Array): Promise<number[]> {
  const known = new Set(await listRevokedPositions(db, list.id))
  const revoked: number[] = []
  for (const [at, byte] of bits.entries())
    for (let bit = 0; byte !== 0 && bit < 8; bit++)
      if ((byte >> (7 - bit)) & 1) revoked.push(at * 8 + bit)
  return revoked.filter((position) => !known.has(position))
}

function isNewer({ validFrom }: List, { published_at }: StatusList): boolean {
  // A list is dated in whole seconds.
  return validFrom.getTime() > Date.parse(published_at ?? '1970-01-01')
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
    await forgetCopy(trx)
  })
}
