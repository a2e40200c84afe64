import type { Db } from '../../store/schema.js'
import type { Days, Host, Work } from './hosting.js'
import { toAgeGroup, type AgeGroup } from './ages.js'

export type Plan = Readonly<{
  siteId: number | null
  site: (Host & Readonly<{ name: string; town: string; siret: string }>) | undefined
  referentId: number | null
  referentName: string | undefined
  dailyMinutes: number
  weeklyMinutes: number
  startTime: string
  endTime: string
  work: Work
  medicalOpinionOn: string | null
  age: AgeGroup
  plannedById: number
}>

/** A placement with all that its plan and its assessment say of how far it has come. */
export type Placement = Days &
  Readonly<{
    id: number
    publicId: string
    studentId: number
    studentPublicId: string
    studentPersonId: number | null
    givenName: string
    familyName: string
    schoolId: number
    schoolName: string
    companyId: number
    companyName: string
    tutorId: number
    tutorName: string
    daysDone: number | null
    version: number
    recordedById: number
    confirmedAt: string | null
    contestedAt: string | null
    contestReason: string | null
    cancelledAt: string | null
    /** Of an assessment that was sent. */
    outcome: string | null
    /** None for one that was recorded once it was over. */
    plan: Plan | undefined
  }>

export async function findPlacementWithPlan(
  db: Db,
  publicId: string,
): Promise<Placement | undefined> {
  const row = await placements(db).where('fact.public_id', '=', publicId).executeTakeFirst()
  return row && toPlacement(row)
}

/** The placements of the students of some schools that end on a day or later, the first one first. */
export async function listPlacementsOfSchools(
  db: Db,
  schoolIds: readonly number[],
  sinceDay: string,
): Promise<Placement[]> {
  if (schoolIds.length === 0) return []
  const rows = await placements(db)
    .where('students.school_id', 'in', [...schoolIds])
    .where('fact.until_day', '>=', sinceDay)
    .execute()
  return rows.map(toPlacement)
}

export async function listPlacementsOfCompanies(
  db: Db,
  companyIds: readonly number[],
  sinceDay: string,
): Promise<Placement[]> {
  if (companyIds.length === 0) return []
  const rows = await placements(db)
    .where('fact.company_id', 'in', [...companyIds])
    .where('fact.until_day', '>=', sinceDay)
    .execute()
  return rows.map(toPlacement)
}

export async function listPlacementsOfStudent(db: Db, studentId: number): Promise<Placement[]> {
  const rows = await placements(db).where('fact.student_id', '=', studentId).execute()
  return rows.map(toPlacement)
}

function placements(db: Db) {
  return db
    .selectFrom('placements as fact')
    .innerJoin('students', 'students.id', 'fact.student_id')
    .innerJoin('organisations as school', 'school.id', 'students.school_id')
    .innerJoin('organisations as company', 'company.id', 'fact.company_id')
    .innerJoin('persons as tutor', 'tutor.id', 'fact.tutor_id')
    .leftJoin('placement_plans as plan', 'plan.placement_id', 'fact.id')
    .leftJoin('company_sites as site', 'site.id', 'plan.site_id')
    .leftJoin('persons as referent', 'referent.id', 'plan.referent_id')
    .leftJoin('placement_assessments as assessment', (join) =>
      join
        .onRef('assessment.placement_id', '=', 'fact.id')
        .on('assessment.sent_at', 'is not', null),
    )
    .selectAll('fact')
    .select(OF_PEOPLE)
    .select(OF_PLAN)
    .orderBy('fact.from_day')
    .orderBy('fact.id')
}

const OF_PEOPLE = [
  'students.public_id as studentPublicId',
  'students.person_id as studentPersonId',
  'students.given_name as givenName',
  'students.family_name as familyName',
  'students.school_id as schoolId',
  'school.name as schoolName',
  'company.name as companyName',
  'tutor.given_name as tutorGivenName',
  'tutor.family_name as tutorFamilyName',
] as const

const OF_PLAN = [
  'plan.site_id',
  'plan.referent_id',
  'plan.daily_minutes',
  'plan.weekly_minutes',
  'plan.start_time',
  'plan.end_time',
  'plan.work',
  'plan.medical_opinion_on',
  'plan.age_at_start',
  'plan.planned_by_id',
  'plan.cancelled_at',
  'site.name as siteName',
  'site.town as siteTown',
  'site.siret as siteSiret',
  'site.staff_count as siteStaff',
  'site.quota_raised_on as siteRaisedOn',
  'referent.given_name as referentGivenName',
  'referent.family_name as referentFamilyName',
  'assessment.outcome',
] as const

type Found = Awaited<ReturnType<ReturnType<typeof placements>['executeTakeFirstOrThrow']>>

function toPlacement(row: Found): Placement {
  return {
    id: row.id,
    publicId: row.public_id,
    studentId: row.student_id,
    studentPublicId: row.studentPublicId,
    studentPersonId: row.studentPersonId,
    givenName: row.givenName,
    familyName: row.familyName,
    schoolId: row.schoolId,
    schoolName: row.schoolName,
    companyId: row.company_id,
    companyName: row.companyName,
    tutorId: row.tutor_id,
    tutorName: `${row.tutorGivenName} ${row.tutorFamilyName}`,
    fromDay: row.from_day,
    untilDay: row.until_day,
    daysDone: row.days_done,
    version: row.version,
    recordedById: row.recorded_by_id,
    confirmedAt: row.confirmed_at,
    contestedAt: row.contested_at,
    contestReason: row.contest_reason,
    cancelledAt: row.cancelled_at,
    outcome: row.outcome,
    plan: planOf(row),
  }
}

function planOf(row: Found): Plan | undefined {
  const { daily_minutes, weekly_minutes, start_time, end_time, age_at_start, planned_by_id } = row
  if (daily_minutes === null || weekly_minutes === null || start_time === null) return undefined
  if (end_time === null || age_at_start === null || planned_by_id === null) return undefined
  return {
    siteId: row.site_id,
    site: siteOf(row),
    referentId: row.referent_id,
    referentName: row.referentGivenName
      ? `${row.referentGivenName} ${row.referentFamilyName ?? ''}`
      : undefined,
    dailyMinutes: daily_minutes,
    weeklyMinutes: weekly_minutes,
    startTime: start_time,
    endTime: end_time,
    work: row.work === 'REGULATED' ? 'REGULATED' : 'ORDINARY',
    medicalOpinionOn: row.medical_opinion_on,
    age: toAgeGroup(age_at_start),
    plannedById: planned_by_id,
  }
}

function siteOf({ siteName, siteTown, siteSiret, siteStaff, siteRaisedOn }: Found): Plan['site'] {
  if (siteName === null || siteTown === null || siteSiret === null || siteStaff === null) {
    return undefined
  }
  return {
    name: siteName,
    town: siteTown,
    siret: siteSiret,
    staffCount: siteStaff,
    quotaRaised: siteRaisedOn !== null,
  }
}
