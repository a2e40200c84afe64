import type { Db, NewRow, Row } from '../../store/schema.js'

/**
 * Rows of one statement: ten columns each stay far below what SQLite (32,766) and PostgreSQL (65,535)
 * bind at once.
 */
const BATCH = 500

export type StudentWithLast = Readonly<{
  student: Row<'students'>
  last: Row<'schoolings'> | undefined
}>

/** Students by the fingerprints of their INE, at whatever school, each with the last schooling. */
export async function findStudentsByIne(
  db: Db,
  fingerprints: readonly string[],
): Promise<StudentWithLast[]> {
  const found: StudentWithLast[] = []
  for (const some of batches(fingerprints)) {
    const students = await db
      .selectFrom('students')
      .selectAll()
      .where('ine_fingerprint', 'in', some)
      .execute()
    const last = await lastSchoolings(
      db,
      students.map(({ id }) => id),
    )
    found.push(...students.map((student) => ({ student, last: last.get(student.id) })))
  }
  return found
}

async function lastSchoolings(
  db: Db,
  studentIds: readonly number[],
): Promise<Map<number, Row<'schoolings'>>> {
  if (studentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('schoolings')
    .selectAll()
    .where('student_id', 'in', [...studentIds])
    .orderBy('from_day')
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.student_id, row]))
}

/** Who has an open schooling at a school. */
export function listPresent(db: Db, schoolId: number): Promise<{ id: number; publicId: string }[]> {
  return db
    .selectFrom('schoolings')
    .innerJoin('students', 'students.id', 'schoolings.student_id')
    .select(['students.id', 'students.public_id as publicId'])
    .distinct()
    .where('schoolings.school_id', '=', schoolId)
    .where('schoolings.until_day', 'is', null)
    .orderBy('students.id')
    .execute()
}

/** @returns ids by fingerprint; whoever was inserted by somebody else meanwhile is not in it */
export async function insertStudents(
  db: Db,
  rows: readonly NewRow<'students'>[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const some of batches(rows)) {
    const inserted = await db
      .insertInto('students')
      .values(some)
      .onConflict((conflict) => conflict.column('ine_fingerprint').doNothing())
      .returning(['id', 'ine_fingerprint'])
      .execute()
    for (const { id, ine_fingerprint } of inserted) ids.set(ine_fingerprint, id)
  }
  return ids
}

export async function insertSchoolings(
  db: Db,
  rows: readonly NewRow<'schoolings'>[],
): Promise<void> {
  for (const some of batches(rows)) await db.insertInto('schoolings').values(some).execute()
}

/** @returns how many were open and now end on `lastDay` */
export async function endSchoolings(
  db: Db,
  ids: readonly number[],
  lastDay: string,
): Promise<number> {
  let ended = 0
  for (const some of batches(ids)) {
    const result = await db
      .updateTable('schoolings')
      .set({ until_day: lastDay })
      .where('id', 'in', some)
      .where('until_day', 'is', null)
      .executeTakeFirst()
    ended += Number(result.numUpdatedRows)
  }
  return ended
}

export async function correctSchoolings(
  db: Db,
  ids: readonly number[],
  values: Pick<Row<'schoolings'>, 'school_id' | 'level' | 'mef' | 'division'>,
): Promise<void> {
  for (const some of batches(ids)) {
    await db.updateTable('schoolings').set(values).where('id', 'in', some).execute()
  }
}

export async function updateStudent(
  db: Db,
  id: number,
  values: Partial<Omit<NewRow<'students'>, 'school_id'>>,
): Promise<void> {
  await db.updateTable('students').set(values).where('id', '=', id).execute()
}

/** @returns whose account goes along; undefined if the student is not at that school any more: nothing is then changed */
export function moveStudent(
  db: Db,
  id: number,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<Pick<Row<'students'>, 'person_id'> | undefined> {
  return db
    .updateTable('students')
    .set({ school_id: to })
    .where('id', '=', id)
    .where('school_id', '=', from)
    .returning('person_id')
    .executeTakeFirst()
}

export async function insertImport(db: Db, row: NewRow<'class_list_imports'>): Promise<void> {
  await db.insertInto('class_list_imports').values(row).execute()
}

export function findImport(
  db: Db,
  publicId: string,
): Promise<Row<'class_list_imports'> | undefined> {
  return db
    .selectFrom('class_list_imports')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** Those of some schools, the newest first. */
export function listImports(
  db: Db,
  schoolIds: readonly number[],
  limit: number,
): Promise<Row<'class_list_imports'>[]> {
  if (schoolIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('class_list_imports')
    .selectAll()
    .where('school_id', 'in', [...schoolIds])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** The names of students of one school, for its own staff. */
export async function namesOf(
  db: Db,
  schoolId: number,
  publicIds: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const some of batches(publicIds)) {
    const rows = await db
      .selectFrom('students')
      .select(['public_id', 'given_name', 'family_name'])
      .where('school_id', '=', schoolId)
      .where('public_id', 'in', some)
      .execute()
    for (const row of rows) names.set(row.public_id, `${row.given_name} ${row.family_name}`)
  }
  return names
}

/** Parts of a list that one statement binds. */
export function batches<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / BATCH)
  return Array.from({ length: count }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH))
}
