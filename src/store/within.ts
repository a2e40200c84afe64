import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Db, Schema } from './schema.js'

/**
 * A store whose every transaction is a part of one that is open: what an act commits is then committed with
 * it, or not at all. A part that fails is undone alone (a savepoint).
 */
export function within(trx: Transaction<Schema>): Db {
  let parts = 0
  const undo = async (name: RawBuilder<unknown>): Promise<void> => {
    await sql`rollback to savepoint ${name}`.execute(trx)
    await sql`release savepoint ${name}`.execute(trx)
  }
  const part = async <T>(act: (db: Transaction<Schema>) => Promise<T>): Promise<T> => {
    parts += 1
    const name = sql.id(`part_${parts}`)
    await sql`savepoint ${name}`.execute(trx)
    try {
      const made = await act(trx)
      await sql`release savepoint ${name}`.execute(trx)
      return made
    } catch (error) {
      await undo(name).catch(() => {
        // SQLite undoes the whole transaction by itself when its disk is full: then there is no part any
        // more, and what was begun fails as a whole.
        throw error
      })
      throw error
    }
  }
  return new Proxy<Db>(trx, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: part })
      const found: unknown = Reflect.get(target, name, target)
      // Kysely keeps private fields: its methods know only the object itself.
      return typeof found === 'function' ? (found.bind(target) as unknown) : found
    },
  })
}
