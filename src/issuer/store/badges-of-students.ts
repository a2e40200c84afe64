import type { Db, Row } from '../../store/schema.js'
import { readable, readableOne, type Badge } from './packed-badges.js'

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

/** Released badges of one student, newest first. */
export async function listBadgesOfStudent(db: Db, studentId: number): Promise<BadgeOfStudent[]> {
  const rows = await ofStudents(db)
    .where('dossiers.student_id', '=', studentId)
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
