import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { isDay, isWithin } from '../days.js'
import { nominalLevel, type LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { findCohort, type Cohort } from '../classes/store.js'
import { enrolmentsOf, findStudent, listSchoolings, listUnenrolled } from '../students/store.js'

export type EnrolmentChoices = Readonly<{
  cohort: Cohort
  day: string
  students: readonly Readonly<{
    publicId: string
    name: string
    division: string
    level: LevelCode | undefined
    /** At the level that the cohort has on the day (PT-12). */
    fits: boolean
  }>[]
}>

/**
 * Whom a cohort may take in: the students of its school on a day who are in no cohort.
 *
 * @param asked.day today for anything that is no day
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForEnrolment(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string | undefined }>,
): Promise<EnrolmentChoices> {
  const cohort = await managedCohort(ctx, actor, asked.cohortId)
  const day = asked.day !== undefined && isDay(asked.day) ? asked.day : today(ctx)
  const expected = nominalLevel(cohort.entryYear, schoolYearOf(day))
  const rows = await listUnenrolled(ctx.db, cohort.schoolId, day)
  const ids = rows.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  const students = rows.map(({ id, public_id, given_name, family_name }) => {
    const schooling = schoolings.get(id)?.find((one) => isWithin(day, one))
    return {
      publicId: public_id,
      name: `${given_name} ${family_name}`,
      division: schooling?.division ?? '–',
      level: schooling?.level,
      fits: schooling?.level === expected,
    }
  })
  return { cohort, day, students }
}

/**
 * The student whose enrolment in a cohort may be ended.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function enrolmentToEnd(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; studentId: string }>,
): Promise<{ cohort: Cohort; name: string }> {
  const cohort = await managedCohort(ctx, actor, asked.cohortId)
  const student = await findStudent(ctx.db, asked.studentId)
  const enrolments = student ? await enrolmentsOf(ctx.db, student.id) : []
  const isOpen = enrolments.some((one) => one.cohortId === cohort.id && one.untilDay === null)
  if (!student || !isOpen) throw nothingHere()
  return { cohort, name: `${student.given_name} ${student.family_name}` }
}

async function managedCohort(ctx: Context, actor: Actor, publicId: string): Promise<Cohort> {
  const cohort = await findCohort(ctx.db, publicId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: cohort.schoolId })
  return cohort
}
