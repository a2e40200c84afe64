import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { SKEW_MS } from '../credential/instant.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import { enqueue } from '../store/jobs.js'
import type { Db } from '../store/schema.js'
import { authorize } from './authorize.js'
import {
  activate,
  findKey,
  handleOf,
  holdKeys,
  insertNext,
  kindOfKey,
  retireActive,
  stageOfKey,
  type KeyKind,
  type StoredKey,
} from './key-store.js'
import { ANNOUNCED_MS } from './keys.js'
import { makeKey } from './make-key.js'
import { findOrganisation, listKeys, type Organisation } from './store.js'

export const ACTIVATE_JOB = 'activate-key'

/**
 * Announces the next key of an organisation: from now on it is published, and it signs when nobody can have a
 * copy of did.json without it. The job `activate-key` retires the old one in the same commit.
 *
 * @param kind which of its two keys changes; the other one signs on
 * @returns the name of the new key, and when it begins to sign
 * @throws {DomainError} forbidden, not-found, keys-away; conflict when one is announced already
 */
export async function rotateKey(
  ctx: Context,
  actor: Actor,
  organisation: Organisation,
  kind: KeyKind = 'Ed25519',
): Promise<{ publicKeyMultibase: string; activatesAt: Date }> {
  await assertMayRotate(ctx, actor, organisation, kind)
  // Before the transaction: a key that ends up without a row harms nobody.
  const made = await makeKey(ctx, kind)
  const publicKeyMultibase = made.public_key_multibase
  const at = ctx.now()
  const activatesAt = new Date(at.getTime() + ANNOUNCED_MS)
  await ctx.db.transaction().execute(async (trx) => {
    const details = { key: publicKeyMultibase }
    const subject = organisation.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action: 'key.announced', subject, details })
    const announced = await insertNext(trx, {
      ...made,
      organisation_id: organisation.id,
      created_at: at.toISOString(),
    })
    if (!announced) throw announcedAlready()
    await enqueue(trx, {
      id: ctx.newId(),
      kind: ACTIVATE_JOB,
      key: publicKeyMultibase,
      payload: { key: publicKeyMultibase },
      runAt: activatesAt,
    })
  })
  return { publicKeyMultibase, activatesAt }
}

/** Whether `rotateKey` would announce a key. It writes nothing. @throws {DomainError} as rotateKey */
export async function assertMayRotate(
  ctx: Context,
  actor: Actor,
  { id }: Organisation,
  kind: KeyKind,
): Promise<void> {
  authorize(actor, 'manage-keys', {})
  const keys = await listKeys(ctx.db, id)
  const waits = keys.some((key) => kindOfKey(key) === kind && stageOfKey(key) === 'announced')
  if (waits) throw announcedAlready()
}

const Payload = z.object({ key: z.string() })

/** Lets an announced key sign, and retires the one before. One that was revoked or activated meanwhile is left as it is. */
export async function activateKey(ctx: Context, payload: unknown): Promise<void> {
  const key = await findKey(ctx.db, Payload.parse(payload).key)
  if (!key || stageOfKey(key) !== 'announced') return
  if (ctx.now().getTime() < Date.parse(key.created_at) + ANNOUNCED_MS)
    throw new Error(`The key ${key.public_key_multibase} is not known everywhere yet.`)
  if (!(await ctx.keys.has(handleOf(key))))
    throw new Error(`The key ${key.public_key_multibase} is not in the key ring: restore its file.`)
  const organisation = await findOrganisation(ctx.db, key.organisation_id)
  await ctx.db.transaction().execute(async (trx) => {
    await holdKeys(trx, key.organisation_id)
    // Not before: what was signed while this waited for its turn is older than the change.
    const at = ctx.now()
    await appendAudit(trx, {
      at,
      actor: 'keys',
      action: 'key.activated',
      subject: organisation?.publicId ?? '',
      details: { key: key.public_key_multibase },
    })
    await replaceActive(trx, key, at)
  })
  ctx.log.info({ event: 'key-activated', organisation: organisation?.publicId })
}

/** One key of a kind signs at any moment: the change is one commit. */
export async function replaceActive(trx: Db, next: StoredKey, at: Date): Promise<void> {
  const of = { organisationId: next.organisation_id, kind: kindOfKey(next) }
  await retireActive(trx, of, retirementOf(at))
  if (!(await activate(trx, next.id, at)))
    throw new Error('The key was activated or revoked meanwhile.')
}

/**
 * The `expires` of a key that ends now. What it signed last may bear the whole second of the approval on another
 * node, whose clock is a minute ahead at most: that must stay before it.
 */
export function retirementOf(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 1000) * 1000 + SKEW_MS)
}

function announcedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Une nouvelle clé de cette organisation est déjà annoncée : attendez qu’elle signe, puis recommencez.',
    en: 'A new key of this organisation is announced already: wait until it signs, then try again.',
  })
}
