import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { nothingHere } from '../refusals.js'
import { markFigures } from '../indicators/store.js'
import { endEnrolments } from './members-store.js'
import { ownerOf } from './add-school.js'
import { assertOpen, knownGroup } from './known-group.js'
import { toLastDay } from './last-day.js'
import { endSchoolLink, listGroupSchools, lockGroup } from './store.js'

/**
 * Ends a school's part in a group, and that of its students; by who runs the group or by the school itself.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused (no school would be left) or conflict
 */
export async function endSchool(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ groupId: string; schoolId: string; lastDay: string }>,
): Promise<void> {
  const known = await knownGroup(ctx, actor, input.groupId)
  const { group, scheme, mayRun } = known
  if (scheme.ofOne) throw nothingHere()
  assertOpen(group)
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  const owner = await ownerOf(ctx, known)
  await ctx.db.transaction().execute(async (trx) => {
    assertOpen(await lockGroup(trx, group.id))
    const open = (await listGroupSchools(trx, [group.id])).filter((one) => one.untilDay === null)
    const own = open.find(({ schoolId }) => schoolId === school?.id)
    if (!own) throw nothingHere()
    if (!mayRun) authorize(actor, 'manage-schemes', { schoolId: own.schoolId })
    const { fromDay } = own
    const lastDay = toLastDay(input.lastDay, { fromDay, today: today(ctx) })
    const left = open.filter((one) => one !== own)
    scheme.judgeGroup({
      owner,
      schools: left.map(({ kind }) => ({ kind, pointer: '/lastDay' })),
    })
    await endSchoolLink(trx, own.linkId, lastDay)
    const ended = { cohortId: group.id, schoolId: own.schoolId }
    await markFigures(trx, [group.id], lastDay)
    await endEnrolments(trx, ended, { lastDay, reason: 'AUTRE' })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'group.school-ended',
      subject: group.publicId,
      details: { school: own.publicId },
    })
  })
}
