import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, listAssignments } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { noCompany } from '../classes/open-class.js'
import { overlap, toDay } from '../days.js'
import { personOf } from '../facts/confirmation.js'
import { pastDay } from '../facts/judge-session.js'
import { findPersonId } from '../facts/store.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'
import { findStudent, lockStudent } from '../students/store.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { ageGroupOn, type AgeGroup } from './ages.js'
import { listHeldBySites, listHeldByStudent, listHeldByTutors } from './held-store.js'
import { judgeDerogation, judgeHostQuota, judgeTutorLoad, type Days, type Work } from './hosting.js'
import { RULES } from './rules.js'
import { findSite, listDerogations, type Site } from './sites-store.js'
import { insertPlan } from './store.js'
import { admitTutor, chooseTutor, type Tutor, type TutorInput } from './tutors.js'
import {
  assertOldEnough,
  assertPossible,
  judgeWorkingTime,
  type WorkingTime,
} from './working-time.js'

export type PlanInput = TutorInput &
  WorkingTime &
  Readonly<{
    studentId: string
    companyId: string
    /** '' where the site is not known. */
    siteId: string
    /** The teacher who follows it; '' where none is named yet. */
    referentId: string
    fromDay: string
    untilDay: string
    work: Work
    /** '' where there is none. */
    medicalOpinionOn: string
    /** Rules that warned, and were read. */
    acknowledged: readonly string[]
  }>

/**
 * Plans a placement (PFMP) of a student.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or unacknowledged
 */
export async function planPlacement(ctx: Context, actor: Actor, input: PlanInput): Promise<string> {
  const student = await findStudent(ctx.db, input.studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: student.school_id })
  const plannedById = personOf(actor)
  const days = toDays(input)
  assertPossible(input)
  const { companyId, site, tutor, referentId } = await chooseHost(ctx, student.school_id, input)
  const age = ageGroupOn(ctx.vault.open(student.birth_date_sealed), days.fromDay)
  const warnings = await judge(ctx.db, input, { days, age, tutor, site })
  assertAcknowledged(warnings, input.acknowledged)

  const publicId = ctx.newId()
  const at = ctx.now()
  const row = {
    public_id: publicId,
    student_id: student.id,
    company_id: companyId,
    from_day: days.fromDay,
    until_day: days.untilDay,
    recorded_by_id: plannedById,
    recorded_at: at.toISOString(),
  }
  const plan = {
    ...planRow(ctx, input),
    ...{ age_at_start: age, site_id: site?.id ?? null, referent_id: referentId },
    ...{ planned_by_id: plannedById, planned_at: row.recorded_at },
  }
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    assertFree(days, await listHeldByStudent(trx, student.id))
    const tutorId = await admitTutor(ctx, trx, actor, { tutor, companyId })
    await insertPlan(trx, { ...row, tutor_id: tutorId }, plan)
    const kept = { subject_kind: 'placement', subject_id: publicId }
    await keepWarnings(trx, warnings, { ...kept, by_id: plannedById, at: row.recorded_at })
    const action = 'placement.planned'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
  return publicId
}

/** Who receives the student, and who follows them. @throws {DomainError} invalid-request */
async function chooseHost(ctx: Context, schoolId: number, input: PlanInput) {
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  const now = today(ctx)
  return {
    companyId: company.id,
    site: await siteOf(ctx.db, company.id, input.siteId),
    tutor: await chooseTutor(ctx.db, company.id, input, [now, input.fromDay]),
    referentId: await referentOf(ctx.db, schoolId, input.referentId, now),
  }
}

function planRow(ctx: Context, input: PlanInput) {
  const opinion = input.medicalOpinionOn.trim()
  return {
    daily_minutes: input.dailyMinutes,
    weekly_minutes: input.weeklyMinutes,
    start_time: input.startTime,
    end_time: input.endTime,
    work: input.work,
    medical_opinion_on: opinion === '' ? null : pastDay(opinion, today(ctx), '/medicalOpinionOn'),
  }
}

/** PFMP-02 @throws {DomainError} rule-refused */
export function assertFree(days: Days, held: readonly Days[]): void {
  if (!held.some((other) => overlap(days, other))) return
  throw refusedBy(RULES.oneAtATime, '/fromDay', {
    fr: 'Cet élève a déjà une période en entreprise à ces dates. Corrigez les dates.',
    en: 'This student already has a placement on these days. Correct the days.',
  })
}

/** PFMP-01: within one school year. @throws {DomainError} invalid-request or rule-refused */
function toDays(input: PlanInput): Days {
  const fromDay = toDay(input.fromDay, '/fromDay')
  const untilDay = toDay(input.untilDay, '/untilDay')
  if (untilDay < fromDay) {
    throw wrongField('/untilDay', {
      fr: 'La fin est avant le début. Corrigez l’une des deux dates.',
      en: 'The end is before the beginning. Correct one of the two days.',
    })
  }
  const year = schoolYearOf(fromDay)
  if (schoolYearOf(untilDay) === year) return { fromDay, untilDay }
  throw refusedBy(RULES.schoolYear, '/untilDay', {
    fr: `Une période tient dans une année scolaire : celle-ci commence en ${schoolYearLabel(year)} et finit après. Faites-en deux.`,
    en: `A placement is within one school year: this one begins in ${schoolYearLabel(year)} and ends after it. Make two of it.`,
  })
}

type Judged = Readonly<{ days: Days; age: AgeGroup; tutor: Tutor; site: Site | undefined }>

async function judge(
  db: Db,
  input: PlanInput,
  { days, age, tutor, site }: Judged,
): Promise<Warning[]> {
  if (input.work === 'REGULATED') assertOldEnough(age)
  const siteIds = site ? [site.id] : []
  const ofTutor = 'personId' in tutor ? await listHeldByTutors(db, [tutor.personId]) : []
  return [
    ...judgeTutorLoad(days, ofTutor),
    ...judgeHostQuota(days, site, await listHeldBySites(db, siteIds)),
    ...judgeWorkingTime(age, input),
    ...judgeDerogation({ ...days, work: input.work, age }, await listDerogations(db, siteIds)),
  ]
}

async function siteOf(db: Db, companyId: number, publicId: string): Promise<Site | undefined> {
  if (publicId === '') return undefined
  const site = await findSite(db, publicId)
  if (site?.companyId === companyId) return site
  throw wrongField('/siteId', {
    fr: 'Ce site n’est pas de cette entreprise. Choisissez l’un des siens.',
    en: 'This site is not of this company. Choose one of its own.',
  })
}

async function referentOf(
  db: Db,
  schoolId: number,
  publicId: string,
  day: string,
): Promise<number | null> {
  if (publicId === '') return null
  const personId = await findPersonId(db, publicId)
  const roles = personId === undefined ? [] : await listAssignments(db, personId, day)
  const isOfSchool = roles.some(
    ({ role, organisationId }) =>
      organisationId === schoolId && (role === 'school-staff' || role === 'school-approver'),
  )
  if (personId !== undefined && isOfSchool) return personId
  throw wrongField('/referentId', {
    fr: 'Cette personne n’est pas du lycée. Choisissez un enseignant du lycée.',
    en: 'This person is not of the lycée. Choose one of its teachers.',
  })
}
