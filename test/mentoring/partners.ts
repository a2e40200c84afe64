import type { Actor, Role } from '../../src/context.js'
import { openGroup } from '../../src/mentoring/groups/open-group.js'
import type { LevelCode } from '../../src/mentoring/levels.js'
import { openPair, type PairInput } from '../../src/mentoring/pairs/open-pair.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { findOrganisation, type Organisation } from '../../src/people/store.js'
import { asActor } from '../people/people.js'
import type { World } from '../support/world.js'
import { aStudent, openAcademy, type Academy } from './academy.js'

/** An academy with who runs the two other schemes: a tête de cordée, a mentoring structure, a collège. */
export type Partners = Academy &
  Readonly<{
    university: Organisation
    coordinator: Actor
    otherUniversity: Organisation
    otherCoordinator: Actor
    college: Organisation
    collegeTeacher: Actor
    elsewhere: Organisation
    structure: Organisation
    structureCoordinator: Actor
    /** Public id of a mentor of the structure. */
    mentorId: string
  }>

export const PARTNER = {
  coordinator: 'coordinator@example.org',
  otherCoordinator: 'other-coordinator@example.org',
  collegeTeacher: 'college@example.org',
  structureCoordinator: 'structure@example.org',
} as const

export async function openPartners(world: World): Promise<Partners> {
  const academy = await openAcademy(world)
  const present = world.clock.at
  world.clock.at = new Date('2026-09-01T08:00:00Z')
  const make = (input: Parameters<typeof createOrganisation>[2]) =>
    createOrganisation(world, OPERATOR, input)
  const university = await make({
    kind: 'higher-education',
    name: 'Université DÉMO du Lac',
    type: 'UNIVERSITE',
  })
  const otherUniversity = await make({
    kind: 'higher-education',
    name: 'École DÉMO des Cimes',
    type: 'GRANDE_ECOLE',
  })
  const college = await make({ kind: 'college', name: 'Collège DÉMO des Prés', uai: '9990003Z' })
  const structure = await make({
    kind: 'mentoring-structure',
    name: 'Association DÉMO Tremplin',
    type: 'ASSOCIATION',
    siret: '00099003600014',
  })
  const person = async (email: string, role: Role, { id }: Organisation) =>
    asActor(
      world,
      await createPerson(world, OPERATOR, {
        givenName: 'Dominique',
        familyName: 'Durand',
        email,
        role,
        organisationId: id,
      }),
    )
  const elsewhere = (await findOrganisation(
    world.db,
    academy.stranger.assignments[0]!.organisationId!,
  ))!
  const partners = {
    ...academy,
    university,
    otherUniversity,
    college,
    elsewhere,
    structure,
    coordinator: await person(PARTNER.coordinator, 'scheme-coordinator', university),
    otherCoordinator: await person(PARTNER.otherCoordinator, 'scheme-coordinator', otherUniversity),
    collegeTeacher: await person(PARTNER.collegeTeacher, 'school-staff', college),
    structureCoordinator: await person(
      PARTNER.structureCoordinator,
      'scheme-coordinator',
      structure,
    ),
    mentorId: 'mentor',
  }
  await aMentor(world, partners, 'mentor')
  world.clock.at = present
  return partners
}

/** A mentor of the structure since September, who has the coordinator's name and no account of their own. */
export async function aMentor(
  world: World,
  { structure, structureCoordinator }: Pick<Partners, 'structure' | 'structureCoordinator'>,
  id: string,
  vetting = 'VERIFIE_PAR_STRUCTURE',
): Promise<string> {
  const { personId } =
    id === 'mentor' ? structureCoordinator : { personId: (await somebody(world, id)).id }
  await world.db
    .insertInto('mentors')
    .values({
      public_id: id,
      person_id: personId!,
      organisation_id: structure.id,
      from_day: '2026-09-01',
      vetting,
      created_at: world.now().toISOString(),
    })
    .execute()
  return id
}

function somebody(world: World, id: string) {
  return world.db
    .insertInto('persons')
    .values({
      public_id: `person-${id}`,
      given_name: 'Sacha',
      family_name: 'Bernard',
      created_at: world.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** A cordée of the university with the lycée, since September. */
export function aCordee(
  world: World,
  partners: Partners,
  changes: Partial<Parameters<typeof openGroup>[2]> = {},
): Promise<string> {
  return openGroup(world, partners.coordinator, {
    scheme: 'CORDEES',
    ownerId: partners.university.publicId,
    name: 'Cordée DÉMO',
    schoolIds: [partners.school.publicId],
    fromDay: '2026-09-01',
    ...changes,
  })
}

/** A pair of a student of the lycée, since 1 October, registered. */
export function aPair(
  world: World,
  partners: Partners,
  changes: Partial<PairInput> & Readonly<{ studentId: string }>,
): Promise<string> {
  return openPair(world, partners.teacher, {
    structureId: partners.structure.publicId,
    mentorId: partners.mentorId,
    subject: 'ORIENTATION',
    startedOn: '2026-10-01',
    registrationReference: 'DEMO-0001',
    registeredOn: '2026-09-28',
    acknowledged: [],
    ...changes,
  })
}

/** A student, born so as to be 15 on 3 February 2026 unless said otherwise. */
export async function aYouth(
  world: World,
  school: Organisation,
  given: Readonly<{ id: string; givenName?: string; level?: LevelCode; birthDate?: string }>,
): Promise<string> {
  await aStudent(world, { school }, given)
  if (given.birthDate !== undefined) {
    await world.db
      .updateTable('students')
      .set({ birth_date_sealed: world.vault.seal(given.birthDate) })
      .where('public_id', '=', given.id)
      .execute()
  }
  return given.id
}
