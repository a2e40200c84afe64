import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { isDay, isWithin } from '../days.js'
import { nominalLevel, type LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { managing, reachOf } from '../groups/reach.js'
import { schemeOf } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { groupEnrolmentsOf, listEnrollable } from '../groups/members-store.js'
import { findStudent, listSchoolings } from '../students/store.js'
import { findAnyCohort, type AnyCohort } from './store.js'

export type EnrolmentChoices = Readonly<{
  cohort: AnyCohort
  scheme: Scheme
  day: string
  students: readonly Readonly<{
    publicId: string
    name: string
    division: string
    level: LevelCode | undefined
    /** At the level that a P-TECH cohort has on the day (PT-12); volunteers are ticked by hand. */
    fits: boolean
  }>[]
}>

/**
 * Whom a cohort may take in: the students who are on a day in those of its schools that are the actor's.
 *
 * @param asked.day today for anything that is no day
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForEnrolment(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string | undefined }>,
): Promise<EnrolmentChoices> {
  const { cohort, schools } = await managedCohort(ctx, actor, asked.cohortId)
  const scheme = schemeOf(cohort.scheme)
  const day = asked.day !== undefined && isDay(asked.day) ? asked.day : today(ctx)
  const { entryYear } = cohort
  const expected = entryYear === null ? undefined : nominalLevel(entryYear, schoolYearOf(day))
  const own = new Set(organisationsWith(actor, managing(cohort), 'school'))
  const schoolIds = schools.map(({ schoolId }) => schoolId).filter((id) => own.has(id))
  const rows = await listEnrollable(ctx.db, schoolIds, day, {
    cohortId: cohort.id,
    exclusiveScheme: scheme.oneGroupAtATime ? scheme.code : undefined,
  })
  const ids = rows.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  const students = rows.map(({ id, public_id, given_name, family_name }) => {
    const schooling = schoolings.get(id)?.find((one) => isWithin(day, one))
    return {
      publicId: public_id,
      name: `${given_name} ${family_name}`,
      division: schooling?.division ?? '–',
      level: schooling?.level,
      fits: expected !== undefined && schooling?.level === expected,
    }
  })
  return { cohort, scheme, day, students }
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
): Promise<{ cohort: AnyCohort; name: string }> {
  const { cohort } = await managedCohort(ctx, actor, asked.cohortId)
  const student = await findStudent(ctx.db, asked.studentId)
  const enrolments = student ? await groupEnrolmentsOf(ctx.db, student.id) : []
  const isOpen = enrolments.some((one) => one.cohortId === cohort.id && one.untilDay === null)
  if (!student || !isOpen) throw nothingHere()
  const schoolIds = [cohort.ownerId, student.school_id]
  authorize(actor, managing(cohort), { schoolIds, companyIds: [cohort.ownerId] })
  return { cohort, name: `${student.given_name} ${student.family_name}` }
}

async function managedCohort(ctx: Context, actor: Actor, publicId: string) {
  const cohort = await findAnyCohort(ctx.db, publicId)
  if (!cohort) throw nothingHere()
  const { schools, resource } = await reachOf(ctx.db, cohort)
  authorize(actor, managing(cohort), resource)
  return { cohort, schools }
}
