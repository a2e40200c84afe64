import type { Db } from '../../store/schema.js'

export type KnownTutor = Readonly<{ publicId: string; givenName: string; familyName: string }>

/** Tutors and mentors of a company, with or without an account, by name. */
export function listTutors(db: Db, companyId: number): Promise<KnownTutor[]> {
  return db
    .selectFrom('mentors')
    .innerJoin('persons', 'persons.id', 'mentors.person_id')
    .select([
      'persons.public_id as publicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
    ])
    .where('mentors.organisation_id', '=', companyId)
    .where('mentors.until_day', 'is', null)
    .where('persons.disabled_at', 'is', null)
    .orderBy('persons.family_name')
    .orderBy('persons.given_name')
    .orderBy('persons.id')
    .execute()
}

export async function isMentorOf(db: Db, personId: number, companyId: number): Promise<boolean> {
  const row = await db
    .selectFrom('mentors')
    .select('id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', companyId)
    .executeTakeFirst()
  return row !== undefined
}
