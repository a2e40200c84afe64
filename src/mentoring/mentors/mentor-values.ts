import { toDay } from '../days.js'
import { wrongField } from '../refusals.js'
import { toVetting, VETTINGS, type VettingCode } from './vetting.js'

/** What is recorded of a mentor, as it was typed: days may be empty. */
export type MentorSaid = Readonly<{
  vetting: string
  vettedOn: string
  renewBy: string
  charterOn: string
}>

export type MentorValues = Readonly<{
  vetting: VettingCode
  vetted_on: string | null
  renew_by: string | null
  charter_on: string | null
}>

/**
 * MENT-01: a status with its day, and until when it holds; never what was found.
 *
 * @throws {DomainError} invalid-request
 */
export function toMentorValues(said: MentorSaid, today: string): MentorValues {
  const vetting = toVetting(said.vetting)
  if (!vetting) {
    throw wrongField('/vetting', {
      fr: `« ${said.vetting.slice(0, 40)} » n’est pas un état : ${VETTINGS.join(', ')}. Choisissez-en un.`,
      en: `“${said.vetting.slice(0, 40)}” is no state: ${VETTINGS.join(', ')}. Choose one.`,
    })
  }
  const charter_on = said.charterOn === '' ? null : past(said.charterOn, '/charterOn', today)
  if (vetting === 'A_VERIFIER') return { vetting, vetted_on: null, renew_by: null, charter_on }
  const vetted_on = past(said.vettedOn, '/vettedOn', today)
  const renew_by = said.renewBy === '' ? null : toDay(said.renewBy, '/renewBy')
  if (renew_by === null || renew_by >= vetted_on)
    return { vetting, vetted_on, renew_by, charter_on }
  throw wrongField('/renewBy', {
    fr: 'Le renouvellement est avant la vérification. Donnez un jour plus tard.',
    en: 'The renewal is before the verification. Give a later day.',
  })
}

function past(text: string, pointer: string, today: string): string {
  const day = toDay(text, pointer)
  if (day <= today) return day
  throw wrongField(pointer, {
    fr: 'Cette date est à venir. Donnez le jour où cela a été fait.',
    en: 'This day is still to come. Give the day on which it was done.',
  })
}

/** As the mentor said, for aggregated figures only (PT-24). @throws {DomainError} invalid-request */
export function toSex(text: string): 'F' | 'M' | null {
  if (text === '') return null
  if (text === 'F' || text === 'M') return text
  throw wrongField('/sex', {
    fr: 'Choisissez « femme », « homme », ou laissez vide.',
    en: 'Choose “woman”, “man”, or leave it empty.',
  })
}
