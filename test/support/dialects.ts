import { PGlite } from '@electric-sql/pglite'
import { PGliteDialect } from 'kysely'
import pg from 'pg'
import { migrated, openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'

type Store = { name: string; concurrent: boolean; open: () => Promise<Db> }

/**
 * Every store that we promise to run on. PGlite is PostgreSQL in process: it proves the SQL, but
 * with its one connection not the concurrency; a real server (TEST_POSTGRES_URL) proves that too.
 */
export const STORES: Store[] = [
  { name: 'SQLite', concurrent: false, open: () => openDatabase('sqlite::memory:') },
  {
    name: 'PGlite',
    concurrent: false,
    open: () => migrated(new PGliteDialect({ pglite: new PGlite() }), 'postgres'),
  },
  ...(process.env.TEST_POSTGRES_URL
    ? [
        {
          name: 'PostgreSQL',
          concurrent: true,
          open: () => emptied(process.env.TEST_POSTGRES_URL!),
        },
      ]
    : []),
]

async function emptied(url: string): Promise<Db> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.end()
  return openDatabase(url)
}
