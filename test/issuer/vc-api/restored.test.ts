import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { decodeStatusList } from '../../../src/credential/status-list.js'
import { takeOverLists } from '../../../src/issuer/take-over-lists.js'
import { checkCredentials } from '../../../src/issuer/vc-api/check-credentials.js'
import { issueCredential } from '../../../src/issuer/vc-api/issue-credential.js'
import { setStatus } from '../../../src/issuer/vc-api/set-status.js'
import { signedListAt } from '../../../src/issuer/vc-api/status-list.js'
import { validateAudit } from '../../../src/store/audit.js'
import { copySqlite } from '../../support/copy-sqlite.js'
import { openDatabase } from '../../../src/store/open.js'
import { openPublished } from '../../../src/store/published.js'
import { aLycee } from '../../people/people.js'
import { generalApart } from '../../support/general-apart.js'
import { openWorld, type World } from '../../support/world.js'

const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/ns/credentials/examples/v2',
]
let folder: string
let world: World
let actor: Actor
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-vc-restored-'))
  const published = openPublished(join(folder, 'published'))
  const db = await openDatabase(`sqlite:${join(folder, 'live.sqlite')}`)
  world = await openWorld({ db, published, generalApart })
  const { id: organisationId } = await aLycee(world)
  const of = { personId: null, publicId: 'token-1', assignments: [], via: 'token' } as const
  actor = { ...of, scopes: ['vc-api:issue'], organisationId }
})
afterEach(async () => {
  await world.db.destroy()
  rmSync(folder, { recursive: true })
})

type Placed = Readonly<{ id: string; list: string; position: number }>

async function issued(of = world, cryptosuite = 'eddsa-jcs-2022'): Promise<Placed> {
  const credential = {
    '@context': CONTEXTS,
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'did:example:subject' },
  }
  const status = { type: 'BitstringStatusListEntry' }
  const options = { cryptosuite, credentialStatus: status }
  const made = await issueCredential(of, actor, { credential, options })
  const entry = made.credentialStatus as Record<string, string>
  const list = entry.statusListCredential!.split('/').at(-1)!
  return { id: made.id as string, list, position: Number(entry.statusListIndex) }
}
const revoke = ({ id }: Placed, of = world) =>
  setStatus(of, actor, { credentialId: id, status: true })
async function bitOf({ list, position }: Placed, of = world): Promise<number> {
  const document = JSON.parse((await signedListAt(of, list)) ?? '')
  const bits = decodeStatusList(document.credentialSubject.encodedList) as Uint8Array
  return (bits[position >> 3]! >> (7 - (position & 7))) & 1
}
const copyNow = () => copySqlite(join(folder, 'live.sqlite'), join(folder, 'copy.sqlite'))
async function restored(): Promise<World> {
  world.clock.advance(60_000)
  return { ...world, db: await openDatabase(`sqlite:${join(folder, 'copy.sqlite')}`) }
}

