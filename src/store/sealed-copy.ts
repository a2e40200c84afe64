import type SqliteDatabase from 'better-sqlite3'
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type RawBuilder,
} from 'kysely'
import type { Schema } from './schema.js'
import {
  addPieces,
  columnsOf,
  endCopy,
  isSealedIn,
  makeParcels,
  openCopy,
  sealOwners,
  toDisk,
  valuesInCopy,
  type Growing,
  type Owner,
  type SealedCopyPlan,
} from './sealed-parts.js'

/**
 * Writes one moment of a SQLite store, while it is in use, into a new file: without what says who a student is, which stands in a sealed
 * parcel a student (table `parcels`). Nothing else ever reaches that file: it is written row by row, not cleaned afterwards.
 *
 * @returns how many students there are in it
 * @throws {Error} when the copy is not sound
 */
export function copySealed(file: string, copy: string, plan: SealedCopyPlan): number {
  const made = openCopy(copy)
  try {
    made.prepare('attach ? as live').run(file)
    made.exec('begin')
    const students = sealStudents(made, plan)
    copyAll(made, plan)
    made.exec('commit; detach live')
    endCopy(made)
    return students
  } finally {
    made.close()
    toDisk(copy)
  }
}

/** Before there are other tables, whose names would hide those of the store. */
function sealStudents(made: SqliteDatabase.Database, plan: SealedCopyPlan): number {
  makeParcels(made)
  made.exec(`create temp table owners (o_student integer primary key, o_person integer,
    o_account integer, o_email_hash text)`)
  const add = made.prepare('insert into temp.owners values (?, ?, ?, ?)')
  let [students, after] = [0, -1]
  for (;;) {
    const { sql, parameters } = compiled(plan.owners(after))
    const owners = made.prepare<unknown[], Owner>(sql).all(...parameters)
    const last = owners.at(-1)
    if (!last) return students
    made.exec('delete from temp.owners')
    for (const { o_student, o_person, o_account, o_email } of owners)
      add.run(o_student, o_person, o_account, o_email === null ? '' : plan.fingerprint(o_email))
    sealOwners(made, plan, { owners, parcels: takeOut(made, plan) })
    students += owners.length
    after = last.o_student
  }
}

/** A row that is of several students goes with each: it comes back as long as one of them has a key. */
function takeOut(made: SqliteDatabase.Database, plan: SealedCopyPlan): Growing {
  const parcels: Growing = new Map()
  for (const { table, where, isOpen } of plan.taken) {
    const columns = columnsOf(made, table, 'live').filter(isSealedIn(isOpen))
    if (columns.length === 0) continue
    const named = columns.map(({ name }) => `, t."${name}"`).join('')
    const written = columns.map(({ name }) => `t."${name}" is not null`).join(' or ')
    const { sql, parameters } = compiled(where)
    const rows = made
      .prepare<unknown[], Record<string, unknown>>(
        `select o_student as owner, t.id as row${named} from temp.owners cross join live."${table}" as t
          where (${sql}) and (${written})`,
      )
      .all(...parameters)
    addPieces(made, table, { rows, parcels })
  }
  return parcels
}

type Made = Readonly<{ type: string; name: string; sql: string }>

function copyAll(made: SqliteDatabase.Database, plan: SealedCopyPlan): void {
  const all = made
    .prepare<[], Made>(
      `select type, name, sql from live.sqlite_master where sql is not null and name not like 'sqlite!_%' escape '!'`,
    )
    .all()
  const tables = all.filter(({ type }) => type === 'table')
  for (const { name, sql } of tables) {
    made.exec(sql)
    if (!plan.leftOut.includes(name)) copyRows(made, plan, name)
  }
  made.exec(`delete from main.sqlite_sequence;
    insert into main.sqlite_sequence select * from live.sqlite_sequence`)
  for (const { type, sql } of all) if (type !== 'table') made.exec(sql)
}

function copyRows(made: SqliteDatabase.Database, plan: SealedCopyPlan, table: string): void {
  const columns = columnsOf(made, table, 'live')
  const own = ({ name }: { name: string }) => `t."${name}"`
  const { values, asks } = valuesInCopy(plan, { table, columns }, own)
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const join = asks ? 'left join temp.taken as k on k.of_table = ? and k.id = t.id' : ''
  made
    .prepare(
      `insert into main."${table}" (${names}) select ${values.join(', ')} from live."${table}" as t ${join}`,
    )
    .run(...(asks ? [table] : []))
}

function compiled(query: RawBuilder<unknown>) {
  return query.compile(COMPILER)
}

/** Makes SQL for SQLite, and asks nobody. */
const COMPILER = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
