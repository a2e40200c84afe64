import { ageGroupOn } from '../mentoring/placements/ages.js'
import { addDerogation, addSite } from '../mentoring/placements/add-site.js'
import { planPlacement } from '../mentoring/placements/plan-placement.js'
import { schoolYearOf } from '../mentoring/school-year.js'
import { addDays, at, mondayFrom } from './calendar.js'
import { OWN_COMPANY, OWN_SCHOOL } from './cast.data.js'
import { COMPANIES } from './organisations.data.js'
import type { StudentPlan } from './plan.js'
import { known, oneOf, schoolOn, type Happening, type Stage } from './stage.js'

/** Below 20 people a site takes three trainees (PFMP-04). */
const SMALL_SITE = 12
/** A declaration is valid for three years: this one, in days, is older (PFMP-10). */
const OLD_DECLARATION = 4 * 365

/** Placements of the own school to come, in which rules warned: they were read, and kept. */
export function plannedPlacements(stage: Stage): Happening[] {
  return [{ at: at(addDays(stage.plan.today, -3), 10), happen: () => planAll(stage) }]
}

async function planAll(stage: Stage): Promise<void> {
  const { today } = stage.plan
  const period = weekToCome(addDays(today, 14))
  const here = stage.plan.students.filter(
    (student) =>
      student.leftOn === undefined &&
      student.years.at(-1)?.year === schoolYearOf(today) &&
      schoolOn(student, today) === OWN_SCHOOL,
  )
  const old = here.filter(({ birthDate }) => !ageOf(birthDate, period).startsWith('UNDER'))
  const young = here.filter(({ birthDate }) => ageOf(birthDate, period) === 'UNDER_16')
  const siteId = await addSmallSite(stage)
  const tutor = (index: number) => known(stage.companies, OWN_COMPANY).tutors.at(-index) ?? ''
  // One tutor of four; then four at a site that takes three, each with a tutor of their own.
  for (const student of old.slice(0, 4)) {
    await plan(stage, student, { ...period, tutorId: tutor(1), acknowledged: ['PFMP-03'] })
  }
  for (const [place, student] of old.slice(4, 8).entries()) {
    const of = { tutorId: tutor(2 + place), siteId, acknowledged: ['PFMP-04'] }
    await plan(stage, student, { ...period, ...of })
  }
  const [long, regulated] = young
  if (long) {
    const hours = { dailyMinutes: 8 * 60, endTime: '17:00', acknowledged: ['PFMP-05'] }
    await plan(stage, long, { ...period, ...hours, tutorId: tutor(6) })
  }
  if (regulated) {
    const after = weekToCome(addDays(period.untilDay, 1))
    const of = { siteId, work: 'REGULATED', acknowledged: ['PFMP-10'] } as const
    await plan(stage, regulated, { ...after, ...of, tutorId: tutor(7) })
  }
}

type Period = Readonly<{ fromDay: string; untilDay: string }>

/** Monday to Friday, within one school year (PFMP-01). */
function weekToCome(day: string): Period {
  const fromDay = mondayFrom(day)
  const untilDay = addDays(fromDay, 4)
  const isOfOneYear = schoolYearOf(fromDay) === schoolYearOf(untilDay)
  return isOfOneYear ? { fromDay, untilDay } : weekToCome(untilDay)
}

function ageOf(birthDate: string, { fromDay }: Period) {
  return ageGroupOn(birthDate, fromDay)
}

async function addSmallSite(stage: Stage): Promise<string> {
  const { ctx, plan } = stage
  const { actor } = oneOf(known(stage.schools, OWN_SCHOOL).teachers, 0)
  const siteId = await addSite(ctx, actor, {
    companyId: known(stage.companies, OWN_COMPANY).organisation.publicId,
    siret: oneOf(COMPANIES, OWN_COMPANY).siret,
    name: 'Atelier DÉMO du Lac',
    town: 'Bourg-Démo',
    staffCount: SMALL_SITE,
  })
  const sentOn = addDays(plan.today, -OLD_DECLARATION)
  const works = 'Conduite de presses à injecter'
  await addDerogation(ctx, actor, { siteId, sentOn, works })
  return siteId
}

type Planned = Parameters<typeof planPlacement>[2]

async function plan(
  stage: Stage,
  student: StudentPlan,
  said: Period & Pick<Planned, 'tutorId' | 'acknowledged'> & Partial<Planned>,
): Promise<void> {
  const { teachers } = known(stage.schools, OWN_SCHOOL)
  const teacher = oneOf(teachers, 0)
  await planPlacement(stage.ctx, teacher.actor, {
    studentId: known(stage.students, student),
    companyId: known(stage.companies, OWN_COMPANY).organisation.publicId,
    referentId: teacher.person.publicId,
    ...{ siteId: '', tutorGivenName: '', tutorFamilyName: '', medicalOpinionOn: '' },
    ...{ dailyMinutes: 7 * 60, weeklyMinutes: 35 * 60, startTime: '08:00', endTime: '16:00' },
    work: 'ORDINARY',
    ...said,
  })
}
