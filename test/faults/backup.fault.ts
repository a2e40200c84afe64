import { spawn } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeUpBatches } from '../../src/issuer/batches/order.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { takeOverLists } from '../../src/issuer/take-over-lists.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { runNextJob } from '../../src/worker.js'
import type { Actor } from '../../src/context.js'
import { bytesIn, expectToGoOn, oracle } from './oracle.js'
import * as rig from './rig.js'

const TRIES = Number(process.env.SCEAU_BACKUPS ?? 9)
const CLASS = 40
/** A signer that is slow makes the batch longer than the start of a command. */
const SLOWLY = { SIGN_MS: '30' }
let ready: string
let head: Actor
/** Badges that were issued before all this: the first is revoked already, the second will be after the backup. */
let old: string[]
beforeAll(async () => {
  ready = await rig.storeOf(async (world, story) => {
    head = story.head
    const versions = await rig.publishEach(world, story, 4)
    await rig.approveAll(world, story, versions.slice(0, 2))
    while (await runNextJob(world));
    old = [...(await bytesIn(world.db)).keys()]
    await revokeBadge(world, head, { badgeId: old[0]!, reason: 'Par erreur' })
    await rig.orderBatch(world, story, CLASS)
    await rig.approveAll(world, story, versions.slice(2))
  })
})
afterAll(() => rig.forget(ready))

/** Runs `sceau …` on a folder in a process of its own. @returns its answer in JSON */
function sceau(folder: string, ...words: string[]): Promise<Record<string, unknown>> {
  const child = spawn(
    process.execPath,
    ['--import', './test/faults/set-clock.mjs', 'dist/cli.js', ...words, '--json'],
    { env: { ...process.env, ...rig.environment(folder) }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve, reject) =>
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as Record<string, unknown>)
      else reject(new Error(`sceau ${words.join(' ')} ended with ${code}: ${said}`))
    }),
  )
}

/** Issues all that waits while the store is backed up, from when `after` badges have left and some time later. */
async function backedUpWhileIssuing(after: number, pause: number) {
  const folder = rig.copyOf(ready)
  const backup = join(rig.newFolder(), 'backup')
  const left = new Set<string>()
  let began: Promise<ReadonlySet<string>> | undefined
  const begin = async () => {
    await sleep(pause)
    const before = new Set(left)
    await sceau(folder, 'backup', backup, '--keys', `${backup}-keys`)
    return before
  }
  if (after === 0) began = begin()
  await rig.runChild(folder, SLOWLY, {
    told: (id) => {
      left.add(id)
      // Two had left before this began.
      if (left.size === after + 2) began ??= begin()
    },
  })
  return { folder, backup, before: (await began) ?? new Set<string>() }
}

async function restore(backup: string, published: string): Promise<string> {
  const folder = rig.newFolder()
  mkdirSync(join(folder, 'data'))
  cpSync(published, join(folder, 'data', 'published'), { recursive: true })
  await sceau(folder, 'restore', backup, '--keys', `${backup}-keys`)
  return folder
}

test('RL-20 RL-21 a backup while a batch is issued, restored in another folder, knows each badge that had left, keeps each revocation and ends with the same bytes', async () => {
  const stages = { released: 0, waiting: 0, notYet: 0 }
  for (let n = 0; n < TRIES; n++) {
    const { folder, backup, before } = await backedUpWhileIssuing(n % 3, (n * 1_500) / TRIES)
    const live = await rig.openAt(folder)
    await revokeBadge(live, head, { badgeId: old[1]!, reason: 'Par erreur aussi' })
    const reference = await bytesIn(live.db)
    await oracle(live)
    await live.close()
    const other = await restore(backup, join(folder, 'data', 'published'))
    const ctx = await rig.openAt(other)
    const copied = await bytesIn(ctx.db)
    for (const id of before) expect(copied.get(id)?.released, id).toBe(true)
    for (const { released } of copied.values()) stages[released ? 'released' : 'waiting'] += 1
    stages.notYet += reference.size - copied.size
    expect(await takeOverLists(ctx)).toBe(1)
    await takeUpBadges(ctx)
    await takeUpBatches(ctx)
    while (await runNextJob(ctx));
    await oracle(ctx)
    const finished = await bytesIn(ctx.db)
    expect(finished.size).toBe(CLASS + 4)
    expectToGoOn(copied, finished)
    for (const id of copied.keys()) expect(finished.get(id), id).toEqual(reference.get(id))
    const revoked = await ctx.db
      .selectFrom('badges')
      .select('public_id')
      .where('revoked_at', 'is not', null)
      .execute()
    expect(revoked.map(({ public_id }) => public_id).toSorted()).toEqual(old.toSorted())
    await ctx.close()
    expect(await sceau(other, 'check')).toMatchObject({ sound: true, badges: CLASS + 4 })
    expect(await sceau(other, 'log', 'verify')).toMatchObject({ sound: true, size: CLASS + 4 })
    for (const one of [folder, join(backup, '..'), other]) rig.forget(one)
  }
  expect(stages.waiting + stages.notYet).toBeGreaterThan(0)
  rig.report(`badges in ${TRIES} backups`, stages)
})
