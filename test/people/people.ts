import type { Actor } from '../../src/context.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { createPerson } from '../../src/people/create-person.js'
import { savePassword } from '../../src/people/access-store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { hashPassword } from '../../src/people/passwords.js'
import { listAssignments, type Person } from '../../src/people/store.js'
import { today } from '../../src/people/days.js'
import { DomainError } from '../../src/errors.js'
import type { RoleInput } from '../../src/people/assign-role.js'
import type { World } from '../support/world.js'

export const PASSWORD = 'Un-mot-de-passe-1'

export function aLycee(world: World, name = 'Lycée Voltaire', uai = '9990001X') {
  return createOrganisation(world, OPERATOR, { kind: 'lycee', name, uai })
}

export function aCompany(world: World, name = 'Composites du Jura', siret = '00099001000019') {
  return createOrganisation(world, OPERATOR, { kind: 'company', name, siret })
}

/** Somebody who can sign in with PASSWORD. */
export async function somebody(world: World, email: string, held: RoleInput): Promise<Person> {
  const person = await createPerson(world, OPERATOR, {
    givenName: 'Camille',
    familyName: 'Martin',
    email,
    ...held,
  })
  await savePassword(world.db, person.id, await hashPassword(PASSWORD))
  return person
}

export async function asActor(world: World, person: Person): Promise<Actor> {
  const assignments = await listAssignments(world.db, person.id, today(world))
  return { personId: person.id, publicId: person.publicId, assignments, via: 'session', scopes: [] }
}

/** The refusal of an act that must not work. */
export async function refusalOf(act: Promise<unknown>): Promise<DomainError> {
  try {
    await act
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('Nothing was refused.')
}

export async function auditOf(world: World): Promise<string[]> {
  const lines = await world.db.selectFrom('audit').select('action').orderBy('id').execute()
  return lines.map(({ action }) => action)
}
