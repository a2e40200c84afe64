import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Db, Schema } from './schema.js'

/** What is done in the store that is given, once something is committed. It tells nobody of a failure: nothing is undone any more. */
type Afterwards = (db: Db) => Promise<void>

/** What waits for the commit of a transaction, by the transaction and by the stores within it. */
const waiting = new WeakMap<Db, Afterwards[]>()

/**
 * One transaction around all that is done in the store that is given; what was left until its commit is done
 * after it. Inside another, it is a part of that one.
 */
export async function asOne<T>(db: Db, act: (inside: Db) => Promise<T>): Promise<T> {
  if (waiting.has(db)) return db.transaction().execute(() => act(db))
  const left: Afterwards[] = []
  const made = await db.transaction().execute((trx) => {
    waiting.set(trx, left)
    return act(within(trx))
  })
  for (const afterwards of left) await afterwards(db)
  return made
}

/**
 * Does what is outside the store, or signs, once all is committed that was done before: at once where no
 * transaction is open, else after that of `asOne`, unless the part that leaves it is undone.
 */
export async function onceCommitted(db: Db, afterwards: Afterwards): Promise<void> {
  const left = waiting.get(db)
  if (left) left.push(afterwards)
  else if (db.isTransaction) throw new Error('nobody would do this after the commit')
  else await afterwards(db)
}

/**
 * A store whose every transaction is a part of one that is open: what an act commits is then committed with
 * it, or not at all. A part that fails is undone alone (a savepoint).
 */
export function within(trx: Transaction<Schema>): Db {
  const left = waiting.get(trx)
  let parts = 0
  const undo = async (name: RawBuilder<unknown>): Promise<void> => {
    await sql`rollback to savepoint ${name}`.execute(trx)
    await sql`release savepoint ${name}`.execute(trx)
  }
  const part = async <T>(act: (db: Transaction<Schema>) => Promise<T>): Promise<T> => {
    parts += 1
    const name = sql.id(`part_${parts}`)
    const before = left?.length ?? 0
    await sql`savepoint ${name}`.execute(trx)
    try {
      const made = await act(trx)
      await sql`release savepoint ${name}`.execute(trx)
      return made
    } catch (error) {
      left?.splice(before)
      await undo(name).catch(() => {
        // SQLite undoes the whole transaction by itself when its disk is full: then there is no part any
        // more, and what was begun fails as a whole.
        throw error
      })
      throw error
    }
  }
  const inside = new Proxy<Db>(trx, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: part })
      const found: unknown = Reflect.get(target, name, target)
      // Kysely keeps private fields: its methods know only the object itself.
      return typeof found === 'function' ? (found.bind(target) as unknown) : found
    },
  })
  if (left) waiting.set(inside, left)
  return inside
}
