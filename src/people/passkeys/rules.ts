import { DomainError } from '../../errors.js'

const MOST_CHARS = 60

/** @throws {DomainError} invalid-request */
export function toPasskeyName(text: string): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
  const length = [...name].length
  if (length >= 1 && length <= MOST_CHARS) return name
  const words = {
    fr: `Donnez à cette clé un nom de 1 à ${MOST_CHARS} caractères, par exemple « Téléphone ».`,
    en: `Give this passkey a name of 1 to ${MOST_CHARS} characters, such as “Telephone”.`,
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/name', words }] })
}

/**
 * Nobody removes what alone lets them in, or the last passkey of a role that must have one.
 *
 * @param left passkeys that they have afterwards
 * @param of.hasAnother they get in by something else than passkeys
 * @throws {DomainError} rule-refused
 */
export function assertMayRemove(
  left: number,
  of: Readonly<{ hasAnother: boolean; mustHaveOne: boolean }>,
): void {
  if (left > 0 || (of.hasAnother && !of.mustHaveOne)) return
  throw new DomainError('rule-refused', {
    fr: 'C’est votre dernière clé d’accès, et il vous en faut une. Enregistrez-en d’abord une autre.',
    en: 'This is your last passkey, and you need one. Register another first.',
  })
}
