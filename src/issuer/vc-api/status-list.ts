import type { Context } from '../../context.js'
import { buildStatusList } from '../../credential/build-credential.js'
import { prepareStatusList } from '../../credential/prepare-credential.js'
import { MIN_ENTRIES } from '../../credential/status-list.js'
import { canonize } from '../../credential/canonical.js'
import type { Json } from '../../credential/values.js'
import { currentStatusList, keepPublished, REFRESH_MS, statusUrl, wholeSeconds } from '../status.js'
import { vcSigner } from './keys.js'
import { secure, suiteFor } from './secure.js'
import {
  findOpenVcList,
  findVcList,
  insertVcList,
  listRevokedVcPositions,
  saveVcList,
  type VcStatusList,
} from './store.js'

/** As for the lists of badges. @see status.ts */
const FULL = 0.8
const VALID_MS = 7 * 86_400_000
const TRIES = 8

/** The list in which an issuer’s next credential gets its place; opened when there is none with room. */
export async function openVcListOf(ctx: Context, issuerId: number): Promise<VcStatusList> {
  const found = await findOpenVcList(ctx.db, issuerId)
  if (found && found.closed_at === null && found.taken < found.entries * FULL) return found
  await insertVcList(ctx.db, {
    public_id: ctx.newId(),
    issuer_id: issuerId,
    number: (found?.number ?? 0) + 1,
    entries: MIN_ENTRIES,
    opened_at: ctx.now().toISOString(),
  })
  return openVcListOf(ctx, issuerId)
}

/** A random place, which says nothing about when it was taken. Whether it is free is told when it is kept. */
export function randomPlace(ctx: Context, { entries }: VcStatusList): number {
  // 4 bytes over a power of two: no place is more likely than another.
  return Buffer.from(ctx.randomBytes(4)).readUInt32BE() % entries
}

export function entryAt(ctx: Context, listPublicId: string, position: number): Json {
  const list = statusUrl(ctx, listPublicId)
  return {
    id: `${list}#${position}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(position),
    statusListCredential: list,
  }
}

/** The signed list at an address of ours: of badges, or of credentials of the VC-API. */
export async function signedListAt(ctx: Context, publicId: string): Promise<string | undefined> {
  return (await currentStatusList(ctx, publicId)) ?? currentVcList(ctx, publicId)
}

/** Signed again when it is a few hours old or lacks a revocation. */
export async function currentVcList(ctx: Context, publicId: string): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const list = await findVcList(ctx.db, publicId)
    if (!list) return undefined
    const age = ctx.now().getTime() - Date.parse(list.published_at ?? '')
    const isWhole = list.document !== null && list.published_revision === list.revision
    if (isWhole && age < REFRESH_MS) return list.document ?? undefined
    const [now, last] = [ctx.now(), new Date(list.published_at ?? 0)]
    // A clock that was set back dates no list before the one that readers have seen.
    const at = now < last ? last : now
    const document = await sign(ctx, list, at)
    const { id, revision } = list
    // Before anybody can read it, as lists of badges.
    keepPublished(ctx, publicId, document)
    if (await saveVcList(ctx.db, { id, revision, document, at })) return document
  }
  throw new Error(`the status list ${publicId} changes faster than it is signed`)
}

async function sign(ctx: Context, list: VcStatusList, at: Date): Promise<string> {
  const signer = await vcSigner(ctx, list.issuer_id)
  const unsigned = buildStatusList({
    id: statusUrl(ctx, list.public_id),
    issuer: signer.controller,
    entries: list.entries,
    revoked: await listRevokedVcPositions(ctx.db, list.id),
    validFrom: wholeSeconds(at),
    validUntil: wholeSeconds(new Date(at.getTime() + VALID_MS)),
  })
  const published = list.document === null ? undefined : (JSON.parse(list.document) as Json)
  const { text } = prepareStatusList(unsigned, published)
  const around = { signer, created: at, canonize }
  return JSON.stringify(await secure(JSON.parse(text) as Json, suiteFor(signer.curve), around))
}
