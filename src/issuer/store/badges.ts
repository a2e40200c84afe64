import type { Db, NewRow, Row } from '../../store/schema.js'

export type Badge = Row<'badges'>

export async function insertBadges(db: Db, badges: readonly NewRow<'badges'>[]): Promise<void> {
  if (badges.length > 0) await db.insertInto('badges').values(badges).execute()
}

export function findBadgeOfDossier(db: Db, dossierId: number): Promise<Badge | undefined> {
  return db.selectFrom('badges').selectAll().where('dossier_id', '=', dossierId).executeTakeFirst()
}

export function findBadge(db: Db, publicId: string): Promise<Badge | undefined> {
  return db.selectFrom('badges').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

export function getBadge(db: Db, id: number): Promise<Badge> {
  return db.selectFrom('badges').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export function findBadgeByCredential(db: Db, credentialId: string): Promise<Badge | undefined> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
}

/** The badge that has a place of a status list, or waits to have it. */
export function findBadgeOfPlace(db: Db, entryId: number): Promise<Badge | undefined> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('status_entry_id', '=', entryId)
    .executeTakeFirst()
}

/** Signed badges that the log has not, the oldest first: from before there was one. */
export function listUnlogged(db: Db, limit: number): Promise<Badge[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('signed_at', 'is not', null)
    .where('log_position', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Badges that the log has, by position, from one on. */
export function listLogged(db: Db, from: number, limit: number): Promise<Badge[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('log_position', '>=', from)
    .orderBy('log_position')
    .limit(limit)
    .execute()
}

/** Badges by their public ids, with their dossiers and students. */
export function listBadgesByIds(db: Db, publicIds: readonly string[]): Promise<BadgeOfStudent[]> {
  return ofStudents(db)
    .where('badges.public_id', 'in', ['', ...publicIds])
    .execute()
}

/** The badges of some dossiers. */
export function listBadgesOfDossiers(db: Db, dossierIds: readonly number[]): Promise<Badge[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('dossier_id', 'in', [NOBODY, ...dossierIds])
    .orderBy('id')
    .execute()
}

export function listBadgesOf(db: Db, ids: readonly number[]): Promise<Badge[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .execute()
}

/**
 * Holds badges until the transaction ends, before it writes the audit: a revocation does it in that order.
 *
 * @returns them as they are now
 */
export function lockBadges(db: Db, ids: readonly number[]): Promise<Badge[]> {
  return db
    .updateTable('badges')
    .set((of) => ({ dossier_id: of.ref('dossier_id') }))
    .where('id', 'in', [NOBODY, ...ids])
    .returningAll()
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
export function listUnfinished(db: Db): Promise<Badge[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('released_at', 'is', null)
    .orderBy('id')
    .execute()
}

export type ReleasedBadge = Badge & { state: string; place_revoked_at: string | null }

/** Released badges with the state of their dossier and of their place, by row, after one of them. */
export function listReleasedAfter(db: Db, id: number, limit: number): Promise<ReleasedBadge[]> {
  return db
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
}

/** Released badges of one person's student records, newest first. */
export function listBadgesOfPerson(
  db: Db,
  personId: number,
): Promise<(Badge & { template_version_id: number; dossier_public_id: string })[]> {
  return db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .selectAll('badges')
    .select(['dossiers.template_version_id', 'dossiers.public_id as dossier_public_id'])
    .where('students.person_id', '=', personId)
    .where('badges.released_at', 'is not', null)
    .orderBy('badges.id', 'desc')
    .execute()
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
export function listBadges(
  db: Db,
  scope: Readonly<{ organisationIds: readonly number[]; personId: number | null }>,
  { limit, offset }: Readonly<{ limit: number; offset: number }>,
): Promise<BadgeOfStudent[]> {
  const ids = [-1, ...scope.organisationIds]
  return ofStudents(db)
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
}

/** A badge with its dossier and its student. */
export function findBadgeOfStudent(db: Db, publicId: string): Promise<BadgeOfStudent | undefined> {
  return ofStudents(db).where('badges.public_id', '=', publicId).executeTakeFirst()
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
