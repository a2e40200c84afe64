import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { markFigures } from '../indicators/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import type { ExitReason } from '../cohorts/end-enrolment.js'
import { nothingHere } from '../refusals.js'
import { endEnrolments } from './members-store.js'
import { assertOpen, runGroup, type KnownGroup } from './known-group.js'
import { toLastDay } from './last-day.js'
import { endSchoolLink, listGroupSchools, lockGroup, saveClosing } from './store.js'

/**
 * Closes a group of several students on a day: the time of its schools and students in it ends, too. What was
 * recorded stays theirs.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict (it is closed)
 */
export async function closeGroup(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ groupId: string; lastDay: string }>,
): Promise<void> {
  const known = await runGroup(ctx, actor, input.groupId)
  if (known.scheme.ofOne) throw nothingHere()
  const { openedOn } = known.group
  const lastDay = toLastDay(input.lastDay, { fromDay: openedOn, today: today(ctx) })
  await ctx.db.transaction().execute(async (trx) => {
    await closeIn(ctx, trx, actor, { known, lastDay, exit: 'FIN_DE_PARCOURS' })
  })
}

/**
 * Closes a group within the transaction of who was allowed to.
 *
 * @throws {DomainError} conflict
 */
export async function closeIn(
  ctx: Context,
  trx: Db,
  actor: Actor,
  of: Readonly<{ known: KnownGroup; lastDay: string; exit: ExitReason }>,
): Promise<void> {
  const { known, lastDay, exit } = of
  const { id, publicId, scheme } = known.group
  assertOpen(await lockGroup(trx, id))
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: 'group.closed',
    subject: publicId,
    details: { scheme },
  })
  await saveClosing(trx, id, lastDay)
  await markFigures(trx, [id], lastDay)
  await endEnrolments(trx, { cohortId: id, schoolId: undefined }, { lastDay, reason: exit })
  for (const { linkId, fromDay, untilDay } of await listGroupSchools(trx, [id])) {
    if (untilDay !== null) continue
    // A school that was to come later had no time in it: one day is the least that a time has.
    await endSchoolLink(trx, linkId, lastDay < fromDay ? fromDay : lastDay)
  }
}
