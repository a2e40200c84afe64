import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/** One field is wrong: told beside it, and as the sentence of the whole. */
export function wrongField(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}

/** A numbered rule of the domain refuses. */
export function refusedBy(rule: string, pointer: string, words: Words): DomainError {
  return new DomainError('rule-refused', words, { rule, fields: [{ pointer, words }] })
}

export function nothingHere(): DomainError {
  return new DomainError('not-found', {
    fr: 'Il n’y a rien à cette adresse, ou rien que vous puissiez voir.',
    en: 'There is nothing at this address, or nothing that you may see.',
  })
}
