import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeUpBatches } from '../../../src/issuer/batches/order.js'
import { startBatch } from '../../../src/issuer/batches/start-batch.js'
import { checkBadges } from '../../../src/issuer/check-badges.js'
import { takeUpBadges } from '../../../src/issuer/take-up-badges.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { validateAudit } from '../../../src/store/audit.js'
import { copySqlite } from '../../support/copy-sqlite.js'
import { openDatabase } from '../../../src/store/open.js'
import { runNextJob } from '../../../src/worker.js'
import { openWorld, type World } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { tell, type Story } from '../story.js'
import { receiptIn } from '../../../src/issuer/batches/store-receipts.js'

const CLASS = 12
const POINTS = 10
let folder: string
let ready: World
let story: Story
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-batch-'))
  ready = await openWorld({ db: await openDatabase(`sqlite:${join(folder, 'ready.sqlite')}`) })
  story = await tell(ready)
  await makeServiceKey(ready)
  const students = await aClassOf(ready, story, CLASS)
  const rows = students.map((studentId) => ({ studentId, versionId: story.versionId }))
  await startBatch(ready, story.teacher, { act: 'propose', rows, key: 'propose' })
  while (await runNextJob(ready));
  for (const [act, actor] of [
    ['assess', story.tutor],
    ['endorse', story.boss],
  ] as const) {
    await startBatch(ready, actor, { act, rows: await shown(), key: act, ...SAID })
    while (await runNextJob(ready));
  }
  await startBatch(ready, story.head, { act: 'approve', rows: await shown(), key: 'approve' })
})
afterAll(async () => {
  await ready.db.destroy()
  rmSync(folder, { recursive: true })
})

const SAID = { function: 'Tuteur', comment: 'Un travail soigné, du moule au démoulage.' }
async function shown() {
  const rows = await ready.db.selectFrom('dossiers').selectAll().execute()
  return rows.map((row) => ({ dossierId: row.public_id, digest: row.digest ?? '' }))
}

/** A process that dies before its nth statement: nothing after it happens. */
function dyingAt(statement: number): { plugin: KyselyPlugin; seen: () => number } {
  let seen = 0
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      seen += 1
      if (seen >= statement) throw new Error('the process is dead')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { plugin, seen: () => seen }
}

let copies = 0
async function runDying(statement: number) {
  const file = join(folder, `${(copies += 1)}.sqlite`)
  await copySqlite(join(folder, 'ready.sqlite'), file)
  const world = { ...ready, db: await openDatabase(`sqlite:${file}`) }
  const death = dyingAt(statement)
  const dying = { ...world, db: world.db.withPlugin(death.plugin) }
  try {
    while (await runNextJob(dying));
  } catch {
    // It is dead.
  }
  return { world, seen: death.seen() }
}

test('RL-15 a batch that dies at any of ten points is taken up, and each student has one badge', async () => {
  const whole = await runDying(Infinity)
  await whole.world.db.destroy()
  expect(whole.seen).toBeGreaterThan(POINTS * 10)
  for (let point = 0; point < POINTS; point++) {
    const at = 1 + Math.floor(((point + Math.random()) * whole.seen) / POINTS)
    const { world } = await runDying(at)
    await takeUpBadges(world)
    await takeUpBatches(world)
    while (await runNextJob(world));
    const issued = await world.db.selectFrom('badges').selectAll().execute()
    const where = `died before statement ${at}`
    expect(new Set(issued.map(({ dossier_id }) => dossier_id)).size, where).toBe(CLASS)
    expect(await checkBadges(world), where).toEqual({ badges: CLASS, faults: [] })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    const batch = await world.db
      .selectFrom('batches')
      .select('receipt_packed')
      .where('act', '=', 'approve')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(receiptIn(batch) ?? 'null'), where).toMatchObject({ counts: { done: CLASS } })
    await world.db.destroy()
  }
}, 300_000)
