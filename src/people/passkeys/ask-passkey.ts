import type { Actor, Context } from '../../context.js'
import { hashOf, newSecret } from '../secrets.js'
import { findPerson } from '../store.js'
import { assertMayChange } from './may-change.js'
import { keepChallenge, listPasskeys, type Purpose } from './store.js'
import { toAssert, toRegister } from './webauthn.js'

/**
 * What a browser is told to ask a device for, so that a visitor signs in. They are half signed in from then on.
 *
 * @returns the options, and the value of the cookie that the answer comes with
 */
export async function askToSignIn(ctx: Context) {
  const token = newSecret(ctx)
  const challenge = await newChallenge(ctx, 'sign-in', token)
  // No passkey is named: who has one shows nobody that they do.
  return { token, options: await toAssert(ctx.config, challenge, []) }
}

/** The same for a person who is signed in and commits. @param token of their session */
export async function askToStepUp(ctx: Context, actor: Actor, token: string) {
  const challenge = await newChallenge(ctx, 'step-up', token)
  const known = await listPasskeys(ctx.db, actor.personId ?? 0)
  return toAssert(
    ctx.config,
    challenge,
    known.map(({ credential_id }) => credential_id),
  )
}

/** The same for a new passkey. @throws {DomainError} step-up-required */
export async function askToRegister(ctx: Context, actor: Actor, token: string) {
  const { personId, known } = await assertMayChange(ctx, actor, token)
  const person = await findPerson(ctx.db, personId)
  const challenge = await newChallenge(ctx, 'register', token)
  return toRegister({
    config: ctx.config,
    challenge,
    handle: actor.publicId,
    name: person?.email ?? `${person?.givenName} ${person?.familyName}`,
    known: known.map(({ credential_id }) => credential_id),
  })
}

/** 256 random bits, kept for whoever has this cookie. */
async function newChallenge(ctx: Context, purpose: Purpose, token: string): Promise<Uint8Array> {
  const bytes = ctx.randomBytes(32)
  const now = ctx.now()
  const row = {
    challenge: Buffer.from(bytes).toString('base64url'),
    purpose,
    holder_hash: hashOf(token),
    expires_at: new Date(now.getTime() + ctx.config.limits.challengeMs).toISOString(),
  }
  await ctx.db.transaction().execute((trx) => keepChallenge(trx, row, now.toISOString()))
  return bytes
}
