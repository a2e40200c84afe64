import type { Actor } from '../context.js'
import { DomainError } from '../errors.js'

/** A version has an author: a person, not a program of nobody. @throws {DomainError} forbidden */
export function personOf(actor: Actor): number {
  if (actor.personId !== null) return actor.personId
  throw new DomainError('forbidden', {
    fr: 'Une personne de l’entreprise doit le faire.',
    en: 'A person of the company must do this.',
  })
}
