import type { Actor, Context, Role } from '../../context.js'
import { makeInvitation } from '../../people/accept-invitation.js'
import { assignRole } from '../../people/assign-role.js'
import { createPerson } from '../../people/create-person.js'
import { findPersonByEmail, type Organisation, type Person } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { accountOf, type SoundRow } from './judge-list.js'
import { letterOfInvitation, noticeOfRole, noticeOfRoleNotGiven } from './letters.js'
import { insertInvited } from './store.js'

/** A link for a password, to be handed over where no mail is sent. */
export type HandedLink = Readonly<{ name: string; email: string; url: string }>

type Taking = Readonly<{
  row: SoundRow
  run: number
  runId: string
  organisation: Organisation | undefined
}>

/**
 * Does what a list asks for one row, within the transaction of the list.
 *
 * @returns the link of an account that is new
 */
export async function takeRow(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { row, run, runId, organisation }: Taking,
): Promise<HandedLink | undefined> {
  if (row.outcome === 'here') return undefined
  const { role } = row
  const organisationId = organisation?.id ?? null
  const known = await findPersonByEmail(ctx.db, row.email)
  if (known && (await accountOf(ctx, actor, known)).isClosedToUs) {
    return passOver(ctx, trx, actor, { person: known, role, organisation, runId })
  }
  const person = known ?? (await createPerson(ctx, actor, { ...row, organisationId }))
  await insertInvited(trx, { run_id: run, person_id: person.id, role, function: row.function })
  if (known) {
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
    await letterOfInvitation(ctx, trx, { person, address: person.email, url, role, organisation })
  return url
}

/** Whose account it is learns of it, and the audit; not who sent the list: they are no business of theirs. */
async function passOver(
  ctx: Context,
  trx: Db,
  actor: Actor,
  of: Sending & Readonly<{ runId: string }>,
): Promise<undefined> {
  await appendAudit(trx, {
    ...{ at: ctx.now(), actor: actor.publicId, action: 'invitation.passed-over' },
    ...{ subject: of.person.publicId, details: { role: of.role, run: of.runId } },
  })
  if (of.person.disabledAt === null) await noticeOfRoleNotGiven(ctx, trx, of)
}
