import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { hasWayIn, withdrawInvitations } from '../../people/access-store.js'
import { assertMayInvite, mayInvite } from '../../people/accept-invitation.js'
import { endRole, resourceOf } from '../../people/assign-role.js'
import { authorize } from '../../people/authorize.js'
import { findPerson, isRole } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { within } from '../../store/within.js'
import { isOpen, runFor, withStates, type InvitedLine } from './see-runs.js'
import { listInvited, markWithdrawn } from './store.js'
import { sendLink, type HandedLink } from './take-row.js'

export type Selection = Readonly<{
  runId: string
  /** Public ids of persons. */
  people: readonly string[]
}>

/**
 * Sends anew to those of a selection who have not come in; the links before are then worthless. Who has come in, or whose
 * invitation was withdrawn, is passed over.
 *
 * @returns how many, and the links where no mail is sent
 * @throws {DomainError} not-found, forbidden, or invalid-request: nobody is chosen
 */
export async function sendAgain(
  ctx: Context,
  actor: Actor,
  selection: Selection,
): Promise<Readonly<{ count: number; links: readonly HandedLink[] }>> {
  const { organisation, lines } = await chosen(ctx, actor, selection)
  const waiting = lines.filter(isOpen)
  for (const { personId } of waiting) await assertMayInvite(ctx, actor, personId)
  const links = await ctx.db.transaction().execute(async (trx) => {
    const made: HandedLink[] = []
    for (const { personId, role, name } of waiting) {
      const person = await findPerson(trx, personId)
      if (!person || !isRole(role) || (await hasWayIn(trx, personId))) continue
      const url = await sendLink(ctx, trx, actor, { person, role, organisation })
      made.push({ name, email: person.email ?? '', url })
    }
    return made
  })
  const isHanded = ctx.config.smtpUrl === undefined
  return { count: links.length, links: isHanded ? links : [] }
}

/**
 * Withdraws the invitations of a selection: their links are worthless, and the role that the list gave ends. Who has
 * come in keeps what they have; their roles are ended on their own page.
 *
 * @returns how many
 * @throws {DomainError} not-found, forbidden, or invalid-request: nobody is chosen
 */
export async function withdrawInvited(
  ctx: Context,
  actor: Actor,
  selection: Selection,
): Promise<number> {
  const { organisation, lines } = await chosen(ctx, actor, selection)
  const waiting = lines.filter(isOpen)
  const at = ctx.now()
  const open = new Set<number>()
  for (const { personId } of waiting) if (await mayInvite(ctx, actor, personId)) open.add(personId)
  return ctx.db.transaction().execute(async (trx) => {
    let count = 0
    for (const { id, personId, publicId, role } of waiting) {
      if (!isRole(role) || (await hasWayIn(trx, personId))) continue
      // A link that another organisation has sent too stays.
      if (open.has(personId))
        await withdrawInvitations(trx, { purpose: 'invite', personId }, at.toISOString())
      await markWithdrawn(trx, id, at.toISOString())
      const line = { actor: actor.publicId, action: 'invitation.withdrawn', subject: publicId }
      await appendAudit(trx, { at, ...line })
      const given = { personId, role, organisationId: organisation?.id ?? null }
      // Ended on their page before: then there is nothing left to end.
      await endRole({ ...ctx, db: within(trx) }, actor, given).catch(passOverMissing)
      count += 1
    }
    return count
  })
}

function passOverMissing(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'not-found') throw error
}

async function chosen(ctx: Context, actor: Actor, { runId, people }: Selection) {
  const { run, organisation } = await runFor(ctx, runId)
  authorize(actor, 'manage-people', resourceOf(organisation))
  const invited = await withStates(ctx, await listInvited(ctx.db, run.id))
  const lines: InvitedLine[] = invited.filter(({ publicId }) => people.includes(publicId))
  if (lines.length === 0) throw nobodyChosen()
  return { organisation, lines }
}

function nobodyChosen(): DomainError {
  const words = {
    fr: 'Cochez d’abord une personne de la liste.',
    en: 'Tick somebody in the list first.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/people', words }] })
}
