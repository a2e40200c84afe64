import { toChoice, type MailSettings } from '../../mail/store.js'
import { isRole } from '../../people/store.js'
import type { Assignment } from '../../context.js'
import type { Db } from '../../store/schema.js'

/** Somebody to whom a digest could be sent. */
export type Reader = Readonly<{
  personId: number
  publicId: string
  language: string | null
  choice: MailSettings['digest']
  assignments: readonly Assignment[]
}>

/** Whoever holds a role on a day, students left out, and has an address that no server refused. */
export async function listReaders(db: Db, day: string): Promise<Reader[]> {
  const rows = await db
    .selectFrom('role_assignments as held')
    .innerJoin('persons', 'persons.id', 'held.person_id')
    .leftJoin('mail_settings as settings', 'settings.person_id', 'persons.id')
    .select([
      'persons.id as personId',
      'persons.public_id as publicId',
      'persons.language',
      'settings.digest',
      'held.role',
      'held.organisation_id as organisationId',
    ])
    .where('held.role', '!=', 'student')
    .where('held.from_day', '<=', day)
    .where((or) => or.or([or('held.until_day', 'is', null), or('held.until_day', '>=', day)]))
    .where('persons.disabled_at', 'is', null)
    .where('persons.email', 'is not', null)
    .where((or) =>
      or.or([
        or('settings.refused_address', 'is', null),
        or('settings.refused_address', '!=', or.ref('persons.email')),
      ]),
    )
    .orderBy('persons.id')
    .orderBy('held.id')
    .execute()
  return [...Map.groupBy(rows, ({ personId }) => personId).values()].flatMap((held) => {
    const [first] = held
    if (!first) return []
    const { personId, publicId, language, digest } = first
    const assignments = held.flatMap(({ role, organisationId }) =>
      isRole(role) ? [{ role, organisationId }] : [],
    )
    return [{ personId, publicId, language, choice: toChoice(digest), assignments }]
  })
}
