import type { Db, NewRow, Row } from '../../store/schema.js'

export async function insertAgreement(db: Db, row: NewRow<'agreements'>): Promise<number> {
  const { id } = await db
    .insertInto('agreements')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function findAgreement(db: Db, publicId: string): Promise<Row<'agreements'> | undefined> {
  return db
    .selectFrom('agreements')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** Those that a school keeps, the latest first. */
export function listAgreements(db: Db, schoolId: number): Promise<Row<'agreements'>[]> {
  return db
    .selectFrom('agreements')
    .selectAll()
    .where('school_id', '=', schoolId)
    .orderBy('start_day', 'desc')
    .orderBy('id')
    .execute()
}

export type ClassAgreement = Readonly<{
  id: number
  classId: number
  publicId: string
  type: string
  title: string
  startDay: string
  endDay: string
  renewsId: number | null
}>

/** The agreements of some classes, the earliest first. */
export async function agreementsOf(db: Db, classIds: readonly number[]): Promise<ClassAgreement[]> {
  if (classIds.length === 0) return []
  return db
    .selectFrom('class_agreements as link')
    .innerJoin('agreements', 'agreements.id', 'link.agreement_id')
    .select([
      'agreements.id',
      'link.class_id as classId',
      'agreements.public_id as publicId',
      'agreements.type',
      'agreements.title',
      'agreements.start_day as startDay',
      'agreements.end_day as endDay',
      'agreements.renews_id as renewsId',
    ])
    .where('link.class_id', 'in', [...classIds])
    .orderBy('agreements.start_day')
    .orderBy('agreements.id')
    .execute()
}

/** The classes that an agreement covers, by id within. */
export async function classesUnder(db: Db, agreementId: number): Promise<Row<'ptech_classes'>[]> {
  return db
    .selectFrom('class_agreements as link')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'link.class_id')
    .selectAll('ptech_classes')
    .where('link.agreement_id', '=', agreementId)
    .orderBy('ptech_classes.name')
    .execute()
}

/** @returns false if the agreement covers the class already; nothing is then changed */
export async function insertClassAgreement(
  db: Db,
  row: NewRow<'class_agreements'>,
): Promise<boolean> {
  const added = await db
    .insertInto('class_agreements')
    .values(row)
    .onConflict((conflict) => conflict.columns(['class_id', 'agreement_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function insertParties(
  db: Db,
  rows: readonly NewRow<'agreement_parties'>[],
): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('agreement_parties')
      .values([...rows])
      .execute()
}

export type Party = Readonly<{
  id: number
  agreementId: number
  name: string
  capacity: string
  signedOn: string | null
}>

/** The parties of some agreements, in the order in which they were named. */
export async function listParties(db: Db, agreementIds: readonly number[]): Promise<Party[]> {
  if (agreementIds.length === 0) return []
  const rows = await db
    .selectFrom('agreement_parties as party')
    .leftJoin('organisations', 'organisations.id', 'party.organisation_id')
    .select([
      'party.id',
      'party.agreement_id as agreementId',
      'party.name as said',
      'organisations.name as known',
      'party.capacity',
      'party.signed_on as signedOn',
    ])
    .where('party.agreement_id', 'in', [...agreementIds])
    .orderBy('party.id')
    .execute()
  return rows.map(({ said, known, ...party }) => ({ ...party, name: known ?? said ?? '' }))
}
