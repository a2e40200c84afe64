import type { Db, NewRow, Row } from '../../store/schema.js'

export async function insertGrid(db: Db, row: NewRow<'assessment_grids'>): Promise<void> {
  await db.insertInto('assessment_grids').values(row).execute()
}

export function findGridRow(
  db: Db,
  publicId: string,
): Promise<Row<'assessment_grids'> | undefined> {
  return db
    .selectFrom('assessment_grids')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

export function listGridRows(db: Db, schoolId: number): Promise<Row<'assessment_grids'>[]> {
  return db
    .selectFrom('assessment_grids')
    .selectAll()
    .where('school_id', '=', schoolId)
    .orderBy('title')
    .orderBy('id')
    .execute()
}

export function findAssessment(
  db: Db,
  placementId: number,
): Promise<Row<'placement_assessments'> | undefined> {
  return db
    .selectFrom('placement_assessments')
    .selectAll()
    .where('placement_id', '=', placementId)
    .executeTakeFirst()
}

/** Begins the assessment of a placement; one that was begun stays as it is. */
export async function beginAssessment(db: Db, placementId: number, gridId: string): Promise<void> {
  await db
    .insertInto('placement_assessments')
    .values({
      placement_id: placementId,
      grid_id: gridId,
      marks: '{}',
      comment: '',
      manner: 'LINK',
    })
    .onConflict((conflict) => conflict.column('placement_id').doNothing())
    .execute()
}

/** Another grid, as long as nothing was filled in. @returns false if something was */
export async function saveGridOf(db: Db, placementId: number, gridId: string): Promise<boolean> {
  const result = await db
    .updateTable('placement_assessments')
    .set({ grid_id: gridId })
    .where('placement_id', '=', placementId)
    .where('saved_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

type Filled = Readonly<{
  marks: string
  comment: string
  outcome: string | null
  days_done: number | null
  last_day: string | null
  missed_hours: number | null
  manner: 'LINK' | 'PAPER'
  saved_by_id: number
  saved_at: string
  /** Once it is sent, nothing more is saved. */
  sent_at?: string
}>

/** @returns false if it was sent before; nothing is then changed */
export async function saveAssessment(db: Db, placementId: number, said: Filled): Promise<boolean> {
  const result = await db
    .updateTable('placement_assessments')
    .set(said)
    .where('placement_id', '=', placementId)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if the student agreed before, or it was not sent */
export async function saveAgreed(db: Db, placementId: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('placement_assessments')
    .set({ agreed_at: at })
    .where('placement_id', '=', placementId)
    .where('sent_at', 'is not', null)
    .where('agreed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
