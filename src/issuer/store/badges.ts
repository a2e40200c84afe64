import type { Db, NewRow, Row } from '../../store/schema.js'

export type Badge = Row<'badges'>

export async function insertBadge(db: Db, badge: NewRow<'badges'>): Promise<void> {
  await db.insertInto('badges').values(badge).execute()
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

/** Keeps the signed endorsement, once: a second signature of the same bytes is the same. */
export async function saveSignedEndorsement(db: Db, id: number, document: string): Promise<void> {
  await db
    .updateTable('badges')
    .set({ endorsement_document: document })
    .where('id', '=', id)
    .where('endorsement_document', 'is', null)
    .execute()
}

/**
 * Freezes bytes that will be signed, once.
 *
 * @returns the bytes that are frozen: perhaps those of an earlier run
 */
export async function freeze(
  db: Db,
  badge: Readonly<{
    id: number
    what: 'badge_prepared' | 'endorsement_prepared'
    text: string
    at: Date
  }>,
): Promise<string> {
  await db
    .updateTable('badges')
    .set({ [badge.what]: badge.text, prepared_at: badge.at.toISOString() })
    .where('id', '=', badge.id)
    .where(badge.what, 'is', null)
    .execute()
  const frozen = (await getBadge(db, badge.id))[badge.what]
  if (frozen === null) throw new Error(`badge ${badge.id} has vanished`)
  return frozen
}

/** Nothing signed leaves the house before this is committed. */
export async function releaseBadge(
  db: Db,
  id: number,
  document: string,
  at: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('badges')
    .set({ badge_document: document, signed_at: at.toISOString(), released_at: at.toISOString() })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Takes a reservation back, and keeps a record of it: its places in the status lists stay taken.
 *
 * @returns false for a badge that was released, or is void already: nothing is changed
 */
export async function voidBadge(db: Db, id: number, at: Date): Promise<boolean> {
  const badge = await db
    .deleteFrom('badges')
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!badge) return false
  await db
    .insertInto('voided_badges')
    .values({
      public_id: badge.public_id,
      dossier_id: badge.dossier_id,
      credential_id: badge.credential_id,
      status_entry_id: badge.status_entry_id,
      endorsement_id: badge.endorsement_id,
      endorsement_entry_id: badge.endorsement_entry_id,
      endorsement_document: badge.endorsement_document,
      reserved_at: badge.reserved_at,
      voided_at: at.toISOString(),
    })
    .execute()
  return true
}

export async function markRevoked(
  db: Db,
  revocation: Readonly<{ id: number; reason: string; byId: number | null; at: Date }>,
): Promise<boolean> {
  const result = await db
    .updateTable('badges')
    .set({
      revoked_at: revocation.at.toISOString(),
      revocation_reason: revocation.reason,
      revoked_by_id: revocation.byId,
    })
    .where('id', '=', revocation.id)
    .where('released_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
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
    'school_id' | 'company_id' | 'template_version_id' | 'approved_at' | 'approved_by_id'
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
