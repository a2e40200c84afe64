import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openDatabase } from '../../src/store/open.js'
import { findVersion } from '../../src/templates/store.js'
import { forgetOnSchedule } from '../../src/web/idempotency.js'
import { tell, type Story } from '../issuer/story.js'
import { HOUR, openWorld, type World } from '../support/world.js'

let world: World
let story: Story
let teacher: string
let body: object
let api: ReturnType<typeof request>
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-keys-'))
  world = await openWorld({ db: await openDatabase(`sqlite:${join(folder, 'one.sqlite')}`) })
  story = await tell(world)
  teacher = await token(story.teacher.personId)
  const { templatePublicId } = (await findVersion(world.db, story.versionId))!
  body = { studentId: story.studentId, templateId: templatePublicId, version: 1 }
  api = request(createApp(world))
  return async () => {
    await world.db.destroy()
    rmSync(folder, { recursive: true })
  }
})

async function token(ownerId: number | null): Promise<string> {
  const scopes = ['dossiers:read', 'dossiers:write', 'organisations:write']
  const input = { name: 'Essai', scopes, days: 3, ownerId, organisationId: null }
  return `Bearer ${(await issueToken(world, OPERATOR, input)).token}`
}

const KEY = '6f1d4a52-9d8f-4d55-8d8e-0e4b7e5a1a11'
const open = (by = teacher, sent = body, key = KEY, to = api) =>
  to.post('/api/dossiers').set('Authorization', by).set('Idempotency-Key', key).send(sent)
const count = async (table: 'dossiers' | 'kept_answers' | 'audit') =>
  (await world.db.selectFrom(table).select('id').execute()).length

describe('a request with an Idempotency-Key', () => {
  test('IS-04 is done once: again, it gets the first answer; with another body, a 409', async () => {
    const first = await open().expect(201)
    expect(first.get('Idempotency-Replayed')).toBeUndefined()
    const lines = await count('audit')
    const again = await open().expect(201)
    expect(again.text).toBe(first.text)
    expect(again.get('Content-Type')).toBe(first.get('Content-Type'))
    expect(again.get('Idempotency-Replayed')).toBe('true')
    const other = await open(teacher, { ...body, version: 2 }).expect(409)
    expect(other.body.detail).toContain('Idempotency-Key')
    expect((await open().expect(201)).text).toBe(first.text)
    expect([await count('dossiers'), await count('audit')]).toEqual([1, lines])
    // Without a key, a second one is refused as ever.
    await api.post('/api/dossiers').set('Authorization', teacher).send(body).expect(409)
  })

  test('is refused once: the refusal is kept, and what it had begun is undone', async () => {
    await open().expect(201)
    const { text } = await open(teacher, body, 'another').expect(409)
    const lines = await count('audit')
    expect((await open(teacher, body, 'another').expect(409)).text).toBe(text)
    expect([await count('dossiers'), await count('audit')]).toEqual([1, lines])
  })

  test('is of its token: another one has keys of its own', async () => {
    await open().expect(201)
    await open(await token(story.head.personId)).expect(409)
    expect(await count('kept_answers')).toBe(2)
  })

  test.each(['x y', 'é', 'x'.repeat(256)])('is told when its key is no key: %j', async (key) => {
    await open(teacher, body, key).expect(400)
    expect(await count('kept_answers')).toBe(0)
  })

  test('IS-05 RL-13 fifty times at once, through two nodes, is one dossier and one answer', async () => {
    const second = request(createApp({ ...world }))
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => open(teacher, body, KEY, n % 2 ? api : second)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await count('dossiers')).toBe(1)
  })

  test('RL-13 is still known after 25 hours, and forgotten after two days', async () => {
    const { text } = await open().expect(201)
    world.clock.advance(25 * HOUR)
    await forgetOnSchedule(world)
    expect((await open().expect(201)).text).toBe(text)
    world.clock.advance(24 * HOUR)
    await forgetOnSchedule(world)
    expect(await count('kept_answers')).toBe(0)
  })

  test('keeps its answer sealed: it may hold what is told once', async () => {
    const { id } = (await open().expect(201)).body
    const [row] = await world.db.selectFrom('kept_answers').selectAll().execute()
    expect(JSON.stringify(row)).not.toContain(id)
    expect(world.vault.open(row!.body_sealed!)).toContain(id)
  })
})

describe('a store that takes nothing', () => {
  test('RL-03 without room answers 507 and when to ask again; the same key then does it once', async () => {
    const { page_count: pages } = (
      await sql<{ page_count: number }>`pragma page_count`.execute(world.db)
    ).rows[0]!
    await sql.raw(`pragma max_page_count = ${pages}`).execute(world.db)
    // What free pages there are is used up first.
    const filler = 'x'.repeat(3_000)
    for (let n = 0; ; n++) {
      const refused = await world.db
        .insertInto('jobs')
        .values({
          public_id: `f${n}`,
          kind: 'filler',
          key: String(n),
          payload: filler,
          run_at: '9999-01-01',
          attempts: 0,
        })
        .execute()
        .then(
          () => undefined,
          (error: { code: string }) => error.code,
        )
      if (refused) {
        expect(refused).toBe('SQLITE_FULL')
        break
      }
    }
    // What is refused is kept too, until there is no room for that either.
    const nobody = { ...body, studentId: 'nobody' }
    let answer = await open(teacher, nobody, `${KEY}-0000`)
    for (let n = 1; answer.status === 404; n++) {
      expect(n).toBeLessThan(500)
      answer = await open(teacher, nobody, `${KEY}-${String(n).padStart(4, '0')}`)
    }
    expect(answer.status).toBe(507)
    expect(answer.body.type).toBe('/problems/store-full')
    expect(answer.get('Retry-After')).toMatch(/^\d+$/)
    expect((await api.get('/api/dossiers').set('Authorization', teacher)).status).toBe(200)
    await sql.raw('pragma max_page_count = 1073741823').execute(world.db)
    await open().expect(201)
    expect(await count('dossiers')).toBe(1)
  })

  test.each([
    ['RL-04 can only be read', 'SQLITE_READONLY_DBMOVED'],
    ['RL-05 does not confirm', 'SQLITE_IOERR_FSYNC'],
    ['loses its connection', '57P01'],
  ])('%s: 503, unknown, ask again with the same key', async (_, code) => {
    const failing = Object.assign(new Error('a secret of the store'), { code })
    const db = world.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.insertId !== undefined) throw failing
        return result
      },
    })
    const answer = await open(teacher, body, KEY, request(createApp({ ...world, db }))).expect(503)
    expect(answer.body.type).toBe('/problems/store-failed')
    expect(answer.text).not.toContain('secret')
    expect(answer.get('Retry-After')).toMatch(/^\d+$/)
    await open().expect(201)
    expect(await count('dossiers')).toBe(1)
  })

  test('RL-06 that another process holds answers 503 after its patience, and then takes it', async () => {
    await sql.raw('pragma busy_timeout = 50').execute(world.db)
    const other = await openDatabase(`sqlite:${join(folder, 'one.sqlite')}`)
    await sql`begin immediate`.execute(other)
    const answer = await open().expect(503)
    expect(answer.body.type).toBe('/problems/store-busy')
    expect(answer.get('Retry-After')).toMatch(/^\d+$/)
    await sql`rollback`.execute(other)
    await other.destroy()
    await open().expect(201)
  })
})
