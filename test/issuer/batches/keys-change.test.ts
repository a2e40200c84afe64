import { beforeEach, describe, expect, test } from 'vitest'
import { wordsOfFailure } from '../../../src/administration/job-words.js'
import { BATCH_JOB } from '../../../src/issuer/batches/order.js'
import { startBatch } from '../../../src/issuer/batches/start-batch.js'
import { receiptIn } from '../../../src/issuer/batches/store-receipts.js'
import { openListOf, publishStatusList } from '../../../src/issuer/status.js'
import { checkBadges } from '../../../src/issuer/check-badges.js'
import { activeSigner, ANNOUNCED_MS } from '../../../src/people/keys.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { revokeKey } from '../../../src/people/revoke-key.js'
import { activateKey, rotateKey } from '../../../src/people/rotate-key.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { listOrganisations, type Organisation } from '../../../src/people/store.js'
import { runNextJob } from '../../../src/worker.js'
import { openWorld, SECOND, type World } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { storedBadges } from '../stored.js'
import { tell, type Story } from '../story.js'

const CLASS = 8
const SAID = { function: 'Tuteur', comment: 'Un travail soigné, du moule au démoulage.' }
let world: World
let story: Story
let school: Organisation
let company: Organisation
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  await makeServiceKey(world)
  ;[school] = (await listOrganisations(world.db, 'lycee')) as [Organisation]
  ;[company] = (await listOrganisations(world.db, 'company')) as [Organisation]
  const students = await aClassOf(world, story, CLASS)
  const rows = students.map((studentId) => ({ studentId, versionId: story.versionId }))
  await startBatch(world, story.teacher, { act: 'propose', rows, key: 'propose' })
  await work(world)
  for (const [act, actor] of [
    ['assess', story.tutor],
    ['endorse', story.boss],
  ] as const) {
    await startBatch(world, actor, { act, rows: await shown(), key: act, ...SAID })
    await work(world)
  }
  await startBatch(world, story.head, { act: 'approve', rows: await shown(), key: 'approve' })
})

async function work(of: World): Promise<void> {
  while (await runNextJob(of));
}

async function shown() {
  const rows = await world.db.selectFrom('dossiers').selectAll().execute()
  return rows.map((row) => ({ dossierId: row.public_id, digest: row.digest ?? '' }))
}

const keyOf = async ({ id }: Organisation) => (await activeSigner(world, id)).publicKeyMultibase
const keyIn = (document: string) => JSON.parse(document).proof[0].verificationMethod.split('#')[1]

async function rotate(organisation: Organisation): Promise<void> {
  const { publicKeyMultibase: key } = await rotateKey(world, OPERATOR, organisation)
  world.clock.advance(ANNOUNCED_MS)
  await activateKey(world, { key })
}

async function steal(organisation: Organisation): Promise<void> {
  await revokeKey(world, OPERATOR, { key: await keyOf(organisation), since: world.now() })
}

/** A world in which the key changes after each nth signature of an organisation, and of its lists. */
function changing(whose: Organisation, nth: number, change = rotate): World {
  let asked = 0
  const sign: typeof world.keys.sign = async (key, bytes) => {
    const signature = await world.keys.sign(key, bytes)
    // What was kept before is older than the change.
    world.clock.advance(SECOND)
    if (key.name === (await keyOf(whose)) && (asked += 1) % nth === 0) await change(whose)
    return signature
  }
  return { ...world, keys: { ...world.keys, sign } }
}

async function expectIssued(): Promise<void> {
  expect(await checkBadges(world)).toEqual({ badges: CLASS, faults: [] })
  const batch = await world.db
    .selectFrom('batches')
    .select('receipt_packed')
    .where('act', '=', 'approve')
    .executeTakeFirstOrThrow()
  expect(JSON.parse(receiptIn(batch) ?? 'null')).toMatchObject({ counts: { done: CLASS } })
}

describe('RL-18 a batch whose keys change at every chunk', () => {
  test.each([
    ['the school’s key is rotated', 'school', rotate],
    ['the company’s key is rotated', 'company', rotate],
    ['the school’s key is stolen again and again', 'school', steal],
  ] as const)(
    '%s: each chunk is signed again in smaller parts, in one turn',
    async (_, of, change) => {
      await work(changing({ school, company }[of], 3, change))
      await expectIssued()
      const job = await world.db
        .selectFrom('jobs')
        .select('attempts')
        .where('kind', '=', BATCH_JOB)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      expect(job.attempts).toBe(1)
      if (of === 'school') {
        const signers = (await storedBadges(world.db)).map((badge) => keyIn(badge.badge_document!))
        expect(new Set(signers).size).toBeGreaterThan(2)
      }
    },
  )

  test('at every signature it stops with a reason, and goes on once they change no more', async () => {
    // Lists are signed by the same key: they are not what changes here.
    await publishStatusList(world, await openListOf(world, school.id))
    await work(changing(school, 1))
    const { last_error: reason } = await world.db
      .selectFrom('jobs')
      .select('last_error')
      .where('kind', '=', BATCH_JOB)
      .where('finished_at', 'is', null)
      .executeTakeFirstOrThrow()
    expect(reason).toMatch(/^key-changed: /)
    expect(wordsOfFailure(reason!).en).toContain('keys have changed')
    const released = await world.db
      .selectFrom('badges')
      .select('id')
      .where('released_at', 'is not', null)
      .execute()
    expect(released).toEqual([])
    world.clock.advance(10 * SECOND)
    await work(world)
    await expectIssued()
  })
})