describe('RL-21 lists of the VC-API after a restore', () => {
  test.each(['eddsa-jcs-2022', 'ecdsa-jcs-2019'])(
    'what was revoked since the copy stays so, issued before it or since (%s)',
    async (suite) => {
      const before = await issued(world, suite)
      expect(await bitOf(before)).toBe(0)
      await copyNow()
      const since = await issued(world, suite)
      for (const one of [before, since]) await revoke(one)
      const other = await restored()
      expect(await takeOverLists(other)).toBe(2)
      for (const one of [before, since]) expect(await bitOf(one, other)).toBe(1)
      expect(await takeOverLists(other)).toBe(0)
      expect(await checkCredentials(other)).toEqual({ credentials: 1, faults: [] })
      expect(await validateAudit(other.db)).toMatchObject({ sound: true })
      // Whoever had a place since the copy is not known: the next has one of a new list.
      const next = await issued(other, suite)
      expect(next.list).not.toBe(before.list)
      expect((await issued(other, suite)).list).toBe(next.list)
      await other.db.destroy()
    },
  )

  test('a list that was opened since the copy is there again, and no place of it is taken', async () => {
    const first = await issued()
    await copyNow()
    await world.db
      .updateTable('vc_status_lists')
      .set({ closed_at: world.now().toISOString() })
      .execute()
    const since = await issued()
    expect(since.list).not.toBe(first.list)
    await revoke(since)
    expect(await bitOf(since)).toBe(1)
    const other = await restored()
    expect(await takeOverLists(other)).toBe(1)
    expect(await bitOf(since, other)).toBe(1)
    expect([first.list, since.list]).not.toContain((await issued(other)).list)
    await other.db.destroy()
  })

  test('a copy that lacks nothing closes its lists all the same; the live store does not', async () => {
    const one = await issued()
    await revoke(one)
    await bitOf(one)
    await copyNow()
    expect(await takeOverLists(world)).toBe(0)
    expect((await issued()).list).toBe(one.list)
    const other = await restored()
    expect(await takeOverLists(other)).toBe(0)
    expect((await issued(other)).list).not.toBe(one.list)
    await other.db.destroy()
  })

  test('the list of an issuer that is not ours is passed over', async () => {
    const one = await issued()
    await copyNow()
    await revoke(one)
    await bitOf(one)
    expect(readdirSync(join(folder, 'published'))).toContain(`${one.list}.json`)
    const other = await restored()
    await other.db
      .updateTable('vc_issuers')
      .set((of) => ({ public_key_multibase: of.fn('upper', ['public_key_multibase']) }))
      .execute()
    expect(await takeOverLists(other)).toBe(0)
    await other.db.destroy()
  })
})

describe('IS-14 credentials of the VC-API are held against audit, log and lists', () => {
  test('sound ones have no fault, with a place or without, revoked or not', async () => {
    const [one] = [await issued(), await issued(world, 'ecdsa-rdfc-2019')]
    await revoke(one)
    await bitOf(one)
    expect(await checkCredentials(world)).toEqual({ credentials: 2, faults: [] })
  })

  const OTHER = '0'.repeat(64)
  test.each([
    [{ digest: OTHER }, 'its digest is not the one that was issued'],
    [{ log_nonce: 'AAAA' }, 'it is not the entry 0 of the log'],
    [{ log_position: 7 }, 'it is not the entry 7 of the log'],
    [{ public_id: 'another' }, 'the audit has no line of its issue'],
    [
      { revoked_at: '2026-11-24T11:00:00.000Z' },
      'the book and the audit tell different things of its revocation',
    ],
    [{ position: 131_072 }, 'its place is not in its list'],
    [{ list_id: null }, 'its place is in a list of another issuer'],
  ])('%j is found', async (changes, fault) => {
    await issued()
    const { public_id } = await world.db
      .selectFrom('vc_credentials')
      .select('public_id')
      .executeTakeFirstOrThrow()
    await world.db.updateTable('vc_credentials').set(changes).execute()
    const { faults } = await checkCredentials(world)
    const of = 'public_id' in changes ? changes.public_id : public_id
    expect(faults).toEqual([{ of, fault }])
  })

  test('a published list and the book that tell different things are found, either way', async () => {
    const one = await issued()
    await revoke(one)
    world.clock.advance(1_000)
    await bitOf(one)
    const at = { revoked_at: null }
    await world.db.updateTable('vc_credentials').set(at).execute()
    const book = `the book lacks the revocations at ${one.position}`
    expect((await checkCredentials(world)).faults).toContainEqual({ of: one.list, fault: book })
    const other = { position: one.position === 9 ? 8 : 9, revoked_at: '2026-11-24T10:00:00.000Z' }
    await world.db.updateTable('vc_credentials').set(other).execute()
    const list = `the list lacks the revocations at ${other.position}`
    expect((await checkCredentials(world)).faults).toContainEqual({ of: one.list, fault: list })
  })
})
