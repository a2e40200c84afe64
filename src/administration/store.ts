import type { Db, Row } from '../store/schema.js'

export type ChainCheck = Pick<Row<'audit_checks'>, 'checked_at' | 'entries' | 'head' | 'broken_at'>

export function findChainCheck(db: Db): Promise<ChainCheck | undefined> {
  return db
    .selectFrom('audit_checks')
    .select(['checked_at', 'entries', 'head', 'broken_at'])
    .where('name', '=', 'chain')
    .executeTakeFirst()
}

export async function saveChainCheck(db: Db, found: ChainCheck): Promise<void> {
  await db
    .insertInto('audit_checks')
    .values({ name: 'chain', ...found })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(found))
    .execute()
}

/** @returns false if they have read it that day already */
export async function insertReading(db: Db, reader: string, day: string): Promise<boolean> {
  const inserted = await db
    .insertInto('audit_readings')
    .values({ reader, day })
    .onConflict((conflict) => conflict.columns(['reader', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function hasReading(db: Db, reader: string, day: string): Promise<boolean> {
  const found = await db
    .selectFrom('audit_readings')
    .select('id')
    .where('reader', '=', reader)
    .where('day', '=', day)
    .executeTakeFirst()
  return found !== undefined
}
