import request from 'supertest'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { decodeStatusList, valueAt } from '../../src/credential/status-list.js'
import { approve } from '../../src/issuer/approve.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { currentStatusList, publishStatusList } from '../../src/issuer/status.js'
import { issueToken } from '../../src/people/issue-token.js'
import { activeSigner, ANNOUNCED_MS } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { rotateKey } from '../../src/people/rotate-key.js'
import { listOrganisations } from '../../src/people/store.js'
import { countJobs } from '../../src/store/jobs.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import type { World } from '../support/world.js'
import { oracle } from './oracle.js'
import { HAS_POSTGRES, startPostgres, type Server } from './postgres.js'
import { forget, NOW } from './rig.js'
import * as rigs from './two-nodes-rig.js'
import { toldOf } from '../support/audit-lines.js'

/** Each of two nodes has so many workers, and ten connections. */
const WORKERS = 10
const STUDENTS = Number(process.env.SCEAU_STUDENTS ?? 40)
const KILLS = 5
const DONE_MS = 600_000

describe.runIf(HAS_POSTGRES)('two nodes of ten workers on one PostgreSQL', () => {
  let server: Server
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  let rig: rigs.Rig
  let sets: rigs.Endorsed[][]
  let world: World
  let env: Record<string, string>
  beforeEach(async () => {
    rig = await rigs.openRig(await server.emptied(), STUDENTS)
    // Singles of two versions, a batch of three versions each: more than one chunk of it.
    sets = []
    for (let n = 1; n <= 8; n++)
      sets.push(await rigs.endorsedOf(rig, await rigs.anotherVersion(rig, n)))
    const started = Date.now()
    const ahead = Date.parse(NOW) - started
    world = { ...rig.world, now: () => new Date(Date.now() + ahead) }
    env = { DATABASE_URL: server.url, STARTED: String(started), WORKERS: String(WORKERS) }
  }, 600_000)
  afterEach(async () => {
    await rigs.endNodes()
    await rig.close()
    forget(rig.folder)
  })

  const startBatches = async () => {
    for (const [n, rows] of [sets.slice(2, 5).flat(), sets.slice(5, 8).flat()].entries())
      await startBatch(world, rig.story.head, { act: 'approve', rows, key: `lot ${n}` })
  }

  test('RL-16 RL-17 RL-18 no place and no job twice, one badge a dossier, whatever else is done meanwhile', async ({
    annotate,
  }) => {
    await startBatches()
    const nodes = await Promise.all([rigs.startNode(rig, env), rigs.startNode(rig, env)])
    const began = Date.now()
    const others = meanwhile(world, rig, sets.slice(2).flat())
    const singles = sets.slice(0, 2).flat()
    await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        for (let at = n; at < singles.length; at += 4) {
          const badgeId = await approve(world, rig.story.head, singles[at]!)
          // Some before, some after they are released.
          if (at % 10 === 3) await revokeBadge(world, rig.story.head, { badgeId, reason: 'Essai.' })
        }
      }),
    )
    await rigs.untilDone(world, DONE_MS)
    const seconds = (Date.now() - began) / 1_000
    const done = await others.stop()
    expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0])
    await soundAfterwards(sets.flat().length)
    await eachJobOnce(nodes)
    const failed = nodes.flatMap(({ lines }) => lines.filter(({ event }) => event === 'job-failed'))
    const codes = failed.map(({ err }) => err?.code ?? err?.message)
    expect(codes.filter((code) => code === '40P01')).toEqual([])
    expect(done.rotations).toBeGreaterThan(0)
    expect(done.revocations).toBeGreaterThan(0)
    const badges = sets.flat().length
    await annotate(JSON.stringify({ badges, seconds, ...done, failed: codes.length }))
  })

  test('a PostgreSQL that is restarted while they issue: they go on, and nothing is lost', async () => {
    await startBatches()
    const nodes = await Promise.all([rigs.startNode(rig, env), rigs.startNode(rig, env)])
    for (const one of sets.slice(0, 2).flat()) await approve(world, rig.story.head, one)
    const { length } = await world.db.selectFrom('badges').select('id').execute()
    expect(length).toBeGreaterThan(0)
    server.restart()
    await pause(1_000)
    await rigs.untilDone(world, DONE_MS)
    expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0])
    const lost = nodes.flatMap(({ lines }) => lines.filter(({ err }) => err !== undefined))
    expect(lost.length).toBeGreaterThan(0)
    await soundAfterwards(sets.flat().length)
  })

  test('RL-15 nodes that are killed amid a batch, one after the other: what they began is finished', async () => {
    await startBatches()
    for (let n = 0; n < KILLS; n++) {
      const node = await rigs.startNode(rig, env)
      await pause(500 + Math.random() * 2_000)
      await node.kill()
    }
    const nodes = await Promise.all([rigs.startNode(rig, env), rigs.startNode(rig, env)])
    await rigs.untilDone(world, DONE_MS)
    expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0])
    await soundAfterwards(sets.slice(2).flat().length)
  })

  /** @param approved how many dossiers were approved */
  async function soundAfterwards(approved: number): Promise<void> {
    await oracle(world)
    const { db } = world
    const badges = await db.selectFrom('badges').selectAll().execute()
    const voided = await db.selectFrom('voided_badges').select('dossier_id').execute()
    // Each has its badge, or is void.
    const all = [...badges, ...voided].map(({ dossier_id }) => dossier_id)
    expect(all).toHaveLength(approved)
    expect(new Set(all).size).toBe(approved)
    const lines = await toldOf(db, 'badge.released')
    const ofBadges = badges.map(({ public_id }) => public_id)
    expect(lines.map(({ subject }) => subject).toSorted()).toEqual(ofBadges.toSorted())
    expect(new Set(badges.map(({ log_position }) => log_position)).size).toBe(badges.length)
    const log = await verifyLog(world)
    expect(log).toMatchObject({ sound: true })
    // What was void after it had been signed has a leaf too.
    const { size } = log as { size: number }
    expect(size).toBeGreaterThanOrEqual(badges.length)
    expect(size).toBeLessThanOrEqual(approved)
    expect(await countJobs(db)).toMatchObject({ givenUp: 0 })
    await revokedAsPublished()
    server.check()
  }

  async function revokedAsPublished(): Promise<void> {
    for (const list of await world.db.selectFrom('status_lists').selectAll().execute()) {
      const text = (await currentStatusList(world, list.public_id)) ?? ''
      const { credentialSubject } = JSON.parse(text) as {
        credentialSubject: { encodedList: string }
      }
      const bits = decodeStatusList(credentialSubject.encodedList) as Uint8Array
      const entries = await world.db
        .selectFrom('status_entries')
        .selectAll()
        .where('list_id', '=', list.id)
        .execute()
      expect(list.taken).toBe(entries.length)
      for (const { position, revoked_at } of entries)
        expect(valueAt(bits, position)).toBe(revoked_at === null ? 0 : 1)
    }
  }
})

