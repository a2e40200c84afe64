import type { Actor } from '../../src/context.js'
import { insertCohortSchool } from '../../src/mentoring/cohorts/store.js'
import { SCHEMES } from '../../src/mentoring/schemes/index.js'
import type { Scheme } from '../../src/mentoring/schemes/scheme.js'
import { insertEnrolment } from '../../src/mentoring/students/store.js'
import { insertCohort } from '../../src/mentoring/classes/store.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { findOrganisation, type Organisation } from '../../src/people/store.js'
import { asActor } from '../people/people.js'
import type { World } from '../support/world.js'
import { aStudent, type Academy } from './academy.js'

/** A scheme without a rule of its own: what holds of it holds of any. */
const ANY: Scheme = {
  code: 'ESSAI',
  words: { fr: 'Essai', en: 'Trial' },
  group: {
    words: { fr: 'groupe', en: 'group' },
    several: { fr: 'Groupes', en: 'Groups' },
    owner: { fr: 'Structure', en: 'Structure' },
    page: '/groups',
    opening: { page: '/schemes/ESSAI/new', words: { fr: 'Ouvrir un groupe', en: 'Open a group' } },
  },
  ofOne: false,
  oneGroupAtATime: false,
  asksVolunteering: false,
  judgeGroup: () => null,
  judgeEnrolment: () => [],
  kinds: [{ code: 'ESSAI_SEANCE', words: { fr: 'Essai', en: 'Trial' } }],
  judgeSession: () => [],
  mentorsFrom: 'owner-or-company',
  formatOf: (_kind, count) => (count === 1 ? 'INDIVIDUEL' : 'CLASSE'),
}

export type Pairs = Readonly<{
  structure: Organisation
  coordinator: Actor
  cohortId: string
  /** « ana » of the academy's lycée, « bo » of another. */
  otherSchool: Organisation
}>

/** A cohort of no class that a structure runs, with students of two schools. */
export async function openPairs(world: World, academy: Academy): Promise<Pairs> {
  if (!SCHEMES.includes(ANY)) (SCHEMES as Scheme[]).push(ANY)
  const present = world.clock.at
  world.clock.at = new Date('2026-09-01T08:00:00Z')
  const structure = await createOrganisation(world, OPERATOR, {
    kind: 'mentoring-structure',
    type: 'ASSOCIATION',
    name: 'Tandems DÉMO',
    siret: '00099003600014',
  })
  const coordinator = await createPerson(world, OPERATOR, {
    givenName: 'Noa',
    familyName: 'Coordination',
    email: 'coordinator@example.org',
    role: 'scheme-coordinator',
    organisationId: structure.id,
  })
  world.clock.at = present
  const from_day = '2026-09-01'
  const cohort_id = (await insertCohort(world.db, {
    public_id: 'pairs',
    scheme: ANY.code,
    owner_id: structure.id,
    name: 'Tandems du lac',
    created_at: world.now().toISOString(),
  }))!
  const otherSchool = (await findOrganisation(
    world.db,
    academy.stranger.assignments[0]!.organisationId!,
  ))!
  for (const [id, school] of [
    ['ana', academy.school],
    ['bo', otherSchool],
  ] as const) {
    await insertCohortSchool(world.db, { cohort_id, school_id: school.id, from_day })
    await aStudent(world, { school }, { id })
    const { id: student_id } = await world.db
      .selectFrom('students')
      .select('id')
      .where('public_id', '=', id)
      .executeTakeFirstOrThrow()
    await insertEnrolment(world.db, { student_id, cohort_id, from_day })
  }
  return {
    structure,
    coordinator: await asActor(world, coordinator),
    cohortId: 'pairs',
    otherSchool,
  }
}
