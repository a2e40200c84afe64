import type { Db } from '../../store/schema.js'

type FactKind = 'session' | 'placement'
type Of = Readonly<{ kind: FactKind; factId: number; studentId?: number }>

/** What a student says of the version of a fact that now stands. */
type Contest = Readonly<{
  /** Of the row that holds it: a presence, or a placement. */
  id: number
  studentId: number
  version: number
  reason: string
  at: string
}>

/** What a student said of a version that was corrected since, or took back. */
export type PastContest = Readonly<{
  version: number
  reason: string
  endedBy: 'CORRECTION' | 'STUDENT'
}>

/** @returns false if the student is not of the fact, or contests it already */
export async function saveContest(
  db: Db,
  { kind, factId, studentId }: Required<Of>,
  { at, reason }: Readonly<{ at: string; reason: string }>,
): Promise<boolean> {
  const said = { contested_at: at, contest_reason: reason }
  const result =
    kind === 'session'
      ? await db
          .updateTable('session_students')
          .set(said)
          .where('session_id', '=', factId)
          .where('student_id', '=', studentId)
          .where('contested_at', 'is', null)
          .executeTakeFirst()
      : await db
          .updateTable('placements')
          .set(said)
          .where('id', '=', factId)
          .where('student_id', '=', studentId)
          .where('contested_at', 'is', null)
          .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The contests of a fact that stand: of all its students, or of one. */
export async function listContests(db: Db, of: Of): Promise<Contest[]> {
  const rows = await (of.kind === 'session' ? ofSession(db, of) : ofPlacement(db, of))
  return rows.flatMap(({ at, reason, ...row }) =>
    at === null || reason === null ? [] : [{ ...row, at, reason }],
  )
}

function ofSession(db: Db, { factId, studentId }: Of) {
  return db
    .selectFrom('session_students as presence')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'presence.session_id')
    .select(['presence.id', 'presence.student_id as studentId', 'fact.version'])
    .select(['presence.contested_at as at', 'presence.contest_reason as reason'])
    .where('fact.id', '=', factId)
    .where('presence.contested_at', 'is not', null)
    .$if(studentId !== undefined, (query) =>
      query.where('presence.student_id', '=', studentId ?? 0),
    )
    .execute()
}

function ofPlacement(db: Db, { factId, studentId }: Of) {
  return db
    .selectFrom('placements as fact')
    .select(['fact.id', 'fact.student_id as studentId', 'fact.version'])
    .select(['fact.contested_at as at', 'fact.contest_reason as reason'])
    .where('fact.id', '=', factId)
    .where('fact.contested_at', 'is not', null)
    .$if(studentId !== undefined, (query) => query.where('fact.student_id', '=', studentId ?? 0))
    .execute()
}

/** Moves contests to what was said in the past. They must be held since they were read. */
export async function endContests(
  db: Db,
  { kind, factId }: Of,
  contests: readonly Contest[],
  end: Readonly<{ at: string; by: PastContest['endedBy'] }>,
): Promise<void> {
  if (contests.length === 0) return
  const past = contests.map(({ studentId: student_id, version, reason, at }) => ({
    ...{ student_id, kind, fact_id: factId, version, reason, contested_at: at },
    ...{ ended_at: end.at, ended_by: end.by },
  }))
  await db.insertInto('past_contests').values(past).execute()
  const ids = contests.map(({ id }) => id)
  const nothing = { contested_at: null, contest_reason: null }
  await (kind === 'session'
    ? db.updateTable('session_students').set(nothing).where('id', 'in', ids).execute()
    : db.updateTable('placements').set(nothing).where('id', 'in', ids).execute())
}

/** The past contests of some students, by `kind/factId/studentId`, the first one first. */
export async function listPastContests(
  db: Db,
  studentIds: readonly number[],
): Promise<Map<string, PastContest[]>> {
  if (studentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('past_contests')
    .selectAll()
    .where('student_id', 'in', [...studentIds])
    .orderBy('id')
    .execute()
  const byFact = Map.groupBy(rows, (row) => contestKey(row.kind, row.fact_id, row.student_id))
  return new Map(
    [...byFact].map(([key, own]) => [
      key,
      own.map(({ version, reason, ended_by }) => ({
        ...{ version, reason },
        endedBy: ended_by === 'STUDENT' ? 'STUDENT' : 'CORRECTION',
      })),
    ]),
  )
}

export function contestKey(kind: string, factId: number, studentId: number): string {
  return `${kind}/${factId}/${studentId}`
}
