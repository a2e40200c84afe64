import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/** The check letter is the number modulo 23 in this alphabet, without I, O and Q. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'

/**
 * A lycée's national number (UAI, formerly RNE) as it is written: seven digits and a letter.
 *
 * @throws {DomainError} invalid-request, saying which letter was expected
 */
export function toUai(text: string): string {
  if (text.trim() === '') {
    throw wrong({
      fr: 'Donnez l’UAI du lycée : sept chiffres puis une lettre, comme 0750001D.',
      en: 'Give the UAI of the lycée: seven digits and a letter, such as 0750001D.',
    })
  }
  const uai = text.replace(/\s/g, '').toUpperCase()
  const [, digits, letter] = /^(\d{7})([A-Z])$/.exec(uai) ?? []
  if (digits === undefined || letter === undefined) {
    throw wrong({
      fr: `« ${shown(text)} » n’est pas un UAI : il faut sept chiffres puis une lettre, comme 0750001D.`,
      en: `“${shown(text)}” is not a UAI: it takes seven digits and a letter, such as 0750001D.`,
    })
  }
  const expected = LETTERS.charAt(Number(digits) % LETTERS.length)
  if (letter === expected) return uai
  throw wrong({
    fr: `« ${uai} » n’est pas un UAI : après ${digits}, la lettre est ${expected}. Vérifiez chaque chiffre.`,
    en: `“${uai}” is not a UAI: after ${digits} the letter is ${expected}. Check each digit.`,
  })
}

function wrong(words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/uai', words }] })
}

function shown(text: string): string {
  return text.trim().slice(0, 20)
}
