import pg from 'pg'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { openPglite } from './pglite.js'
import { ALL } from './postgres.js'
import { openSqlite } from './sqlite.js'

type Store = {
  name: string
  concurrent: boolean
  open: () => Promise<Db>
  /** What another node has of a store that is open: connections of its own, where the store allows it. */
  again: (first: Db) => Promise<Db>
}

const SERVER = process.env.TEST_POSTGRES_URL

/**
 * Every store that we promise to run on. PGlite is PostgreSQL in process: it proves the SQL, but
 * with its one connection not the concurrency. A real server (TEST_POSTGRES_URL) proves that too,
 * and stands alone: what it is tried on has been tried on the others by `npm test`.
 */
export const STORES: Store[] = SERVER
  ? [
      {
        name: 'PostgreSQL',
        concurrent: true,
        open: () => emptied(SERVER),
        again: () => openDatabase(SERVER, 'write', ALL),
      },
    ]
  : [
      { name: 'SQLite', concurrent: false, open: openSqlite, again: async (first) => first },
      { name: 'PGlite', concurrent: false, open: openPglite, again: async (first) => first },
    ]

async function emptied(url: string): Promise<Db> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.end()
  return openDatabase(url, 'write', ALL)
}
