import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, listAssignments } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { personOf } from '../facts/confirmation.js'
import { countDays, overlap, toDay, type Period } from '../days.js'
import { noCompany } from '../classes/open-class.js'
import { pastDay } from '../facts/record-session.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findPersonId, insertPlacement, listPlacements } from '../facts/store.js'
import { findStudent, lockStudent } from '../students/store.js'

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
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
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
  const tutorId = await tutorOf(ctx.db, company.id, input.tutorId, [untilDay, today(ctx)])

  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    assertApart({ fromDay, untilDay }, await listPlacements(trx, student.id))
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

/** @throws {DomainError} invalid-request unless 1 to all days of the period were done */
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
  if (Number.isInteger(daysDone) && daysDone >= 1 && daysDone <= most) return
  throw wrongField('/daysDone', {
    fr: `Entre ces dates il y a ${most} jours : le nombre de jours faits va de 1 à ${most}.`,
    en: `There are ${most} days between these dates: the days done go from 1 to ${most}.`,
  })
}

/** Somebody of the company at the end of the placement, or now: a tutor's account may be younger. */
async function tutorOf(
  db: Db,
  companyId: number,
  publicId: string,
  days: readonly string[],
): Promise<number> {
  const personId = await findPersonId(db, publicId)
  if (personId === undefined) throw noTutor()
  for (const day of days) {
    const roles = await listAssignments(db, personId, day)
    if (roles.some(({ organisationId }) => organisationId === companyId)) return personId
  }
  throw noTutor()
}

function assertApart(
  period: Period,
  others: readonly { from_day: string; until_day: string }[],
): void {
  const clash = others.some(({ from_day, until_day }) =>
    overlap(period, { fromDay: from_day, untilDay: until_day }),
  )
  if (!clash) return
  throw wrongField('/fromDay', {
    fr: 'Cet élève a déjà une période en entreprise à ces dates. Corrigez les dates.',
    en: 'This student already has a placement on these days. Correct the days.',
  })
}

function noTutor() {
  return wrongField('/tutorId', {
    fr: 'Cette personne n’a pas de rôle dans l’entreprise. Choisissez quelqu’un de l’entreprise.',
    en: 'This person has no role in the company. Choose somebody of the company.',
  })
}
