import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { approve } from '../../src/issuer/approve.js'
import { isFrozenWithProof } from '../../src/issuer/frozen.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openDatabase } from '../../src/store/open.js'
import { findVersion } from '../../src/templates/store.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import { SECOND, type World } from '../support/world.js'
import { startProxy, type Cut, type Proxy } from './cutting-proxy.js'
import { storedBadges } from '../issuer/stored.js'
import { oracle } from './oracle.js'
import { HAS_POSTGRES, startPostgres, type Server } from './postgres.js'
import { forget } from './rig.js'
import * as rigs from './two-nodes-rig.js'
import { toldOf } from '../support/audit-lines.js'

/** A job of a worker whose end nobody knows is taken again after a minute. */
const LEASE = 61 * SECOND
const WHEN = ['before', 'after'] as const

describe.runIf(HAS_POSTGRES)('a connection to PostgreSQL that is lost', () => {
  let server: Server
  let proxy: Proxy
  let rig: rigs.Rig
  let world: World
  /** The same, whose connections go through the proxy. */
  let node: World
  beforeAll(async () => {
    server = await startPostgres()
    proxy = await startProxy(server.port)
  })
  beforeEach(async () => {
    rig = await rigs.openRig(await server.emptied(), 90)
    ;({ world } = rig)
    proxy.cut()
    const db = await openDatabase(server.url.replace(`:${server.port}/`, `:${proxy.port}/`))
    node = { ...world, db }
    return async () => {
      await db.destroy()
      await rig.close()
      forget(rig.folder)
    }
  }, 120_000)
  afterAll(() => {
    proxy.close()
    server.stop()
  })

  /** Each message of what is done, cut before and after it. */
  async function* eachCut(messages: number): AsyncGenerator<Cut> {
    for (let at = 1; at <= messages; at++) for (const when of WHEN) yield { at, when }
  }

  test('RL-23 at any message of issuing: one badge, of the bytes that were frozen', async () => {
    let waiting: rigs.Endorsed[] = []
    let versions = 0
    const approved = async () => {
      if (waiting.length === 0)
        waiting = await rigs.endorsedOf(rig, await rigs.anotherVersion(rig, (versions += 1)))
      return approve(world, rig.story.head, waiting.pop()!)
    }
    const badge = async (id: string) =>
      (await storedBadges(world.db)).find(({ public_id }) => public_id === id)!

    await approved()
    proxy.cut()
    while (await runNextJob(node));
    const messages = proxy.messages()
    expect(messages).toBeGreaterThan(20)
    for await (const cut of eachCut(messages)) {
      const id = await approved()
      proxy.cut(cut)
      // What a worker does of it: it logs that the store is away, and goes on.
      await runNextJob(node).catch(() => undefined)
      proxy.cut()
      const left = await badge(id)
      world.clock.advance(LEASE)
      while (await runNextJob(node));
      const issued = await badge(id)
      expect(issued.released_at, JSON.stringify(cut)).not.toBeNull()
      const document = issued.badge_document ?? ''
      if (left.badge_prepared !== null)
        expect(isFrozenWithProof(document, left.badge_prepared)).toBe(true)
      const signed = left.badge_signed ?? left.badge_document
      if (signed !== null) expect(document).toBe(signed)
    }
    await oracle(world)
    const released = await toldOf(world.db, 'badge.released')
    expect(released).toHaveLength(1 + 2 * messages)
    expect(new Set(released.map(({ subject }) => subject)).size).toBe(released.length)
    expect(await verifyLog(world)).toMatchObject({ sound: true, size: released.length })
    server.check()
  })

  test('RL-23 at any message of a request: asked again with its key, it is done once', async () => {
    const input = { name: 'Essai', scopes: ['dossiers:write'], days: 3, organisationId: null }
    const ownerId = rig.story.teacher.personId
    const { token } = await issueToken(world, OPERATOR, { ...input, ownerId })
    const { templatePublicId: templateId } = (await findVersion(world.db, rig.story.versionId))!
    const app = createApp(node)
    const students = [...rig.students]
    const ask = (studentId: string) =>
      request(app)
        .post('/api/dossiers')
        .set('Authorization', `Bearer ${token}`)
        .set('Idempotency-Key', `of-${studentId}`)
        .send({ studentId, templateId, version: 1 })

    await ask(students.pop()!).expect(201)
    proxy.cut()
    await ask(students.pop()!).expect(201)
    const messages = proxy.messages()
    expect(students.length).toBeGreaterThan(2 * messages)
    let unknown = 0
    for await (const cut of eachCut(messages)) {
      const studentId = students.pop()!
      proxy.cut(cut)
      const first = await ask(studentId)
      expect([201, 503], JSON.stringify(cut)).toContain(first.status)
      proxy.cut()
      const again = await ask(studentId).expect(201)
      const isReplayed = again.get('Idempotency-Replayed') === 'true'
      if (first.status === 201) expect(again.text).toBe(first.text)
      else if (isReplayed) unknown += 1
      expect(first.status === 201 && !isReplayed).toBe(false)
    }
    // Its commit was made, and the answer to it lost.
    expect(unknown).toBeGreaterThan(0)
    const dossiers = await world.db.selectFrom('dossiers').select('student_id').execute()
    expect(dossiers).toHaveLength(2 + 2 * messages)
    expect(new Set(dossiers.map(({ student_id }) => student_id)).size).toBe(dossiers.length)
    await oracle(world)
  })
})
