// Rows into a store as fast as it takes them; what refers to what is right by construction, and not checked.
import SqliteDatabase from 'better-sqlite3'
import pg from 'pg'

/** Rows of one statement on SQLite, which binds 32,766 values at most. */
const SQLITE_ROWS = 200
const POSTGRES_ROWS = 5_000
/** Statements of one transaction: the log of what is not committed takes room. */
const COMMIT_EVERY = 1_000

export function sqliteSink(file) {
  const db = new SqliteDatabase(file)
  db.pragma('foreign_keys = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -200000')
  db.exec('begin')
  const statements = new Map()
  let written = 0
  const write = (table, columns, rows) => {
    const key = `${table} ${rows.length}`
    const line = `(${columns.map(() => '?').join(',')})`
    const sql = `insert into ${table} (${columns.join(',')}) values ${rows.map(() => line).join(',')}`
    if (!statements.has(key)) statements.set(key, db.prepare(sql))
    statements.get(key).run(rows.flat())
    written += 1
    if (written % COMMIT_EVERY === 0) db.exec('commit; begin')
  }
  return {
    ...buffered(SQLITE_ROWS, write),
    run: async (sql) => void db.exec(sql),
    async close() {
      db.exec('commit')
      db.exec('analyze')
      db.close()
    },
  }
}

export async function postgresSink(url) {
  const client = new pg.Client(url)
  await client.connect()
  // Without the triggers that look up what a row refers to.
  await client.query('set session_replication_role = replica')
  await client.query('set synchronous_commit = off')
  const tables = new Set()
  const write = async (table, columns, rows) => {
    tables.add(table)
    const types = columns.map((_, at) => (typeof firstOf(rows, at) === 'number' ? 'int' : 'text'))
    const arrays = types.map((type, at) => `$${at + 1}::${type}[]`)
    await client.query({
      name: `${table} ${types.map(([letter]) => letter).join('')}`,
      text: `insert into ${table} (${columns.join(',')}) select * from unnest(${arrays.join(',')})`,
      values: columns.map((_, at) => rows.map((row) => row[at])),
    })
  }
  return {
    ...buffered(POSTGRES_ROWS, write),
    run: async (sql) => void (await client.query(sql)),
    async close() {
      for (const table of tables)
        await client.query(
          `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
        )
      await client.query('vacuum analyze')
      await client.end()
    },
  }
}

function firstOf(rows, at) {
  return rows.find((row) => row[at] !== null)?.[at]
}

/** Gathers rows of each table until a statement is full. */
function buffered(size, write) {
  const waiting = new Map()
  return {
    async add(table, columns, row) {
      const rows = waiting.get(table)?.rows ?? []
      if (rows.length === 0) waiting.set(table, { columns, rows })
      rows.push(row)
      if (rows.length < size) return
      waiting.delete(table)
      await write(table, columns, rows)
    },
    async flush() {
      for (const [table, { columns, rows }] of waiting) await write(table, columns, rows)
      waiting.clear()
    },
  }
}
