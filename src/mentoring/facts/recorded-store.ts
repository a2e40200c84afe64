import type { Db } from '../../store/schema.js'
import { contestKey, listPastContests, type PastContest } from './contests-store.js'

/** A session or a placement of one student, whatever has become of it. */
export type Recorded = Readonly<{
  kind: 'session' | 'placement'
  publicId: string
  studentId: number
  companyName: string
  /** Of a session. */
  sessionKind: string | undefined
  topic: string | undefined
  day: string
  untilDay: string
  /** Of a session; 0 for a placement. */
  minutes: number
  /** Of a placement; 0 for a session, and for a placement to which the student never came. */
  days: number
  confirmedAt: string | null
  contestedAt: string | null
  contestReason: string | null
  /** What the student said of versions before, or took back. */
  pastContests: readonly PastContest[]
  version: number
  /** Of a session: a mentor says that it did not take place so. */
  disputedAt: string | null
}>

/** Whether its student says that it is wrong, or a mentor that it did not take place so: it then counts for nothing. */
export function isDenied({ contestedAt, disputedAt }: Recorded): boolean {
  return contestedAt !== null || disputedAt !== null
}

/**
 * All that was recorded of some students and was not over before a day, the latest first.
 *
 * @param absences whether placements to which the school confirms that they never came are among it: no facts, with 0 days
 */
export async function listRecorded(
  db: Db,
  studentIds: readonly number[],
  fromDay = '',
  absences: 'without-absences' | 'with-absences' = 'without-absences',
): Promise<Recorded[]> {
  if (studentIds.length === 0) return []
  const past = await listPastContests(db, studentIds)
  const recorded = [
    ...(await recordedSessions(db, studentIds, fromDay)),
    ...(await recordedPlacements(db, studentIds, fromDay)),
    ...(absences === 'with-absences' ? await confirmedAbsences(db, studentIds) : []),
  ]
  return recorded
    .map(({ id, ...fact }) => ({
      ...fact,
      pastContests: past.get(contestKey(fact.kind, id, fact.studentId)) ?? [],
    }))
    .toSorted((one, other) => other.day.localeCompare(one.day))
}

type Found = Omit<Recorded, 'pastContests'> & Readonly<{ id: number }>

async function recordedSessions(
  db: Db,
  studentIds: readonly number[],
  fromDay: string,
): Promise<Found[]> {
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select([
      'fact.id',
      'fact.version',
      'fact.public_id as publicId',
      'fact.kind as sessionKind',
      'fact.topic',
      'fact.day',
      'fact.minutes',
      'fact.confirmed_at as confirmedAt',
      'fact.disputed_at as disputedAt',
      'presence.student_id as studentId',
      'presence.contested_at as contestedAt',
      'presence.contest_reason as contestReason',
      'organisations.name as companyName',
    ])
    .where('presence.student_id', 'in', [...studentIds])
    .where('fact.day', '>=', fromDay)
    .orderBy('fact.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    kind: 'session',
    sessionKind: row.sessionKind,
    untilDay: row.day,
    days: 0,
  }))
}

async function recordedPlacements(
  db: Db,
  studentIds: readonly number[],
  fromDay: string,
): Promise<Found[]> {
  const rows = await placementsOf(db, studentIds)
    .where('fact.until_day', '>=', fromDay)
    // Until its days are known it is planned, and no fact.
    .where('fact.days_done', 'is not', null)
    .execute()
  return rows.map(toRecorded)
}

/** Placements of which the tutor has said, and the school has confirmed, that the student never came. */
async function confirmedAbsences(db: Db, studentIds: readonly number[]): Promise<Found[]> {
  const rows = await placementsOf(db, studentIds)
    .innerJoin('placement_assessments as assessment', 'assessment.placement_id', 'fact.id')
    .where('assessment.sent_at', 'is not', null)
    .where('assessment.outcome', '=', 'DID_NOT_SHOW')
    .where('fact.confirmed_at', 'is not', null)
    .where('fact.days_done', 'is', null)
    .execute()
  return rows.map(toRecorded)
}

function placementsOf(db: Db, studentIds: readonly number[]) {
  return db
    .selectFrom('placements as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select([
      'fact.id',
      'fact.version',
      'fact.public_id as publicId',
      'fact.student_id as studentId',
      'fact.from_day as day',
      'fact.until_day as untilDay',
      'fact.days_done as days',
      'fact.confirmed_at as confirmedAt',
      'fact.contested_at as contestedAt',
      'fact.contest_reason as contestReason',
      'organisations.name as companyName',
    ])
    .where('fact.student_id', 'in', [...studentIds])
    .orderBy('fact.id')
}

type PlacementRow = Awaited<ReturnType<ReturnType<typeof placementsOf>['executeTakeFirstOrThrow']>>

function toRecorded(row: PlacementRow): Found {
  return {
    ...row,
    days: row.days ?? 0,
    kind: 'placement',
    sessionKind: undefined,
    topic: undefined,
    disputedAt: null,
    minutes: 0,
  }
}

/** A session of a cohort, and how many were there. */
export type CohortSession = Readonly<{
  publicId: string
  kind: string
  day: string
  minutes: number
  topic: string
  companyId: number
  companyName: string
  confirmedAt: string | null
  disputedAt: string | null
  students: number
  contested: number
}>

/** The sessions of a cohort from a day on, the latest first. */
export async function listSessions(
  db: Db,
  cohortId: number,
  fromDay: string,
): Promise<CohortSession[]> {
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students as presence', 'presence.session_id', 'fact.id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select((of) => [
      'fact.public_id as publicId',
      'fact.kind',
      'fact.day',
      'fact.minutes',
      'fact.topic',
      'fact.company_id as companyId',
      'fact.confirmed_at as confirmedAt',
      'fact.disputed_at as disputedAt',
      'organisations.name as companyName',
      of.fn.count('presence.id').as('students'),
      of.fn.count('presence.contested_at').as('contested'),
    ])
    .where('fact.cohort_id', '=', cohortId)
    .where('fact.day', '>=', fromDay)
    .groupBy(['fact.id', 'organisations.id'])
    .orderBy('fact.day', 'desc')
    .orderBy('fact.id', 'desc')
    .execute()
  return rows.map((row) => ({
    ...row,
    kind: row.kind,
    students: Number(row.students),
    contested: Number(row.contested),
  }))
}
