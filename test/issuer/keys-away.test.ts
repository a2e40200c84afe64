import { beforeEach, describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { stageOf } from '../../src/issuer/badge-life.data.js'
import { countJobs } from '../../src/store/jobs.js'
import { runNextJob } from '../../src/worker.js'
import { aLycee, refusalOf } from '../people/people.js'
import { DAY, MINUTE, openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell } from './story.js'
import { dyingAtRelease, firstBadge } from './stored.js'

let world: World
/** Public halves whose private ones do not answer. */
let away: (key: string) => boolean
beforeEach(async () => {
  away = () => false
  world = await openWorld()
  const { keys } = world
  const assertHere = (key: string) => {
    if (!away(key)) return
    throw new DomainError('keys-away', { fr: 'Les clés sont loin.', en: 'The keys are away.' })
  }
  world = {
    ...world,
    keys: {
      ...keys,
      create: async () => {
        assertHere('any')
        return keys.create()
      },
      sign: async (key, bytes) => {
        assertHere(key.name)
        return keys.sign(key, bytes)
      },
    },
  }
})

async function work(): Promise<void> {
  while (await runNextJob(world));
}

const badge = () => firstBadge(world.db)

async function approved(): Promise<void> {
  const story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await stepsOf(world, story, dossierId).upTo('approve')
}

describe('while the keys are away', () => {
  test('a badge stays prepared for days, its job is not given up, and it is finished within a minute', async () => {
    await approved()
    const { public_key_multibase: ofSchool } = await world.db
      .selectFrom('organisation_keys')
      .innerJoin('organisations', 'organisations.id', 'organisation_id')
      .where('kind', '=', 'lycee')
      .select('public_key_multibase')
      .executeTakeFirstOrThrow()
    away = (key) => key === ofSchool
    await work()
    expect(stageOf(await badge())).toBe('prepared')
    const { badge_prepared: frozen } = await badge()
    for (let tries = 0; tries < 40; tries++) {
      world.clock.advance(MINUTE)
      expect(await runNextJob(world)).toBe(true)
      await work()
    }
    world.clock.advance(3 * DAY)
    await work()
    expect((await countJobs(world.db)).givenUp).toBe(0)
    expect(await badge()).toMatchObject({ badge_prepared: frozen, badge_document: null })
    await takeUpBadges(world)
    away = () => false
    world.clock.advance(MINUTE)
    await work()
    expect(stageOf(await badge())).toBe('released')
    expect((await badge()).badge_document?.startsWith(frozen!.slice(0, -1))).toBe(true)
    expect((await countJobs(world.db)).waiting).toBe(0)
  })

  test('a badge that was signed and kept is released without them, and signed no second time', async () => {
    await approved()
    await runNextJob({ ...world, db: dyingAtRelease(world.db) }).catch(() => undefined)
    const { badge_signed: signed } = await badge()
    expect(signed).not.toBeNull()
    away = () => true
    world.clock.advance(MINUTE)
    await work()
    expect((await badge()).badge_document).toBe(signed)
  })

  test('who needs a new key is told, and nothing is half made', async () => {
    away = () => true
    expect((await refusalOf(aLycee(world, 'Lycée DÉMO'))).code).toBe('keys-away')
    expect(await world.db.selectFrom('organisations').selectAll().execute()).toEqual([])
    expect(await world.db.selectFrom('audit').selectAll().execute()).toEqual([])
  })
})
