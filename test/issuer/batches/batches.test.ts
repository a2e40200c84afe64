import { beforeEach, describe, expect, test } from 'vitest'
import { checkProofs } from '../../../src/credential/check-proof.js'
import type { Actor } from '../../../src/context.js'
import type { BatchAct } from '../../../src/issuer/batches/acts.data.js'
import { startBatch, type BatchRowInput } from '../../../src/issuer/batches/start-batch.js'
import { steerBatch } from '../../../src/issuer/batches/steer-batch.js'
import { checkBadges } from '../../../src/issuer/check-badges.js'
import { openDossier } from '../../../src/issuer/open-dossier.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { validateAudit } from '../../../src/store/audit.js'
import { runNextJob } from '../../../src/worker.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { tell, type Story } from '../story.js'
import { receiptIn } from '../../../src/issuer/batches/store-receipts.js'

const CLASS = 4
let world: World
let story: Story
let students: string[]
let keys = 0
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  await makeServiceKey(world)
  students = await aClassOf(world, story, CLASS)
})

const COMMENT = 'Un travail soigné, du moule au démoulage.'
const said = { function: 'Tuteur', comment: COMMENT, reason: 'Délivrés par erreur' }
const start = (
  actor: Actor,
  act: BatchAct,
  rows: readonly BatchRowInput[],
  key = `${(keys += 1)}`,
) => startBatch(world, actor, { act, rows, key, ...said })
const work = async () => {
  while (await runNextJob(world));
}
const toAward = () => students.map((studentId) => ({ studentId, versionId: story.versionId }))
const dossiers = () => world.db.selectFrom('dossiers').selectAll().orderBy('student_id').execute()
const shown = async () =>
  (await dossiers()).map((row) => ({ dossierId: row.public_id, digest: row.digest ?? '' }))
const states = async () => (await dossiers()).map(({ state }) => state)
const badges = () => world.db.selectFrom('badges').selectAll().orderBy('id').execute()
const batchOf = (id: string) =>
  world.db.selectFrom('batches').selectAll().where('public_id', '=', id).executeTakeFirstOrThrow()
const rowsOf = async (id: string) =>
  world.db
    .selectFrom('batch_rows')
    .selectAll()
    .where('batch_id', '=', (await batchOf(id)).id)
    .orderBy('number')
    .execute()
const outcomes = async (id: string) => (await rowsOf(id)).map(({ outcome }) => outcome)
const receiptOf = async (id: string) =>
  JSON.parse(receiptIn(await batchOf(id)) ?? 'null') as Record<string, any>

async function upTo(last: BatchAct): Promise<string> {
  let id = ''
  for (const [act, actor] of [
    ['propose', story.teacher],
    ['assess', story.tutor],
    ['endorse', story.boss],
    ['approve', story.head],
  ] as const) {
    id = await start(actor, act, act === 'propose' ? toAward() : await shown())
    await work()
    if (act === last) return id
  }
  return id
}

describe('a class', () => {
  test('is proposed, assessed, endorsed and approved in four batches, and each student has one badge', async () => {
    const id = await upTo('approve')
    expect(await states()).toEqual(Array(CLASS).fill('issued'))
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('done'))
    const issued = await badges()
    expect(new Set(issued.map(({ dossier_id }) => dossier_id)).size).toBe(CLASS)
    expect(await checkBadges(world)).toEqual({ badges: CLASS, faults: [] })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    expect((await rowsOf(id)).map((row) => row.badge_public_id)).toEqual(
      issued.map(({ public_id }) => public_id),
    )
  })

  test('ends each batch in a receipt that the service signs, by ids, without a name', async () => {
    const id = await upTo('approve')
    const receipt = await receiptOf(id)
    expect(receipt).toMatchObject({
      act: 'approve',
      issuer: 'did:web:sceau.example',
      madeBy: story.head.publicId,
      counts: { done: CLASS, refused: 0, cancelled: 0 },
      rows: students.map((student, at) => ({ row: at + 1, student, outcome: 'done' })),
    })
    expect(JSON.stringify(receipt)).not.toMatch(/Zoé|Kergu|Éli|Tréhor|travail soigné/)
    const keyOf = (method: string) => method.split('#')[1]
    const checked = await checkProofs(receipt, keyOf, world.now(), { suites: ['eddsa-jcs-2022'] })
    expect(checked).toMatchObject([{ result: 'pass' }])
    const altered = { ...receipt, counts: { ...receipt.counts, done: CLASS + 1 } }
    const refused = await checkProofs(altered, keyOf, world.now(), { suites: ['eddsa-jcs-2022'] })
    expect(refused).toMatchObject([{ result: 'fail' }])
  })
})

