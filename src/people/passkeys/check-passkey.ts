import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { hashOf } from '../secrets.js'
import { findPasskey, saveUse, takeChallenge, type Passkey, type Purpose } from './store.js'
import { challengeIn, readAsserted, verifyAsserted, type Asserted } from './webauthn.js'

type Found = NonNullable<Awaited<ReturnType<typeof findPasskey>>>
export type Checked = Readonly<{ passkey: Found; counter: number }>
type Fault = 'unread' | 'challenge' | 'unknown' | 'not-verified' | 'counter-back'

/**
 * Holds an answer to everything that makes it a passkey of somebody, shown to us, now: its challenge, which is used up
 * whatever comes of it; the credential and whose it is; origin, RP id, user verification and signature; the count. What
 * is refused is told in the audit.
 *
 * @param of.holder the cookie that the challenge was given to
 * @param of.personId whose it has to be; undefined: anybody's
 * @throws {DomainError} wrong-credentials
 */
export async function checkPasskey(
  ctx: Context,
  of: Readonly<{ answer: string; purpose: Purpose; holder: string; personId?: number }>,
): Promise<Checked> {
  const answer = readAsserted(of.answer)
  const challenge = answer && challengeIn(answer)
  if (!answer || challenge === undefined) throw await refused(ctx, 'unread')
  const asked = { challenge, purpose: of.purpose, holderHash: hashOf(of.holder) }
  const taken = await takeChallenge(ctx.db, asked, ctx.now().toISOString())
  if (!taken) throw await refused(ctx, 'challenge')
  const passkey = await findPasskey(ctx.db, answer.id)
  if (!passkey || !isOf(passkey, answer, of.personId)) throw await refused(ctx, 'unknown')
  const counter = await verifyAsserted(ctx.config, answer, {
    challenge,
    credentialId: passkey.credential_id,
    publicKey: passkey.public_key,
  })
  if (counter === undefined) throw await refused(ctx, 'not-verified', passkey)
  if (wentBack(passkey.sign_count, counter)) throw await refused(ctx, 'counter-back', passkey)
  return { passkey, counter }
}

/** Notes the use within the transaction of what it lets in. @throws {DomainError} wrong-credentials if it was used meanwhile */
export async function usePasskey(
  ctx: Context,
  trx: Db,
  { passkey, counter }: Checked,
): Promise<void> {
  const noted = await saveUse(trx, passkey, { counter, at: ctx.now().toISOString() })
  if (!noted) throw wrongPasskey()
}

/** WebAuthn 7.2, step 22: an authenticator that counts has counted on; if not, somebody has copied it. */
export function wentBack(before: number, now: number): boolean {
  return (before > 0 || now > 0) && now <= before
}

function isOf(passkey: Found, answer: Asserted, personId: number | undefined): boolean {
  const { userHandle } = answer.response
  const handle = userHandle && Buffer.from(userHandle, 'base64url').toString()
  if (handle && handle !== passkey.personPublicId) return false
  return personId === undefined || passkey.person_id === personId
}

/** @param of.passkey the one that it said it was, of whose owner the audit tells */
async function refused(
  ctx: Context,
  fault: Fault,
  passkey?: Passkey & { personPublicId: string },
): Promise<DomainError> {
  await ctx.db.transaction().execute((trx) =>
    appendAudit(trx, {
      at: ctx.now(),
      actor: 'visitor',
      action: 'passkey.refused',
      subject: passkey?.personPublicId ?? 'nobody',
      details: { fault, ...(passkey && { passkey: passkey.public_id }) },
    }),
  )
  return wrongPasskey()
}

export function wrongPasskey(): DomainError {
  return new DomainError('wrong-credentials', {
    fr: 'Cette clé d’accès n’a pas été reconnue, ou la demande a plus de cinq minutes. Recommencez ; si cela se répète, prenez une autre clé ou votre mot de passe.',
    en: 'This passkey was not recognised, or the request is more than five minutes old. Try again; if it goes on, use another passkey or your password.',
  })
}
