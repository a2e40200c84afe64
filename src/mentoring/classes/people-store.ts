import type { Db, NewRow } from '../../store/schema.js'
import { CLASS_FUNCTIONS, type ClassFunction } from './people-rules.js'

/** Somebody's time in a function for a class. */
export type ClassPerson = Readonly<{
  id: number
  publicId: string
  classId: number
  function: ClassFunction
  name: string
  hasAccount: boolean
  fromDay: string
  untilDay: string | null
}>

/** Everybody who has or had a function for some classes, the latest first. */
export async function listClassPeople(db: Db, classIds: readonly number[]): Promise<ClassPerson[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('class_people as held')
    .leftJoin('persons', 'persons.id', 'held.person_id')
    .select([
      'held.id',
      'held.public_id as publicId',
      'held.class_id as classId',
      'held.function',
      'held.name',
      'held.person_id as personId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'held.from_day as fromDay',
      'held.until_day as untilDay',
    ])
    .where('held.class_id', 'in', [...classIds])
    .orderBy('held.from_day', 'desc')
    .orderBy('held.id', 'desc')
    .execute()
  return rows.flatMap(({ name, personId, givenName, familyName, ...row }) => {
    const known = CLASS_FUNCTIONS.find((one) => one === row.function)
    if (!known) return []
    const said = name ?? `${givenName ?? ''} ${familyName ?? ''}`.trim()
    return [{ ...row, function: known, name: said, hasAccount: personId !== null }]
  })
}

export async function insertClassPerson(db: Db, row: NewRow<'class_people'>): Promise<number> {
  const { id } = await db
    .insertInto('class_people')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false if they have an end already, or began later; nothing is then changed */
export async function endClassPerson(db: Db, id: number, lastDay: string): Promise<boolean> {
  const result = await db
    .updateTable('class_people')
    .set({ until_day: lastDay })
    .where('id', '=', id)
    .where('until_day', 'is', null)
    .where('from_day', '<=', lastDay)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
