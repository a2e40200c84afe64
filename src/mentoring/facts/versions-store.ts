import type { Db, NewRow } from '../../store/schema.js'

/** What a version of a session says: every word of it, and people by their public ids alone. */
export async function contentOfSession(db: Db, id: number): Promise<Record<string, unknown>> {
  const session = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select(['fact.public_id as id', 'fact.scheme', 'fact.kind', 'fact.format', 'fact.day'])
    .select(['fact.minutes', 'fact.topic', 'fact.place', 'fact.version'])
    .select('organisations.public_id as organisation')
    .where('fact.id', '=', id)
    .executeTakeFirstOrThrow()
  const mentors = await db
    .selectFrom('session_mentors as mentor')
    .innerJoin('persons', 'persons.id', 'mentor.person_id')
    .select('persons.public_id as id')
    .where('mentor.session_id', '=', id)
    .execute()
  const students = await db
    .selectFrom('session_students as presence')
    .innerJoin('students', 'students.id', 'presence.student_id')
    .select('students.public_id as id')
    .where('presence.session_id', '=', id)
    .execute()
  return { ...session, mentors: idsOf(mentors), students: idsOf(students) }
}

/** What a version of a placement says. */
export async function contentOfPlacement(db: Db, id: number): Promise<Record<string, unknown>> {
  return db
    .selectFrom('placements as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .innerJoin('persons', 'persons.id', 'fact.tutor_id')
    .innerJoin('students', 'students.id', 'fact.student_id')
    .select(['fact.public_id as id', 'fact.from_day as fromDay', 'fact.until_day as untilDay'])
    .select(['fact.days_done as days', 'fact.version', 'organisations.public_id as organisation'])
    .select(['persons.public_id as tutor', 'students.public_id as student'])
    .where('fact.id', '=', id)
    .executeTakeFirstOrThrow()
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id).toSorted()
}

/** Keeps a version; one that is kept already stays as it is. */
export async function insertVersion(db: Db, row: NewRow<'fact_versions'>): Promise<void> {
  await db
    .insertInto('fact_versions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['kind', 'fact_id', 'version']).doNothing())
    .execute()
}

export type FactVersion = Readonly<{
  version: number
  /** JSON */
  content: string
  digest: string
  reason: string | null
  at: string
}>

/** Every version of a fact that was kept, the first one first. */
export function listVersions(
  db: Db,
  kind: 'session' | 'placement',
  factId: number,
): Promise<FactVersion[]> {
  return db
    .selectFrom('fact_versions')
    .select(['version', 'content', 'digest', 'reason', 'at'])
    .where('kind', '=', kind)
    .where('fact_id', '=', factId)
    .orderBy('version')
    .execute()
}
