import type { Actor } from '../../src/context.js'
import { proposeVersion } from '../../src/templates/propose-version.js'
import { publishVersion as publish } from '../../src/templates/publish-version.js'
import { findVersion } from '../../src/templates/store.js'
import { findPerson } from '../../src/people/store.js'
import { asActor, somebody } from '../people/people.js'
import type { World } from './world.js'

/** It takes two persons of the company: somebody else proposes what `actor` publishes. */
export async function publishVersion(world: World, actor: Actor, versionId: number): Promise<void> {
  const version = (await findVersion(world.db, versionId))!
  const committed = { versionId, digest: version.digest }
  const proposer = await colleagueOf(world, actor, version.creatorId)
  await proposeVersion(world, proposer, { ...committed, function: 'Responsable d’atelier' })
  await publish(world, actor, { ...committed, function: 'Directrice' })
}

/** Somebody else of the company: who is there already, or one more. */
export async function colleagueOf(world: World, actor: Actor, companyId: number): Promise<Actor> {
  const held = await world.db
    .selectFrom('role_assignments')
    .innerJoin('persons', 'persons.id', 'role_assignments.person_id')
    .select('persons.id')
    .where('organisation_id', '=', companyId)
    .where('role', 'in', ['company-admin', 'company-endorser'])
    .where('persons.id', '!=', actor.personId ?? 0)
    .executeTakeFirst()
  const role = { role: 'company-endorser', organisationId: companyId } as const
  const email = `colleague-${companyId}@example.org`
  const known = held && (await findPerson(world.db, held.id))
  return asActor(world, known ?? (await somebody(world, email, role)))
}
