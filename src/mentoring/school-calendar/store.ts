import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Period } from '../days.js'
import type { Breaks } from './school-days.js'

export type SchoolBreak = Row<'school_breaks'>

/** The days without school of a calendar between two days; none for a calendar that is not known. */
export async function breaksOf(
  db: Db,
  calendar: string | undefined,
  from: string,
  until: string,
): Promise<Breaks> {
  if (calendar === undefined) return []
  return (await breaksOfAll(db, [calendar], from, until)).get(calendar) ?? []
}

/** The same of several calendars at once, each by its name. */
export async function breaksOfAll(
  db: Db,
  calendars: readonly string[],
  from: string,
  until: string,
): Promise<ReadonlyMap<string, Breaks>> {
  if (calendars.length === 0) return new Map()
  const rows = await db
    .selectFrom('school_breaks')
    .select(['zone', 'from_day as fromDay', 'until_day as untilDay'])
    .where('zone', 'in', [...calendars])
    .where('from_day', '<=', until)
    .where('until_day', '>=', from)
    .orderBy('from_day')
    .execute()
  return Map.groupBy<string, Period & { zone: string }>(rows, ({ zone }) => zone)
}

/** The days without school of a calendar between two days, with their names. */
export async function listNamedBreaks(db: Db, calendar: string, from: string, until: string) {
  const rows = await db
    .selectFrom('school_breaks')
    .select(['name_fr', 'name_en', 'from_day', 'until_day'])
    .where('zone', '=', calendar)
    .where('from_day', '<=', until)
    .where('until_day', '>=', from)
    .orderBy('from_day')
    .execute()
  return rows.map(({ name_fr: fr, name_en: en, from_day: fromDay, until_day: untilDay }) => ({
    ...{ fromDay, untilDay },
    name: { fr, en },
  }))
}

/** All of a school year, by calendar and day. */
export function listBreaks(db: Db, schoolYear: number): Promise<SchoolBreak[]> {
  return db
    .selectFrom('school_breaks')
    .selectAll()
    .where('school_year', '=', schoolYear)
    .orderBy('zone')
    .orderBy('from_day')
    .orderBy('id')
    .execute()
}

/** The school years that the calendar has, the newest first. */
export async function listYears(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('school_breaks')
    .select('school_year')
    .distinct()
    .orderBy('school_year', 'desc')
    .execute()
  return rows.map(({ school_year }) => school_year)
}

export function findBreak(db: Db, publicId: string): Promise<SchoolBreak | undefined> {
  return db
    .selectFrom('school_breaks')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** @returns false if the calendar has one of this name in the year already; nothing is then changed */
export async function insertBreak(db: Db, row: NewRow<'school_breaks'>): Promise<boolean> {
  const inserted = await db
    .insertInto('school_breaks')
    .values(row)
    .onConflict((conflict) => conflict.columns(['zone', 'school_year', 'name_fr']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** @returns false if its dates are not `as` the writer read them any more; nothing is then changed */
export async function saveBreak(
  db: Db,
  id: number,
  change: Pick<SchoolBreak, 'from_day' | 'until_day' | 'source' | 'verified_on'>,
  as: Pick<SchoolBreak, 'from_day' | 'until_day'>,
): Promise<boolean> {
  const result = await db
    .updateTable('school_breaks')
    .set(change)
    .where('id', '=', id)
    .where('from_day', '=', as.from_day)
    .where('until_day', '=', as.until_day)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** @returns false if its dates are not `as` the writer read them any more; nothing is then removed */
export async function deleteBreak(
  db: Db,
  id: number,
  as: Pick<SchoolBreak, 'from_day' | 'until_day'>,
): Promise<boolean> {
  const result = await db
    .deleteFrom('school_breaks')
    .where('id', '=', id)
    .where('from_day', '=', as.from_day)
    .where('until_day', '=', as.until_day)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
