import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { markFigures } from '../indicators/store.js'
import { keepConfirmed } from '../facts/keep-version.js'
import { nothingHere } from '../refusals.js'
import {
  alreadyConfirmed,
  assertOtherPerson,
  disputed,
  personOf,
  roleFor,
} from '../facts/confirmation.js'
import { resourceOfSession } from '../facts/session-resource.js'
import { findSession, saveSessionConfirmation, type FoundSession } from '../facts/store.js'

/**
 * Confirms that a session took place; never by whoever recorded it.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function confirmSession(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const session = await findSession(ctx.db, publicId)
  if (!session) throw nothingHere()
  const resource = resourceOfSession(session)
  authorize(actor, 'confirm-session', resource)
  const by = { personId: personOf(actor), publicId: actor.publicId }
  await ctx.db
    .transaction()
    .execute((trx) =>
      keepConfirmation(ctx, trx, session, { ...by, role: roleFor(actor, resource) }),
    )
}

/**
 * Keeps who confirms a session and in which function, within the transaction of an account's act or of an answer
 * by link.
 *
 * @throws {DomainError} forbidden to whoever recorded it; conflict if it was confirmed or is disputed
 */
export async function keepConfirmation(
  ctx: Context,
  trx: Db,
  session: FoundSession,
  by: Readonly<{ personId: number; publicId: string; role: string; link?: string }>,
): Promise<void> {
  assertOtherPerson(by.personId, session.recorded_by_id)
  const at = ctx.now()
  const confirmation = { by: by.personId, role: by.role, at: at.toISOString() }
  const saved = await saveSessionConfirmation(trx, session, confirmation)
  if (!saved) throw session.disputed_at === null ? alreadyConfirmed() : disputed()
  await markFigures(trx, [session.cohort_id], session.day)
  await keepConfirmed(ctx, trx, 'session', { fact: session, by: by.personId, at })
  await appendAudit(trx, {
    at,
    actor: by.publicId,
    action: 'session.confirmed',
    subject: session.public_id,
    ...(by.link === undefined ? {} : { details: { link: by.link } }),
  })
}