describe('each row', () => {
  test('is refused by the rules that would refuse it alone, in its own sentence, and stops no other', async () => {
    await contest(1)
    const id = await start(story.teacher, 'propose', toAward())
    await work()
    expect(await outcomes(id)).toEqual(['done', 'refused', 'done', 'done'])
    const [, refused] = (await receiptOf(id)).rows as Record<string, any>[]
    expect(refused!.reason.fr).toContain('Il manque encore')
    expect(await states()).toEqual(['proposed', 'proposed', 'proposed'])
  })

  test('whoever assessed some of them does not endorse those', async () => {
    await upTo('propose')
    const all = await shown()
    await start(story.boss, 'assess', all.slice(0, 2))
    await start(story.tutor, 'assess', all.slice(2))
    await work()
    const id = await start(story.boss, 'endorse', await shown())
    await work()
    expect(await outcomes(id)).toEqual(['refused', 'refused', 'done', 'done'])
    expect((await rowsOf(id))[0]!.refusal).toContain('Une autre personne')
  })

  test('is bound to what was shown: a dossier that has changed since is refused', async () => {
    await upTo('propose')
    const [first, ...others] = await shown()
    const id = await start(story.tutor, 'assess', [
      { ...first!, digest: '0'.repeat(64) },
      ...others,
    ])
    await work()
    expect(await outcomes(id)).toEqual(['refused', 'done', 'done', 'done'])
  })

  test('a comment that names one of the students is refused for that one alone', async () => {
    await upTo('assess')
    const rows = await shown()
    const id = await startBatch(world, story.boss, {
      act: 'endorse',
      rows,
      key: 'named',
      function: 'Directrice',
      comment: 'Zoé a fait un travail soigné, du moule au démoulage.',
    })
    await work()
    expect(await outcomes(id)).toEqual(['refused', 'done', 'done', 'done'])
  })

  test('a fact that is contested before the badge is signed voids that approval, and no other', async () => {
    await upTo('endorse')
    const id = await start(story.head, 'approve', await shown())
    // After the chunk is approved, and before its badges are signed.
    let transactions = 0
    const db = new Proxy(world.db, {
      get(target, name) {
        if (name !== 'transaction')
          return Reflect.get(target, name, target) instanceof Function
            ? Reflect.get(target, name, target).bind(target)
            : Reflect.get(target, name, target)
        return () => ({
          execute: async (part: never) => {
            const made = await target.transaction().execute(part)
            transactions += 1
            if (transactions === 1) await contest(2)
            return made
          },
        })
      },
    })
    while (await runNextJob({ ...world, db }));
    expect(await outcomes(id)).toEqual(['done', 'done', 'refused', 'done'])
    expect(await states()).toEqual(['issued', 'issued', 'open', 'issued'])
    expect((await rowsOf(id))[2]!.refusal).toContain('contesté ou corrigé')
  })

  test('somebody else’s dossier is not there, and nothing is begun', async () => {
    await upTo('propose')
    const strangers = { ...story.tutor, assignments: [] }
    await expect(start(strangers, 'assess', await shown())).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(start(story.tutor, 'approve', await shown())).rejects.toMatchObject({
      code: 'forbidden',
    })
    const token = { ...story.tutor, via: 'token' as const, scopes: ['dossiers:write'] }
    await expect(start(token, 'assess', await shown())).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a maker who has lost their role since takes no step', async () => {
    const id = await start(story.teacher, 'propose', toAward())
    await world.db
      .updateTable('role_assignments')
      .set({ until_day: '2026-11-23' })
      .where('person_id', '=', story.teacher.personId)
      .execute()
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('refused'))
  })
})

