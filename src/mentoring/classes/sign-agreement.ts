import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { toDay } from '../days.js'
import { nothingHere } from '../refusals.js'
import { listParties, saveSignature } from './agreement-store.js'
import { managedAgreement } from './record-agreement.js'

/**
 * Keeps the day on which a party signed an agreement.
 *
 * @param input.place of the party in the list, from 1
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function signAgreement(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ agreementId: string; place: number; signedDay: string }>,
): Promise<void> {
  const agreement = await managedAgreement(ctx, actor, input.agreementId)
  const party = (await listParties(ctx.db, [agreement.id]))[input.place - 1]
  if (!party) throw nothingHere()
  const day = toDay(input.signedDay, '/signedDay')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await saveSignature(trx, party.id, day))) throw signedAlready()
    const action = 'agreement.party-signed'
    const details = { place: input.place }
    const subject = agreement.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function signedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette partie a déjà signé. Rechargez la page.',
    en: 'This party has signed already. Reload the page.',
  })
}
