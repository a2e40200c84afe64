import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { authorize } from './authorize.js'
import { toEmail, toName } from './names.js'
import { assertRoleFits, giveRole, resourceOf, type RoleInput } from './assign-role.js'
import {
  findOrganisation,
  findPersonByEmail,
  insertPerson,
  saveEmail,
  type Person,
} from './store.js'

export type PersonInput = Readonly<{
  givenName: string
  familyName: string
  /** Nobody signs in without one: a student may have none. */
  email?: string | undefined
}>

/**
 * Admits a person with their first role. They choose a password by the link of `invite`.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function createPerson(
  ctx: Context,
  actor: Actor,
  input: PersonInput & RoleInput,
): Promise<Person> {
  const organisation =
    input.organisationId === null ? undefined : await findOrganisation(ctx.db, input.organisationId)
  authorize(actor, 'manage-people', resourceOf(organisation))
  assertRoleFits(actor, input.role, organisation)
  return ctx.db.transaction().execute(async (trx) => {
    const person = await addPerson(ctx, trx, actor, input)
    await giveRole(ctx, trx, actor, { person, role: input.role, organisation })
    return person
  })
}

/**
 * Adds a person within the transaction of whoever has authorised it: an import, a set-up.
 *
 * @throws {DomainError} invalid-request, or conflict when somebody has the address
 */
export async function addPerson(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  input: PersonInput,
): Promise<Person> {
  const sound = {
    publicId: ctx.newId(),
    givenName: toName(input.givenName, '/givenName'),
    familyName: toName(input.familyName, '/familyName'),
    email: input.email?.trim() ? toEmail(input.email) : null,
  }
  if (sound.email !== null && (await findPersonByEmail(trx, sound.email))) throw taken()
  const at = ctx.now()
  const id = await insertPerson(trx, {
    public_id: sound.publicId,
    given_name: sound.givenName,
    family_name: sound.familyName,
    email: sound.email,
    created_at: at.toISOString(),
  })
  if (id === undefined) throw taken()
  await appendAudit(trx, {
    at,
    actor: actor.publicId,
    action: 'person.created',
    subject: sound.publicId,
  })
  return { ...sound, id, language: null, disabledAt: null }
}

/**
 * Gives a person another address, within the transaction of whoever has authorised it.
 *
 * @throws {DomainError} invalid-request, or conflict when somebody else has the address
 */
export async function changeEmail(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  input: Readonly<{ person: Person; email: string }>,
): Promise<void> {
  const { person } = input
  const email = toEmail(input.email)
  if (email === person.email) return
  if (await findPersonByEmail(trx, email)) throw taken()
  await saveEmail(trx, person.id, email)
  const action = 'person.email-changed'
  await appendAudit(trx, { at: ctx.now(), actor: actor.publicId, action, subject: person.publicId })
}

function taken(): DomainError {
  const words = {
    fr: 'Un compte a déjà cette adresse. Donnez un rôle à ce compte plutôt que d’en créer un autre.',
    en: 'An account already has this address. Give that account a role instead of making another.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/email', words }] })
}
