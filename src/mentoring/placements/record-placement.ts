import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { personOf } from '../facts/confirmation.js'
import { countDays, toDay } from '../days.js'
import { noCompany } from '../classes/open-class.js'
import { pastDay } from '../facts/judge-session.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { insertPlacement } from '../facts/store.js'
import { markFiguresOf } from '../indicators/store.js'
import { findStudent, lockStudent } from '../students/store.js'
import { listHeldByStudent } from './held-store.js'
import { assertFree } from './plan-placement.js'
import { RULES } from './rules.js'
import { tutorOf } from './tutors.js'

export type PlacementInput = Readonly<{
  studentId: string
  companyId: string
  tutorId: string
  fromDay: string
  untilDay: string
  daysDone: number
}>

/**
 * Records a placement (PFMP) that has ended. It counts once somebody else has confirmed it.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request or rule-refused
 */
export async function recordPlacement(
  ctx: Context,
  actor: Actor,
  input: PlacementInput,
): Promise<string> {
  const student = await findStudent(ctx.db, input.studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: student.school_id })
  const recordedById = personOf(actor)
  const fromDay = toDay(input.fromDay, '/fromDay')
  const untilDay = pastDay(input.untilDay, today(ctx), '/untilDay')
  assertDaysDone(input.daysDone, { fromDay, untilDay })
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  // At the end of the placement, or now: a tutor’s account may be younger.
  const tutorId = await tutorOf(ctx.db, company.id, input.tutorId, [untilDay, today(ctx)])

  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    assertFree({ fromDay, untilDay }, await listHeldByStudent(trx, student.id))
    await insertPlacement(trx, {
      public_id: publicId,
      student_id: student.id,
      company_id: company.id,
      tutor_id: tutorId,
      from_day: fromDay,
      until_day: untilDay,
      days_done: input.daysDone,
      recorded_by_id: recordedById,
      recorded_at: at.toISOString(),
    })
    await markFiguresOf(trx, [student.id], fromDay)
    const action = 'placement.recorded'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
  return publicId
}

/**
 * PFMP-13: 1 to all days of the period were done.
 *
 * @throws {DomainError} invalid-request or rule-refused
 */
export function assertDaysDone(
  daysDone: number,
  { fromDay, untilDay }: Readonly<{ fromDay: string; untilDay: string }>,
): void {
  if (untilDay < fromDay) {
    throw wrongField('/untilDay', {
      fr: 'La fin est avant le début. Corrigez l’une des deux dates.',
      en: 'The end is before the beginning. Correct one of the two days.',
    })
  }
  const most = countDays(fromDay, untilDay)
  const words = {
    fr: `Entre ces dates il y a ${most} jours : le nombre de jours faits va de 1 à ${most}.`,
    en: `There are ${most} days between these dates: the days done go from 1 to ${most}.`,
  }
  if (!Number.isInteger(daysDone) || daysDone < 1) throw wrongField('/daysDone', words)
  if (daysDone > most) throw refusedBy(RULES.daysDone, '/daysDone', words)
}
