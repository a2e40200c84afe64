import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'

/** A cohort of a P-TECH class; those of other schemes have no class. */
export type Cohort = Readonly<{
  id: number
  publicId: string
  entryYear: number
  classId: number
  classPublicId: string
  className: string
  schoolId: number
  schoolPublicId: string
  schoolName: string
}>

export type ActiveCompany = Readonly<{ companyId: number; role: 'principal' | 'partner' }>

/** A company's time with a class. */
export type ClassLink = ActiveCompany &
  Readonly<{ classId: number; fromDay: string; untilDay: string | null }>

export async function insertClass(db: Db, row: NewRow<'ptech_classes'>): Promise<number> {
  const { id } = await db
    .insertInto('ptech_classes')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether a school has a class of this name, whatever its capitals. */
export async function hasClass(db: Db, schoolId: number, name: string): Promise<boolean> {
  const classes = await listClasses(db, [schoolId])
  return classes.some((one) => one.name.toLowerCase() === name.toLowerCase())
}

export function findClass(db: Db, publicId: string): Promise<Row<'ptech_classes'> | undefined> {
  return db
    .selectFrom('ptech_classes')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** Those of some schools, by name. */
export function listClasses(db: Db, schoolIds: readonly number[]): Promise<Row<'ptech_classes'>[]> {
  if (schoolIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('ptech_classes')
    .selectAll()
    .where('school_id', 'in', [...schoolIds])
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** Holds the class until the transaction ends: who comes second reads what the first has written. */
export async function lockClass(db: Db, id: number): Promise<void> {
  await db
    .updateTable('ptech_classes')
    .set((of) => ({ name: of.ref('name') }))
    .where('id', '=', id)
    .execute()
}

export async function insertCompanyLink(db: Db, row: NewRow<'class_companies'>): Promise<void> {
  await db.insertInto('class_companies').values(row).execute()
}

/** Every company that a class ever had. */
export function listCompanyLinks(db: Db, classId: number): Promise<Row<'class_companies'>[]> {
  return db
    .selectFrom('class_companies')
    .selectAll()
    .where('class_id', '=', classId)
    .orderBy('id')
    .execute()
}

/** Every company that some classes ever had. */
export async function listLinksOf(db: Db, classIds: readonly number[]): Promise<ClassLink[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('class_companies')
    .select([
      'class_id as classId',
      'company_id as companyId',
      'role',
      'from_day as fromDay',
      'until_day as untilDay',
    ])
    .where('class_id', 'in', [...classIds])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, role: row.role === 'principal' ? 'principal' : 'partner' }))
}

/** The cohorts of some classes, and whether anybody is enrolled in them on a day. */
export async function listClassCohorts(
  db: Db,
  classIds: readonly number[],
  day: string,
): Promise<{ id: number; classId: number; entryYear: number; hasStudents: boolean }[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('cohorts')
    .leftJoin('enrolments', (join) =>
      join
        .onRef('enrolments.cohort_id', '=', 'cohorts.id')
        .on((or) =>
          or.or([or('enrolments.until_day', 'is', null), or('enrolments.until_day', '>=', day)]),
        ),
    )
    .select((of) => [
      'cohorts.id',
      'cohorts.class_id as classId',
      'cohorts.entry_year as entryYear',
      of.fn.count('enrolments.id').as('students'),
    ])
    .$narrowType<{ classId: NotNull; entryYear: NotNull }>()
    .where('cohorts.class_id', 'in', [...classIds])
    .groupBy('cohorts.id')
    .orderBy('cohorts.entry_year')
    .execute()
  return rows.map(({ students, ...row }) => ({ ...row, hasStudents: Number(students) > 0 }))
}

export async function endCompanyLink(db: Db, id: number, lastDay: string): Promise<void> {
  await db.updateTable('class_companies').set({ until_day: lastDay }).where('id', '=', id).execute()
}

/** The companies that a class has on a day. */
export async function activeCompaniesOf(
  db: Db,
  classId: number,
  day: string,
): Promise<ActiveCompany[]> {
  const rows = await db
    .selectFrom('class_companies')
    .select(['company_id', 'role'])
    .where('class_id', '=', classId)
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
    .orderBy('id')
    .execute()
  return rows.map(({ company_id, role }) => ({
    companyId: company_id,
    role: role === 'principal' ? 'principal' : 'partner',
  }))
}

/** @returns its id; undefined if the class has a cohort of that year already: nothing is then changed */
export async function insertCohort(db: Db, row: NewRow<'cohorts'>): Promise<number | undefined> {
  const result = await db
    .insertInto('cohorts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['class_id', 'entry_year']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return result?.id
}

export function findCohort(db: Db, publicId: string): Promise<Cohort | undefined> {
  return cohorts(db).where('cohorts.public_id', '=', publicId).executeTakeFirst()
}

/** Those of one class, the newest entry first. */
export function listCohortsOf(db: Db, classId: number): Promise<Cohort[]> {
  return cohorts(db)
    .where('cohorts.class_id', '=', classId)
    .orderBy('cohorts.entry_year', 'desc')
    .execute()
}

/** Those of some schools, the newest entry first. */
export function listCohorts(db: Db, schoolIds: readonly number[]): Promise<Cohort[]> {
  if (schoolIds.length === 0) return Promise.resolve([])
  return cohorts(db)
    .where('ptech_classes.school_id', 'in', [...schoolIds])
    .orderBy('cohorts.entry_year', 'desc')
    .orderBy('cohorts.id')
    .execute()
}

function cohorts(db: Db) {
  return db
    .selectFrom('cohorts')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'cohorts.class_id')
    .innerJoin('organisations', 'organisations.id', 'ptech_classes.school_id')
    .select([
      'cohorts.id',
      'cohorts.public_id as publicId',
      'cohorts.entry_year as entryYear',
      'cohorts.class_id as classId',
      'ptech_classes.public_id as classPublicId',
      'ptech_classes.name as className',
      'ptech_classes.school_id as schoolId',
      'organisations.public_id as schoolPublicId',
      'organisations.name as schoolName',
    ])
    .$narrowType<{ classId: NotNull; entryYear: NotNull }>()
}
