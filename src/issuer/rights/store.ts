import { sql } from 'kysely'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { HAS_ADDRESS } from './warning.js'

/** `school_id` is the school that had it when it was made, or decided on since; `presentSchoolId` that of the student, who may have moved. */
export type ErasureRequest = Row<'erasure_requests'> & Readonly<{ presentSchoolId: number }>
export const BADGE_CHOICES = ['revoke', 'keep'] as const
export type BadgeChoice = (typeof BADGE_CHOICES)[number]

export async function insertRequest(db: Db, row: NewRow<'erasure_requests'>): Promise<void> {
  await db.insertInto('erasure_requests').values(row).execute()
}

export function findRequest(db: Db, publicId: string): Promise<ErasureRequest | undefined> {
  return requests(db).where('erasure_requests.public_id', '=', publicId).executeTakeFirst()
}

/** Every request about a student, the latest first. */
export function listRequestsOf(db: Db, studentId: number): Promise<ErasureRequest[]> {
  return requests(db)
    .where('erasure_requests.student_id', '=', studentId)
    .orderBy('erasure_requests.id', 'desc')
    .execute()
}

/** Requests that wait for somebody of these schools, which their students are at now; the oldest first. */
export function listOpenRequests(db: Db, schoolIds: readonly number[]): Promise<ErasureRequest[]> {
  return requests(db)
    .where('students.school_id', 'in', [-1, ...schoolIds])
    .where('erasure_requests.ended_at', 'is', null)
    .where('erasure_requests.seconded_at', 'is', null)
    .orderBy('erasure_requests.id')
    .execute()
}

function requests(db: Db) {
  return (
    db
      .selectFrom('erasure_requests')
      .leftJoin('students', 'students.id', 'erasure_requests.student_id')
      .selectAll('erasure_requests')
      .select((of) =>
        of.fn.coalesce('students.school_id', 'erasure_requests.school_id').as('presentSchoolId'),
      )
      // Of a student whom the second wall hides the school is not that of the request.
      .where((or) =>
        or.or([or('erasure_requests.student_id', 'is', null), or('students.id', 'is not', null)]),
      )
  )
}

/**
 * Changes a request as long as it is at this point of its life; who comes second changes nothing.
 *
 * @param at 'asked': nobody has decided; 'agreed': one has; 'seconded': both have
 */
export async function moveRequest(
  db: Db,
  id: number,
  at: 'asked' | 'agreed' | 'undecided' | 'seconded',
  changes: Partial<Omit<Row<'erasure_requests'>, 'id'>>,
): Promise<boolean> {
  const isAgreed = {
    asked: 'is',
    agreed: 'is not',
    seconded: 'is not',
    undecided: undefined,
  } as const
  const agreed = isAgreed[at]
  const result = await db
    .updateTable('erasure_requests')
    .set(changes)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('seconded_at', at === 'seconded' ? 'is not' : 'is', null)
    .$if(agreed !== undefined, (query) => query.where('agreed_at', agreed ?? 'is', null))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export type Award = Readonly<{
  schoolId: number
  versionId: number
  releasedAt: string | null
  revokedAt: string | null
  endorsedAt: string | null
}>

/** What figures count of the dossiers and badges of a student. */
export function listAwardsOf(db: Db, studentId: number): Promise<Award[]> {
  return db
    .selectFrom('dossiers')
    .leftJoin('badges', 'badges.dossier_id', 'dossiers.id')
    .select(['dossiers.school_id as schoolId', 'dossiers.template_version_id as versionId'])
    .select(['badges.released_at as releasedAt', 'badges.revoked_at as revokedAt'])
    .select('dossiers.endorsed_at as endorsedAt')
    .where('dossiers.student_id', '=', studentId)
    .execute()
}

export type AwardCount = Omit<Row<'erased_awards'>, 'id'>

/** With a student every request about them ends, wherever it stood. */
export async function endRequestsOf(db: Db, studentId: number, at: string): Promise<void> {
  await db
    .updateTable('erasure_requests')
    .set({ ended_at: at, ended_as: 'ERASED' })
    .where('student_id', '=', studentId)
    .where('ended_at', 'is', null)
    .execute()
}

export async function addAwards(db: Db, one: AwardCount): Promise<void> {
  await db
    .insertInto('erased_awards')
    .values(one)
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'template_version_id', 'school_year']).doUpdateSet({
        issued: sql`erased_awards.issued + excluded.issued`,
        revoked: sql`erased_awards.revoked + excluded.revoked`,
        endorsed: sql`erased_awards.endorsed + excluded.endorsed`,
      }),
    )
    .execute()
}

/** Awards of nobody any more, with the definition that they were of. */
export function listErasedAwards(
  db: Db,
  of: Readonly<{ schoolId: number; year: number }>,
): Promise<{ definition: string; issued: number; revoked: number; endorsed: number }[]> {
  return db
    .selectFrom('erased_awards as award')
    .innerJoin('template_versions as version', 'version.id', 'award.template_version_id')
    .select(['version.definition', 'award.issued', 'award.revoked', 'award.endorsed'])
    .where('award.school_id', '=', of.schoolId)
    .where('award.school_year', '=', of.year)
    .execute()
}

/** Badges of a student that a status list can still take back, or that are on their way. */
export function listBadgesToEnd(db: Db, studentId: number): Promise<Row<'badges'>[]> {
  return db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .selectAll('badges')
    .where('dossiers.student_id', '=', studentId)
    .where('badges.revoked_at', 'is', null)
    .orderBy('badges.id')
    .execute()
}

/** How many students should have been forgotten and could not be. */
export async function countFailedErasures(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('students')
    .select((of) => of.fn.countAll<number | string>().as('count'))
    .where('erasure_failed_at', 'is not', null)
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return Number(count)
}

export type Forgetting = Readonly<{
  toldOn: string | null
  cameBackOn: string | null
  hasAddress: boolean
}>

/** What is known of the forgetting of a person: whether and when they were told, and came back. */
export async function findForgetting(db: Db, personId: number): Promise<Forgetting> {
  const row = await db
    .selectFrom('persons')
    .select(['forgetting_told_on as toldOn', 'came_back_on as cameBackOn'])
    .select(sql<number>`case when ${HAS_ADDRESS} then 1 else 0 end`.as('hasAddress'))
    .where('id', '=', personId)
    .executeTakeFirst()
  if (!row) return { toldOn: null, cameBackOn: null, hasAddress: false }
  return { ...row, hasAddress: row.hasAddress === 1 }
}
