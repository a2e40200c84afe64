import type { Role } from '../context.js'
import type { Db } from '../store/schema.js'

/** A person and an organisation in which they hold a role. */
export type Member = Readonly<{
  personId: number
  publicId: string
  givenName: string
  familyName: string
  organisationId: number
}>

/** Who holds a role in some organisations on a day, by name; each once an organisation. */
export async function listMembersOf(
  db: Db,
  organisationIds: readonly number[],
  day: string,
  roles: readonly Role[],
): Promise<Member[]> {
  if (organisationIds.length === 0) return []
  const rows = await db
    .selectFrom('role_assignments as held')
    .innerJoin('persons', 'persons.id', 'held.person_id')
    .select([
      'persons.id as personId',
      'persons.public_id as publicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'held.organisation_id as organisationId',
    ])
    .distinct()
    .where('held.organisation_id', 'in', [...organisationIds])
    .where('held.role', 'in', [...roles])
    .where('held.from_day', '<=', day)
    .where((or) => or.or([or('held.until_day', 'is', null), or('held.until_day', '>=', day)]))
    .where('persons.disabled_at', 'is', null)
    .orderBy('persons.family_name')
    .orderBy('persons.given_name')
    .orderBy('persons.id')
    .execute()
  return rows.flatMap(({ organisationId, ...person }) =>
    organisationId === null ? [] : [{ ...person, organisationId }],
  )
}
