import { isAtLeast, type LevelCode } from '../mentoring/levels.js'
import { addDays, dayOf, schoolDayFrom, schoolDayOfMonth } from './calendar.js'
import type { SchoolPlan, SessionPlan, StudentPlan } from './plan.js'
import { afterwards, type Around } from './plan-afterwards.js'
import { mentorChooser } from './plan-mentors.js'
import { placementPeriods } from './plan-placements.js'
import { TOPICS } from './topics.data.js'

type Asked = Around & Readonly<{ choose: ReturnType<typeof mentorChooser> }>
type Group = Readonly<{
  school: SchoolPlan
  entryYear: number
  year: number
  level: LevelCode
  students: readonly StudentPlan[]
}>

/** The sessions of each cohort in each of its years, as far as they have taken place. */
export function planSessions(
  around: Around,
  schools: readonly SchoolPlan[],
  students: readonly StudentPlan[],
): SessionPlan[] {
  const choose = mentorChooser()
  const asked = { ...around, choose }
  return groupsOf(around.year, schools, students).flatMap((group) => [
    ...series(asked, group, { kind: 'PROJET', dates: PROJECT_DATES, minutes: 120 }),
    ...series(asked, group, { kind: 'IMMERSION', dates: VISIT_DATES, minutes: 180 }),
    ...(isAtLeast(group.level, '1RE_PRO') ? careerSessions(asked, group) : []),
  ])
}

const PROJECT_DATES = '09-22 10-06 10-13 11-23 12-08 01-12 01-26 03-02 03-16 05-12'.split(' ')
const VISIT_DATES = '10-08 12-03 03-05 05-19'.split(' ')
const CAREER_MONTHS = '09 10 11 12 01 02 03 04 05 06'.split(' ')

function groupsOf(
  year: number,
  schools: readonly SchoolPlan[],
  all: readonly StudentPlan[],
): Group[] {
  return schools.flatMap((school) =>
    school.entryYears.flatMap((entryYear) => {
      const students = all.filter(
        (one) => one.school === school.school && one.entryYear === entryYear,
      )
      const inOrder = students.find(({ years }) => years[0]?.year === entryYear) ?? students[0]
      const years = (inOrder?.years ?? []).filter(
        (one) => one.year >= entryYear && one.year <= year,
      )
      return years.map(({ year: then, level }) => ({
        school,
        entryYear,
        students: students.filter((student) => student.years.some((one) => one.year === then)),
        year: then,
        level,
      }))
    }),
  )
}

type Series = Readonly<{ kind: 'PROJET' | 'IMMERSION'; dates: readonly string[]; minutes: number }>

/** Sessions of the whole class: two in three with the principal company. */
function series(around: Asked, group: Group, { kind, dates, minutes }: Series): SessionPlan[] {
  return dates.flatMap((date, index) => {
    const day = schoolDayFrom(addDays(dayOf(group.year, date), around.dice.upTo(3)))
    if (day >= around.today || isAway(group, day)) return []
    const companies = group.school.companies
    const partner =
      index % 3 === 2 ? companies[1 + (Math.floor(index / 3) % (companies.length - 1))] : undefined
    const company = (partner ?? companies[0])?.company ?? 0
    const topic = TOPICS[kind][index % TOPICS[kind].length] ?? kind
    const session = { kind, format: 'CLASSE', day, minutes, topic, company } as const
    return [
      {
        ...session,
        ...placed(group),
        ...afterwards(around, day, group.students),
        students: group.students.filter(({ leftOn }) => leftOn === undefined || day <= leftOn),
        endorser: around.choose(led(group, company)),
      },
    ]
  })
}

/** PT-04: one a month; in groups of three in première, one to one afterwards. */
function careerSessions(around: Asked, group: Group): SessionPlan[] {
  const size = group.level === '1RE_PRO' ? 3 : 1
  const companies = group.school.companies
  return chunks(group.students, size).flatMap((students, place) => {
    const company = companies[place % Math.min(2, companies.length)]?.company ?? 0
    const endorser = around.choose(led(group, company))
    return CAREER_MONTHS.flatMap((month, index) => {
      const day = schoolDayOfMonth(
        dayOf(group.year, `${month}-${String(3 + around.dice.upTo(16)).padStart(2, '0')}`),
      )
      if (day >= around.today || isMissed(around, group, day, place)) return []
      const format = students.length === 1 ? ('INDIVIDUEL' as const) : ('PETIT_GROUPE' as const)
      const topic = TOPICS.CARRIERE[index % TOPICS.CARRIERE.length] ?? 'Carrière'
      const session = {
        kind: 'CARRIERE',
        format,
        day,
        minutes: 60,
        topic,
        company,
        endorser,
      } as const
      // Nobody contests these: a month without one is told of apart (PT-04).
      const after = { ...afterwards(around, day, students), contestedBy: undefined }
      return [{ ...session, ...placed(group), ...after, students }]
    })
  })
}

/** PT-04 in want of something to report: two groups of the fourth school and two students of the first. */
function isMissed(around: Around, group: Group, day: string, place: number): boolean {
  const thisAutumn = group.year === around.year && day >= addDays(around.today, -31)
  const { school } = group.school
  return (
    thisAutumn &&
    place < 2 &&
    ((school === 3 && group.level === '1RE_PRO') || (school === 0 && group.level === 'TLE_PRO'))
  )
}

function led({ school, entryYear, year }: Group, company: number) {
  return { cohort: `${school.school}.${entryYear}`, year, company }
}

function placed({ school, entryYear }: Group) {
  return { school: school.school, entryYear }
}

/** The class is in its companies. */
function isAway({ level, year }: Group, day: string): boolean {
  return placementPeriods(level, year).some(
    ({ fromDay, untilDay }) => fromDay <= day && day <= untilDay,
  )
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}
