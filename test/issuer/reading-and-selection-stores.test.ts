import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseStudent } from '../../src/issuer/rights/erase-student.js'
import { openSelection } from '../../src/issuer/selections/open-selection.js'
import { badgeIdsOf, findSelection, listSelections } from '../../src/issuer/selections/store.js'
import {
  insertReadings,
  isKept,
  listReadings,
} from '../../src/mentoring/students/readings-store.js'
import { getStudent } from '../../src/mentoring/students/store.js'
import { runNextJob } from '../../src/worker.js'
import type { Db } from '../../src/store/schema.js'
import { STORES } from '../support/dialects.js'
import { openWorld, type World } from '../support/world.js'
import { replacementOf } from './lineage-story.js'
import { issue, type Issued } from './share-story.js'

describe.each(STORES)('readings and pages of badges, on $name', ({ open }) => {
  let db: Db
  let world: World
  let issued: Issued
  beforeAll(async () => {
    db = await open()
    world = await openWorld({ db })
    issued = await issue(world)
  }, 120_000)
  afterAll(() => db.destroy())

  test('a reading is kept once a reader, student, day and kind, of a thousand at once too', async () => {
    const row = { student_id: 1, organisation_id: issued.schoolId, role: 'school-staff' }
    const readers = Array.from({ length: 1001 }, (_, n) => ({ ...row, reader: `r${n}` }))
    const rows = readers.map((one) => ({ ...one, kind: 'page', day: '2026-11-24' }))
    await insertReadings(db, rows)
    await insertReadings(db, rows)
    const count = await db.selectFrom('record_readings').select('id').execute()
    expect(count).toHaveLength(1001)
    expect(await isKept(db, rows[0]!)).toBe(true)
    expect(await isKept(db, { ...rows[0]!, day: '2026-11-25' })).toBe(false)
    expect(await isKept(db, { ...rows[0]!, kind: 'copy' })).toBe(false)
    // The student reads functions: a hundred persons of one function and day are a line.
    expect(await listReadings(db, 1)).toMatchObject([
      { day: '2026-11-24', role: 'school-staff', kind: 'page' },
    ])
  })

  test('a page keeps its order, and goes with its student, replaced badges and all', async () => {
    await replacementOf(world, issued)
    while (await runNextJob(world));
    const rows = await db.selectFrom('badges').select(['id', 'public_id']).orderBy('id').execute()
    const badges = rows.map(({ public_id }) => public_id).toReversed()
    const wanted = { title: 'Composites', label: 'CV', badges, language: 'fr' } as const
    const { id } = await openSelection(world, issued.student, wanted)
    const selection = await findSelection(db, id)
    expect(await badgeIdsOf(db, selection!.id)).toEqual(rows.map((one) => one.id).toReversed())
    const student = await getStudent(db, 1)
    await eraseStudent(world, student, { badges: 'keep', request: 'x' })
    expect(await listSelections(db, 1)).toEqual([])
    expect(await db.selectFrom('selection_badges').select('id').execute()).toEqual([])
    expect(await db.selectFrom('badges').select('id').execute()).toEqual([])
    expect(await listReadings(db, 1)).toEqual([])
  }, 60_000)
})
