import {
  createConnection,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { validateAudit } from '../../src/store/audit.js'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { findVersion } from '../../src/templates/store.js'
import { tell } from '../issuer/story.js'
import { STORES } from '../support/dialects.js'
import { ALL } from '../support/postgres.js'
import { openWorld, type World } from '../support/world.js'

const TIMES = Number(process.env.SCEAU_LOST ?? 200)
const RECOVERS_MS = 5_000

/** Stands between the service and its server, and can take a commit to the one without its answer to the other. */
async function standBetween(url: URL) {
  let drops = 0
  const open = new Set<Socket>()
  const server: Server = createServer((client) => {
    const upstream = createConnection(Number(url.port), url.hostname)
    open.add(client)
    const end = () => {
      open.delete(client)
      client.destroy()
      upstream.destroy()
    }
    client.on('data', (bytes: Buffer) => {
      upstream.write(bytes)
      if (drops === 0 || !/commit\0/.test(bytes.toString('latin1'))) return
      drops -= 1
      // The server has it when it answers; nobody hears that.
      upstream.removeAllListeners('data')
      upstream.once('data', end)
    })
    upstream.on('data', (bytes: Buffer) => client.write(bytes))
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    dropNextCommit: () => void (drops += 1),
    cutAll: () => open.forEach((socket) => socket.destroy()),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

const server = process.env.TEST_POSTGRES_URL

describe.runIf(server)('RL-23 a PostgreSQL whose connections are lost', () => {
  let between: Awaited<ReturnType<typeof standBetween>>
  let direct: Db
  let world: World
  let open: (key: string) => request.Test
  beforeAll(async () => {
    direct = await STORES[0]!.open()
    between = await standBetween(new URL(server ?? ''))
    world = await openWorld({ db: await openDatabase(between.url, 'write', ALL) })
    const story = await tell(world)
    const input = { name: 'Essai', scopes: ['dossiers:write'], days: 3, organisationId: null }
    const ownerId = story.teacher.personId
    const { token } = await issueToken(world, OPERATOR, { ...input, ownerId })
    const { templatePublicId } = (await findVersion(world.db, story.versionId))!
    const body = { studentId: story.studentId, templateId: templatePublicId, version: 1 }
    const app = createApp(world)
    open = (key) =>
      request(app)
        .post('/api/dossiers')
        .set('Authorization', `Bearer ${token}`)
        .set('Idempotency-Key', key)
        .send(body)
  }, 120_000)
  afterAll(async () => {
    await world.db.destroy()
    await direct.destroy()
    await between.close()
  })
  const dossiers = async () =>
    Number(
      (
        await direct
          .selectFrom('dossiers')
          .select((of) => of.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  const idle = async () =>
    (
      await sql<{
        n: number
      }>`select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%'`.execute(
        direct,
      )
    ).rows[0]!.n

  test(`between a commit and its answer, ${TIMES} times: 503, and the same key finds the one that was made`, async () => {
    for (let n = 0; n < TIMES; n++) {
      const key = `lost-connection-${String(n).padStart(8, '0')}`
      between.dropNextCommit()
      const answer = await open(key)
      expect([answer.status, answer.body.type]).toEqual([503, '/problems/store-failed'])
      const again = await open(key)
      // The first dossier is open: the others are refused as a second one, once each.
      expect(again.status).toBe(n === 0 ? 201 : 409)
      expect(await dossiers()).toBe(1)
    }
    expect(await idle()).toBe(0)
    expect(await validateAudit(direct)).toMatchObject({ sound: true })
  }, 120_000)

  test('all at once, while nothing happens and while something does: the pool is back within seconds', async () => {
    for (let n = 0; n < 5; n++) {
      await Promise.all(Array.from({ length: 5 }, () => sql`select 1`.execute(world.db)))
      const busy = sql`select pg_sleep(5)`.execute(world.db).catch((error: unknown) => error)
      await new Promise((resolve) => setTimeout(resolve, 50))
      between.cutAll()
      const began = performance.now()
      expect(await busy).toBeInstanceOf(Error)
      await expect
        .poll(() =>
          sql`select 1 as one`.execute(world.db).then(
            ({ rows }) => rows,
            () => [],
          ),
        )
        .toEqual([{ one: 1 }])
      expect(performance.now() - began).toBeLessThan(RECOVERS_MS)
    }
    const client = new pg.Client(server)
    await client.connect()
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    )
    await client.end()
    await expect
      .poll(() =>
        sql`select 1 as one`.execute(world.db).then(
          ({ rows }) => rows,
          () => [],
        ),
      )
      .toEqual([{ one: 1 }])
  })
})
