import { createHash } from 'node:crypto'
import type { SignInProvider } from '../../config.js'
import type { Actor, Context } from '../../context.js'
import { readInvitation } from '../accept-invitation.js'
import { nothingHere } from '../authorize.js'
import { assertMayChange } from '../passkeys/may-change.js'
import { hashOf, newSecret } from '../secrets.js'
import { linkIsGone } from '../set-up.js'
import { addressToAsk, type Asking } from './speak.js'
import { keepStart, type Purpose } from './store.js'

/** What somebody wants at a provider: to sign in, to link who they are there, to accept an invitation. */
export type Wish = Readonly<
  | { purpose: 'sign-in'; next: string }
  | { purpose: 'link'; actor: Actor; session: string }
  | { purpose: 'accept'; invitation: string }
>

/** @throws {DomainError} not-found */
export function providerOf({ config }: Pick<Context, 'config'>, id: string): SignInProvider {
  const found = config.signInProviders.find((one) => one.id === id)
  if (!found) throw nothingHere()
  return found
}

/**
 * Sends somebody to a provider. Who links is signed in here and has just shown so; nothing is kept but hashes.
 *
 * @returns the address, and the value of the cookie with which they come back
 * @throws {DomainError} not-found, step-up-required, gone, or overloaded when the provider does not answer
 */
export async function setOut(
  ctx: Context,
  id: string,
  wish: Wish,
): Promise<{ url: string; holder: string }> {
  const provider = providerOf(ctx, id)
  const of = await whoseWish(ctx, wish)
  const [holder, state] = [newSecret(ctx), newSecret(ctx)]
  // On a shared computer the provider may still know whoever was there before.
  const anew = wish.purpose !== 'sign-in'
  const url = await addressToAsk(ctx, provider, { ...askingOf(holder, state), anew })
  const now = ctx.now()
  const row = {
    ...of,
    state_hash: hashOf(state),
    holder_hash: hashOf(holder),
    provider: id,
    purpose: wish.purpose satisfies Purpose,
    next: wish.purpose === 'sign-in' ? wish.next : '/account',
    expires_at: new Date(now.getTime() + ctx.config.limits.providerMs).toISOString(),
  }
  await ctx.db.transaction().execute((trx) => keepStart(trx, row, now.toISOString()))
  return { url, holder }
}

async function whoseWish(ctx: Context, wish: Wish) {
  if (wish.purpose === 'link') {
    const { personId } = await assertMayChange(ctx, wish.actor, wish.session)
    return { person_id: personId, invitation_id: null }
  }
  if (wish.purpose === 'sign-in') return { person_id: null, invitation_id: null }
  const { id, person } = await readInvitation(ctx, wish.invitation)
  if (!person) throw linkIsGone()
  return { person_id: person.id, invitation_id: id }
}

/** Nonce and PKCE verifier come of the cookie and of `state`, which only the browser has: the store can't tell them. */
export function askingOf(holder: string, state: string): Asking {
  const made = (label: string) =>
    createHash('sha256').update(`${label} ${holder} ${state}`).digest('base64url')
  return { state, nonce: made('nonce'), verifier: made('verifier') }
}
