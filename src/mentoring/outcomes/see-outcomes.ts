import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import { findAnyCohort, type AnyCohort } from '../cohorts/store.js'
import { overlap, type Period } from '../days.js'
import { managing, reachOf } from '../groups/reach.js'
import { listGroupStays, type GroupStay } from '../groups/members-store.js'
import { nothingHere } from '../refusals.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { listOutcomes, type SaidOutcome } from './store.js'

export type OutcomeStudent = Readonly<{
  id: number
  publicId: string
  name: string
  schoolId: number
  stays: readonly Period[]
  said: readonly SaidOutcome[]
}>

export type CohortOutcomes = Readonly<{
  cohort: AnyCohort
  year: number
  years: readonly number[]
  students: readonly OutcomeStudent[]
}>

/**
 * What is known of how the course of a P-TECH cohort's students ended, in a school year: those who left are
 * there, too. To a school, its own students.
 *
 * @param asked.year the present one if undefined
 * @throws {DomainError} forbidden or not-found
 */
export async function seeOutcomes(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; year?: number | undefined }>,
): Promise<CohortOutcomes> {
  const cohort = await findAnyCohort(ctx.db, asked.cohortId)
  if (!cohort || cohort.classId === null) throw nothingHere()
  const { resource } = await reachOf(ctx.db, cohort)
  authorize(actor, managing(cohort), resource)
  const present = schoolYearOf(today(ctx))
  const all = await studentsOf(ctx, actor, cohort)
  const first = all
    .flatMap(({ stays }) => stays.map(({ fromDay }) => schoolYearOf(fromDay)))
    .reduce((least, one) => Math.min(least, one), present)
  const years = Array.from({ length: present - first + 1 }, (_, at) => present - at)
  const year = years.find((one) => one === asked.year) ?? present
  const students = all
    .filter(({ stays }) => stays.some((stay) => overlap(stay, periodOf(year))))
    .map((one) => ({ ...one, said: one.said.filter((outcome) => outcome.year === year) }))
  return { cohort, year, years, students }
}

/**
 * One student of it, with all that was ever said.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeStudentOutcomes(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ cohortId: string; studentId: string }>,
): Promise<Readonly<{ cohort: AnyCohort; student: OutcomeStudent }>> {
  const cohort = await findAnyCohort(ctx.db, of.cohortId)
  if (!cohort || cohort.classId === null) throw nothingHere()
  const { resource } = await reachOf(ctx.db, cohort)
  authorize(actor, managing(cohort), resource)
  const student = (await studentsOf(ctx, actor, cohort)).find(
    ({ publicId }) => publicId === of.studentId,
  )
  if (!student) throw nothingHere()
  return { cohort, student }
}

export function periodOf(year: number) {
  return { fromDay: firstDayOf(year), untilDay: dayBefore(firstDayOf(year + 1)) }
}

async function studentsOf(
  ctx: Context,
  actor: Actor,
  cohort: AnyCohort,
): Promise<OutcomeStudent[]> {
  const stays = await listGroupStays(ctx.db, cohort.id)
  const said = await listOutcomes(ctx.db, cohort.id)
  const own = stays.filter(({ schoolId }) => {
    return may(actor, managing(cohort), { schoolIds: [cohort.ownerId, schoolId] })
  })
  return [...Map.groupBy(own, ({ studentId }) => studentId)].flatMap(([id, those]) => {
    const [stay] = those
    const outcomes = said.filter(({ studentId }) => studentId === id)
    return stay ? [{ ...named(stay), stays: those, said: outcomes }] : []
  })
}

function named({ studentId, publicId, givenName, familyName, schoolId }: GroupStay) {
  return { id: studentId, publicId, name: `${givenName} ${familyName}`, schoolId }
}
