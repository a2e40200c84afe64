import { beforeEach, describe, expect, test } from 'vitest'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { reviewFact } from '../../src/issuer/review-fact.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { seeDossiers } from '../../src/issuer/see-dossiers.js'
import { issuerWaiting } from '../../src/issuer/waiting.js'
import { contestFact } from '../../src/mentoring/facts/contest-fact.js'
import { runNextJob } from '../../src/worker.js'
import { asActor, somebody } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>

beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
})

/** The student says that their placement is wrong, at their own account. */
async function contest(): Promise<void> {
  const school = await world.db
    .selectFrom('students')
    .select(['id', 'school_id'])
    .executeTakeFirst()
  const person = await somebody(world, 'zoe@example.org', {
    role: 'student',
    organisationId: school!.school_id,
  })
  await world.db.updateTable('students').set({ person_id: person.id }).execute()
  const placement = await world.db.selectFrom('placements').select('public_id').executeTakeFirst()
  await contestFact(world, await asActor(world, person), {
    studentId: story.studentId,
    kind: 'placement',
    factId: placement!.public_id,
    reason: 'Je n’y étais pas.',
  })
}

async function runJobs(): Promise<void> {
  while (await runNextJob(world));
}

const contested = (at: string | null) =>
  world.db.updateTable('placements').set({ contested_at: at }).execute()

describe('a fact that a student contests', () => {
  test.each(['propose', 'assess', 'endorse'] as const)(
    'opens a dossier again that had come to %s, with nothing committed in it',
    async (last) => {
      await dossier.upTo(last)
      await contest()
      await runJobs()
      expect(await dossier.row()).toMatchObject({
        state: 'open',
        digest: null,
        assessed_by_id: null,
        endorsed_by_id: null,
        reopen_reason: 'facts-changed',
        reopened_by_id: null,
      })
      expect(await world.db.selectFrom('dossier_facts').selectAll().execute()).toEqual([])
    },
  )

  test('is told to the school and to the company of a badge that is issued', async () => {
    await dossier.upTo('approve')
    await runJobs()
    await contest()
    await runJobs()
    expect(await dossier.row()).toMatchObject({ state: 'issued' })
    for (const actor of [story.head, story.boss]) {
      expect(await issuerWaiting(world, actor)).toContainEqual(
        expect.objectContaining({ href: '/dossiers?state=issued', count: 1 }),
      )
      const { all } = await seeDossiers(world, actor, { page: 1 })
      expect(all).toMatchObject([{ changed: true }])
    }
    const { obstacle } = await seeDossier(world, story.head, dossierId)
    expect(obstacle?.fr).toContain('révoquez le badge s’il n’est plus mérité')
  })
})

describe('a fact that is what it was again', () => {
  test('is told no more', async () => {
    await dossier.upTo('approve')
    await runJobs()
    await contested(world.now().toISOString())
    await reviewFact(world, { kind: 'placement', factId: 1 })
    expect(await dossier.row()).toMatchObject({ facts_changed_at: world.now().toISOString() })
    await contested(null)
    await reviewFact(world, { kind: 'placement', factId: 1 })
    expect(await dossier.row()).toMatchObject({ facts_changed_at: null })
  })
})

test('a fact that no dossier names changes nothing, however often it is told', async () => {
  await dossier.upTo('endorse')
  const before = await dossier.row()
  await reviewFact(world, { kind: 'session', factId: 99 })
  await reviewFact(world, { kind: 'placement', factId: 1 })
  await reviewFact(world, { kind: 'placement', factId: 1 })
  expect(await dossier.row()).toEqual(before)
})
