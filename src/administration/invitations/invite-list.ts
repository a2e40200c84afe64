import { createHash } from 'node:crypto'
import type { Actor, Context, Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import { makeInvitation } from '../../people/accept-invitation.js'
import { assertRoleFits, assignRole, resourceOf } from '../../people/assign-role.js'
import { assertAllowed, authorize, type Resource } from '../../people/authorize.js'
import { createPerson } from '../../people/create-person.js'
import {
  findOrganisationByPublicId,
  findPersonByEmail,
  type Organisation,
  type Person,
} from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { within } from '../../store/within.js'
import { judgeList, type Judged, type SoundRow } from './judge-list.js'
import { letterOfInvitation, noticeOfRole } from './letters.js'
import { readList } from './read-list.js'
import { findRunByKey, insertInvited, insertRun } from './store.js'

export type ListInput = Readonly<{
  /** Public id; '' for the platform itself. */
  organisation: string
  /** The list, as text. */
  text: string
}>

export type Preview = Judged & Readonly<{ organisation: Organisation | undefined }>

/**
 * What inviting a list would do now. Nothing is written.
 *
 * @throws {DomainError} not-found or forbidden, and as readList
 */
export async function previewList(ctx: Context, actor: Actor, input: ListInput): Promise<Preview> {
  const organisation = await organisationFor(ctx, input.organisation, (resource) =>
    assertAllowed(actor, 'manage-people', resource),
  )
  return {
    ...(await judgeList(ctx, actor, { list: readList(input.text), organisation })),
    organisation,
  }
}

/** A link for a password, to be handed over where no mail is sent. */
export type HandedLink = Readonly<{ name: string; email: string; url: string }>

export type Sent = Readonly<{
  runId: string
  /** Empty where mail takes them, and where the list was sent before. */
  links: readonly HandedLink[]
  /** The same list had been taken: nothing was done. */
  again: boolean
}>

/**
 * Invites everybody in a list: accounts, roles, invitations and letters in one transaction, all or none. The same list
 * for the same organisation is taken once, whoever sends it again.
 *
 * @throws {DomainError} not-found, forbidden, or invalid-request: a row is refused; nothing is then written
 */
export async function inviteList(ctx: Context, actor: Actor, input: ListInput): Promise<Sent> {
  const organisation = await organisationFor(ctx, input.organisation, (resource) =>
    authorize(actor, 'manage-people', resource),
  )
  const key = keyOf(input)
  const before = await findRunByKey(ctx.db, key)
  if (before) return { runId: before.public_id, links: [], again: true }
  const list = readList(input.text)
  const runId = ctx.newId()
  return ctx.db.transaction().execute(async (trx) => {
    const inside = { ...ctx, db: within(trx) }
    const { rows, faults } = await judgeList(inside, actor, { list, organisation })
    for (const { role } of rows) assertRoleFits(actor, role, organisation)
    if (faults.length > 0) throw refusedRows(faults.length)
    const run = await beginRun(inside, trx, actor, { key, runId, organisation })
    const links: HandedLink[] = []
    for (const row of rows) {
      const link = await takeRow(inside, trx, actor, { row, run, runId, organisation })
      if (link) links.push(link)
    }
    return { runId, links: ctx.config.smtpUrl === undefined ? links : [], again: false }
  })
}

/** Of the list as it was sent, whatever its line ends, and of whom it is for. */
function keyOf({ organisation, text }: ListInput): string {
  const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  return createHash('sha256').update(`${organisation}\n${lines}`).digest('hex')
}

type Beginning = Readonly<{ key: string; runId: string; organisation: Organisation | undefined }>

async function beginRun(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { key, runId, organisation }: Beginning,
): Promise<number> {
  const at = ctx.now()
  await appendAudit(trx, {
    ...{ at, actor: actor.publicId, action: 'people.invited-together', subject: runId },
    details: { organisation: organisation?.publicId ?? null },
  })
  const run = await insertRun(trx, {
    ...{ public_id: runId, key, organisation_id: organisation?.id ?? null },
    ...{ made_by_id: actor.personId, made_at: at.toISOString() },
  })
  if (run === undefined) throw justTaken()
  return run
}

type Taking = Readonly<{
  row: SoundRow
  run: number
  runId: string
  organisation: Organisation | undefined
}>

async function takeRow(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { row, run, runId, organisation }: Taking,
): Promise<HandedLink | undefined> {
  if (row.outcome === 'here') return undefined
  const organisationId = organisation?.id ?? null
  const isNew = row.outcome === 'invite'
  const person = isNew
    ? await createPerson(ctx, actor, { ...row, organisationId })
    : await known(ctx, row.email)
  const { role } = row
  await insertInvited(trx, { run_id: run, person_id: person.id, role, function: row.function })
  if (!isNew) {
    await assignRole(ctx, actor, { personId: person.id, role, organisationId })
    await noticeOfRole(ctx, trx, { person, role, organisation, runId })
    return undefined
  }
  const url = await sendLink(ctx, trx, actor, { person, role, organisation })
  return { name: `${row.givenName} ${row.familyName}`, email: row.email, url }
}

type Sending = Readonly<{
  person: Person
  role: Role
  organisation: Organisation | undefined
}>

/** Makes a link for somebody, and its letter where mail is on. @returns the link */
export async function sendLink(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { person, role, organisation }: Sending,
): Promise<string> {
  const url = await makeInvitation(ctx, trx, actor, person)
  if (ctx.config.smtpUrl !== undefined && person.email !== null)
    await letterOfInvitation(ctx, trx, { address: person.email, url, role, organisation })
  return url
}

async function known(ctx: Context, email: string): Promise<Person> {
  const person = await findPersonByEmail(ctx.db, email)
  if (!person)
    throw new Error('An account that a list was judged by is gone within its transaction.')
  return person
}

/** @throws {DomainError} as `assert`; invalid-request for one that is not there, told to who may reach all */
async function organisationFor(
  ctx: Context,
  publicId: string,
  assert: (resource: Resource) => void,
): Promise<Organisation | undefined> {
  const found = publicId === '' ? undefined : await findOrganisationByPublicId(ctx.db, publicId)
  assert(resourceOf(found))
  if (found || publicId === '') return found
  const words = {
    fr: 'Cette organisation n’existe plus. Choisissez-en une dans la liste.',
    en: 'This organisation does not exist any more. Choose one from the list.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/organisation', words }] })
}

function refusedRows(count: number): DomainError {
  return new DomainError('invalid-request', {
    fr: `${count} ligne(s) de cette liste sont refusées : rien n’a été envoyé. Corrigez la liste, puis regardez-la de nouveau.`,
    en: `${count} row(s) of this list are refused: nothing was sent. Mend the list, then look at it again.`,
  })
}

function justTaken(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette liste vient d’être envoyée. Rouvrez la page des invitations pour la voir.',
    en: 'This list has just been sent. Open the page of invitations again to see it.',
  })
}
