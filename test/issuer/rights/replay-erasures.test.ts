import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { seeHealth } from '../../../src/administration/see-health.js'
import type { Actor } from '../../../src/context.js'
import { endKeysOfErased, keepErased, keepGone } from '../../../src/issuer/rights/erase-student.js'
import { forgetStudents, studentsWhoLeft } from '../../../src/issuer/rights/forget-students.js'
import { replayErasures } from '../../../src/issuer/rights/replay-erasures.js'
import { retentionOnSchedule } from '../../../src/issuer/rights/retention.js'
import { openStudentKeys } from '../../../src/key-files/student-keys.js'
import { validateAudit } from '../../../src/store/audit.js'
import { issue } from '../share-story.js'
import { openWorld, type World } from '../../support/world.js'

let world: World
let written: string[]
let notes: Map<string, string>
beforeEach(async () => {
  notes = new Map<string, string>()
  const erased = {
    keep: (name: string, text: string) => void notes.set(name, text),
    all: () => [...notes.values()],
  }
  written = []
  const log = pino({}, { write: (line: string) => void written.push(line) })
  world = await openWorld({ erased, log })
  await issue(world)
  for (const public_id of ['two', 'three']) await another(public_id)
})

/** Somebody else, like the first. */
async function another(public_id: string): Promise<void> {
  const { id, ...first } = await world.db
    .selectFrom('students')
    .selectAll()
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const own = { public_id, ine_fingerprint: public_id, person_id: null }
  const other = world.db.insertInto('students').values({ ...first, ...own })
  const student_id = (await other.returning('id').executeTakeFirstOrThrow()).id
  const { id: _, ...schooling } = await world.db
    .selectFrom('schoolings')
    .selectAll()
    .where('student_id', '=', id)
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('schoolings')
    .values({ ...schooling, student_id })
    .execute()
}
const students = () => world.db.selectFrom('students').selectAll().orderBy('id').execute()
const names = async () => (await students()).map(({ family_name }) => family_name)
const lines = async (action: string) =>
  (
    await world.db
      .selectFrom('audit')
      .select(['subject', 'details'])
      .where('action', '=', action)
      .execute()
  ).map(({ subject, details }) => ({ subject, details: JSON.parse(details ?? '') as unknown }))
const operator: Actor = {
  ...{ publicId: 'operator', personId: null, via: 'session', scopes: [] },
  assignments: [{ role: 'platform-admin', organisationId: null }],
}
const health = async () =>
  (await seeHealth(world, operator)).parts.find(({ name }) => name === 'erasures')

test('one that fails stops neither the others nor the start: health and audit tell it, and it is done the next time', async () => {
  const ids = (await students()).map(({ public_id }) => public_id)
  for (const id of ids) keepErased(world, id, { badges: 'keep', request: `request of ${id}` })
  await sql`create trigger stuck before update of erased_at on students when old.id = 1
    begin select raise(abort, 'kept: Kerguélen'); end`.execute(world.db)
  expect(await replayErasures(world)).toEqual({ erased: 2, failed: 1, staying: 0, notRead: 0 })
  expect(await names()).toEqual(['Kerguélen', 'effacé', 'effacé'])
  expect(await health()).toMatchObject({ state: 'not-well', found: { failed: 1 } })
  const code = 'SQLITE_CONSTRAINT_TRIGGER'
  expect(await lines('erasure.failed')).toEqual([
    { subject: `request of ${ids[0]}`, details: { code } },
  ])
  expect(await lines('erasures.replayed')).toEqual([
    { subject: 'store', details: { erased: 2, failed: 1, staying: 0, notRead: 0 } },
  ])
  // Nothing says of the one who is still there that they were erased.
  expect((await lines('student.erased')).map(({ subject }) => subject)).toEqual([
    'request of two',
    'request of three',
  ])
  expect(written.filter((line) => line.includes('erasure-failed'))).toHaveLength(1)
  for (const line of written) expect(line).not.toContain('Kerguélen')
  expect(await replayErasures(world)).toMatchObject({ erased: 0, failed: 1 })
  await sql`drop trigger stuck`.execute(world.db)
  // The night tries it again, too.
  await retentionOnSchedule(world)
  expect(await names()).toEqual(['effacé', 'effacé', 'effacé'])
  expect(await health()).toMatchObject({ state: 'well', found: { failed: 0 } })
  expect(await replayErasures(world)).toEqual({ erased: 0, failed: 0, staying: 0, notRead: 0 })
  expect(await validateAudit(world.db)).toMatchObject({ sound: true })
})

