import { loadConfig } from '../../../src/config.js'
import { openContext } from '../../../src/open-context.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { publishEach } from '../../faults/rig.js'
import { openWorld, type World } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { aStudent } from '../share-story.js'
import { tell, type Story } from '../story.js'
import { MARKS } from './life.js'

export const NOW = '2026-11-24T11:01:00.000Z'
/** Every text that is of this student: none stands anywhere else. */
export const CANARIES = {
  ...{ given: MARKS.given, family: MARKS.family, birth: '2012-02-27', email: MARKS.email },
  ...{ division: 'Kwyxdivision7', contest: MARKS.contest, label: MARKS.label, mark: MARKS.mark },
  ...{ ine: '271828182KW', birthInWords: '27 février 2012', birthInFrench: '27/02/2012' },
  ...{ guardian: 'Kwyxparent Le Bihan', guardianEmail: 'kwyxparent@example.net' },
  ...{ consents: 'Kwyxopposition : je préfère que non' },
}
export const SECRETS = Object.values(CANARIES)
/** As addresses, forms and JSON write them. */
export const WRITTEN = SECRETS.flatMap((one) => [
  ...[one, encodeURIComponent(one), new URLSearchParams({ one }).toString().slice(4)],
  JSON.stringify(one).slice(1, -1),
])

/** A class of two with their facts, two definitions, and what is written of the one. @returns the ids of the definitions */
export async function prepare(env: Readonly<Record<string, string>>): Promise<string[]> {
  const { close, ...real } = await openContext(loadConfig(env), { now: () => new Date(NOW) })
  const { db, keys, vault, config } = real
  const world = await openWorld({ db, keys, vault, config, published: real.published! })
  const story = await tell(world)
  await makeServiceKey(world)
  await publishEach(world, story, 2)
  await aClassOf(world, story, 2)
  const made = await db.selectFrom('templates').select('public_id').orderBy('id').execute()
  await accounts(world, story)
  await close()
  return made.slice(-2).map(({ public_id }) => public_id)
}

async function accounts(world: World, story: Story): Promise<void> {
  const { db, vault } = world
  const school = story.teacher.assignments[0]!.organisationId!
  for (const [email, studentId] of [
    [MARKS.email, 'student'],
    ['classmate@example.org', 'student-2'],
  ] as const) {
    const { personId } = await aStudent(world, email, school)
    await db
      .updateTable('students')
      .set({ person_id: personId })
      .where('public_id', '=', studentId)
      .execute()
  }
  const name = { given_name: MARKS.given, family_name: MARKS.family }
  await db.updateTable('persons').set(name).where('email', '=', MARKS.email).execute()
  const { id } = await db
    .updateTable('students')
    .set({
      ...name,
      birth_date_sealed: vault.seal(CANARIES.birth),
      ine_fingerprint: vault.fingerprint(CANARIES.ine),
    })
    .where('public_id', '=', 'student')
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('schoolings')
    .set({ division: CANARIES.division })
    .where('student_id', '=', id)
    .execute()
  const placement = await db
    .selectFrom('placements')
    .select('id')
    .where('student_id', '=', id)
    .executeTakeFirstOrThrow()
  const assessment = { grid_id: 'neutral', marks: '{}', comment: MARKS.mark, manner: 'PAPER' }
  await db
    .insertInto('placement_assessments')
    .values({ placement_id: placement.id, ...assessment })
    .execute()
}
