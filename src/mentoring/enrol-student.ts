import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { overlap, toDay } from './days.js'
import { nothingHere } from './refusals.js'
import { findCohort } from './store/classes.js'
import { enrolmentsOf, findStudent, insertEnrolment } from './store/students.js'

/**
 * Enrols a student of the school in a cohort from a day on: in one cohort at a time.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function enrolStudent(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; studentId: string; fromDay: string }>,
): Promise<void> {
  const cohort = await findCohort(ctx.db, input.cohortId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: cohort.schoolId })
  const student = await findStudent(ctx.db, input.studentId)
  if (student?.school_id !== cohort.schoolId) throw nothingHere()
  const fromDay = toDay(input.fromDay, '/fromDay')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const enrolments = await enrolmentsOf(trx, student.id)
    if (enrolments.some((one) => overlap(one, { fromDay, untilDay: null }))) throw alreadyEnrolled()
    await insertEnrolment(trx, { student_id: student.id, cohort_id: cohort.id, from_day: fromDay })
    const action = 'student.enrolled'
    const details = { cohort: cohort.publicId }
    const subject = student.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function alreadyEnrolled(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cet élève est déjà dans une cohorte à cette date. Terminez d’abord cette inscription.',
    en: 'This student is in a cohort already on that day. End that enrolment first.',
  })
}
