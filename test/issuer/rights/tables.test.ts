import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HELD, OF_NOBODY, STAGES } from '../../../src/issuer/rights/tables.data.js'
import { readRows } from '../../../src/store/rows-of.js'
import type { Db } from '../../../src/store/schema.js'
import { STORES } from '../../support/dialects.js'

const OURS = /^(?!sqlite_|kysely_)/
/** Columns by which a row may be of a student, wherever they stand. */
const TELLING = /^(?:student_id|person_id|to_person_id|dossier_id|badge_id|placement_id)$/
/** Rows of adults, of what is no person, and of no row: their columns of this name never hold a student for long. */
const OF_ADULTS = [
  'class_people',
  // Empty between two transactions.
  'consents_let_go',
  'liaison_assignments',
  'mentors',
  'plan_sign_offs',
  'session_mentors',
]

describe.each(STORES)('where the rows of a student are, on $name', ({ open }) => {
  let db: Db
  beforeAll(async () => {
    db = await open()
  }, 120_000)
  afterAll(() => db.destroy())
  const tables = async () =>
    (await db.introspection.getTables()).filter(({ name }) => OURS.test(name))

  test('is said of every table of the schema: it has some, or none', async () => {
    const said = [...new Set([...HELD.map(({ table }) => table), ...OF_NOBODY])]
    expect((await tables()).map(({ name }) => name).toSorted()).toEqual(said.toSorted())
    const held = new Set<string>(HELD.map(({ table }) => table))
    expect(OF_NOBODY.filter((table) => held.has(table))).toEqual([])
  })

  test('no table with a column of theirs is said to have none', async () => {
    const of = (name: string) => (OF_NOBODY as readonly string[]).includes(name)
    const telling = (await tables()).filter(({ columns }) =>
      columns.some(({ name }) => TELLING.test(name)),
    )
    const wrong = telling.filter(({ name }) => of(name)).map(({ name }) => name)
    expect(wrong.toSorted()).toEqual([...OF_ADULTS].toSorted())
  })

  test('is found by a query that the store takes, and what is changed is a column', async () => {
    const of = { studentId: 1, personId: 1, accountId: 1, emailHash: 'x' }
    const columns = new Map((await tables()).map((one) => [one.name, one.columns]))
    for (const { table, where, erase } of HELD) {
      expect(await readRows(db, { table, where: where(of) }), table).toEqual([])
      if (typeof erase === 'string') continue
      for (const [column, what] of Object.entries(erase)) {
        const found = columns.get(table)!.find(({ name }) => name === column)
        expect(found, `${table}.${column}`).toBeDefined()
        if (what === 'nothing') expect(found!.isNullable, `${table}.${column}`).toBe(true)
      }
    }
  })

  test('is erased stage by stage', () => {
    const order = HELD.map(({ stage }) => STAGES.indexOf(stage))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })
})
