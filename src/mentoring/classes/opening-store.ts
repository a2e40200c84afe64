import type { Db, NewRow, Row } from '../../store/schema.js'
import { isOpeningStep, OPENING_STEPS, type OpeningStep } from './opening-rules.js'

export async function insertOpening(db: Db, row: NewRow<'class_openings'>): Promise<number> {
  const { id } = await db
    .insertInto('class_openings')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function findOpening(db: Db, publicId: string): Promise<Row<'class_openings'> | undefined> {
  return db
    .selectFrom('class_openings')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** Those of some schools, the latest begun first. */
export async function listOpenings(
  db: Db,
  schoolIds: readonly number[],
): Promise<Row<'class_openings'>[]> {
  if (schoolIds.length === 0) return []
  return db
    .selectFrom('class_openings')
    .selectAll()
    .where('school_id', 'in', [...schoolIds])
    .orderBy('id', 'desc')
    .execute()
}

/** By which some classes were opened. */
export async function openingsOf(
  db: Db,
  classIds: readonly number[],
): Promise<Row<'class_openings'>[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('class_openings')
    .selectAll()
    .where('class_id', 'in', [...classIds])
    .orderBy('id')
    .execute()
}

/** Holds it until the transaction ends, and says which class it has led to. */
export async function lockOpening(db: Db, id: number): Promise<number | null> {
  const { class_id } = await db
    .updateTable('class_openings')
    .set((of) => ({ track: of.ref('track') }))
    .where('id', '=', id)
    .returning('class_id')
    .executeTakeFirstOrThrow()
  return class_id
}

export async function saveOpened(db: Db, id: number, classId: number): Promise<void> {
  await db.updateTable('class_openings').set({ class_id: classId }).where('id', '=', id).execute()
}

export async function saveVote(db: Db, id: number, day: string): Promise<void> {
  await db.updateTable('class_openings').set({ ca_vote_on: day }).where('id', '=', id).execute()
}

export type OpeningStepRow = Omit<Row<'opening_steps'>, 'step'> & Readonly<{ step: OpeningStep }>

/** The steps of some openings, in the order of the procedure. */
export async function listSteps(db: Db, openingIds: readonly number[]): Promise<OpeningStepRow[]> {
  if (openingIds.length === 0) return []
  const rows = await db
    .selectFrom('opening_steps')
    .selectAll()
    .where('opening_id', 'in', [...openingIds])
    .execute()
  const steps = rows.flatMap(({ step, ...row }) => (isOpeningStep(step) ? [{ ...row, step }] : []))
  return steps.toSorted((a, b) => OPENING_STEPS.indexOf(a.step) - OPENING_STEPS.indexOf(b.step))
}

export async function insertStep(db: Db, row: NewRow<'opening_steps'>): Promise<void> {
  await db.insertInto('opening_steps').values(row).execute()
}
