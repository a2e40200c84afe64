import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

const LA_POSTE = '356000000'

/**
 * A company's establishment number (SIRET): fourteen digits whose first nine are its SIREN. Both
 * have a Luhn sum; La Poste's many establishments have a sum of digits that is a multiple of 5
 * instead (INSEE).
 *
 * @throws {DomainError} invalid-request
 */
export function toSiret(text: string): string {
  if (text.trim() === '') {
    throw wrong({
      fr: 'Donnez le SIRET de l’entreprise : quatorze chiffres.',
      en: 'Give the SIRET of the company: fourteen digits.',
    })
  }
  const siret = text.replace(/[\s.]/g, '')
  if (!/^\d{14}$/.test(siret)) {
    throw wrong({
      fr: `« ${shown(text)} » n’est pas un SIRET : il faut quatorze chiffres, ceux du SIREN puis cinq autres.`,
      en: `“${shown(text)}” is not a SIRET: it takes fourteen digits, the SIREN’s and five more.`,
    })
  }
  const siren = siret.slice(0, 9)
  if (!isLuhn(siren)) {
    throw wrong({
      fr: `« ${siret} » n’est pas un SIRET : les neuf premiers chiffres (${siren}) ne forment pas un SIREN. Vérifiez-les.`,
      en: `“${siret}” is not a SIRET: its first nine digits (${siren}) are not a SIREN. Check them.`,
    })
  }
  if (isLuhn(siret) || (siren === LA_POSTE && sum(digitsOf(siret)) % 5 === 0)) return siret
  throw wrong({
    fr: `« ${siret} » n’est pas un SIRET : le SIREN est bon, les cinq derniers chiffres (${siret.slice(9)}) sont faux.`,
    en: `“${siret}” is not a SIRET: the SIREN is right, the last five digits (${siret.slice(9)}) are wrong.`,
  })
}

/** Every second digit from the right counts double, its own two digits added up. */
function isLuhn(number: string): boolean {
  const weighed = digitsOf(number)
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2))
  return sum(weighed) % 10 === 0
}

function digitsOf(number: string): number[] {
  return [...number].map(Number)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function wrong(words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/siret', words }] })
}

function shown(text: string): string {
  return text.trim().slice(0, 20)
}
