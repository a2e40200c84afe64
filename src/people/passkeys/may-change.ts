import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { passkeysRequired } from '../../settings/read.js'
import { hasPassword } from '../access-store.js'
import { hashOf } from '../secrets.js'
import { findSession } from '../session-store.js'
import { freshProof } from '../sessions.js'
import { assertSteppedUp } from '../authorize.js'
import { listPasskeys, type Passkey } from './store.js'

/**
 * Who changes their ways in has just shown a passkey; who has none, their password; who has neither, has just come by a
 * provider. Nobody else's device becomes a way in because a page was left open.
 *
 * @param token of their session
 * @throws {DomainError} step-up-required, or forbidden for a program
 */
export async function assertMayChange(
  ctx: Context,
  actor: Actor,
  token: string,
): Promise<{ personId: number; known: Passkey[] }> {
  const { personId } = actor
  const row = await findSession(ctx.db, hashOf(token))
  if (actor.via !== 'session' || personId === null || row?.person_id !== personId) throw noPerson()
  const known = await listPasskeys(ctx.db, personId)
  const proof = freshProof(row, ctx)
  const suffices =
    proof === 'passkey' ||
    (proof === 'password' && (known.length === 0 || !(await passkeysRequired(ctx)))) ||
    (proof === 'provider' && known.length === 0 && !(await hasPassword(ctx.db, personId)))
  assertSteppedUp(suffices ? {} : { mustStepUp: true })
  return { personId, known }
}

function noPerson(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Seule une personne connectée change ses moyens de connexion, à la page « Mon compte ».',
    en: 'Only a person who is signed in changes their ways to sign in, on the page “My account”.',
  })
}
