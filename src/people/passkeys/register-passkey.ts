import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { hashOf } from '../secrets.js'
import { renewSession } from '../sessions.js'
import { tellOfWayIn } from '../tell-of-way-in.js'
import { findPerson } from '../store.js'
import { assertMayChange } from './may-change.js'
import { insertPasskey, lockPerson, takeChallenge } from './store.js'
import { toPasskeyName } from './rules.js'
import { challengeIn, readRegistered, verifyRegistered } from './webauthn.js'

/** A device or two, keys in a drawer: more is a mistake. */
export const MOST_PASSKEYS = 20

/**
 * Registers a passkey of a person, who is told by mail. Whoever has just made one has shown it.
 *
 * @param token of their session
 * @returns the new secret of their session
 * @throws {DomainError} step-up-required, invalid-request, conflict or rule-refused
 */
export async function registerPasskey(
  ctx: Context,
  actor: Actor,
  token: string,
  input: Readonly<{ name: string; answer: string }>,
): Promise<string> {
  const { personId, known } = await assertMayChange(ctx, actor, token)
  const name = toPasskeyName(input.name)
  if (known.length >= MOST_PASSKEYS) throw tooMany()
  const answer = readRegistered(input.answer)
  const challenge = answer && challengeIn(answer)
  if (!answer || challenge === undefined) throw notRegistered()
  const asked = { challenge, purpose: 'register', holderHash: hashOf(token) } as const
  const taken = await takeChallenge(ctx.db, asked, ctx.now().toISOString())
  const made = taken ? await verifyRegistered(ctx.config, answer, challenge) : undefined
  if (!made) throw notRegistered()
  const row = {
    public_id: ctx.newId(),
    person_id: personId,
    name,
    credential_id: made.id,
    public_key: made.publicKey,
    transports: answer.response.transports.join(' '),
    sign_count: made.counter,
    created_at: ctx.now().toISOString(),
  }
  return ctx.db.transaction().execute(async (trx) => {
    // A recovery that ends every way in comes before, and has ended this session, or after, and takes this passkey away.
    await lockPerson(trx, personId)
    if (!(await insertPasskey(trx, row))) throw alreadyKnown()
    const { publicId } = actor
    const details = { passkey: row.public_id }
    const line = { at: ctx.now(), actor: publicId, subject: publicId, details }
    await appendAudit(trx, { ...line, action: 'passkey.registered' })
    await tellOfWayIn(ctx, trx, await findPerson(trx, personId), 'passkey')
    const fresh = await renewSession(ctx, trx, token, 'passkey')
    if (fresh === undefined) throw notRegistered()
    return fresh
  })
}

function notRegistered(): DomainError {
  return new DomainError('invalid-request', {
    fr: 'Cette clé d’accès n’a pas pu être enregistrée : l’appareil n’a pas vérifié que c’est vous, ou la demande a plus de cinq minutes. Recommencez.',
    en: 'This passkey could not be registered: the device did not verify that it is you, or the request is more than five minutes old. Try again.',
  })
}

function alreadyKnown(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette clé d’accès est déjà enregistrée. Prenez un autre appareil.',
    en: 'This passkey is registered already. Use another device.',
  })
}

function tooMany(): DomainError {
  return new DomainError('rule-refused', {
    fr: `Vous avez déjà ${MOST_PASSKEYS} clés d’accès, le maximum. Retirez-en une.`,
    en: `You have ${MOST_PASSKEYS} passkeys already, the most. Remove one.`,
  })
}
