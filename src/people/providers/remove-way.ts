import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { forgetPassword, hasPassword } from '../access-store.js'
import { assertMayChange } from '../passkeys/may-change.js'
import { listPasskeys, lockPerson } from '../passkeys/store.js'
import { assertWayLeft } from './rules.js'
import { deleteIdentity, listIdentities } from './store.js'

/**
 * Removes an identity of one's own: it lets nobody in any more.
 *
 * @param token of their session
 * @throws {DomainError} step-up-required, not-found, or rule-refused for the only way in
 */
export function removeIdentity(
  ctx: Context,
  actor: Actor,
  token: string,
  publicId: string,
): Promise<void> {
  return removing(ctx, actor, token, async (trx, personId) => {
    if (!(await deleteIdentity(trx, { personId, publicId }))) throw noSuch()
    return { action: 'identity.removed', details: { identity: publicId } }
  })
}

/** Gives up one's password. @throws {DomainError} step-up-required, not-found, or rule-refused for the only way in */
export function removePassword(ctx: Context, actor: Actor, token: string): Promise<void> {
  return removing(ctx, actor, token, async (trx, personId) => {
    if (!(await hasPassword(trx, personId))) throw noSuch()
    await forgetPassword(trx, personId)
    return { action: 'password.removed', details: {} }
  })
}

type Removed = Readonly<{ action: string; details: Readonly<Record<string, string>> }>

async function removing(
  ctx: Context,
  actor: Actor,
  token: string,
  remove: (trx: Db, personId: number) => Promise<Removed>,
): Promise<void> {
  const { personId } = await assertMayChange(ctx, actor, token)
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    const line = await remove(trx, personId)
    assertWayLeft(await countWays(trx, personId))
    const { publicId } = actor
    await appendAudit(trx, { at: ctx.now(), actor: publicId, subject: publicId, ...line })
  })
}

async function countWays(trx: Db, personId: number): Promise<number> {
  const passkeys = await listPasskeys(trx, personId)
  const identities = await listIdentities(trx, personId)
  return passkeys.length + identities.length + ((await hasPassword(trx, personId)) ? 1 : 0)
}

function noSuch(): DomainError {
  return new DomainError('not-found', {
    fr: 'Vous n’avez pas, ou plus, ce moyen de connexion.',
    en: 'You do not have this way to sign in, or not any more.',
  })
}
