import type { Actor, Assignment } from '../context.js'
import { DomainError } from '../errors.js'
import { NEVER_BY_TOKEN, PERMISSIONS, type Action } from './permissions.data.js'
import { MUST_HAVE_PASSKEY, STEP_UP } from './step-up.data.js'

export type { Action } from './permissions.data.js'

/** What something belongs to; what it does not belong to is left out. */
export type Resource = Readonly<{
  schoolId?: number
  /** Where several schools have a part in it. */
  schoolIds?: readonly number[]
  /** The academy, as an organisation. */
  academyId?: number | null
  /** Companies, têtes de cordée, mentoring structures. */
  companyIds?: readonly number[]
  studentPersonId?: number | null
}>

/**
 * The one question that pages, the API, the command line and jobs ask before they do anything.
 * To whom has nothing to do with a resource, it does not exist. What commits asks besides who is there.
 *
 * @throws {DomainError} forbidden, not-found or step-up-required
 */
export function authorize(actor: Actor, action: Action, resource: Resource): void {
  assertAllowed(actor, action, resource)
  if (STEP_UP.includes(action)) assertSteppedUp(actor)
}

/** The same of who only looks at what they might do. @throws {DomainError} forbidden or not-found */
export function assertAllowed(actor: Actor, action: Action, resource: Resource): void {
  if (may(actor, action, resource)) return
  if (isKnownTo(actor, resource)) {
    throw new DomainError('forbidden', {
      fr: 'Votre rôle ne permet pas cette action. Demandez à une personne habilitée de la faire.',
      en: 'Your role does not allow this. Ask somebody whose role does.',
    })
  }
  throw nothingHere()
}

/** What is not there and what is out of reach are told in the same words: a stranger learns of neither. */
export function nothingHere(): DomainError {
  return new DomainError('not-found', {
    fr: 'Il n’y a rien à cette adresse, ou rien que vous puissiez voir.',
    en: 'There is nothing at this address, or nothing that you may see.',
  })
}

/** @throws {DomainError} step-up-required for a person at a page who has shown nothing lately */
export function assertSteppedUp(actor: Pick<Actor, 'mustStepUp'>): void {
  if (!actor.mustStepUp) return
  throw new DomainError('step-up-required', {
    fr: 'Cet acte engage votre organisation, ouvre des droits ou emporte des données. Confirmez d’abord que c’est bien vous ; rien n’a encore été fait.',
    en: 'This act commits your organisation, opens rights or takes data away. Confirm first that it is you; nothing was done yet.',
  })
}

/** Whether somebody holds a role that must have a passkey, where passkeys are required. */
export function mustHavePasskey(assignments: readonly Assignment[]): boolean {
  return assignments.some(({ role }) => MUST_HAVE_PASSKEY.includes(role))
}

export function may(actor: Actor, action: Action, resource: Resource): boolean {
  if (actor.via === 'token' && NEVER_BY_TOKEN.includes(action)) return false
  if (actor.via === 'operator' && action === 'import-students') return true
  return assignmentsOf(actor).some((assignment) => {
    const reach = PERMISSIONS[action][assignment.role]
    if (reach === 'any') return true
    if (reach === 'school') return isSchoolOf(assignment, resource)
    if (reach === 'academy') return isAcademyOf(assignment, resource)
    if (reach === 'company') return isCompanyOf(assignment, resource)
    return reach === 'own' && isOwn(actor, resource)
  })
}

/**
 * The schools or companies in which the actor may do it: a list's filter. Reach 'any' is not in it.
 *
 * @param as those in which they may by a role of this reach only: a lycée may be both, as a school and as
 *   who runs a cordée
 */
export function organisationsWith(
  actor: Actor,
  action: Action,
  as?: 'school' | 'company',
): number[] {
  if (actor.via === 'token' && NEVER_BY_TOKEN.includes(action)) return []
  const found = actor.assignments.flatMap(({ role, organisationId }) => {
    const reach = PERMISSIONS[action][role]
    const isMeant = as === undefined || reach === as
    return organisationId !== null && isMeant && reach && reach !== 'any' && reach !== 'own'
      ? [organisationId]
      : []
  })
  return [...new Set(found)]
}

function isKnownTo(actor: Actor, resource: Resource): boolean {
  return (
    isOwn(actor, resource) ||
    assignmentsOf(actor).some(
      (assignment) =>
        assignment.role === 'platform-admin' ||
        // A pupil of the school is no reader of the other pupils' records: to them, they are not there.
        (assignment.role !== 'student' &&
          (isSchoolOf(assignment, resource) ||
            isCompanyOf(assignment, resource) ||
            isAcademyOf(assignment, resource))),
    )
  )
}

const AS_ADMINISTRATOR: Assignment = { role: 'platform-admin', organisationId: null }

function assignmentsOf(actor: Actor): readonly Assignment[] {
  return actor.via === 'operator' ? [...actor.assignments, AS_ADMINISTRATOR] : actor.assignments
}

function isSchoolOf({ organisationId }: Assignment, { schoolId, schoolIds }: Resource): boolean {
  if (organisationId === null) return false
  return organisationId === schoolId || (schoolIds ?? []).includes(organisationId)
}

function isAcademyOf({ organisationId }: Assignment, { academyId }: Resource): boolean {
  return organisationId !== null && organisationId === academyId
}

function isCompanyOf({ organisationId }: Assignment, { companyIds }: Resource): boolean {
  return organisationId !== null && (companyIds ?? []).includes(organisationId)
}

function isOwn({ personId }: Actor, { studentPersonId }: Resource): boolean {
  return personId !== null && personId === studentPersonId
}
