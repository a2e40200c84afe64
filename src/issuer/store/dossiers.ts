import type { ExpressionBuilder } from 'kysely'
import { hasRowLocks } from '../../store/row-locks.js'
import type { Db, NewRow, Row, Schema } from '../../store/schema.js'

export type Dossier = Row<'dossiers'>
export const DOSSIER_STATES = [
  'open',
  'proposed',
  'assessed',
  'endorsed',
  'approved',
  'issued',
  'refused',
] as const
export type DossierState = (typeof DOSSIER_STATES)[number]

/** @returns undefined when the student has one for this badge, or this one is replaced by another: nothing is changed */
export async function insertDossier(
  db: Db,
  dossier: NewRow<'dossiers'>,
): Promise<number | undefined> {
  const row = await db
    .insertInto('dossiers')
    .values(dossier)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export function findDossier(db: Db, publicId: string): Promise<Dossier | undefined> {
  return db.selectFrom('dossiers').selectAll().where('public_id', '=', publicId).executeTakeFirst()
}

export function getDossier(db: Db, id: number): Promise<Dossier> {
  return db.selectFrom('dossiers').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export type DossierOfStudent = Dossier & {
  student_public_id: string
  student_person_id: number | null
  given_name: string
  family_name: string
}

/** A dossier with its student. */
export function findDossierOfStudent(
  db: Db,
  publicId: string,
): Promise<DossierOfStudent | undefined> {
  return ofStudents(db).where('dossiers.public_id', '=', publicId).executeTakeFirst()
}

export type DossierScope = Readonly<{
  /** Schools and companies. */
  organisationIds: readonly number[]
  /** A student's own. */
  personId: number | null
  states?: readonly DossierState[]
}>

/** Those of some organisations or of one student, newest first. */
export function listDossiers(
  db: Db,
  scope: DossierScope,
  { limit, offset }: Readonly<{ limit: number; offset: number }>,
): Promise<DossierOfStudent[]> {
  return ofStudents(db)
    .where((of) => of.or(inScope(scope, of)))
    .where('dossiers.state', 'in', [...(scope.states ?? DOSSIER_STATES)])
    .orderBy('dossiers.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countDossiers(db: Db, scope: DossierScope): Promise<number> {
  const row = await db
    .selectFrom('dossiers')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .select((of) => of.fn.countAll().as('count'))
    .where((of) => of.or(inScope(scope, of)))
    .where('dossiers.state', 'in', [...(scope.states ?? DOSSIER_STATES)])
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Dossiers by their public ids, with their students. */
export function listDossiersByIds(db: Db, ids: readonly string[]): Promise<DossierOfStudent[]> {
  return ofStudents(db)
    .where('dossiers.public_id', 'in', ['', ...ids])
    .execute()
}

export function listDossiersOfIds(db: Db, ids: readonly number[]): Promise<Dossier[]> {
  return db
    .selectFrom('dossiers')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .execute()
}

/** The dossiers that some students have for some badges; of the same, the one that replaces comes last. */
export function listDossiersFor(
  db: Db,
  studentIds: readonly number[],
  versionIds: readonly number[],
): Promise<DossierOfStudent[]> {
  return ofStudents(db)
    .where('dossiers.student_id', 'in', [NOBODY, ...studentIds])
    .where('dossiers.template_version_id', 'in', [NOBODY, ...versionIds])
    .orderBy('dossiers.id')
    .execute()
}

/** The dossiers that a student has already, the latest last. */
export function listDossiersOf(db: Db, studentId: number): Promise<Dossier[]> {
  return db
    .selectFrom('dossiers')
    .selectAll()
    .where('student_id', '=', studentId)
    .orderBy('id')
    .execute()
}

function ofStudents(db: Db) {
  return db
    .selectFrom('dossiers')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .selectAll('dossiers')
    .select([
      'students.public_id as student_public_id',
      'students.person_id as student_person_id',
      'students.given_name',
      'students.family_name',
    ])
}

type Both = ExpressionBuilder<Schema, 'dossiers' | 'students'>

/** A company has nothing to do with a dossier before it was proposed to it. */
function inScope({ organisationIds, personId }: DossierScope, of: Both) {
  const ids = [NOBODY, ...organisationIds]
  return [
    of('dossiers.school_id', 'in', ids),
    of.and([
      of('dossiers.company_id', 'in', ids),
      of.or([of('dossiers.state', '!=', 'open'), of('dossiers.reopened_at', 'is not', null)]),
    ]),
    of('students.person_id', '=', personId ?? NOBODY),
  ]
}

/** No row has it: a list of ids is never empty in SQL. */
const NOBODY = -1

/**
 * Moves a dossier from one state to the next.
 *
 * @returns false when it was no longer in `from`, or its digest was another: nothing is changed
 */
export async function moveDossier(
  db: Db,
  move: Readonly<{ id: number; from: DossierState; digest?: string | null }>,
  changes: Partial<NewRow<'dossiers'>> & { state: DossierState },
): Promise<boolean> {
  let query = db
    .updateTable('dossiers')
    .set(changes)
    .where('id', '=', move.id)
    .where('state', '=', move.from)
  if (move.digest) query = query.where('digest', '=', move.digest)
  const result = await query.executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Holds dossiers until the transaction ends, before it writes the audit: a step taken alone does it in that order.
 *
 * @returns them as they are now
 */
export function lockDossiers(db: Db, ids: readonly number[]): Promise<Dossier[]> {
  return db
    .selectFrom('dossiers')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .orderBy('id')
    .$if(hasRowLocks(db), (query) => query.forNoKeyUpdate())
    .execute()
}

/** Moves dossiers that are held and may be moved, all of them in the same way. */
export async function moveHeld(
  db: Db,
  ids: readonly number[],
  changes: Partial<NewRow<'dossiers'>> & { state: DossierState },
): Promise<void> {
  await db
    .updateTable('dossiers')
    .set(changes)
    .where('id', 'in', [NOBODY, ...ids])
    .execute()
}
