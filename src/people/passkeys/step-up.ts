import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { passkeysRequired } from '../../settings/read.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { forgetAttempts, hasPassword } from '../access-store.js'
import { findIdentifierOf } from '../codes/store.js'
import { renewSession, type Proof } from '../sessions.js'
import { isStillTheirs, provePassword, wrongCredentials } from '../sign-in.js'
import { findPerson } from '../store.js'
import { checkPasskey, usePasskey } from './check-passkey.js'
import { listPasskeys } from './store.js'

export type StepUpWays = Readonly<{
  passkey: boolean
  password: boolean
  /** A passkey is what counts, and they have none yet. Without a password, they come by a provider again. */
  registerFirst: boolean
}>

/**
 * What somebody may show before they commit. A password serves where passkeys are not required; where they are, it
 * serves for one thing: to register the first.
 */
export async function stepUpWays(ctx: Context, actor: Actor): Promise<StepUpWays> {
  const personId = actor.personId ?? 0
  const passkey = (await listPasskeys(ctx.db, personId)).length > 0
  const requirePasskeys = await passkeysRequired(ctx)
  const has = await hasPassword(ctx.db, personId)
  const password = (!requirePasskeys || !passkey) && has
  return { passkey, password, registerFirst: !passkey && (requirePasskeys || !has) }
}

/**
 * Shows once more, in a session that is open, who is there. Its secret is a new one from then on.
 *
 * @param token of the session
 * @returns its new one
 * @throws {DomainError} wrong-credentials, too-many-requests, or rule-refused for a password that does not serve
 */
export async function stepUp(
  ctx: Context,
  actor: Actor,
  token: string,
  shown: Readonly<{ answer: string } | { password: string }>,
): Promise<string> {
  const proof: Proof = 'answer' in shown ? 'passkey' : 'password'
  const note =
    'answer' in shown
      ? await byPasskey(ctx, actor, token, shown.answer)
      : await byPassword(ctx, actor, shown.password)
  return ctx.db.transaction().execute(async (trx) => {
    await note(trx)
    const fresh = await renewSession(ctx, trx, token, proof)
    if (fresh === undefined) throw sessionIsOver()
    const { publicId } = actor
    const line = { actor: publicId, subject: publicId, action: 'step-up.done' }
    await appendAudit(trx, { at: ctx.now(), ...line, details: { by: proof } })
    return fresh
  })
}

type Note = (trx: Db) => Promise<void>

async function byPasskey(
  ctx: Context,
  actor: Actor,
  holder: string,
  answer: string,
): Promise<Note> {
  const personId = actor.personId ?? 0
  const checked = await checkPasskey(ctx, { answer, purpose: 'step-up', holder, personId })
  return (trx) => usePasskey(ctx, trx, checked)
}

async function byPassword(ctx: Context, actor: Actor, password: string): Promise<Note> {
  const ways = await stepUpWays(ctx, actor)
  const person = await findPerson(ctx.db, actor.personId ?? 0)
  const email = person?.email ?? (await findIdentifierOf(ctx.db, actor.personId ?? 0))?.identifier
  if (!ways.password || email === undefined) throw passkeyOnly()
  const proved = await provePassword(ctx, { email, password })
  return async (trx) => {
    if (!(await isStillTheirs(ctx, trx, { email }, proved))) throw wrongCredentials()
    await forgetAttempts(trx, ctx.vault.fingerprint(email))
  }
}

function passkeyOnly(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Ici, votre mot de passe ne suffit pas : montrez une de vos clés d’accès.',
    en: 'Your password is not enough here: show one of your passkeys.',
  })
}

function sessionIsOver(): DomainError {
  return new DomainError('sign-in-required', {
    fr: 'Votre session a pris fin entre-temps. Reconnectez-vous.',
    en: 'Your session has ended meanwhile. Sign in again.',
  })
}
