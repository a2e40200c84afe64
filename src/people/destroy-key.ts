import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import { authorize } from './authorize.js'
import { findKey, handleOf, stageOfKey, type StoredKey } from './key-store.js'
import { unknownKey } from './revoke-key.js'
import { findOrganisation } from './store.js'

/**
 * Destroys the private half of a key that signs no more, for ever; its public half stays published, and what it
 * signed stays as valid as it was. The line of audit comes first: a key is never gone without one.
 *
 * @throws {DomainError} not-found, keys-away; conflict while it signs or is to sign, and when it is destroyed
 */
export async function destroyKey(ctx: Context, actor: Actor, key: string): Promise<void> {
  const found = await keyToDestroy(ctx, actor, key)
  const subject = (await findOrganisation(ctx.db, found.organisation_id))?.publicId ?? ''
  const line = { at: ctx.now(), actor: actor.publicId, subject, details: { key } }
  await ctx.db
    .transaction()
    .execute((trx) => appendAudit(trx, { ...line, action: 'key.destroyed' }))
  await ctx.keys.destroy(handleOf(found))
}

/** A key that may be destroyed. @throws {DomainError} as `destroyKey` */
export async function keyToDestroy(ctx: Context, actor: Actor, key: string): Promise<StoredKey> {
  authorize(actor, 'manage-keys', {})
  const found = await findKey(ctx.db, key)
  if (!found) throw unknownKey()
  const stage = stageOfKey(found)
  if (stage === 'active' || stage === 'announced') throw stillSigns()
  if (!(await ctx.keys.has(handleOf(found)))) throw destroyedAlready()
  return found
}

function stillSigns(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette clé signe, ou va signer : annoncez-en une autre et attendez qu’elle signe, ou révoquez celle-ci.',
    en: 'This key signs, or is to sign: announce another and wait until it signs, or revoke this one.',
  })
}

function destroyedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'La moitié privée de cette clé n’est plus là : elle est déjà détruite.',
    en: 'The private half of this key is not there any more: it is destroyed already.',
  })
}
