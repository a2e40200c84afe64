import type { NotNull } from 'kysely'
import type { Db, NewRow } from '../../store/schema.js'
import { concerns, type Sides } from '../cohorts/sides.js'
import type { AnyCohort } from '../cohorts/store.js'
import type { Period } from '../days.js'

/** A cordée, a pair, any group that is no P-TECH cohort. */
export type Group = AnyCohort &
  Readonly<{
    openedOn: string
    /** CO-01, JM-01: what its owner was on that day. */
    ownerType: string | null
    charterOn: string | null
    charterReference: string | null
  }>

/** The time of a school with a group. */
export type GroupSchool = Period &
  Readonly<{
    linkId: number
    cohortId: number
    schoolId: number
    publicId: string
    name: string
    /** OrganisationKind */
    kind: string
  }>

export async function insertGroup(
  db: Db,
  row: NewRow<'cohorts'>,
  opening: Omit<NewRow<'group_openings'>, 'cohort_id'>,
): Promise<number> {
  const { id } = await db
    .insertInto('cohorts')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('group_openings')
    .values({ ...opening, cohort_id: id })
    .execute()
  return id
}

export async function findGroup(db: Db, publicId: string): Promise<Group | undefined> {
  const row = await groups(db).where('cohorts.public_id', '=', publicId).executeTakeFirst()
  return row && toGroup(row)
}

/** Those that some run or, as schools, have students in, by name. */
export async function listGroups(db: Db, sides: Sides): Promise<Group[]> {
  const rows = await groups(db)
    .where(concerns(sides))
    .orderBy('cohorts.name')
    .orderBy('cohorts.id')
    .execute()
  return rows.map(toGroup)
}

function groups(db: Db) {
  return db
    .selectFrom('cohorts')
    .innerJoin('group_openings as opening', 'opening.cohort_id', 'cohorts.id')
    .innerJoin('organisations as owner', 'owner.id', 'cohorts.owner_id')
    .select([
      'cohorts.id',
      'cohorts.public_id as publicId',
      'cohorts.scheme',
      'cohorts.owner_id as ownerId',
      'owner.name as ownerName',
      'cohorts.name',
      'cohorts.class_id as classId',
      'cohorts.entry_year as entryYear',
      'cohorts.closed_on as closedOn',
      'opening.opened_on as openedOn',
      'opening.owner_type as ownerType',
      'opening.charter_on as charterOn',
      'opening.charter_reference as charterReference',
    ])
    .$narrowType<{ ownerId: NotNull }>()
}

type GroupRow = Awaited<ReturnType<ReturnType<typeof groups>['executeTakeFirstOrThrow']>>

function toGroup({ name, ...group }: GroupRow): Group {
  return { ...group, title: name ?? '' }
}

/** Whether an organisation runs an open group of this scheme and name. */
export async function hasOpenGroup(
  db: Db,
  of: Readonly<{ scheme: string; ownerId: number; name: string }>,
): Promise<boolean> {
  const row = await db
    .selectFrom('cohorts')
    .select('id')
    .where('scheme', '=', of.scheme)
    .where('owner_id', '=', of.ownerId)
    .where('name', '=', of.name)
    .where('closed_on', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Every time that a school has or had with some groups, the first one first. */
export function listGroupSchools(db: Db, cohortIds: readonly number[]): Promise<GroupSchool[]> {
  if (cohortIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('cohort_schools as link')
    .innerJoin('organisations as school', 'school.id', 'link.school_id')
    .select([
      'link.id as linkId',
      'link.cohort_id as cohortId',
      'link.school_id as schoolId',
      'school.public_id as publicId',
      'school.name',
      'school.kind',
      'link.from_day as fromDay',
      'link.until_day as untilDay',
    ])
    .where('link.cohort_id', 'in', [...cohortIds])
    .orderBy('link.from_day')
    .orderBy('link.id')
    .execute()
}

export async function saveCharter(
  db: Db,
  cohortId: number,
  charter: Readonly<{ charterOn: string; charterReference: string | null }>,
): Promise<void> {
  await db
    .updateTable('group_openings')
    .set({ charter_on: charter.charterOn, charter_reference: charter.charterReference })
    .where('cohort_id', '=', cohortId)
    .execute()
}

/** Ends a school's time with a group, unless it has an end. */
export async function endSchoolLink(db: Db, linkId: number, lastDay: string): Promise<void> {
  await db
    .updateTable('cohort_schools')
    .set({ until_day: lastDay })
    .where('id', '=', linkId)
    .where('until_day', 'is', null)
    .execute()
}

/** Ends the time of every school that has an open one with a group. */
export async function endSchoolLinks(db: Db, cohortId: number, lastDay: string): Promise<void> {
  await db
    .updateTable('cohort_schools')
    .set({ until_day: lastDay })
    .where('cohort_id', '=', cohortId)
    .where('until_day', 'is', null)
    .execute()
}

/** Closes a cohort that is held and open. */
export async function saveClosing(db: Db, cohortId: number, lastDay: string): Promise<void> {
  await db
    .updateTable('cohorts')
    .set({ closed_on: lastDay })
    .where('id', '=', cohortId)
    .where('closed_on', 'is', null)
    .execute()
}

/**
 * Holds a cohort of whatever scheme until the transaction ends: who comes second reads what the first has written.
 *
 * @returns when it was closed, if it is
 */
export function lockGroup(db: Db, cohortId: number): Promise<{ closedOn: string | null }> {
  return db
    .updateTable('cohorts')
    .set((of) => ({ scheme: of.ref('scheme') }))
    .where('id', '=', cohortId)
    .returning('closed_on as closedOn')
    .executeTakeFirstOrThrow()
}

/** The last day of a session of each of some groups; those without one are left out. */
export async function lastSessionDays(
  db: Db,
  cohortIds: readonly number[],
): Promise<Map<number, string>> {
  if (cohortIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('mentoring_sessions')
    .select(({ fn }) => ['cohort_id', fn.max('day').as('day')])
    .where('cohort_id', 'in', [...cohortIds])
    .groupBy('cohort_id')
    .execute()
  return new Map(rows.map(({ cohort_id, day }) => [cohort_id, day]))
}
