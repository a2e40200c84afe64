import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Dossier } from './dossiers.js'

/** No row has it: a list of ids is never empty in SQL. */
const NOBODY = -1

/** Those that name a fact. */
export function listDossiersOn(
  db: Db,
  kind: 'session' | 'placement',
  factId: number,
): Promise<Dossier[]> {
  return db
    .selectFrom('dossiers')
    .innerJoin('dossier_facts', 'dossier_facts.dossier_id', 'dossiers.id')
    .selectAll('dossiers')
    .where('dossier_facts.kind', '=', kind)
    .where('dossier_facts.fact_id', '=', factId)
    .orderBy('dossiers.id')
    .execute()
}

/** @param at since when; null when its facts hold again */
export async function saveFactsChanged(db: Db, id: number, at: string | null): Promise<void> {
  await db.updateTable('dossiers').set({ facts_changed_at: at }).where('id', '=', id).execute()
}

/** How many issued dossiers of some organisations name a fact that is not what it was. */
export async function countFactsChanged(
  db: Db,
  organisationIds: readonly number[],
): Promise<number> {
  const ids = [NOBODY, ...organisationIds]
  const row = await db
    .selectFrom('dossiers')
    .select((of) => of.fn.countAll().as('count'))
    .where('facts_changed_at', 'is not', null)
    .where((of) => of.or([of('school_id', 'in', ids), of('company_id', 'in', ids)]))
    .executeTakeFirstOrThrow()
  return Number(row.count)
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

/** The facts that some dossiers rest on, in the order of their digests. */
export function listFactsOfDossiers(db: Db, dossierIds: readonly number[]): Promise<DossierFact[]> {
  return db
    .selectFrom('dossier_facts')
    .selectAll()
    .where('dossier_id', 'in', [NOBODY, ...dossierIds])
    .orderBy('digest')
    .execute()
}
