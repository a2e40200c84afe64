import type { Db, NewRow, Row } from '../../store/schema.js'

export type Dossier = Row<'dossiers'>
export type DossierState =
  'open' | 'proposed' | 'assessed' | 'endorsed' | 'approved' | 'issued' | 'refused'

export async function insertDossier(
  db: Db,
  dossier: NewRow<'dossiers'>,
): Promise<number | undefined> {
  const row = await db
    .insertInto('dossiers')
    .values(dossier)
    .onConflict((conflict) => conflict.columns(['student_id', 'template_version_id']).doNothing())
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

/** Dossiers of some schools, of some companies or of one student, newest first. */
export function listDossiers(
  db: Db,
  scope: Readonly<{
    schoolIds: readonly number[]
    companyIds: readonly number[]
    personId: number | null
  }>,
  limit = 200,
): Promise<(Dossier & { given_name: string; family_name: string })[]> {
  return db
    .selectFrom('dossiers')
    .innerJoin('students', 'students.id', 'dossiers.student_id')
    .selectAll('dossiers')
    .select(['students.given_name', 'students.family_name'])
    .where((of) =>
      of.or([
        of('dossiers.school_id', 'in', [-1, ...scope.schoolIds]),
        of('dossiers.company_id', 'in', [-1, ...scope.companyIds]),
        of('students.person_id', '=', scope.personId ?? -1),
      ]),
    )
    .orderBy('dossiers.id', 'desc')
    .limit(limit)
    .execute()
}

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

export type DossierFact = Row<'dossier_facts'>

/** Replaces the facts that a dossier rests on. */
export async function saveDossierFacts(
  db: Db,
  dossierId: number,
  facts: readonly Omit<NewRow<'dossier_facts'>, 'dossier_id'>[],
): Promise<void> {
  await db.deleteFrom('dossier_facts').where('dossier_id', '=', dossierId).execute()
  if (facts.length === 0) return
  await db
    .insertInto('dossier_facts')
    .values(facts.map((fact) => ({ ...fact, dossier_id: dossierId })))
    .execute()
}

export function listDossierFacts(db: Db, dossierId: number): Promise<DossierFact[]> {
  return db
    .selectFrom('dossier_facts')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .orderBy('digest')
    .execute()
}
