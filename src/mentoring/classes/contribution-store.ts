import type { NotNull } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { firstDayOf } from '../school-year.js'

/** A year's facts of some classes: what each company has given, whoever adds it up. */
type Of = Readonly<{ classIds: readonly number[]; year: number }>

export type CompanyTime = Readonly<{
  classId: number
  companyId: number
  minutes: number
  mentors: number
}>

/** PT-21: the confirmed sessions of a school year that not all of their students contest. */
export async function listMentorTime(db: Db, { classIds, year }: Of): Promise<CompanyTime[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('cohorts', 'cohorts.id', 'fact.cohort_id')
    .innerJoin('session_mentors as mentor', 'mentor.session_id', 'fact.id')
    .select((of) => [
      'cohorts.class_id as classId',
      'fact.company_id as companyId',
      'fact.minutes',
      of.fn.count('mentor.id').as('mentors'),
    ])
    .where('cohorts.class_id', 'in', [...classIds])
    .where('fact.day', '>=', firstDayOf(year))
    .where('fact.day', '<', firstDayOf(year + 1))
    .where('fact.confirmed_at', 'is not', null)
    .where((of) =>
      of.exists(
        of
          .selectFrom('session_students as presence')
          .select('presence.id')
          .whereRef('presence.session_id', '=', 'fact.id')
          .where('presence.contested_at', 'is', null),
      ),
    )
    .groupBy(['fact.id', 'cohorts.class_id'])
    .$narrowType<{ classId: NotNull }>()
    .execute()
  return rows.map((row) => ({ ...row, mentors: Number(row.mentors) }))
}

export type CompanyTutoring = Readonly<{ classId: number; companyId: number; days: number }>

/** The days of confirmed placements that begin in a school year, by students of the classes then. */
export async function listTutoring(db: Db, { classIds, year }: Of): Promise<CompanyTutoring[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('placements as fact')
    .innerJoin('enrolments', 'enrolments.student_id', 'fact.student_id')
    .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
    .select([
      'cohorts.class_id as classId',
      'fact.company_id as companyId',
      'fact.days_done as days',
    ])
    .where('cohorts.class_id', 'in', [...classIds])
    .where('fact.from_day', '>=', firstDayOf(year))
    .where('fact.from_day', '<', firstDayOf(year + 1))
    .where('fact.confirmed_at', 'is not', null)
    .where('fact.contested_at', 'is', null)
    .where('fact.days_done', 'is not', null)
    .whereRef('enrolments.from_day', '<=', 'fact.from_day')
    .where((or) =>
      or.or([
        or('enrolments.until_day', 'is', null),
        or('enrolments.until_day', '>=', or.ref('fact.from_day')),
      ]),
    )
    .$narrowType<{ classId: NotNull; days: NotNull }>()
    .execute()
}

/** Those of a school year that were not withdrawn, the latest first. */
export async function listContributions(
  db: Db,
  { classIds, year }: Of,
): Promise<Row<'contributions'>[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('class_id', 'in', [...classIds])
    .where('day', '>=', firstDayOf(year))
    .where('day', '<', firstDayOf(year + 1))
    .where('withdrawn_at', 'is', null)
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function findContribution(
  db: Db,
  publicId: string,
): Promise<Row<'contributions'> | undefined> {
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

export async function insertContribution(db: Db, row: NewRow<'contributions'>): Promise<void> {
  await db.insertInto('contributions').values(row).execute()
}

/** The same in all that is said of it, and not withdrawn: a form that was sent twice. */
export async function hasContribution(
  db: Db,
  row: Pick<NewRow<'contributions'>, 'class_id' | 'company_id' | 'kind' | 'day' | 'description'>,
): Promise<boolean> {
  const same = await db
    .selectFrom('contributions')
    .select('id')
    .where('class_id', '=', row.class_id)
    .where('company_id', '=', row.company_id)
    .where('kind', '=', row.kind)
    .where('day', '=', row.day)
    .where('description', '=', row.description)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return same !== undefined
}

/** @returns false if it was withdrawn already; nothing is then changed */
export async function saveWithdrawal(
  db: Db,
  id: number,
  by: Readonly<{ personId: number; at: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('contributions')
    .set({ withdrawn_by_id: by.personId, withdrawn_at: by.at })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function listCommitments(
  db: Db,
  { classIds, year }: Of,
): Promise<Row<'commitments'>[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('commitments')
    .selectAll()
    .where('class_id', 'in', [...classIds])
    .where('school_year', '=', year)
    .execute()
}

/** What a company promises a class for a year: the latest word counts. */
export async function saveCommitment(db: Db, row: NewRow<'commitments'>): Promise<void> {
  const { person_days, equipment_cents } = row
  await db
    .insertInto('commitments')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['class_id', 'company_id', 'school_year'])
        .doUpdateSet({ person_days, equipment_cents }),
    )
    .execute()
}

/** PT-25: the NSF groups of some companies. */
export async function domainsOf(
  db: Db,
  companyIds: readonly number[],
): Promise<Map<number, string[]>> {
  if (companyIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('company_domains')
    .select(['company_id', 'nsf'])
    .where('company_id', 'in', [...companyIds])
    .orderBy('nsf')
    .execute()
  const found = Map.groupBy(rows, ({ company_id }) => company_id)
  return new Map([...found].map(([id, domains]) => [id, domains.map(({ nsf }) => nsf)]))
}

/** The domains of a company are these, and no others. */
export async function saveDomains(
  db: Db,
  companyId: number,
  domains: readonly string[],
): Promise<void> {
  await db.deleteFrom('company_domains').where('company_id', '=', companyId).execute()
  if (domains.length === 0) return
  const rows = domains.map((nsf) => ({ company_id: companyId, nsf }))
  await db.insertInto('company_domains').values(rows).execute()
}
