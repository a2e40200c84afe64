import { addCompany } from '../mentoring/classes/add-company.js'
import { assignLiaison } from '../mentoring/classes/assign-liaison.js'
import { openClass } from '../mentoring/classes/open-class.js'
import { openCohort } from '../mentoring/classes/open-cohort.js'
import { createOrganisation } from '../people/create-organisation.js'
import { OPERATOR } from '../people/operator.js'
import { at, dayOf } from './calendar.js'
import { openByItsWay } from './class-way.js'
import { SKIPPED_A_STEP, WITHOUT_LIAISON } from './cast.data.js'
import { comeIn, openAround, openCollege, openCompany, teachersOf, type Come } from './come-in.js'
import { ACADEMY, COLLEGES, COMPANIES, SCHOOLS, trackOf } from './organisations.data.js'
import type { SchoolPlan } from './plan.js'
import { names } from './plan-students.js'
import { cohortKey, known, oneOf, type Happening, type Stage } from './stage.js'

/** Organisations with their people, classes with their companies, and a cohort a year. */
export function openings(stage: Stage): Happening[] {
  const { schools, year } = stage.plan
  const nextName = names(stage.dice)
  const first = Math.min(...schools.flatMap(({ entryYears }) => entryYears))
  const come: Come = (role, organisationId, sex) =>
    comeIn(stage, nextName(sex), { role, organisationId })
  return [
    {
      at: at(dayOf(first, '08-22'), 8),
      happen: async () => stage.admins.push(await come('platform-admin', null)),
    },
    { at: at(dayOf(first, '08-22'), 9), happen: () => openAround(stage, come) },
    ...COLLEGES.map((_, college) => ({
      at: at(dayOf(year - 1, '08-26'), 8, college),
      happen: () => openCollege(stage, college, come),
    })),
    ...COMPANIES.map((_, company) => ({
      at: at(dayOf(first, '08-23'), 8, company),
      happen: () => openCompany(stage, company, { come, nextName }),
    })),
    ...schools.flatMap((school) => openSchool(stage, school, come)),
    ...schools.flatMap((school) =>
      school.entryYears
        .filter((entryYear) => entryYear <= year)
        .map((entryYear) => openingOfCohort(stage, school, entryYear)),
    ),
  ]
}

function openSchool(stage: Stage, plan: SchoolPlan, come: Come): Happening[] {
  const first = Math.min(...plan.entryYears)
  return [
    {
      at: at(dayOf(first, '08-25'), 8, plan.school),
      happen: async () => {
        const { name, uai, city } = oneOf(SCHOOLS, plan.school)
        const { academyCode } = ACADEMY
        const input = { kind: 'lycee', name, uai, city, academyCode } as const
        const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
        const teachers = await teachersOf(organisation, come)
        const approver = await come('school-approver', organisation.id)
        const liaison = await come('liaison-officer', organisation.id)
        stage.schools.set(plan.school, { organisation, teachers, approver, liaison })
      },
    },
    {
      at: at(dayOf(first, '09-01'), 7, plan.school),
      happen: () => openClassOf(stage, plan, dayOf(first, '09-01')),
    },
  ]
}

async function openClassOf(stage: Stage, plan: SchoolPlan, fromDay: string): Promise<void> {
  const { organisation, teachers } = known(stage.schools, plan.school)
  const { actor } = oneOf(teachers, 0)
  const [principal, ...partners] = plan.companies.map(
    ({ company }) => known(stage.companies, company).organisation.publicId,
  )
  const { name, mefs, track } = trackOf(plan.school)
  const opening = {
    schoolId: organisation.publicId,
    ...{ name, mef: mefs['2NDE_PRO'], track },
    principalCompanyId: principal ?? '',
    fromDay,
  }
  const classId =
    plan.school === SKIPPED_A_STEP
      ? await openByItsWay(stage.ctx, actor, opening)
      : (await openClass(stage.ctx, actor, opening)).publicId
  for (const companyId of partners) {
    await addCompany(stage.ctx, actor, { classId, companyId, role: 'partner', fromDay })
  }
  stage.classes.set(plan.school, classId)
  if (plan.school !== WITHOUT_LIAISON) await nameLiaison(stage, plan, classId)
}

/** Whose liaison officer a partner employs, and the principal company pays. */
const LENT = 4

async function nameLiaison(stage: Stage, plan: SchoolPlan, classId: string): Promise<void> {
  const { teachers, liaison } = known(stage.schools, plan.school)
  const company = (place: number) =>
    known(stage.companies, oneOf(plan.companies, place).company).organisation.publicId
  await assignLiaison(stage.ctx, oneOf(teachers, 0).actor, {
    classId,
    personId: liaison.person.publicId,
    employerId: company(plan.school === LENT ? 1 : 0),
    financedById: company(0),
    fromDay: oneOf(plan.companies, 0).fromDay,
  })
}

function openingOfCohort(stage: Stage, { school }: SchoolPlan, entryYear: number): Happening {
  return {
    at: at(dayOf(entryYear, '09-01'), 9, school),
    happen: async () => {
      const { teachers } = known(stage.schools, school)
      const classId = known(stage.classes, school)
      const cohort = await openCohort(stage.ctx, oneOf(teachers, 0).actor, { classId, entryYear })
      stage.cohorts.set(cohortKey(school, entryYear), cohort)
    },
  }
}
