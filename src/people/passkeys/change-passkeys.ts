import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { passkeysRequired } from '../../settings/read.js'
import { appendAudit } from '../../store/audit.js'
import { hasPassword } from '../access-store.js'
import { mustHavePasskey } from '../authorize.js'
import { listIdentities } from '../providers/store.js'
import { assertMayChange } from './may-change.js'
import { assertMayRemove, toPasskeyName } from './rules.js'
import { deletePasskey, listPasskeys, lockPerson, savePasskeyName } from './store.js'

/** Gives one's own passkey another name. @throws {DomainError} invalid-request or not-found */
export async function renamePasskey(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ passkey: string; name: string }>,
): Promise<void> {
  const of = { personId: actor.personId ?? 0, publicId: input.passkey }
  if (!(await savePasskeyName(ctx.db, of, toPasskeyName(input.name)))) throw noSuch()
}

/**
 * Removes a passkey of one's own: it lets nobody in any more.
 *
 * @param token of their session
 * @throws {DomainError} step-up-required, not-found, or rule-refused for the last one that is needed
 */
export async function removePasskey(
  ctx: Context,
  actor: Actor,
  token: string,
  publicId: string,
): Promise<void> {
  const { personId } = await assertMayChange(ctx, actor, token)
  const mustHaveOne = (await passkeysRequired(ctx)) && mustHavePasskey(actor.assignments)
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    const removed = await deletePasskey(trx, { personId, publicId })
    if (!removed) throw noSuch()
    assertMayRemove((await listPasskeys(trx, personId)).length, {
      hasAnother:
        (await hasPassword(trx, personId)) || (await listIdentities(trx, personId)).length > 0,
      mustHaveOne,
    })
    const line = { actor: actor.publicId, subject: actor.publicId, details: { passkey: publicId } }
    await appendAudit(trx, { at: ctx.now(), ...line, action: 'passkey.removed' })
  })
}

function noSuch(): DomainError {
  return new DomainError('not-found', {
    fr: 'Vous n’avez pas, ou plus, de telle clé d’accès.',
    en: 'You have no such passkey, or not any more.',
  })
}
