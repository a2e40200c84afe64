import type { GivenUpWhy } from '../mail/store.js'
import { listWithWayIn } from './access-store.js'
import type { Actor, Assignment, Context, Role } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, may, organisationsWith } from './authorize.js'
import { today } from './days.js'
import { listUnreached } from './invited-mail.js'
import {
  countPersons,
  findPersonRow,
  listAssignmentsOf,
  listPersons,
  type PeopleOf,
} from './people-store.js'
import { findOrganisation, listOrganisations, type Organisation } from './store.js'

const PAGE_LENGTH = 20

export type HeldRole = Readonly<{ role: Role; organisation: Organisation | undefined }>

export type PersonLine = Readonly<{
  id: number
  publicId: string
  name: string
  /** Null, too, where the reader has no business with it. */
  email: string | null
  roles: readonly HeldRole[]
  disabled: boolean
  /** A link for a password may be made for them by whoever reads this. */
  mayBeInvited: boolean
  /** Whether they can sign in, whichever way. */
  isIn: boolean
  /** Why a letter with a link never reached them, where they wait for it. */
  unreached: GivenUpWhy | undefined
}>

export type PeoplePage = Readonly<{ people: readonly PersonLine[]; page: number; pages: number }>

/**
 * The persons that somebody manages: all, or those who hold a role in their organisations.
 *
 * @throws {DomainError} not-found
 */
export async function seePeople(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ of: PeopleOf; page: number }>,
): Promise<PeoplePage> {
  const organisations = await managedOrganisations(ctx, actor)
  const all = isForAll(actor)
  const day = today(ctx)
  const organisationIds = all ? undefined : organisations.map(({ id }) => id)
  const filter = {
    of: all || asked.of !== 'none' ? asked.of : 'staff',
    organisationIds,
    day,
  } as const
  const pages = Math.max(1, Math.ceil((await countPersons(ctx.db, filter)) / PAGE_LENGTH))
  const page = Math.min(asked.page, pages)
  const part = { limit: PAGE_LENGTH, offset: (page - 1) * PAGE_LENGTH }
  const rows = await listPersons(ctx.db, filter, part)
  const ids = rows.map(({ id }) => id)
  const held = await listAssignmentsOf(ctx.db, ids, day)
  const reader = { organisations, all, ...(await accessOf(ctx, rows)) }
  const people = rows.map((row) => toLine(row, held.get(row.id) ?? [], reader))
  return { people, page, pages }
}

/** One of them. @throws {DomainError} not-found: of strangers nothing is told, not even that they exist */
export async function seePerson(ctx: Context, actor: Actor, publicId: string): Promise<PersonLine> {
  const organisations = await managedOrganisations(ctx, actor)
  const row = await findPersonRow(ctx.db, publicId)
  if (!row) throw stranger()
  const held = (await listAssignmentsOf(ctx.db, [row.id], today(ctx))).get(row.id) ?? []
  const reader = { organisations, all: isForAll(actor), ...(await accessOf(ctx, [row])) }
  const line = toLine(row, held, reader)
  if (line.roles.length === 0 && !isForAll(actor)) throw stranger()
  return line
}

/** Where somebody may give roles. @throws {DomainError} not-found */
export async function managedOrganisations(ctx: Context, actor: Actor): Promise<Organisation[]> {
  if (isForAll(actor)) return listOrganisations(ctx.db)
  const ids = organisationsWith(actor, 'manage-people')
  if (ids.length === 0) authorize(actor, 'manage-people', {})
  const found = await Promise.all(ids.map((id) => findOrganisation(ctx.db, id)))
  return found.flatMap((organisation) => organisation ?? [])
}

/** Whether somebody manages the people of every organisation. */
export function isForAll(actor: Actor): boolean {
  return may(actor, 'manage-people', {})
}

type Reader = Readonly<{
  organisations: readonly Organisation[]
  all: boolean
  /** Of those who are read, who can sign in. */
  open: ReadonlySet<number>
  /** Of those, by public id, whom a letter never reached. */
  unreached: ReadonlyMap<string, GivenUpWhy>
}>

async function accessOf({ db }: Context, rows: readonly { id: number; public_id: string }[]) {
  const open = await listWithWayIn(
    db,
    rows.map(({ id }) => id),
  )
  const waiting = rows.filter(({ id }) => !open.has(id))
  const named = waiting.map(({ public_id: publicId }) => ({ publicId }))
  return { open, unreached: await listUnreached(db, named) }
}

type PersonRow = NonNullable<Awaited<ReturnType<typeof findPersonRow>>>

function toLine(row: PersonRow, held: readonly Assignment[], reader: Reader): PersonLine {
  const roles = held.flatMap(({ role, organisationId }) => {
    const organisation = reader.organisations.find(({ id }) => id === organisationId)
    return organisation || reader.all ? [{ role, organisation }] : []
  })
  const isStudent = held.some(({ role }) => role === 'student')
  const ofTheirSchool = roles.some(({ organisation }) => organisation?.kind === 'lycee')
  const isIn = reader.open.has(row.id)
  const disabled = row.disabled_at !== null
  return {
    id: row.id,
    publicId: row.public_id,
    name: `${row.given_name} ${row.family_name}`,
    // A student's address is their school's business alone.
    email: isStudent && !ofTheirSchool && !reader.all ? null : row.email,
    roles,
    disabled,
    // What opens more than the reader manages is the platform administrator's to hand out.
    mayBeInvited: !disabled && (reader.all || (!isIn && roles.length === held.length)),
    isIn,
    unreached: disabled ? undefined : reader.unreached.get(row.public_id),
  }
}

function stranger(): DomainError {
  return new DomainError('not-found', {
    fr: 'Il n’y a personne à cette adresse, ou personne dont vous gériez le compte.',
    en: 'There is nobody at this address, or nobody whose account you manage.',
  })
}
