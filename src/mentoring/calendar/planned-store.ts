import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Closed } from './month.js'

/** A session that is to take place. */
export type Planned = Readonly<{
  publicId: string
  cohortId: number
  kind: string
  day: string
  /** HH:MM at school, if it is settled. */
  startTime: string | null
  minutes: number
  topic: string
  organisationId: string
  organisationName: string
  /** Public id; of somebody of the organisation. */
  mentorId: string | null
  mentorName: string | null
  plannedAt: string
  cancelledAt: string | null
}>

export async function insertPlanned(db: Db, row: NewRow<'planned_sessions'>): Promise<void> {
  await db.insertInto('planned_sessions').values(row).execute()
}

export async function findPlanned(db: Db, publicId: string): Promise<Planned | undefined> {
  const row = await planned(db).where('plan.public_id', '=', publicId).executeTakeFirst()
  return row && toPlanned(row)
}

/** Those of a cohort in a period, by day and time, cancelled ones too. */
export async function listPlanned(
  db: Db,
  cohortId: number,
  { fromDay, untilDay }: Closed,
): Promise<Planned[]> {
  const rows = await planned(db)
    .where('plan.cohort_id', '=', cohortId)
    .where('plan.day', '>=', fromDay)
    .where('plan.day', '<=', untilDay)
    .orderBy('plan.day')
    .orderBy((of) => of.fn.coalesce('plan.start_time', of.val('')))
    .orderBy('plan.id')
    .execute()
  return rows.map(toPlanned)
}

type SamePlan = Pick<
  Row<'planned_sessions'>,
  'cohort_id' | 'organisation_id' | 'kind' | 'day' | 'start_time' | 'topic'
>

/** Whether one is planned already that is the same in all that is said of it. */
export async function hasPlanned(db: Db, row: SamePlan): Promise<boolean> {
  const found = await db
    .selectFrom('planned_sessions')
    .select('id')
    .where('cohort_id', '=', row.cohort_id)
    .where('organisation_id', '=', row.organisation_id)
    .where('kind', '=', row.kind)
    .where('day', '=', row.day)
    .where('topic', '=', row.topic)
    .where((of) =>
      row.start_time === null
        ? of('start_time', 'is', null)
        : of('start_time', '=', row.start_time),
    )
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}

/** @returns false if it was cancelled already; nothing is then changed */
export async function saveCancelled(db: Db, publicId: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('planned_sessions')
    .set({ cancelled_at: at.toISOString() })
    .where('public_id', '=', publicId)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function planned(db: Db) {
  return db
    .selectFrom('planned_sessions as plan')
    .innerJoin('organisations', 'organisations.id', 'plan.organisation_id')
    .leftJoin('persons', 'persons.id', 'plan.mentor_id')
    .select([
      'plan.public_id as publicId',
      'plan.cohort_id as cohortId',
      'plan.kind',
      'plan.day',
      'plan.start_time as startTime',
      'plan.minutes',
      'plan.topic',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      'persons.public_id as mentorId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'plan.planned_at as plannedAt',
      'plan.cancelled_at as cancelledAt',
    ])
}

type PlannedRow = Awaited<ReturnType<ReturnType<typeof planned>['execute']>>[number]

function toPlanned({ givenName, familyName, ...row }: PlannedRow): Planned {
  return { ...row, mentorName: givenName === null ? null : `${givenName} ${familyName ?? ''}` }
}
