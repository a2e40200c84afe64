import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../src/store/schema.js'
import { resealAll, SEALED } from '../../src/store/sealed.js'
import { STORES } from '../support/dialects.js'

describe.each(STORES)('sealed values on $name', ({ open }) => {
  let db: Db
  beforeAll(async () => {
    db = await open()
  }, 120_000)
  afterAll(() => db.destroy())

  test('stand in the columns that the list names, and in no others', async () => {
    const tables = await db.introspection.getTables()
    const found = tables.flatMap(({ name, columns }) =>
      columns.filter((one) => one.name.endsWith('_sealed')).map((one) => `${name}.${one.name}`),
    )
    expect(found.toSorted()).toEqual(
      SEALED.map(([table, column]) => `${table}.${column}`).toSorted(),
    )
  })

  test('are sealed anew, all of them, once, chunk by chunk', async () => {
    const rows = Array.from({ length: 1_203 }, (_, at) => ({
      ...{ actor: 'a', operation: 'POST /x', key: `${at}`, request_digest: 'd', status: 200 },
      ...{ type: null, body_sealed: at % 3 === 0 ? null : `old ${at}`, asked_at: 'now' },
    }))
    for (let at = 0; at < rows.length; at += 100)
      await db
        .insertInto('kept_answers')
        .values(rows.slice(at, at + 100))
        .execute()
    const reseal = (sealed: string) =>
      sealed.startsWith('old') ? sealed.replace('old', 'new') : undefined
    expect(await resealAll(db, reseal)).toBe(802)
    expect(await resealAll(db, reseal)).toBe(0)
    const after = await db.selectFrom('kept_answers').select(['key', 'body_sealed']).execute()
    for (const { key, body_sealed } of after)
      expect(body_sealed).toBe(Number(key) % 3 === 0 ? null : `new ${key}`)
  })
})
