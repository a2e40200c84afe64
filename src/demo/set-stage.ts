import { addCompany } from '../mentoring/classes/add-company.js'
import { assignLiaison } from '../mentoring/classes/assign-liaison.js'
import { openClass } from '../mentoring/classes/open-class.js'
import { openCohort } from '../mentoring/classes/open-cohort.js'
import type { RoleInput } from '../people/assign-role.js'
import { createOrganisation } from '../people/create-organisation.js'
import { createPerson } from '../people/create-person.js'
import { toSlug } from '../people/names.js'
import { OPERATOR } from '../people/operator.js'
import { at, dayOf } from './calendar.js'
import { openByItsWay } from './class-way.js'
import { ENDORSERS, SKIPPED_A_STEP, TEACHERS, WITHOUT_LIAISON } from './cast.data.js'
import { ACADEMY, COMPANIES, SCHOOLS, STRUCTURE, TRACK, UNIVERSITY } from './organisations.data.js'
import type { SchoolPlan } from './plan.js'
import { addTutors } from './tutors.js'
import { names } from './plan-students.js'
import {
  asPlayer,
  cohortKey,
  known,
  oneOf,
  type Happening,
  type Player,
  type Stage,
} from './stage.js'

/** Organisations with their people, classes with their companies, and a cohort a year. */
export function openings(stage: Stage): Happening[] {
  const { schools, year } = stage.plan
  const nextName = names(stage.dice)
  const first = Math.min(...schools.flatMap(({ entryYears }) => entryYears))
  const come = (role: RoleInput['role'], organisationId: number | null) =>
    comeIn(stage, nextName(), { role, organisationId })
  return [
    {
      at: at(dayOf(first, '08-22'), 8),
      happen: async () => stage.admins.push(await come('platform-admin', null)),
    },
    { at: at(dayOf(first, '08-22'), 9), happen: () => openAround(stage, come) },
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

type Come = (role: RoleInput['role'], organisationId: number | null) => Promise<Player>

async function comeIn(
  { ctx }: Stage,
  { givenName, familyName }: Readonly<{ givenName: string; familyName: string }>,
  held: RoleInput,
): Promise<Player> {
  const email = `${toSlug(givenName)}.${toSlug(familyName)}@example.org`
  const input = { givenName, familyName, email, ...held }
  return asPlayer(ctx, await createPerson(ctx, OPERATOR, input))
}

/** The academy, and who runs other schemes, each with an account. */
async function openAround(stage: Stage, come: Come): Promise<void> {
  const all = [
    ['academy', ACADEMY, 'academic-referent'],
    ['university', UNIVERSITY, 'scheme-coordinator'],
    ['structure', STRUCTURE, 'scheme-coordinator'],
  ] as const
  for (const [key, input, role] of all) {
    const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
    stage.around.set(key, { organisation, player: await come(role, organisation.id) })
  }
}

async function openCompany(
  stage: Stage,
  company: number,
  { come, nextName }: Readonly<{ come: Come; nextName: ReturnType<typeof names> }>,
): Promise<void> {
  const { name, siret, city } = oneOf(COMPANIES, company)
  const input = { kind: 'company', name, siret, city } as const
  const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
  const admin = await come('company-admin', organisation.id)
  const endorsers: Player[] = []
  while (endorsers.length < ENDORSERS) {
    endorsers.push(await come('company-endorser', organisation.id))
  }
  const tutors = await addTutors(stage, { organisation, admin, nextName })
  stage.companies.set(company, { organisation, admin, endorsers, tutors })
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
        const teachers: Player[] = []
        while (teachers.length < TEACHERS) {
          teachers.push(await come('school-staff', organisation.id))
        }
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
  const opening = {
    schoolId: organisation.publicId,
    name: TRACK.name,
    mef: TRACK.mefs['2NDE_PRO'],
    track: TRACK.track,
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
