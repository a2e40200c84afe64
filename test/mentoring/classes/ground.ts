import type { Actor } from '../../../src/context.js'
import { createOrganisation } from '../../../src/people/create-organisation.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { asActor, somebody } from '../../people/people.js'
import type { World } from '../../support/world.js'
import type { Academy } from '../academy.js'

/** Somebody of the class's principal company who speaks for it. */
export async function anAdmin(world: World, { company }: Academy): Promise<Actor> {
  const held = { role: 'company-admin', organisationId: company.id } as const
  return asActor(world, await somebody(world, 'admin@example.org', held))
}

/** The academy of demonstration, with its academic referent: the school is in it from now on. */
export async function aReferent(world: World, { school }: Academy): Promise<Actor> {
  const academyCode = '03'
  const name = 'Académie DÉMO'
  const kind = 'academy'
  const { id } = await createOrganisation(world, OPERATOR, { kind, name, academyCode })
  await world.db
    .updateTable('organisations')
    .set({ academy_code: academyCode })
    .where('id', '=', school.id)
    .execute()
  const held = { role: 'academic-referent', organisationId: id } as const
  return asActor(world, await somebody(world, 'referent@example.org', held))
}
