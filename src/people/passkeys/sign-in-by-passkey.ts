import type { Context } from '../../context.js'
import type { Device } from '../sessions.js'
import { enter } from '../sign-in.js'
import { checkPasskey, usePasskey } from './check-passkey.js'

/**
 * Signs in whoever a passkey says it belongs to: no address, no password. Wrong passwords that others tried slow nobody
 * down here.
 *
 * @param input.half the cookie of who is half signed in
 * @returns the value of the new session's cookie; the session of `oldToken` has ended
 * @throws {DomainError} wrong-credentials
 */
export async function signInByPasskey(
  ctx: Context,
  input: Readonly<{
    answer: string
    half: string | undefined
    oldToken?: string | undefined
    device?: Device | undefined
  }>,
): Promise<string> {
  const { answer, half } = input
  const checked = await checkPasskey(ctx, { answer, purpose: 'sign-in', holder: half ?? '' })
  const { person_id: id, personPublicId: public_id } = checked.passkey
  return ctx.db.transaction().execute(async (trx) => {
    await usePasskey(ctx, trx, checked)
    return enter(ctx, trx, { id, public_id }, { ...input, proof: 'passkey' })
  })
}
