import type { Context } from '../context.js'
import { buildStatusList } from '../credential/build-credential.js'
import { prepareStatusList } from '../credential/prepare-credential.js'
import { signCredential } from '../credential/sign-credential.js'
import { MIN_ENTRIES } from '../credential/status-list.js'
import { activeSigner, isOfRevokedKey, KeyChanged, whileItSigns } from '../people/keys.js'
import type { Db } from '../store/schema.js'
import { onceCommitted } from '../store/within.js'
import {
  findListByPublicId,
  findOpenList,
  getList,
  insertList,
  listRevokedPositions,
  saveListDocument,
  countTaken,
  takePositions,
  type StatusList,
  type TakenPlace,
} from './store/status-lists.js'

/** A list is left for a new one when it is this full: random places are then still found at once. */
const FULL = 0.8
const TRIES = 32
/** A list outlives an outage of a week, and is signed again long before. */
const VALID_DAYS = 7
/** Of every list of ours, of badges or of the VC-API. */
export const REFRESH_MS = 6 * 3_600_000
const DAY_MS = 86_400_000

export const statusUrl = (ctx: Context, listPublicId: string): string =>
  `${ctx.config.publicUrl}/status/${listPublicId}`

/**
 * The list that an organisation's next entry goes to; opened when there is none with room. Who
 * finds none at the same time opens the same one.
 */
export async function openListOf(ctx: Context, organisationId: number): Promise<StatusList> {
  const found = await findOpenList(ctx.db, organisationId)
  if (found && found.taken < found.entries * FULL) return found
  await insertList(ctx.db, {
    publicId: ctx.newId(),
    organisationId,
    number: (found?.number ?? 0) + 1,
    entries: MIN_ENTRIES,
    at: ctx.now(),
  })
  return openListOf(ctx, organisationId)
}

/** Takes a random free place for each credential, which says nothing about when it was taken. @returns them by credential */
export async function reservePlaces(
  ctx: Context,
  list: StatusList,
  credentialIds: readonly string[],
): Promise<ReadonlyMap<string, TakenPlace>> {
  const taken = new Map<string, TakenPlace>()
  if (credentialIds.length === 0) return taken
  // First of all: of two who take places of one list none waits for a place that the other has not committed.
  await countTaken(ctx.db, list.id, credentialIds.length)
  for (let tries = 0; tries < TRIES; tries++) {
    const rest = credentialIds.filter((id) => !taken.has(id))
    if (rest.length === 0) return taken
    // Who draws the same place as one before draws again.
    const wanted = new Map<number, string>()
    for (const credentialId of rest) {
      // 4 bytes over a power of two: no place is more likely than another.
      const position = Buffer.from(ctx.randomBytes(4)).readUInt32BE() % list.entries
      if (!wanted.has(position)) wanted.set(position, credentialId)
    }
    for (const place of await takePositions(ctx.db, list.id, [...wanted.keys()]))
      taken.set(wanted.get(place.position) ?? '', place)
  }
  throw new Error(`the status list ${list.public_id} has no free place`)
}

/** The same for one. */
export async function reservePlace(
  ctx: Context,
  trx: Db,
  list: StatusList,
  credentialId: string,
): Promise<{ entryId: number; position: number }> {
  const [place] = (await reservePlaces({ ...ctx, db: trx }, list, [credentialId])).values()
  if (!place) throw new Error(`no place was taken for ${credentialId}`)
  return { entryId: place.id, position: place.position }
}

/** Signs a list as it is now and keeps it. A bit that is set stays set, whoever signs it or changes the key at the same time. */
export async function publishStatusList(ctx: Context, list: StatusList): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const current = await getList(ctx.db, list.id)
    const at = instantFor(ctx, current)
    const document = await sign(ctx, current, at)
    const { id, revision } = current
    // Before anybody can read it: a store that is restored takes its revocations from there.
    keepPublished(ctx, current.public_id, document)
    const kept = whileItSigns(ctx, document, (trx) =>
      saveListDocument(trx, { id, revision, document, at }),
    )
    if (await kept.catch(isNotKept)) return document
  }
  throw new Error(`the status list ${list.public_id} changes faster than it is signed`)
}

/** Keeps a signed list beside the store. A folder that takes nothing stops no revocation. */
export function keepPublished(ctx: Context, publicId: string, document: string): void {
  if (ctx.db.isTransaction) throw new Error('a list is published before what it says is committed')
  try {
    ctx.published?.keep(publicId, document)
  } catch (error) {
    ctx.log.error({ err: error, event: 'list-not-kept', list: publicId })
  }
}

function isNotKept(error: unknown): false {
  if (error instanceof KeyChanged) return false
  throw error
}

async function sign(ctx: Context, list: StatusList, at: Date): Promise<string> {
  const signer = await activeSigner(ctx, list.organisation_id)
  const unsigned = buildStatusList({
    id: statusUrl(ctx, list.public_id),
    issuer: signer.controller,
    entries: list.entries,
    revoked: await listRevokedPositions(ctx.db, list.id),
    validFrom: wholeSeconds(at),
    validUntil: wholeSeconds(new Date(at.getTime() + VALID_DAYS * DAY_MS)),
  })
  const published =
    list.document === null ? undefined : (JSON.parse(list.document) as Record<string, unknown>)
  return signCredential(prepareStatusList(unsigned, published), signer, at)
}

/** Now; a clock that was set back dates no list before the one that readers have seen. */
function instantFor(ctx: Context, { published_at }: StatusList): Date {
  const now = ctx.now()
  const last = new Date(published_at ?? 0)
  return now < last ? last : now
}

/**
 * The signed list at an address of ours, signed again when it is a few hours old, lacks a revocation or was
 * signed by a key that nobody need believe. A store that takes nothing stops no reader: a list that lacks
 * nothing is served as it is.
 */
export async function currentStatusList(
  ctx: Context,
  publicId: string,
): Promise<string | undefined> {
  const list = await findListByPublicId(ctx.db, publicId)
  if (!list) return undefined
  const kept = list.published_revision === list.revision ? list.document : null
  const whole = kept === null || (await isOfRevokedKey(ctx.db, kept)) ? null : kept
  const age = ctx.now().getTime() - Date.parse(list.published_at ?? '')
  if (whole !== null && age < REFRESH_MS) return whole
  return publishStatusList(ctx, list).catch((error: unknown) => {
    if (whole === null) throw error
    ctx.log.error({ err: error, event: 'list-not-refreshed', list: publicId })
    return whole
  })
}

/**
 * Publishes a list once the revocation that it lacks is committed, whatever transaction that is a part of. What
 * fails then undoes nothing, and the log tells it: who reads the list next has it signed, or the next look at all of them.
 *
 * @param current signs the list at an address where it is behind
 */
export function publishOnceCommitted(
  ctx: Context,
  publicId: string,
  current: typeof currentStatusList,
): Promise<void> {
  return onceCommitted(ctx.db, async (db) => {
    try {
      await current({ ...ctx, db }, publicId)
    } catch (error) {
      ctx.log.error({ err: error, event: 'list-not-published', list: publicId })
    }
  })
}

export function wholeSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}
