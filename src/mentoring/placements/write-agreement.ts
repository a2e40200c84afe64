import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { personOf } from '../facts/confirmation.js'
import { pastDay } from '../facts/judge-session.js'
import { wrongField } from '../refusals.js'
import { insertSignature, listSignatures, saveMentions } from './agreement-store.js'
import {
  MANNERS,
  partiesFor,
  WRITTEN_MENTIONS,
  type Manner,
  type Mentions,
  type Party,
} from './agreement.js'
import { conflict, holdPlanned, openPlanned } from './open-placement.js'

const MOST_TEXT = 2_000

/**
 * Writes the mandatory mentions of the agreement, all at once; what is left empty is said to be missing.
 * Once a party has signed, nothing of it changes.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function writeAgreement(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ placementId: string; mentions: Mentions }>,
): Promise<void> {
  const placement = await openPlanned(ctx, actor, input.placementId)
  const tooLong = WRITTEN_MENTIONS.find((one) => (input.mentions[one] ?? '').length > MOST_TEXT)
  if (tooLong) {
    throw wrongField(`/${tooLong}`, {
      fr: `Écrivez cette mention en ${MOST_TEXT} caractères au plus.`,
      en: `Write this mention in ${MOST_TEXT} characters or fewer.`,
    })
  }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await holdPlanned(trx, placement)
    const action = 'agreement.written'
    const subject = placement.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action, subject })
    const signed = await listSignatures(trx, [placement.id])
    if (signed.length > 0) {
      throw conflict({
        fr: 'Une partie a déjà signé cette convention : son texte ne change plus. Faites un avenant sur papier.',
        en: 'A party has signed this agreement already: its text changes no more. Make an amendment on paper.',
      })
    }
    await saveMentions(trx, placement.id, input.mentions)
  })
}

export type SignatureInput = Readonly<{
  placementId: string
  party: Party
  signedOn: string
  /** 'PAPER': the sheet is at the school. */
  manner: Manner
}>

/**
 * Records on which day a party signed the agreement.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function recordSignature(
  ctx: Context,
  actor: Actor,
  input: SignatureInput,
): Promise<void> {
  const placement = await openPlanned(ctx, actor, input.placementId)
  const signedOn = pastDay(input.signedOn, today(ctx), '/signedOn')
  if (!partiesFor(placement.plan.age).includes(input.party) || !MANNERS.includes(input.manner)) {
    throw wrongField('/party', {
      fr: 'Choisissez l’une des parties de cette convention.',
      en: 'Choose one of the parties of this agreement.',
    })
  }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await holdPlanned(trx, placement)
    const saved = await insertSignature(trx, {
      placement_id: placement.id,
      party: input.party,
      signed_on: signedOn,
      manner: input.manner,
      recorded_by_id: personOf(actor),
      recorded_at: at.toISOString(),
    })
    if (!saved) {
      const words = {
        fr: 'La signature de cette partie est déjà saisie. Rechargez la page.',
        en: 'The signature of this party is recorded already. Reload the page.',
      }
      throw conflict(words, '/party')
    }
    const details = { party: input.party, manner: input.manner }
    const subject = placement.publicId
    const action = 'agreement.signed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}