describe('a batch', () => {
  test('sent twice with one key is one batch; with the key of another act it is refused', async () => {
    const [one, two] = await Promise.all([
      start(story.teacher, 'propose', toAward(), 'same'),
      start(story.teacher, 'propose', toAward(), 'same'),
    ])
    await work()
    expect(two).toBe(one)
    expect(await start(story.teacher, 'propose', toAward(), 'same')).toBe(one)
    expect(await world.db.selectFrom('batches').selectAll().execute()).toHaveLength(1)
    await upTo('propose')
    const other = startBatch(world, story.teacher, { act: 'revoke', rows: [], key: 'same' })
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
  })

  test('names each student and badge once, and one row at least', async () => {
    const [first] = toAward()
    await expect(start(story.teacher, 'propose', [first!, first!])).rejects.toMatchObject({
      code: 'invalid-request',
    })
    await expect(start(story.teacher, 'propose', [])).rejects.toMatchObject({
      code: 'invalid-request',
    })
  })

  test('paused does nothing more until it goes on', async () => {
    const id = await start(story.teacher, 'propose', toAward())
    await steerBatch(world, story.teacher, { id, steering: 'pause' })
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill(null))
    await expect(steerBatch(world, story.teacher, { id, steering: 'pause' })).rejects.toMatchObject(
      { code: 'conflict' },
    )
    await steerBatch(world, story.teacher, { id, steering: 'resume' })
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('done'))
    await expect(
      steerBatch(world, story.teacher, { id, steering: 'cancel' }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test('cancelled ends in a receipt of what was not done', async () => {
    const id = await start(story.teacher, 'propose', toAward())
    await steerBatch(world, story.head, { id, steering: 'cancel' })
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('cancelled'))
    expect(await dossiers()).toEqual([])
    expect(await receiptOf(id)).toMatchObject({ counts: { done: 0, cancelled: CLASS } })
  })

  test('is nobody’s of another organisation', async () => {
    const id = await start(story.teacher, 'propose', toAward())
    await expect(steerBatch(world, story.boss, { id, steering: 'cancel' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('revokes badges for one reason, and the published list says so of each', async () => {
    await upTo('approve')
    const rows = (await badges()).map(({ public_id: badgeId }) => ({ badgeId }))
    const id = await start(story.head, 'revoke', rows.slice(1))
    await work()
    expect(await outcomes(id)).toEqual(['done', 'done', 'done'])
    expect((await badges()).map(({ revoked_at }) => revoked_at !== null)).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect(await checkBadges(world)).toEqual({ badges: CLASS, faults: [] })
    const again = await start(story.head, 'revoke', rows)
    await work()
    expect(await outcomes(again)).toEqual(['done', 'refused', 'refused', 'refused'])
  })

  test('that waited too long is refused row by row', async () => {
    await upTo('propose')
    const id = await start(story.tutor, 'assess', await shown())
    world.clock.advance(20 * DAY)
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('refused'))
  })

  test('takes up a dossier that was opened alone before', async () => {
    await openDossier(world, story.teacher, story)
    const id = await start(story.teacher, 'propose', toAward())
    await work()
    expect(await outcomes(id)).toEqual(Array(CLASS).fill('done'))
  })
})

async function studentIds(): Promise<number[]> {
  const rows = await world.db.selectFrom('students').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

async function contest(at: number): Promise<void> {
  await world.db
    .updateTable('placements')
    .set({ contested_at: world.now().toISOString() })
    .where('student_id', '=', (await studentIds())[at]!)
    .execute()
}
