import { namePerson } from '../mentoring/classes/name-person.js'
import { companyYearsOf } from '../mentoring/classes/person-days.js'
import { recordAgreement } from '../mentoring/classes/record-agreement.js'
import { promise, recordContribution } from '../mentoring/classes/record-contribution.js'
import { signPlan } from '../mentoring/classes/sign-plan.js'
import { findClass } from '../mentoring/classes/store.js'
import { writePlan } from '../mentoring/classes/write-plan.js'
import { writeProgression } from '../mentoring/classes/write-progression.js'
import { addDays, at, dayOf } from './calendar.js'
import { COUNTED_DAYS, ENDING_AGREEMENT, PERSON_DAYS, WITHOUT_REFERENT } from './cast.data.js'
import type { SchoolPlan } from './plan.js'
import { cohortKey, known, oneOf, type Happening, type Stage } from './stage.js'

/** What stands behind each class: agreements, who answers for it, its progression and its plan. */
export function grounds(stage: Stage): Happening[] {
  const { schools, year } = stage.plan
  return [
    ...schools.flatMap((school) => groundOf(stage, school)),
    { at: at(dayOf(year, '09-08'), 9), happen: () => countDays(stage) },
  ]
}

function groundOf(stage: Stage, plan: SchoolPlan): Happening[] {
  const { school, entryYears } = plan
  const { year } = stage.plan
  const first = Math.min(...entryYears)
  let agreementId = ''
  const agree = async (startDay: string, renewsId: string) => {
    agreementId = await recordFramework(stage, plan, { startDay, renewsId })
  }
  const isEnding = school === ENDING_AGREEMENT
  const startDay = isEnding ? fiveYearsAndFiveMonths(stage.plan.today) : dayOf(first, '09-01')
  const agreedOn = startDay > dayOf(first, '09-01') ? startDay : dayOf(first, '09-01')
  const renewal = {
    at: at(dayOf(year, '09-01'), 11, school),
    happen: () => agree(dayOf(year, '09-01'), agreementId),
  }
  return [
    { at: at(agreedOn, 10, school), happen: () => agree(startDay, '') },
    ...(isEnding || first === year ? [] : [renewal]),
    { at: at(dayOf(first, '09-02'), 9, school), happen: () => nameAndPlan(stage, plan, first) },
    {
      at: at(dayOf(year, '09-02'), 10, school),
      happen: () => progress(stage, plan),
    },
  ]
}

/** PT-14: the first of a month, so that five years on it ends within six months of today. */
function fiveYearsAndFiveMonths(today: string): string {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return new Date(Date.UTC(year - 5, month - 1 + 6, 1)).toISOString().slice(0, 10)
}

async function recordFramework(
  stage: Stage,
  { school, companies }: SchoolPlan,
  { startDay, renewsId }: Readonly<{ startDay: string; renewsId: string }>,
): Promise<string> {
  const { organisation, teachers } = known(stage.schools, school)
  const principal = known(stage.companies, oneOf(companies, 0).company).organisation
  const signedOn = startDay
  return recordAgreement(stage.ctx, oneOf(teachers, 0).actor, {
    classId: known(stage.classes, school),
    type: 'ACCORD_CADRE_PTECH',
    title: `Accord-cadre P-TECH DÉMO ${startDay.slice(0, 4)}`,
    startDay,
    endDay: '',
    renewsId,
    parties: [
      { organisationId: organisation.publicId, capacity: 'Lycée', signedOn },
      { organisationId: principal.publicId, capacity: 'Entreprise principale', signedOn },
      {
        organisationId: known(stage.around, 'academy').organisation.publicId,
        capacity: 'Académie',
        signedOn,
      },
    ],
  })
}

async function nameAndPlan(stage: Stage, plan: SchoolPlan, first: number): Promise<void> {
  const { ctx } = stage
  const classId = known(stage.classes, plan.school)
  const [teacher, other] = known(stage.schools, plan.school).teachers
  if (!teacher || !other) throw new Error('A school of the demo has too few teachers.')
  if (plan.school !== WITHOUT_REFERENT) {
    await namePerson(ctx, teacher.actor, {
      classId,
      function: 'ACADEMIC_REFERENT',
      personId: known(stage.around, 'academy').player.person.publicId,
      fromDay: dayOf(first, '09-02'),
    })
  }
  await writePlan(ctx, teacher.actor, { classId, firstYear: first, years: PLAN_YEARS, basedOn: 0 })
  const { admin } = known(stage.companies, oneOf(plan.companies, 0).company)
  await signPlan(ctx, admin.actor, { classId, side: 'COMPANY', version: 1 })
  await signPlan(ctx, other.actor, { classId, side: 'TEAM', version: 1 })
}

const PLAN_YEARS: readonly string[] = [
  'Visites d’atelier et premier projet de classe.',
  'Séances carrière en petits groupes et première période en entreprise.',
  'Mentorat individuel et projet du baccalauréat.',
  'Projets de BTS et prêt de machines pour les essais.',
  'Préparation de l’entrée dans l’emploi, entretiens avec les mentors.',
]

/** PT-17: this year's, with an inspector and all cohorts under way. */
async function progress(stage: Stage, { school, entryYears }: SchoolPlan): Promise<void> {
  const { ctx, plan } = stage
  const classId = known(stage.classes, school)
  const { actor } = oneOf(known(stage.schools, school).teachers, 0)
  const name = 'Inspectrice DÉMO de l’académie'
  const fromDay = dayOf(plan.year, '09-01')
  const inspectorId = await namePerson(ctx, actor, {
    classId,
    function: 'INSPECTOR',
    name,
    fromDay,
  })
  await writeProgression(ctx, actor, {
    classId,
    content: 'Du moulage au contact à l’infusion : une compétence par période, un projet par an.',
    cohortIds: entryYears.map((entryYear) => known(stage.cohorts, cohortKey(school, entryYear))),
    inspectorId,
    basedOn: 0,
    acknowledged: [],
  })
}

/** PT-21: what last year's sessions leave of the days that are to be shown is recorded apart. */
async function countDays(stage: Stage): Promise<void> {
  const { ctx } = stage
  const year = stage.plan.year - 1
  const classId = known(stage.classes, COUNTED_DAYS)
  const row = await findClass(ctx.db, classId)
  const counted = row ? await companyYearsOf(ctx.db, { classIds: [row.id], year }) : []
  const { companies } = oneOf(stage.plan.schools, COUNTED_DAYS)
  for (const [place, { company }] of companies.entries()) {
    const { organisation, admin } = known(stage.companies, company)
    const { given, promised } = oneOf(PERSON_DAYS, place)
    const inSessions = counted.find(({ companyId }) => companyId === organisation.id)
    const personDays = Math.round((given - (inSessions?.personDays ?? 0)) * 2) / 2
    const of = { classId, companyId: organisation.publicId }
    await promise(ctx, admin.actor, { ...of, schoolYear: year, personDays: promised, euros: 0 })
    await recordContribution(ctx, admin.actor, {
      ...of,
      kind: 'PERSON_DAYS',
      day: addDays(dayOf(year, '07-03'), -place),
      description:
        'Préparation des séances et encadrement à l’atelier, d’après le relevé de l’année',
      personDays,
      euros: null,
    })
  }
}
