import type { Db, NewRow } from '../../store/schema.js'

/** A person's time as the liaison officer of a class. */
export type Liaison = Readonly<{
  id: number
  personId: number
  fromDay: string
  untilDay: string | null
  givenName: string
  familyName: string
  employerId: number | null
  financedById: number | null
}>

/** Every liaison officer that a class ever had, the latest first. */
export function listLiaisons(db: Db, classId: number): Promise<Liaison[]> {
  return db
    .selectFrom('liaison_assignments as liaison')
    .innerJoin('persons', 'persons.id', 'liaison.person_id')
    .select([
      'liaison.id',
      'liaison.person_id as personId',
      'liaison.from_day as fromDay',
      'liaison.until_day as untilDay',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'liaison.employer_id as employerId',
      'liaison.financed_by_id as financedById',
    ])
    .where('liaison.class_id', '=', classId)
    .orderBy('liaison.from_day', 'desc')
    .orderBy('liaison.id', 'desc')
    .execute()
}

/** The times of liaison officers of some classes. */
export async function listLiaisonsOf(
  db: Db,
  classIds: readonly number[],
): Promise<(Pick<Liaison, 'fromDay' | 'untilDay' | 'financedById'> & { classId: number })[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('liaison_assignments')
    .select([
      'class_id as classId',
      'from_day as fromDay',
      'until_day as untilDay',
      'financed_by_id as financedById',
    ])
    .where('class_id', 'in', [...classIds])
    .orderBy('from_day', 'desc')
    .execute()
}

/** @returns false if the class has a liaison officer without an end; nothing is then changed */
export async function insertLiaison(db: Db, row: NewRow<'liaison_assignments'>): Promise<boolean> {
  const result = await db
    .insertInto('liaison_assignments')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('class_id').where('until_day', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return result !== undefined
}

export async function endLiaison(db: Db, id: number, lastDay: string): Promise<void> {
  await db
    .updateTable('liaison_assignments')
    .set({ until_day: lastDay })
    .where('id', '=', id)
    .execute()
}