/** Each job that was done was done once; one that failed had its turn again. */
async function eachJobOnce(nodes: readonly rigs.Node[]): Promise<void> {
  const done = nodes.flatMap(({ lines }) => lines.filter(({ event }) => event === 'job-done'))
  const jobs = done.map(({ job }) => job)
  expect(jobs.length).toBeGreaterThan(0)
  expect(new Set(jobs).size).toBe(jobs.length)
}

/**
 * Keys change, definitions are endorsed, lists are published again and programs revoke while badges are issued.
 *
 * @param batched whose badges programs revoke; nobody else revokes one of them
 */
function meanwhile(world: World, rig: rigs.Rig, batched: readonly rigs.Endorsed[]) {
  let goes = true
  const done = { rotations: 0, lists: 0, definitions: 0, revocations: 0 }
  // What was announced five minutes ago is activated by the next worker.
  const earlier = { ...world, now: () => new Date(world.now().getTime() - ANNOUNCED_MS - 1_000) }
  const rotate = async () => {
    const organisations = await listOrganisations(world.db)
    const { id } = organisations[done.rotations % organisations.length]!
    const { publicKeyMultibase } = await rotateKey(
      earlier,
      OPERATOR,
      organisations.find((one) => one.id === id)!,
    )
    while ((await activeSigner(world, id)).publicKeyMultibase !== publicKeyMultibase)
      await pause(100)
    done.rotations += 1
  }
  const publish = async () => {
    for (const list of await world.db.selectFrom('status_lists').selectAll().execute())
      await publishStatusList(world, list)
    done.lists += 1
  }
  const define = async () => {
    await rigs.anotherVersion({ ...rig, world }, 100 + done.definitions)
    done.definitions += 1
  }
  const revokeByKey = revokerOf(world, rig, batched)
  const revoke = async () => {
    if (await revokeByKey()) done.revocations += 1
  }
  const again = async (act: () => Promise<void>, everyMs: number) => {
    while (goes) {
      await act()
      for (const until = Date.now() + everyMs; goes && Date.now() < until;) await pause(100)
    }
  }
  // A key that changes before a chunk is signed is waited for; none changes within six minutes of the last.
  const all = Promise.all([
    again(rotate, 10_000),
    again(publish, 500),
    again(define, 500),
    again(revoke, 500),
  ])
  return {
    async stop() {
      goes = false
      await all
      return done
    },
  }
}

/** Revokes released badges by the API, each under an Idempotency-Key. @returns what revokes one; false: there is none */
function revokerOf(world: World, rig: rigs.Rig, of: readonly rigs.Endorsed[]) {
  const api = request(createApp(world))
  const ownerId = rig.story.head.personId
  const input = { name: 'Essai', scopes: ['badges:write'], days: 1, ownerId, organisationId: null }
  const issued = issueToken(world, OPERATOR, input)
  return async (): Promise<boolean> => {
    const badge = await world.db
      .selectFrom('badges')
      .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
      .select('badges.public_id')
      .where('released_at', 'is not', null)
      .where('revoked_at', 'is', null)
      .where(
        'dossiers.public_id',
        'in',
        of.map(({ dossierId }) => dossierId),
      )
      .limit(1)
      .executeTakeFirst()
    if (!badge) return false
    const sent = api.post(`/api/badges/${badge.public_id}/revocation`)
    sent.set('Authorization', `Bearer ${(await issued).token}`)
    const answer = await sent.set('Idempotency-Key', badge.public_id).send({ reason: 'Essai.' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    return true
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
