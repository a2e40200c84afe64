import type { Db, NewRow } from '../store/schema.js'

/** A mail, and the address that the person has now. */
export type Mail = Readonly<{
  id: number
  publicId: string
  /** Null for a letter. */
  personId: number | null
  language: string
  subject: string
  body: string
  /** Address and text of mail to somebody who is no person here. */
  letterSealed: string | null
  createdAt: string
  sentAt: string | null
  givenUpAt: string | null
  /** Null: they have none, or their account is closed. */
  address: string | null
  /** Of who has no role any more, the address that they gave for then. */
  privateSealed: string | null
  /** An address that was refused for good. */
  refusedAddress: string | null
}>

/** Why a mail will never be sent. */
export type GivenUpWhy = 'refused' | 'no-address' | 'too-old'

/** @returns false if there is one of its key already; nothing is then changed */
export async function insertMail(db: Db, row: NewRow<'outbox_mails'>): Promise<boolean> {
  const inserted = await db
    .insertInto('outbox_mails')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** @param day YYYY-MM-DD: who holds no role then is written to at their private address */
export async function findMail(db: Db, publicId: string, day: string): Promise<Mail | undefined> {
  const row = await db
    .selectFrom('outbox_mails as mail')
    .leftJoin('persons', 'persons.id', 'mail.to_person_id')
    .leftJoin('mail_settings', 'mail_settings.person_id', 'persons.id')
    .leftJoin('private_contacts', (join) =>
      join
        .onRef('private_contacts.person_id', '=', 'persons.id')
        .on('persons.id', 'not in', holdersOn(db, day)),
    )
    .select([
      'mail.id',
      'mail.public_id as publicId',
      'mail.to_person_id as personId',
      'mail.language',
      'mail.subject',
      'mail.body',
      'mail.letter_sealed as letterSealed',
      'mail.created_at as createdAt',
      'mail.sent_at as sentAt',
      'mail.given_up_at as givenUpAt',
      'persons.email',
      'persons.disabled_at as disabledAt',
      'mail_settings.refused_address as refusedAddress',
      'private_contacts.address_sealed as privateSealed',
    ])
    .where('mail.public_id', '=', publicId)
    .executeTakeFirst()
  if (!row) return undefined
  const { email, disabledAt, ...mail } = row
  return { ...mail, address: disabledAt === null ? email : null }
}

/** Who holds a role on a day. */
function holdersOn(db: Db, day: string) {
  return db
    .selectFrom('role_assignments')
    .select('person_id')
    .where('from_day', '<=', day)
    .where((or) => or.or([or('until_day', 'is', null), or('until_day', '>=', day)]))
}

/** Of a letter, to whom it went and what it said is then forgotten. */
export async function markSent(db: Db, id: number, at: Date): Promise<void> {
  await db
    .updateTable('outbox_mails')
    .set({ sent_at: at.toISOString(), letter_sealed: null })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()
}

export async function markGivenUp(db: Db, id: number, why: GivenUpWhy, at: Date): Promise<void> {
  await db
    .updateTable('outbox_mails')
    .set({ given_up_at: at.toISOString(), given_up_why: why, letter_sealed: null })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .execute()
}

/** The public ids of what is neither sent nor given up, and for which no job of a kind is open. */
export async function listStranded(db: Db, jobKind: string): Promise<string[]> {
  const unsent = await db
    .selectFrom('outbox_mails')
    .select('public_id')
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .orderBy('id')
    .execute()
  const open = await db
    .selectFrom('jobs')
    .select('payload')
    .where('kind', '=', jobKind)
    .where('finished_at', 'is', null)
    .where('given_up_at', 'is', null)
    .execute()
  const underWay = open.map(({ payload }) => payload).join('\n')
  return unsent.flatMap(({ public_id }) => (underWay.includes(`"${public_id}"`) ? [] : public_id))
}

/** Forgets mail that was made before an instant, sent or not. */
export async function deleteMailsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('outbox_mails').where('created_at', '<', before.toISOString()).execute()
}

export type OutboxState = Readonly<{ waiting: number; sent: number; givenUp: number }>

/** How many mails wait, were sent and were given up. */
export async function outboxState(db: Db): Promise<OutboxState> {
  const row = await db
    .selectFrom('outbox_mails')
    .select((of) => [
      of.fn.countAll().as('all'),
      of.fn.count('sent_at').as('sent'),
      of.fn.count('given_up_at').as('givenUp'),
    ])
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  const [all, sent, givenUp] = [Number(row.all), Number(row.sent), Number(row.givenUp)]
  return { waiting: all - sent - givenUp, sent, givenUp }
}

export type GivenUpMail = Readonly<{ subject: string; at: string; why: string }>

/** The latest first; without whom they were for. */
export async function listGivenUp(db: Db, limit: number): Promise<GivenUpMail[]> {
  const rows = await db
    .selectFrom('outbox_mails')
    .select(['subject', 'given_up_at as at', 'given_up_why as why'])
    .where('given_up_at', 'is not', null)
    .orderBy('given_up_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ subject, at, why }) => ({ subject, at: at ?? '', why: why ?? '' }))
}

export type MailSettings = Readonly<{
  /** null: as their role has it. */
  digest: 'on' | 'off' | null
  refusedAddress: string | null
  refusedAt: string | null
}>

export async function findMailSettings(db: Db, personId: number): Promise<MailSettings> {
  const row = await db
    .selectFrom('mail_settings')
    .select(['digest', 'refused_address as refusedAddress', 'refused_at as refusedAt'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!row) return { digest: null, refusedAddress: null, refusedAt: null }
  return { ...row, digest: toChoice(row.digest) }
}

export function toChoice(digest: string | null): MailSettings['digest'] {
  return digest === 'on' || digest === 'off' ? digest : null
}

/** Who chooses again has their address tried again. */
export async function saveDigestChoice(
  db: Db,
  personId: number,
  digest: 'on' | 'off',
): Promise<void> {
  const row = { digest, refused_address: null, refused_at: null }
  await db
    .insertInto('mail_settings')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

export async function saveRefused(
  db: Db,
  personId: number,
  address: string,
  at: Date,
): Promise<void> {
  const row = { refused_address: address, refused_at: at.toISOString() }
  await db
    .insertInto('mail_settings')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}
