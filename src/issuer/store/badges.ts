import { hasRowLocks } from '../../store/row-locks.js'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { readable, readableOne, type Badge, type BadgeRow } from './packed-badges.js'

export type { Badge } from './packed-badges.js'

export async function insertBadges(db: Db, badges: readonly NewRow<'badges'>[]): Promise<void> {
  if (badges.length > 0) await db.insertInto('badges').values(badges).execute()
}

export async function findBadgeOfDossier(db: Db, dossierId: number): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst()
  return readableOne(db, row)
}

export async function findBadge(db: Db, publicId: string): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return readableOne(db, row)
}

export async function getBadge(db: Db, id: number): Promise<Badge> {
  const [badge] = await listBadgesOf(db, [id])
  if (!badge) throw new Error(`There is no badge ${id}.`)
  return badge
}

export async function findBadgeByCredential(
  db: Db,
  credentialId: string,
): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return readableOne(db, row)
}

/** The badge that has a place of a status list, or waits to have it. */
export async function findBadgeOfPlace(db: Db, entryId: number): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('status_entry_id', '=', entryId)
    .executeTakeFirst()
  return readableOne(db, row)
}

/** Signed badges that the log has not, the oldest first: from before there was one. */
export async function listUnlogged(db: Db, limit: number): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('signed_at', 'is not', null)
    .where('log_position', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return readable(db, rows)
}

/** Badges that the log has, by position, from one on. */
export async function listLogged(db: Db, from: number, limit: number): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('log_position', '>=', from)
    .orderBy('log_position')
    .limit(limit)
    .execute()
  return readable(db, rows)
}

/** Badges by their public ids, with their dossiers and students. */
export async function listBadgesByIds(
  db: Db,
  publicIds: readonly string[],
): Promise<BadgeOfStudent[]> {
  const rows = await ofStudents(db)
    .where('badges.public_id', 'in', ['', ...publicIds])
    .execute()
  return readable(db, rows)
}

/** The badges of some dossiers. */
export async function listBadgesOfDossiers(
  db: Db,
  dossierIds: readonly number[],
): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('dossier_id', 'in', [NOBODY, ...dossierIds])
    .orderBy('id')
    .execute()
  return readable(db, rows)
}

export async function listBadgesOf(db: Db, ids: readonly number[]): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .execute()
  return readable(db, rows)
}

/**
 * Holds badges until the transaction ends, before it writes the audit: a revocation does it in that order.
 *
 * @returns them as they are now
 */
export function lockBadges(db: Db, ids: readonly number[]): Promise<BadgeRow[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .orderBy('id')
    .$if(hasRowLocks(db), (query) => query.forNoKeyUpdate())
    .execute()
}

/** Approved dossiers with their reserved badges, in the order of their approval. */
export async function listAwards(
  db: Db,
  dossierIds: readonly number[],
): Promise<{ dossier: Row<'dossiers'>; badge: Badge }[]> {
  const dossiers = await db
    .selectFrom('dossiers')
    .selectAll()
    .where('id', 'in', [NOBODY, ...dossierIds])
    .where('state', '=', 'approved')
    .execute()
  const badges = await listBadgesOfDossiers(
    db,
    dossiers.map(({ id }) => id),
  )
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]))
  return badges.flatMap((badge) => {
    const dossier = byId.get(badge.dossier_id)
    return dossier ? { dossier, badge } : []
  })
}

/** No row has it: a list of ids is never empty in SQL. */
const NOBODY = -1

/** Those that are neither released nor void, the oldest first. */
export function listUnfinished(db: Db): Promise<BadgeRow[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('released_at', 'is', null)
    .orderBy('id')
    .execute()
}

export type ReleasedBadge = Badge & { state: string; place_revoked_at: string | null }

/** Released badges with the state of their dossier and of their place, by row, after one of them. */
export async function listReleasedAfter(
  db: Db,
  id: number,
  limit: number,
): Promise<ReleasedBadge[]> {
  const rows = await db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .innerJoin('status_entries', 'status_entries.id', 'badges.status_entry_id')
    .selectAll('badges')
    .select(['dossiers.state', 'status_entries.revoked_at as place_revoked_at'])
    .where('badges.released_at', 'is not', null)
    .where('badges.id', '>', id)
    .orderBy('badges.id')
    .limit(limit)
    .execute()
  return readable(db, rows)
}

/** Released badges of one person's student records, newest first. */
export async function listBadgesOfPerson(
  db: Db,
  personId: number,
): Promise<(Badge & { template_version_id: number; dossier_public_id: string })[]> {
  const rows = await db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .selectAll('badges')
    .select(['dossiers.template_version_id', 'dossiers.public_id as dossier_public_id'])
    .where('students.person_id', '=', personId)
    .where('badges.released_at', 'is not', null)
    .orderBy('badges.id', 'desc')
    .execute()
  return readable(db, rows)
}

export type BadgeOfStudent = Badge &
  Pick<
    Row<'dossiers'>,
    | 'student_id'
    | 'school_id'
    | 'company_id'
    | 'template_version_id'
    | 'approved_at'
    | 'approved_by_id'
  > & {
    dossier_public_id: string
    student_public_id: string
    student_person_id: number | null
    given_name: string
    family_name: string
  }

/** Badges of some schools or companies or of one student, newest first; also those that wait for their signature. */
export async function listBadges(
  db: Db,
  scope: Readonly<{ organisationIds: readonly number[]; personId: number | null }>,
  { limit, offset }: Readonly<{ limit: number; offset: number }>,
): Promise<BadgeOfStudent[]> {
  const ids = [-1, ...scope.organisationIds]
  const rows = await ofStudents(db)
    .where((of) =>
      of.or([
        of('dossiers.school_id', 'in', ids),
        of('dossiers.company_id', 'in', ids),
        of('students.person_id', '=', scope.personId ?? -1),
      ]),
    )
    .orderBy('badges.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return readable(db, rows)
}

/** A badge with its dossier and its student. */
export async function findBadgeOfStudent(
  db: Db,
  publicId: string,
): Promise<BadgeOfStudent | undefined> {
  const row = await ofStudents(db).where('badges.public_id', '=', publicId).executeTakeFirst()
  return readableOne(db, row)
}

function ofStudents(db: Db) {
  return db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .selectAll('badges')
    .select([
      'dossiers.public_id as dossier_public_id',
      'dossiers.student_id',
      'dossiers.school_id',
      'dossiers.company_id',
      'dossiers.template_version_id',
      'dossiers.approved_at',
      'dossiers.approved_by_id',
      'students.public_id as student_public_id',
      'students.person_id as student_person_id',
      'students.given_name',
      'students.family_name',
    ])
}
