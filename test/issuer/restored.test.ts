import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { currentStatusList } from '../../src/issuer/status.js'
import { takeOverLists } from '../../src/issuer/take-over-lists.js'
import { validateAudit } from '../../src/store/audit.js'
import { copySqlite } from '../support/copy-sqlite.js'
import { openDatabase } from '../../src/store/open.js'
import { openPublished } from '../../src/store/published.js'
import { runNextJob } from '../../src/worker.js'
import { openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'

let folder: string
let world: World
let story: Story
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-restored-'))
  const published = openPublished(join(folder, 'published'))
  const db = await openDatabase(`sqlite:${join(folder, 'live.sqlite')}`)
  world = await openWorld({ db, published })
  story = await tell(world)
})
afterEach(async () => {
  await world.db.destroy()
  rmSync(folder, { recursive: true })
})

const copyNow = () => copySqlite(join(folder, 'live.sqlite'), join(folder, 'copy.sqlite'))
const files = () => readdirSync(join(folder, 'published')).toSorted()
async function restored(): Promise<World> {
  world.clock.advance(60_000)
  return { ...world, db: await openDatabase(`sqlite:${join(folder, 'copy.sqlite')}`) }
}

/** Opens, approves, issues and revokes a badge; a copy is made after one of the four. @returns its list and place */
async function livedThrough(copied: 'opened' | 'approved' | 'issued' | 'revoked') {
  const dossierId = await openDossier(world, story.teacher, story)
  const dossier = stepsOf(world, story, dossierId)
  await dossier.upTo('endorse')
  if (copied === 'opened') await copyNow()
  await dossier.approve()
  if (copied === 'approved') await copyNow()
  while (await runNextJob(world));
  if (copied === 'issued') await copyNow()
  const badge = await world.db.selectFrom('badges').selectAll().executeTakeFirstOrThrow()
  await revokeBadge(world, story.head, { badgeId: badge.public_id, reason: 'Par erreur' })
  if (copied === 'revoked') await copyNow()
  const place = await world.db
    .selectFrom('status_entries')
    .innerJoin('status_lists', 'status_lists.id', 'status_entries.list_id')
    .select(['status_lists.public_id as list', 'position', 'list_id'])
    .where('status_entries.id', '=', badge.status_entry_id)
    .executeTakeFirstOrThrow()
  return { dossierId, badge, place }
}

async function bitOf(of: World, place: { list: string; position: number }): Promise<number> {
  const document = JSON.parse((await currentStatusList(of, place.list)) ?? '')
  const bits = decodeStatusList(document.credentialSubject.encodedList)
  return (Buffer.from(bits as Uint8Array)[place.position >> 3]! >> (7 - (place.position & 7))) & 1
}

test.each([
  ['opened', 'endorsed', 0],
  ['approved', 'open', 0],
  ['issued', 'issued', 1],
] as const)(
  'RL-21 a badge whose store is restored from when it was %s stays revoked, and its place is nobody else’s',
  async (copied, state, badges) => {
    const { dossierId, place } = await livedThrough(copied)
    const other = await restored()
    expect(await takeOverLists(other)).toBe(1)
    expect(await bitOf(other, place)).toBe(1)
    expect(await stepsOf(other, story, dossierId).state()).toBe(state)
    expect(await checkBadges(other)).toEqual({ badges, faults: [] })
    expect(await validateAudit(other.db)).toMatchObject({ sound: true })
    // Whoever had a place since the copy is not known: the next badge has one of a new list.
    if (copied === 'opened') {
      await stepsOf(other, story, dossierId).approve()
      while (await runNextJob(other));
      const next = await other.db
        .selectFrom('badges')
        .innerJoin('status_entries', 'status_entries.id', 'badges.status_entry_id')
        .select('list_id')
        .execute()
      const lists = await other.db.selectFrom('status_lists').selectAll().execute()
      const old = lists.find(({ public_id }) => public_id === place.list)
      expect(next).toHaveLength(1)
      expect(next[0]!.list_id).not.toBe(old!.id)
      expect(await checkBadges(other)).toEqual({ badges: 1, faults: [] })
    }
    await other.db.destroy()
  },
)

test('RL-21 a store that was restored says so in its audit once, and takes nothing over twice', async () => {
  await livedThrough('issued')
  const other = await restored()
  const notes = () =>
    other.db.selectFrom('audit').select('details').where('action', '=', 'store.restored').execute()
  expect(await takeOverLists(other)).toBe(1)
  expect(await takeOverLists(other)).toBe(0)
  expect(await notes()).toEqual([{ details: JSON.stringify({ revocations: '1' }) }])
  await other.db.destroy()
})

test('RL-21 a copy that nothing is missing in closes its lists all the same, and the live store does not', async () => {
  await livedThrough('revoked')
  const taken = (of: World) =>
    of.db.selectFrom('status_lists').select(['taken', 'entries']).execute()
  expect(await takeOverLists(world)).toBe(0)
  for (const list of await taken(world)) expect(list.taken).toBeLessThan(list.entries)
  const other = await restored()
  expect(await takeOverLists(other)).toBe(0)
  for (const list of await taken(other)) expect(list.taken).toBe(list.entries)
  await other.db.destroy()
})

test('RL-21 what our keys did not sign as it is takes nothing back and revokes nothing', async () => {
  const { place } = await livedThrough('issued')
  const file = join(folder, 'published', `${place.list}.json`)
  const altered = JSON.parse(readFileSync(file, 'utf8'))
  altered.validFrom = '2026-11-24T11:00:01Z'
  writeFileSync(file, JSON.stringify(altered))
  writeFileSync(join(folder, 'published', 'note.json'), 'not a list')
  const other = await restored()
  expect(await takeOverLists(other)).toBe(0)
  expect(await bitOf(other, place)).toBe(0)
  await other.db.destroy()
})

test('RL-21 a folder that takes no list stops no revocation; the next start writes all that was published', async () => {
  const full = { ...openPublished(join(folder, 'full')), keep: () => void fail() }
  const fail = () => {
    throw new Error('ENOSPC')
  }
  const kept = world
  world = { ...world, published: full }
  const { place } = await livedThrough('revoked')
  expect(await bitOf(world, place)).toBe(1)
  expect(await takeOverLists(kept)).toBe(0)
  expect(files()).toContain(`${place.list}.json`)
})
