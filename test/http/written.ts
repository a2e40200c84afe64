import { sql } from 'kysely'
import type { World } from '../support/world.js'

const NOT_COUNTED = /^(?:sqlite_|kysely_)/

/** How many rows each table has, the audit among them: equal before and after, nothing was written. */
export async function writtenIn({ db }: World): Promise<Record<string, number>> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => !NOT_COUNTED.test(name))
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from ${sql.table(name)}`.execute(db)
      return [name, Number(rows[0]?.n)] as const
    }),
  )
  return Object.fromEntries(counts.sort())
}
