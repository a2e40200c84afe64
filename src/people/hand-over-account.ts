import type { Actor, Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { withdrawInvitations } from './access-store.js'
import { endRoleOf, giveRole } from './assign-role.js'
import { withdrawCode } from './codes/store.js'
import { today } from './days.js'
import { lockPerson } from './passkeys/store.js'
import { endRecoveries } from './recovery/store.js'
import { findPerson, listAssignments, type Organisation, type Person } from './store.js'

type HandOver = Readonly<{
  personId: number
  /** The school before; nobody's if another record of the same person is still there. */
  from: Organisation | undefined
  to: Organisation
}>

/**
 * Hands the account of a student over to the school that has them now, within the transaction of the move: the role of a
 * student goes along, and what the school before has made or confirmed lets nobody in any more. What else the person is,
 * and how they come in themselves, stays.
 */
export async function handOverAccount(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { personId, from, to }: HandOver,
): Promise<void> {
  await lockPerson(trx, personId)
  const person = await findPerson(trx, personId)
  if (!person) return
  if (from) await endRoleOf(ctx, trx, actor, { person, role: 'student', organisation: from })
  const held = await listAssignments(trx, personId, today(ctx))
  const isThere = held.some((one) => one.role === 'student' && one.organisationId === to.id)
  if (!isThere) await giveRole(ctx, trx, actor, { person, role: 'student', organisation: to })
  await closeWaysOfOthers(ctx, trx, actor, person)
}

/** Links, the printed code and requests of lost access: each opens the account to whoever holds or confirms it. */
async function closeWaysOfOthers(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { id, publicId }: Person,
): Promise<void> {
  const now = ctx.now()
  const at = now.toISOString()
  const closed = {
    'invitation.withdrawn': await withdrawInvitations(trx, { purpose: 'invite', personId: id }, at),
    'code.withdrawn': await withdrawCode(trx, id, at),
    'recovery.ended': await endRecoveries(trx, id, at),
  }
  for (const [action, wasOpen] of Object.entries(closed))
    if (wasOpen)
      await appendAudit(trx, { at: now, actor: actor.publicId, action, subject: publicId })
}
