import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { overlap, toDay } from '../days.js'
import { markFigures } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findCohort, type Cohort } from '../classes/store.js'
import { enrolmentsOf, findStudent, insertEnrolment, lockStudent } from '../students/store.js'

type Chosen = Readonly<{ student: Row<'students'>; pointer: string }>

/**
 * Enrols a student of the school in a cohort from a day on: in one cohort at a time.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function enrolStudent(
  ctx: Context,
  actor: Actor,
  { studentId, ...input }: Readonly<{ cohortId: string; studentId: string; fromDay: string }>,
): Promise<void> {
  await enrolStudents(ctx, actor, { ...input, studentIds: [studentId] })
}

/**
 * Enrols students of the school in a cohort from a day on: all of them, or none.
 *
 * @returns how many they are
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function enrolStudents(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; studentIds: readonly string[]; fromDay: string }>,
): Promise<number> {
  const cohort = await findCohort(ctx.db, input.cohortId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: cohort.schoolId })
  const students = await chosenStudents(ctx.db, cohort, input.studentIds)
  const fromDay = toDay(input.fromDay, '/fromDay')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await markFigures(trx, [cohort.id], fromDay)
    for (const { student, pointer } of students) {
      await enrolAlone(trx, { student, cohort, fromDay, pointer })
      const action = 'student.enrolled'
      const details = { cohort: cohort.publicId }
      const subject = student.public_id
      await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    }
  })
  return students.length
}

/** Each once, in the order in which whoever comes second waits for whoever comes first. */
async function chosenStudents(
  db: Db,
  cohort: Cohort,
  studentIds: readonly string[],
): Promise<Chosen[]> {
  const found = await Promise.all([...new Set(studentIds)].map((id) => findStudent(db, id)))
  const students = found.map((student, index) => {
    if (student?.school_id !== cohort.schoolId) throw nothingHere()
    return { student, pointer: `/studentIds/${index}` }
  })
  if (students.length > 0) return students.toSorted((a, b) => a.student.id - b.student.id)
  throw wrongField('/studentIds', {
    fr: 'Cochez au moins un élève.',
    en: 'Tick one student or more.',
  })
}

async function enrolAlone(
  trx: Db,
  of: Chosen & Readonly<{ cohort: Cohort; fromDay: string }>,
): Promise<void> {
  const { student, cohort, fromDay, pointer } = of
  await lockStudent(trx, student.id)
  const enrolments = await enrolmentsOf(trx, student.id)
  if (enrolments.some((one) => overlap(one, { fromDay, untilDay: null }))) {
    throw alreadyEnrolled(pointer)
  }
  await insertEnrolment(trx, { student_id: student.id, cohort_id: cohort.id, from_day: fromDay })
}

function alreadyEnrolled(pointer: string): DomainError {
  const words = {
    fr: 'Un élève est déjà dans une cohorte à cette date. Terminez d’abord cette inscription.',
    en: 'A student is in a cohort already on that day. End that enrolment first.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer, words }] })
}
