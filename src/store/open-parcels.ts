import SqliteDatabase from 'better-sqlite3'
import { COPY, SEALED_COPY } from './backup.js'
import { fromValue, toDisk, type Parcel } from './sealed-parts.js'

/** Students opened a commit: no matter, for the file is begun anew by who was killed. */
const PAGE = 500

/** `isOpened`: by the key that there is for them. Without a parcel is who was being erased while the copy was made. */
export type Sealed = Readonly<{ student: string; hasParcel: boolean; isOpened: boolean }>

/** Students of a sealed copy. Another copy has none. */
export function studentsIn(copy: string, open: Open = () => undefined): Sealed[] {
  const database = new SqliteDatabase(copy, { readonly: true })
  try {
    if (database.pragma('user_version', { simple: true }) !== SEALED_COPY) return []
    const students: Sealed[] = []
    const rows = database.prepare<[], Row>('select student, sealed from parcels').iterate()
    for (const { student, sealed } of rows)
      students.push({ student, hasParcel: sealed !== null, isOpened: opens(open, student, sealed) })
    return students
  } finally {
    database.close()
  }
}

type Row = Readonly<{ student: string; sealed: string | null }>

/** A key of after an erasure that was taken back opens nothing of before. */
function opens(open: Open, student: string, sealed: string | null): boolean {
  try {
    return sealed !== null && open(student, sealed) !== undefined
  } catch {
    return false
  }
}

/** What is in a parcel: undefined without the key. @throws {Error} for a parcel that its key does not open */
export type Open = (student: string, sealed: string) => string | undefined

/**
 * Makes a store of a sealed copy: puts back into the rows of each student what their parcel has. Who has no key stays without.
 *
 * @returns how many were opened
 * @throws {Error} for a parcel that its key does not open
 */
export function openParcels(file: string, open: Open): number {
  const database = new SqliteDatabase(file)
  try {
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    // A store of before there were parcels is one already.
    if (database.pragma('user_version', { simple: true }) !== SEALED_COPY) return 0
    const opened = database.transaction(() => putBack(database, open))()
    database.exec('drop table parcels')
    database.exec('vacuum')
    database.pragma(`user_version = ${COPY}`)
    return opened
  } finally {
    database.close()
    toDisk(file)
  }
}

function putBack(database: SqliteDatabase.Database, open: Open): number {
  const prepare = preparedOnce(database)
  let opened = 0
  for (const parcels of parcelsOf(database, open)) {
    for (const parcel of parcels) putBackOne(prepare, parcel)
    opened += parcels.length
  }
  return opened
}

/** What is in the parcels of a sealed copy, some at a time. */
export function* parcelsOf(database: SqliteDatabase.Database, open: Open): Generator<Parcel[]> {
  const page = database.prepare<[string, number], Row>(
    'select student, sealed from parcels where student > ? order by student limit ?',
  )
  let after = ''
  for (;;) {
    const sealed = page.all(after, PAGE)
    const last = sealed.at(-1)
    if (!last) return
    yield sealed.flatMap((one) => {
      const clear = one.sealed === null ? undefined : open(one.student, one.sealed)
      return clear === undefined ? [] : [JSON.parse(clear) as Parcel]
    })
    after = last.student
  }
}

type Prepare = (text: string) => SqliteDatabase.Statement

function putBackOne(prepare: Prepare, parcel: Parcel): void {
  for (const [table, rows] of Object.entries(parcel))
    for (const [id, values] of rows) {
      const columns = Object.keys(values).map((column) => `"${column}" = ?`)
      const bound = Object.values(values).map(fromValue)
      prepare(`update "${table}" set ${columns.join(', ')} where id = ?`).run(...bound, id)
    }
}

/** To prepare a statement takes longer than to run it. */
function preparedOnce(database: SqliteDatabase.Database): Prepare {
  const kept = new Map<string, SqliteDatabase.Statement>()
  return (text) => {
    const statement = kept.get(text) ?? database.prepare(text)
    kept.set(text, statement)
    return statement
  }
}
