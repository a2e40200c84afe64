import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Context } from '../../src/context.js'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { takeOverLists } from '../../src/issuer/take-over-lists.js'
import { issueCredential } from '../../src/issuer/vc-api/issue-credential.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openPublished } from '../../src/store/published.js'
import type { Db } from '../../src/store/schema.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { toldOf } from '../support/audit-lines.js'
import { generalApart } from '../support/general-apart.js'
import { SECOND, openWorld, type World } from '../support/world.js'

const SETTINGS = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example', VC_API: 'on' }
const KEY = '6f1d4a52-9d8f-4d55-8d8e-0e4b7e5a1a11'

let folder: string
let world: World
let story: Issued
let organisationId: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-keyed-'))
  const published = openPublished(folder)
  world = await openWorld({ config: loadConfig(SETTINGS), published, generalApart })
  story = await issue(world)
  const dossier = await world.db
    .selectFrom('dossiers')
    .select('school_id')
    .executeTakeFirstOrThrow()
  organisationId = dossier.school_id
  // What the issue of the badge has published of its lists.
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
})
afterEach(async () => {
  await world.db.destroy()
  rmSync(folder, { recursive: true })
})

type Asked = Readonly<{ path: string; body: object; token: string; action: string }>

async function tokenOf(scope: string, of: Partial<Parameters<typeof issueToken>[2]>) {
  const input = { name: 'Essai', scopes: [scope], days: 1, ownerId: null, organisationId: null }
  return `Bearer ${(await issueToken(world, OPERATOR, { ...input, ...of })).token}`
}

async function aBadge(): Promise<Asked> {
  return {
    path: `/api/badges/${story.badgeId}/revocation`,
    body: { reason: 'Par erreur' },
    token: await tokenOf('badges:write', { ownerId: story.head.personId }),
    action: 'badge.revoked',
  }
}

async function aCredential(): Promise<Asked> {
  const of = { personId: null, publicId: 'token', assignments: [], via: 'token' } as const
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'did:example:subject' },
  }
  const credentialStatus = { type: 'BitstringStatusListEntry' }
  const options = { cryptosuite: 'eddsa-jcs-2022', credentialStatus }
  const actor = { ...of, scopes: ['vc-api:issue'], organisationId }
  const { id } = await issueCredential(world, actor, { credential, options })
  return {
    path: '/vc-api/credentials/status',
    body: { credentialId: id, status: true },
    token: await tokenOf('vc-api:issue', { organisationId }),
    action: 'vc.revoked',
  }
}

const send = (changes: Partial<Context>, { path, body, token }: Asked, key?: string) => {
  const sent = request(createApp({ ...world, ...changes })).post(path)
  if (key !== undefined) sent.set('Idempotency-Key', key)
  return sent.set('Authorization', token).send(body)
}

/** A store, each of whose outermost transactions is told of, and may fail where it would be committed. */
function watched(begun: () => void, ended: () => void, commit: (trx: Db) => Promise<void>): Db {
  return new Proxy(world.db, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target)
      if (name !== 'transaction')
        return typeof found === 'function' ? (found.bind(target) as unknown) : found
      return () => ({
        execute: async (act: (trx: Db) => Promise<unknown>) => {
          begun()
          const whole = target.transaction().execute(async (trx) => {
            const made = await act(trx)
            await commit(trx)
            return made
          })
          return whole.finally(ended)
        },
      })
    },
  })
}

/** Fails where the answer of a key would be committed. */
const notCommitted = () =>
  watched(
    () => {},
    () => {},
    async (trx) => {
      const answers = await trx.selectFrom('kept_answers').select('id').execute()
      if (answers.length > 0) throw Object.assign(new Error('gone'), { code: 'SQLITE_IOERR_FSYNC' })
    },
  )

/** How many bits are set in all that was published. */
function bitsPublished(): number {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const lists = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const bytes = lists.flatMap(({ credentialSubject: { encodedList } }) => [
    ...(decodeStatusList(encodedList) as Uint8Array),
  ])
  return bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

const lines = async (action: string) => (await toldOf(world.db, action)).length
const listsOf = () => world.db.selectFrom('status_lists').select(['taken', 'entries']).execute()

describe.each([
  ['of a badge', aBadge],
  ['of a credential of the VC-API', aCredential],
])('a revocation %s', (_, prepared) => {
  test('RL-21 with a key that is not committed leaves nothing outside the store; asked again, it is made once', async () => {
    const asked = await prepared()
    await send({ db: notCommitted() }, asked, KEY).expect(503)
    expect(readdirSync(folder)).toEqual([])
    expect(await takeOverLists(world)).toBe(0)
    expect([await lines(asked.action), await lines('store.restored')]).toEqual([0, 0])

    const first = await send({}, asked, KEY)
    expect([200, 204]).toContain(first.status)
    expect(bitsPublished()).toBe(1)
    const again = await send({}, asked, KEY).expect(first.status)
    expect([again.text, again.get('Idempotency-Replayed')]).toEqual([first.text, 'true'])
    world.clock.advance(SECOND)
    expect(await takeOverLists(world)).toBe(0)
    expect([await lines(asked.action), await lines('store.restored')]).toEqual([1, 0])
    for (const { taken, entries } of await listsOf()) expect(taken).toBeLessThan(entries)
  })

  test.each([['with a key', KEY] as const, ['without one', undefined] as const])(
    '%s signs and publishes its list once it is committed',
    async (_, key) => {
      const asked = await prepared()
      let open = 0
      const seen: string[] = []
      const db = watched(
        () => (open += 1),
        () => (open -= 1),
        async () => {},
      )
      const sign: typeof world.keys.sign = async (...of) => {
        seen.push(`signed in ${open}`)
        return world.keys.sign(...of)
      }
      const keep = (name: string, text: string) => {
        seen.push(`kept in ${open}`)
        world.published?.keep(name, text)
      }
      const published = { ...openPublished(folder), keep }
      const { status } = await send({ db, keys: { ...world.keys, sign }, published }, asked, key)
      expect([200, 204]).toContain(status)
      expect(seen).toEqual(['signed in 0', 'kept in 0'])
      expect(bitsPublished()).toBe(1)
    },
  )

  test.each([['with a key', KEY] as const, ['without one', undefined] as const])(
    '%s is answered as made where its list can’t be published; who reads that signs it',
    async (_, key) => {
      const asked = await prepared()
      const sign = async () => {
        throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
      }
      const { status } = await send({ keys: { ...world.keys, sign } }, asked, key)
      expect([200, 204]).toContain(status)
      expect(await lines(asked.action)).toBe(1)
      expect(bitsPublished()).toBe(0)
      const lists = [
        ...(await world.db.selectFrom('status_lists').select('public_id').execute()),
        ...(await world.db.selectFrom('vc_status_lists').select('public_id').execute()),
      ]
      for (const { public_id } of lists)
        await request(createApp(world)).get(`/status/${public_id}`).expect(200)
      expect(bitsPublished()).toBe(1)
    },
  )
})
