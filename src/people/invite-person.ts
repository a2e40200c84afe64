import type { Actor, Context, Role } from '../context.js'
import { DomainError } from '../errors.js'
import { invite } from './accept-invitation.js'
import { assignRole, resourceOf } from './assign-role.js'
import { authorize } from './authorize.js'
import { createPerson } from './create-person.js'
import { today } from './days.js'
import { toEmail } from './names.js'
import { rightsOf } from './rights-of.js'
import { isForAll } from './see-people.js'
import {
  findOrganisationByPublicId,
  findPersonByEmail,
  type Organisation,
  type Person,
} from './store.js'

export type GivenRole = Readonly<{
  role: Role
  /** Public id of the organisation; '' for the platform itself. */
  organisation: string
}>

export type InvitationInput = GivenRole &
  Readonly<{ givenName: string; familyName: string; email: string }>

/**
 * Admits a person with a role, and makes the link by which they choose a password.
 *
 * @returns the person, and the address to hand to them only
 * @throws {DomainError} not-found, invalid-request, or conflict when an account has the address
 */
export async function invitePerson(
  ctx: Context,
  actor: Actor,
  input: InvitationInput,
): Promise<{ person: Person; link: string }> {
  const organisation = await toOrganisation(ctx, actor, input.organisation)
  const email = toEmail(input.email)
  const { givenName, familyName, role } = input
  const organisationId = organisation?.id ?? null
  const named = { givenName, familyName, email }
  const person = await createPerson(ctx, actor, { ...named, role, organisationId })
  return { person, link: await invite(ctx, actor, person.id) }
}

/**
 * Gives a role to the account that has an address, whose name the giver does not learn before. A
 * student's account gets one from the platform's administrator only: a company that types addresses
 * must not find out who goes to which school.
 *
 * @returns the person's public id
 * @throws {DomainError} not-found, invalid-request, conflict or rule-refused
 */
export async function grantByEmail(
  ctx: Context,
  actor: Actor,
  input: GivenRole & Readonly<{ email: string }>,
): Promise<string> {
  const organisation = await toOrganisation(ctx, actor, input.organisation)
  const person = await findPersonByEmail(ctx.db, toEmail(input.email))
  if (!person) throw noAccount()
  if (!isForAll(actor)) {
    const held = await rightsOf(ctx.db, person.id, today(ctx))
    const isStudent = held.some(({ role }) => role === 'student')
    if (isStudent || person.disabledAt !== null) throw notHere()
  }
  const organisationId = organisation?.id ?? null
  await assignRole(ctx, actor, { personId: person.id, role: input.role, organisationId })
  return person.publicId
}

/** @throws {DomainError} not-found where the actor manages nobody, whether it exists or not */
export async function toOrganisation(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Organisation | undefined> {
  const organisation = publicId ? await findOrganisationByPublicId(ctx.db, publicId) : undefined
  authorize(actor, 'manage-people', resourceOf(organisation))
  if (organisation || publicId === '') return organisation
  const words = {
    fr: 'Cette organisation n’existe plus. Choisissez-en une dans la liste.',
    en: 'This organisation does not exist any more. Choose one from the list.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/organisation', words }] })
}

function noAccount(): DomainError {
  const words = {
    fr: 'Aucun compte n’a cette adresse. Invitez la personne.',
    en: 'No account has this address. Invite the person.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/email', words }] })
}

function notHere(): DomainError {
  const words = {
    fr: 'Ce compte ne peut pas recevoir de rôle d’ici. Demandez-le à l’administrateur de la plateforme.',
    en: 'This account can’t be given a role from here. Ask the platform’s administrator.',
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/email', words }] })
}
