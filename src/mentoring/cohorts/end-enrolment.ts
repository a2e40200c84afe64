import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Words } from '../../words.js'
import { toDay } from '../days.js'
import { markFigures } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findCohort } from '../classes/store.js'
import { enrolmentsOf, findStudent, lockStudent, saveEnrolmentEnd } from '../students/store.js'

/** Why a student leaves a cohort: a code, so that no text about a young person is kept. */
export const EXIT_REASONS = [
  'FIN_DE_PARCOURS',
  'DEMENAGEMENT',
  'REORIENTATION',
  'DECROCHAGE',
  'AUTRE',
] as const
export type ExitReason = (typeof EXIT_REASONS)[number]

export const EXIT_WORDS: Readonly<Record<ExitReason, Words>> = {
  FIN_DE_PARCOURS: { fr: 'Fin du parcours', en: 'End of the course' },
  DEMENAGEMENT: { fr: 'Déménagement ou changement de lycée', en: 'Moved, or changed school' },
  REORIENTATION: { fr: 'Réorientation', en: 'Changed course' },
  DECROCHAGE: { fr: 'Arrêt de la formation', en: 'Left education' },
  AUTRE: { fr: 'Autre raison', en: 'Another reason' },
}

/**
 * Ends a student's time in a cohort. What was recorded until the last day stays theirs.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function endEnrolment(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; studentId: string; lastDay: string; reason: string }>,
): Promise<void> {
  const cohort = await findCohort(ctx.db, input.cohortId)
  const student = await findStudent(ctx.db, input.studentId)
  if (!cohort || !student) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: cohort.schoolId })
  const lastDay = toDay(input.lastDay, '/lastDay')
  const reason = toExitReason(input.reason)
  const of = { studentId: student.id, cohortId: cohort.id }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const enrolments = await enrolmentsOf(trx, student.id)
    if (!enrolments.some((one) => one.cohortId === cohort.id && one.untilDay === null)) {
      throw nothingHere()
    }
    if (!(await saveEnrolmentEnd(trx, of, { lastDay, reason }))) throw tooEarly()
    await markFigures(trx, [cohort.id], lastDay)
    const action = 'enrolment.ended'
    // Not why: the audit keeps its lines for ever, and « décrochage » is nobody's for ever.
    const details = { cohort: cohort.publicId }
    const subject = student.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function toExitReason(text: string): ExitReason {
  const reason = EXIT_REASONS.find((known) => known === text)
  if (reason) return reason
  throw wrongField('/reason', {
    fr: 'Choisissez la raison du départ.',
    en: 'Choose the reason for leaving.',
  })
}

function tooEarly() {
  return wrongField('/lastDay', {
    fr: 'Ce jour est avant l’inscription dans la cohorte. Donnez un jour plus tard.',
    en: 'This day is before the enrolment in the cohort. Give a later day.',
  })
}
