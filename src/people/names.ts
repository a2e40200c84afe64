import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

const MAX_NAME_CHARS = 120
const MAX_SLUG_CHARS = 60
/** Of RFC 5321. */
const MAX_EMAIL_CHARS = 254

/**
 * A name as it is kept: one space between words. Letters are Latin, and nothing is invisible:
 * “Lусée” in Cyrillic letters would pass for another organisation.
 *
 * @param pointer the field that it comes from
 * @throws {DomainError} invalid-request
 */
export function toName(text: string, pointer: string): string {
  const name = text.normalize('NFC').trim().replace(/\s+/gu, ' ')
  if (name === '') throw wrong(pointer, { fr: 'Donnez un nom.', en: 'Give a name.' })
  if (name.length > MAX_NAME_CHARS) {
    throw wrong(pointer, {
      fr: `Ce nom a ${name.length} caractères ; le maximum est ${MAX_NAME_CHARS}. Abrégez-le.`,
      en: `This name has ${name.length} characters; the most is ${MAX_NAME_CHARS}. Shorten it.`,
    })
  }
  const foreign = /[^\p{Script=Latin}\p{Script=Common}\p{M}]|\p{C}/u.exec(name)?.[0]
  if (foreign === undefined) return name
  const code = `U+${(foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  throw wrong(pointer, {
    fr: `Ce nom contient un caractère qui n’est pas latin ou qui ne se voit pas (${code}). Retapez le nom.`,
    en: `This name has a character that is not Latin or cannot be seen (${code}). Type it again.`,
  })
}

/** The part of addresses that stands for a name: “Lycée Voltaire” is lycee-voltaire. */
export function toSlug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARS)
    .replace(/^-+|-+$/g, '')
}

/**
 * An e-mail address as it is kept and looked up: in lower case.
 *
 * @throws {DomainError} invalid-request
 */
export function toEmail(text: string): string {
  const email = text.normalize('NFC').trim().toLowerCase()
  if (email.length <= MAX_EMAIL_CHARS && /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(email)) return email
  throw wrong('/email', {
    fr: 'Ce n’est pas une adresse électronique : elle s’écrit nom@domaine.fr.',
    en: 'This is not an e-mail address: it is written name@domain.fr.',
  })
}

function wrong(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}
