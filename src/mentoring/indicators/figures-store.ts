import type { Db } from '../../store/schema.js'
import { MEASURES, type Measured } from './measures.data.js'

export type FigureRow = Readonly<{
  schoolId: number
  level: string
  /** Of the cohort that was counted first. */
  countedAt: string
}> &
  Measured

/** What is shown of other years, of a school. */
export type HistoryRow = Readonly<{
  schoolId: number
  schoolYear: number
  counts: Readonly<Record<'followed' | 'sessions' | 'minutes', number>>
}>

export type SessionRow = Readonly<{
  schoolId: number
  level: string
  kind: string
  format: string
  sessions: number
  minutes: number
}>

/** The figures of some schools in a scheme and a school year, summed over cohorts. */
export async function sumFigures(
  db: Db,
  schoolIds: readonly number[],
  of: Readonly<{ scheme: string; schoolYear: number }>,
): Promise<FigureRow[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('cohort_figures')
    .select(['school_id as schoolId', 'level'])
    .select((select) => select.fn.min('counted_at').as('countedAt'))
    .select((select) => MEASURES.map((measure) => select.fn.sum(measure).as(measure)))
    .where('school_id', 'in', schoolIds)
    .where('scheme', '=', of.scheme)
    .where('school_year', '=', of.schoolYear)
    .groupBy(['school_id', 'level'])
    .orderBy('school_id')
    .orderBy('level')
    .execute()
  // PostgreSQL's sums are text.
  return rows.map((row) => {
    const sums = MEASURES.map((measure) => [measure, Number(row[measure])])
    return { ...row, ...(Object.fromEntries(sums) as Measured) }
  })
}

/** The few figures of theirs that are compared over all school years. */
export async function sumHistory(
  db: Db,
  schoolIds: readonly number[],
  scheme: string,
): Promise<HistoryRow[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('cohort_figures')
    .select(['school_id as schoolId', 'school_year as schoolYear'])
    .select((select) => [
      select.fn.sum('followed').as('followed'),
      select.fn.sum('sessions').as('sessions'),
      select.fn.sum('minutes').as('minutes'),
    ])
    .where('school_id', 'in', schoolIds)
    .where('scheme', '=', scheme)
    .groupBy(['school_id', 'school_year'])
    .execute()
  return rows.map(({ schoolId, schoolYear, followed, sessions, minutes }) => ({
    schoolId,
    schoolYear,
    counts: {
      followed: Number(followed),
      sessions: Number(sessions),
      minutes: Number(minutes),
    },
  }))
}

/** Their sessions of one school year by kind and format. */
export async function sumSessions(
  db: Db,
  schoolIds: readonly number[],
  of: Readonly<{ scheme: string; schoolYear: number }>,
): Promise<SessionRow[]> {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('session_figures')
    .select(['school_id as schoolId', 'level', 'kind', 'format'])
    .select((select) => [
      select.fn.sum('sessions').as('sessions'),
      select.fn.sum('minutes').as('minutes'),
    ])
    .where('school_id', 'in', schoolIds)
    .where('scheme', '=', of.scheme)
    .where('school_year', '=', of.schoolYear)
    .groupBy(['school_id', 'level', 'kind', 'format'])
    .execute()
  return rows.map((row) => ({
    ...row,
    sessions: Number(row.sessions),
    minutes: Number(row.minutes),
  }))
}

export type Place = Readonly<{
  id: number
  publicId: string
  kind: string
  name: string
  academyCode: string | null
  /** Of a school: the first three signs of its UAI; empty where it has none. */
  department: string
}>

/** The organisations themselves, by name. */
export async function listPlaces(db: Db, ids: readonly number[]): Promise<Place[]> {
  if (ids.length === 0) return []
  return toPlaces(await places(db).where('id', 'in', ids).execute())
}

/** The schools of an academy, by name. */
export async function listSchoolsOf(db: Db, academyCode: string): Promise<Place[]> {
  const schools = places(db)
    .where('academy_code', '=', academyCode)
    .where('kind', 'in', ['lycee', 'college'])
  return toPlaces(await schools.execute())
}

function places(db: Db) {
  return db
    .selectFrom('organisations')
    .select(['id', 'public_id as publicId', 'kind', 'name', 'academy_code as academyCode', 'uai'])
    .orderBy('id')
}

const french = new Intl.Collator('fr')

type PlaceRow = Omit<Place, 'department'> & Readonly<{ uai: string | null }>

/** By name, whatever the database makes of É. */
function toPlaces(rows: readonly PlaceRow[]): Place[] {
  const all = rows.map(({ uai, ...row }) => ({ ...row, department: uai?.slice(0, 3) ?? '' }))
  return all.toSorted((one, other) => french.compare(one.name, other.name))
}
