import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { dayInWords, toDay } from '../days.js'
import { assertOpen } from '../groups/known-group.js'
import { lockGroup } from '../groups/store.js'
import { wrongField } from '../refusals.js'
import { knownPair } from './known-pair.js'
import { saveRegistration } from './store.js'

const MAX_REFERENCE_CHARS = 60

export type Registration = Readonly<{ reference: string | null; registeredOn: string | null }>

/**
 * JM-03: what was said of the registration on the national site; what is empty is not known yet.
 *
 * @throws {DomainError} invalid-request
 */
export function toRegistration(
  input: Readonly<{ registrationReference: string; registeredOn: string }>,
): Registration {
  const reference = input.registrationReference.trim()
  const day = input.registeredOn.trim()
  if (reference.length > MAX_REFERENCE_CHARS) {
    throw wrongField('/registrationReference', {
      fr: `Cette référence a ${reference.length} caractères ; le maximum est ${MAX_REFERENCE_CHARS}. Vérifiez-la.`,
      en: `This reference has ${reference.length} characters; the most is ${MAX_REFERENCE_CHARS}. Check it.`,
    })
  }
  return {
    reference: reference === '' ? null : reference,
    registeredOn: day === '' ? null : toDay(day, '/registeredOn'),
  }
}

/**
 * JM-03: notes the reference and the day of a registration that was made on the national site.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict (the pair has ended)
 */
export async function noteRegistration(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ pairId: string; registrationReference: string; registeredOn: string }>,
): Promise<void> {
  const { group } = await knownPair(ctx, actor, input.pairId)
  assertOpen(group)
  const { reference, registeredOn } = toRegistration(input)
  if (reference === null) throw noReference()
  if (registeredOn === null || registeredOn > today(ctx)) throw noDay(today(ctx))
  await ctx.db.transaction().execute(async (trx) => {
    assertOpen(await lockGroup(trx, group.id))
    await saveRegistration(trx, group.id, { reference, registeredOn })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'pair.registration-noted',
      subject: group.publicId,
      details: {},
    })
  })
}

function noReference() {
  return wrongField('/registrationReference', {
    fr: 'Donnez la référence que le site national a donnée.',
    en: 'Give the reference that the national site gave.',
  })
}

function noDay(today: string) {
  const last = dayInWords(today)
  return wrongField('/registeredOn', {
    fr: `Donnez le jour de l’inscription, le ${last.fr} au plus tard.`,
    en: `Give the day of the registration, ${last.en} at the latest.`,
  })
}
