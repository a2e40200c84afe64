import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { publishOnSchedule, startPublishing } from '../../src/issuer/publish-lists.js'
import { openListOf, publishStatusList, reservePlace } from '../../src/issuer/status.js'
import { getList, listOutdated, revokeEntry } from '../../src/issuer/store/status-lists.js'
import { issueCredential } from '../../src/issuer/vc-api/issue-credential.js'
import { setStatus } from '../../src/issuer/vc-api/set-status.js'
import { openPublished } from '../../src/store/published.js'
import { runNextJob } from '../../src/worker.js'
import { aLycee } from '../people/people.js'
import { STORES } from '../support/dialects.js'
import { generalApart } from '../support/general-apart.js'
import { HOUR, MINUTE, openWorld, type World } from '../support/world.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-publish-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const kept = () => readdirSync(folder)
const listIn = (world: World, id: number) => getList(world.db, id)

async function aRevocation(world: World, listId: number): Promise<number> {
  const list = await listIn(world, listId)
  const { entryId, position } = await reservePlace(world, world.db, list, world.newId())
  await revokeEntry(world.db, entryId, world.now())
  return position
}

function isSet(document: string | null, position: number): boolean {
  const { credentialSubject } = JSON.parse(document ?? '')
  const bits = Buffer.from(decodeStatusList(credentialSubject.encodedList) as Uint8Array)
  return ((bits[position >> 3]! >> (7 - (position & 7))) & 1) === 1
}

describe.each(STORES)('lists are published by the clock on $name', ({ open }) => {
  let world: World
  let listId: number
  beforeEach(async () => {
    world = await openWorld({ db: await open(), published: openPublished(folder) })
    listId = (await openListOf(world, (await aLycee(world)).id)).id
  }, 60_000)
  afterEach(() => world.db.destroy())

  test('a revocation after which the process ended is in the list and beside the store, though nobody reads it', async () => {
    const position = await aRevocation(world, listId)
    expect(kept()).toEqual([])
    await startPublishing(world)
    expect(await runNextJob(world)).toBe(true)
    const { document, public_id, revision, published_revision } = await listIn(world, listId)
    expect(published_revision).toBe(revision)
    expect(isSet(document, position)).toBe(true)
    expect(kept().some((name) => name.includes(public_id))).toBe(true)
    expect(readFileSync(join(folder, kept()[0]!), 'utf8')).toContain('encodedList')
  })

  test('every five minutes, once for all processes; what is whole and fresh is not signed again', async () => {
    await publishStatusList(world, await listIn(world, listId))
    const { document } = await listIn(world, listId)
    await startPublishing(world)
    while (await runNextJob(world));
    await Promise.all([publishOnSchedule(world), publishOnSchedule(world)])
    expect((await listIn(world, listId)).document).toBe(document)
    const waiting = () =>
      world.db.selectFrom('jobs').selectAll().where('finished_at', 'is', null).execute()
    expect(await waiting()).toHaveLength(1)
    world.clock.advance(5 * MINUTE)
    while (await runNextJob(world));
    expect(await waiting()).toHaveLength(1)
    expect((await listIn(world, listId)).document).toBe(document)
    world.clock.advance(6 * HOUR)
    while (await runNextJob(world));
    expect((await listIn(world, listId)).document).not.toBe(document)
  })

  test('one that can’t be signed now stops no other, and is tried again', async () => {
    const other = await openListOf(world, (await aLycee(world, 'Lycée Rousseau', '9990002Y')).id)
    const places = [await aRevocation(world, listId), await aRevocation(world, other.id)]
    let asked = 0
    const sign: typeof world.keys.sign = async (...of) => {
      asked += 1
      if (asked === 1) throw new Error('the key is away')
      return world.keys.sign(...of)
    }
    await publishOnSchedule({ ...world, keys: { ...world.keys, sign } })
    const behind = () => listOutdated(world.db, 'status_lists', new Date(0))
    expect(await behind()).toHaveLength(1)
    await publishOnSchedule(world)
    expect(await behind()).toEqual([])
    for (const [at, id] of [listId, other.id].entries())
      expect(isSet((await listIn(world, id)).document, places[at]!)).toBe(true)
  })
})

test('so is a list of the VC-API whose revocation could not be signed when it was made', async () => {
  const world = await openWorld({ published: openPublished(folder), generalApart })
  const { id: organisationId } = await aLycee(world)
  const of = { personId: null, publicId: 'token-1', assignments: [], via: 'token' } as const
  const actor = { ...of, scopes: ['vc-api:issue'], organisationId }
  const made = await issueCredential(world, actor, {
    credential: {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      credentialSubject: { id: 'did:example:subject' },
    },
    options: {
      cryptosuite: 'eddsa-jcs-2022',
      credentialStatus: { type: 'BitstringStatusListEntry' },
    },
  })
  const away = async () => {
    throw new Error('the key is away')
  }
  const without = { ...world, keys: { ...world.keys, sign: away } }
  await setStatus(without, actor, { credentialId: made.id as string, status: true })
  const list = () => world.db.selectFrom('vc_status_lists').selectAll().executeTakeFirstOrThrow()
  expect((await list()).published_revision).not.toBe((await list()).revision)
  await publishOnSchedule(world)
  const { document, revision, published_revision } = await list()
  expect(published_revision).toBe(revision)
  const { statusListIndex } = made.credentialStatus as Record<string, string>
  expect(isSet(document, Number(statusListIndex))).toBe(true)
  expect(kept()).toHaveLength(1)
})
