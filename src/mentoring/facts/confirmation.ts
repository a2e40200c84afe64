import type { Actor, Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { Resource } from '../../people/authorize.js'

/** @throws {DomainError} forbidden: what is recorded or confirmed is by a person, never by a bare token */
export function personOf(actor: Actor): number {
  if (actor.personId !== null) return actor.personId
  throw new DomainError('forbidden', {
    fr: 'Une personne doit en répondre : connectez-vous, ou prenez un jeton lié à une personne.',
    en: 'A person must answer for this: sign in, or take a token that is tied to a person.',
  })
}

/**
 * Four eyes: nobody confirms what they recorded themselves.
 *
 * @throws {DomainError} forbidden
 */
export function assertOtherPerson(personId: number, recordedById: number): void {
  if (personId !== recordedById) return
  throw new DomainError('forbidden', {
    fr: 'Vous l’avez saisi vous-même : une autre personne du lycée ou de l’entreprise le confirme.',
    en: 'You recorded this yourself: somebody else of the school or the company confirms it.',
  })
}

/** The role in which somebody confirms: their company's, if they are of the company. */
export function roleFor(actor: Actor, { schoolId, schoolIds, companyIds }: Resource): Role {
  const held = (organisationIds: readonly (number | undefined)[]) =>
    actor.assignments.find(
      ({ organisationId }) => organisationId !== null && organisationIds.includes(organisationId),
    )?.role
  return held(companyIds ?? []) ?? held([schoolId, ...(schoolIds ?? [])]) ?? 'school-staff'
}

export function alreadyConfirmed(): DomainError {
  return new DomainError('conflict', {
    fr: 'C’est déjà confirmé. Rechargez la page.',
    en: 'This is confirmed already. Reload the page.',
  })
}

/** A mentor has said so by their link: until it is corrected, nobody confirms it. */
export function disputed(): DomainError {
  return new DomainError('conflict', {
    fr: 'Le mentor dit que cette séance n’a pas eu lieu ainsi. Corrigez-la ou annulez-la d’abord.',
    en: 'The mentor says that this session did not take place so. Correct it or undo it first.',
  })
}
