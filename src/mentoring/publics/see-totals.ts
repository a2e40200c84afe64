import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { findAnyCohort, listAnyCohorts, type AnyCohort } from '../cohorts/store.js'
import { managing } from '../groups/reach.js'
import { listPlaces, type Place } from '../indicators/figures-store.js'
import { LEAST } from '../indicators/suppress.js'
import { nothingHere } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { headcountsOf } from './headcount.js'
import { SAID_PUBLICS, type SaidPublic } from './publics.js'
import { listTotals, type SaidTotal } from './store.js'

/** The part of a cohort that is of one school in a school year. */
type Share = Readonly<{
  cohort: AnyCohort
  schoolId: number
  schoolName: string
  headcount: number
}>

/**
 * PT-20 is of P-TECH: a cordée has its own page for what its schools say, and a pair is one student.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function knownShare(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ cohortId: string; schoolId: string; year: number }>,
): Promise<Share> {
  const cohort = await findAnyCohort(ctx.db, of.cohortId)
  const school = await findOrganisationByPublicId(ctx.db, of.schoolId)
  if (!cohort || cohort.classId === null || !school) throw nothingHere()
  authorize(actor, managing(cohort), { schoolId: school.id })
  const day = today(ctx)
  const counts = await headcountsOf(ctx.db, cohort.id, { year: of.year, today: day })
  const headcount = counts.get(school.id)
  if (headcount === undefined) throw nothingHere()
  return { cohort, schoolId: school.id, schoolName: school.name, headcount }
}

export type TotalsView = Share & Readonly<{ year: number; said: readonly SaidTotal[] }>

/**
 * What a school said of one cohort in a school year.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeTotals(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ cohortId: string; schoolId: string; year: number }>,
): Promise<TotalsView> {
  const share = await knownShare(ctx, actor, of)
  const { schoolId } = share
  const said = await listTotals(ctx.db, { schoolId, year: of.year })
  const { year } = of
  return { ...share, year, said: said.filter(({ cohortId }) => cohortId === share.cohort.id) }
}

export type CohortTotals = Readonly<{
  cohort: AnyCohort
  headcount: number
  /** Of fewer than 5 nothing is asked. */
  isAsked: boolean
  totals: Readonly<Record<SaidPublic, number | undefined>>
  /** The latest word. */
  last: Readonly<{ at: string; by: string | null }> | undefined
}>

export type SchoolTotals = Readonly<{
  school: Place
  schools: readonly Place[]
  year: number
  years: readonly number[]
  cohorts: readonly CohortTotals[]
}>

/** School years that a school may still speak of. */
const YEARS = 5

/**
 * The P-TECH cohorts of a school in a school year, with what it said of each.
 *
 * @throws {DomainError} not-found to whom no school belongs
 */
export async function seeSchoolTotals(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ school?: string | undefined; year?: number | undefined }>,
): Promise<SchoolTotals> {
  const schools = await listPlaces(ctx.db, organisationsWith(actor, 'manage-classes'))
  const school = schools.find(({ publicId }) => publicId === (asked.school ?? schools[0]?.publicId))
  if (!school) throw nothingHere()
  const day = today(ctx)
  const present = schoolYearOf(day)
  const years = Array.from({ length: YEARS }, (_, at) => present - at)
  const year = years.find((one) => one === asked.year) ?? present
  const said = await listTotals(ctx.db, { schoolId: school.id, year })
  const cohorts: CohortTotals[] = []
  for (const cohort of await listAnyCohorts(ctx.db, { schoolIds: [school.id], companyIds: [] })) {
    if (cohort.classId === null) continue
    const counts = await headcountsOf(ctx.db, cohort.id, { year, today: day })
    const headcount = counts.get(school.id)
    if (headcount === undefined) continue
    const own = said.filter(({ cohortId }) => cohortId === cohort.id)
    cohorts.push({ cohort, headcount, isAsked: headcount >= LEAST, ...summed(own) })
  }
  return { school, schools, year, years, cohorts }
}

function summed(said: readonly SaidTotal[]): Pick<CohortTotals, 'totals' | 'last'> {
  const of = (one: SaidPublic) => said.find((total) => total.public === one)?.count
  const [boursier, qpv, priority] = SAID_PUBLICS
  const last = said.toSorted((one, other) => other.givenAt.localeCompare(one.givenAt))[0]
  return {
    totals: { [boursier]: of(boursier), [qpv]: of(qpv), [priority]: of(priority) },
    last: last && { at: last.givenAt, by: last.givenBy },
  }
}