test('a note of the night is asked again: who is at school by what the store says stays, who left goes', async () => {
  const [one, ...others] = await students()
  const left = world.db.updateTable('schoolings').set({ until_day: '2026-11-20' })
  await left.where('student_id', '!=', one!.id).execute()
  await world.db
    .updateTable('schoolings')
    .set({ until_day: null })
    .where('student_id', '=', 1)
    .execute()
  world.clock.at = new Date('2028-09-01T02:00:00Z')
  for (const { public_id } of [one!, ...others])
    keepErased(world, public_id, { badges: 'keep', request: `retention-${public_id}` })
  expect(await replayErasures(world)).toEqual({ erased: 2, failed: 0, staying: 1, notRead: 0 })
  expect(await names()).toEqual(['Kerguélen', 'effacé', 'effacé'])
  expect((await students())[0]).toMatchObject({ erasure_began_at: null, erasure_failed_at: null })
  expect(await health()).toMatchObject({ state: 'well' })
  // The note is taken back. Once they have left long enough ago, their age is enough.
  await world.db.updateTable('schoolings').set({ until_day: '2026-11-20' }).execute()
  expect(await replayErasures(world)).toEqual({ erased: 0, failed: 0, staying: 0, notRead: 0 })
  expect(await studentsWhoLeft(world, undefined, 'age')).toEqual([1])
})

test('what two persons decided, and who can’t be read any more, is not asked', async () => {
  const [one, two, three] = (await students()).map(({ public_id }) => public_id)
  keepErased(world, one!, { badges: 'keep', request: 'decided' })
  keepErased(world, two!, { badges: 'keep', request: 'retention-x' })
  keepGone(world, [two!, three!])
  expect(await replayErasures(world)).toMatchObject({ erased: 3, staying: 0 })
  expect((await lines('student.erased')).map(({ subject }) => subject)).toEqual([
    ...['decided', 'retention-x', 'restore'],
  ])
})

test('an erasure by age that began goes on, whatever was written since: its key is gone', async () => {
  const [one] = await students()
  keepErased(world, one!.public_id, { badges: 'keep', request: 'retention-x' })
  await world.db
    .updateTable('students')
    .set({ erasure_began_at: '2026-11-24T02:00:00.000Z' })
    .where('id', '=', one!.id)
    .execute()
  expect(await replayErasures(world)).toMatchObject({ erased: 1, staying: 0 })
})

test('what two persons decided, and failed at the start, the night ends as they decided it', async () => {
  const [one] = await students()
  keepErased(world, one!.public_id, { badges: 'revoke', request: 'decided', isGone: true })
  await sql`create trigger stuck before update of erased_at on students when old.id = 1
    begin select raise(abort, 'stuck'); end`.execute(world.db)
  expect(await replayErasures(world)).toMatchObject({ failed: 1 })
  await sql`drop trigger stuck`.execute(world.db)
  expect(await forgetStudents(world, 10)).toBe(1)
  expect(JSON.parse(notes.get(one!.public_id) ?? '')).toEqual({
    ...{ student: one!.public_id, badges: 'revoke', request: 'decided', isGone: true },
  })
  expect(await lines('student.erased')).toMatchObject([
    { subject: 'decided', details: { badges: 'revoke' } },
  ])
})

test('who stays may be given a key again, a new one, and no later start destroys it; who goes gets none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-keys-'))
  try {
    const studentKeys = openStudentKeys(join(folder, 'keys.sqlite'), world.vault)
    const one = (await students())[0]!.public_id
    const before = studentKeys.give([one])(one)!.seal('x')
    await world.db.updateTable('schoolings').set({ until_day: null }).execute()
    const ctx = { ...world, studentKeys }
    keepErased(ctx, one, { badges: 'keep', request: 'retention-x' })
    keepErased(ctx, 'gone', { badges: 'keep', request: 'retention-y' })
    expect(await replayErasures(ctx)).toMatchObject({ staying: 1 })
    endKeysOfErased(ctx)
    const keyOf = studentKeys.give([one, 'gone'])
    expect(keyOf('gone')).toBeUndefined()
    expect(keyOf(one)!.open(keyOf(one)!.seal('y'))).toBe('y')
    expect(() => keyOf(one)!.open(before)).toThrow()
    // Whose age is reached later is noted anew.
    keepErased(ctx, one, { badges: 'keep', request: 'retention-z' })
    expect(endKeysOfErased(ctx)).toContain(one)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
