import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { authorize } from './authorize.js'
import {
  findKey,
  holdKeys,
  insertNext,
  kindOfKey,
  revoke,
  stageOfKey,
  type StoredKey,
} from './key-store.js'
import { makeKey, type MadeKey } from './make-key.js'
import { replaceActive } from './rotate-key.js'
import { findOrganisation, listKeys } from './store.js'

/** @param since the first instant at which somebody else may have had the key */
type Revocation = Readonly<{ key: string; since: Date }>

/**
 * Says that somebody else may have a key since an instant. Whatever it signed counts from now on only if our log
 * had it before. If it is the one that signs, the next signs at once, announced or not: what the old one
 * signs, nobody need believe any more.
 *
 * @returns the key that signs instead; undefined when the revoked one did not sign
 * @throws {DomainError} forbidden, not-found, invalid-request, keys-away; conflict when it is revoked already
 */
export async function revokeKey(
  ctx: Context,
  actor: Actor,
  { key, since }: Revocation,
): Promise<string | undefined> {
  const found = await keyToRevoke(ctx, actor, { key, since })
  const at = ctx.now()
  const subject = (await findOrganisation(ctx.db, found.organisation_id))?.publicId ?? ''
  // Before the transaction: a key that ends up without a row harms nobody.
  const spare = stageOfKey(found) === 'active' ? await makeKey(ctx, kindOfKey(found)) : undefined
  return ctx.db.transaction().execute(async (trx) => {
    await holdKeys(trx, found.organisation_id)
    const line = { at, actor: actor.publicId, subject }
    const details = { key, since: since.toISOString() }
    await appendAudit(trx, { ...line, action: 'key.revoked', details })
    const wasActive = stageOfKey((await findKey(trx, key)) ?? found) === 'active'
    if (!(await revoke(trx, found.id, since))) throw revokedAlready()
    if (!wasActive) return undefined
    const next = await nextOf(trx, found, spare, at)
    await replaceActive(trx, next, at)
    const nextKey = next.public_key_multibase
    await appendAudit(trx, { ...line, action: 'key.activated', details: { key: nextKey } })
    return nextKey
  })
}

/**
 * The key that `revokeKey` would revoke. It writes nothing.
 *
 * @throws {DomainError} as revokeKey
 */
export async function keyToRevoke(
  ctx: Context,
  actor: Actor,
  { key, since }: Revocation,
): Promise<StoredKey> {
  authorize(actor, 'manage-keys', {})
  const found = await findKey(ctx.db, key)
  if (!found) throw unknownKey()
  if (!(since <= ctx.now())) throw notYet()
  if (stageOfKey(found) === 'revoked') throw revokedAlready()
  return found
}

/** The key of the same kind that was announced, else the spare one. */
async function nextOf(
  trx: Db,
  revoked: StoredKey,
  spare: MadeKey | undefined,
  at: Date,
): Promise<StoredKey> {
  const { organisation_id } = revoked
  const keys = await listKeys(trx, organisation_id)
  const announced = keys.find(
    (one) => kindOfKey(one) === kindOfKey(revoked) && stageOfKey(one) === 'announced',
  )
  if (announced) return announced
  // It was activated while we looked: asked again, there is a spare one.
  if (spare === undefined) throw revokedAlready()
  await insertNext(trx, { ...spare, organisation_id, created_at: at.toISOString() })
  const made = await findKey(trx, spare.public_key_multibase)
  if (!made) throw new Error('The new key was not kept.')
  return made
}

export function unknownKey(): DomainError {
  return new DomainError('not-found', {
    fr: 'Aucune organisation d’ici n’a cette clé. Reprenez-la dans la liste des clés.',
    en: 'No organisation here has this key. Take it from the list of keys.',
  })
}

function notYet(): DomainError {
  const words = {
    fr: 'La date depuis laquelle la clé n’est plus sûre doit être passée, au plus tard maintenant.',
    en: 'The date since which the key is not safe must be in the past, now at the latest.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/since', words }] })
}

function revokedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'L’état de cette clé a déjà changé : relisez la liste des clés.',
    en: 'The state of this key has changed already: read the list of keys again.',
  })
}
