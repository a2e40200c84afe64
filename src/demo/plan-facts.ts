import { isAtLeast, type LevelCode } from '../mentoring/levels.js'
import {
  addDays,
  at,
  dayOf,
  mondayFrom,
  schoolDayFrom,
  schoolDayOfMonth,
  workdayFrom,
} from './calendar.js'
import type { Dice } from './dice.js'
import { CONTESTING, ENDORSERS, MOST_TRAINEES, OWN_SCHOOL } from './cast.data.js'
import type { PlacementPlan, SchoolPlan, SessionPlan, StudentPlan } from './plan.js'
import { TOPICS } from './topics.data.js'

type Around = Readonly<{ dice: Dice; year: number; today: string }>
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
  return groupsOf(around.year, schools, students).flatMap((group) => [
    ...series(around, group, { kind: 'PROJET', dates: PROJECT_DATES, minutes: 120 }),
    ...series(around, group, { kind: 'IMMERSION', dates: VISIT_DATES, minutes: 180 }),
    ...(isAtLeast(group.level, '1RE_PRO') ? careerSessions(around, group) : []),
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
function series(around: Around, group: Group, { kind, dates, minutes }: Series): SessionPlan[] {
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
        endorser: around.dice.upTo(ENDORSERS),
      },
    ]
  })
}

/** PT-04: one a month; in groups of three in première, one to one afterwards. */
function careerSessions(around: Around, group: Group): SessionPlan[] {
  const size = group.level === '1RE_PRO' ? 3 : 1
  const companies = group.school.companies
  return chunks(group.students, size).flatMap((students, place) => {
    const company = companies[place % Math.min(2, companies.length)]?.company ?? 0
    const endorser = around.dice.upTo(ENDORSERS)
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

function placed({ school, entryYear }: Group) {
  return { school: school.school, entryYear }
}

/** Weeks in a company, by level: the first day looked for, and how many weeks. */
const PLACEMENTS: Readonly<
  Partial<Record<LevelCode, readonly (readonly [date: string, weeks: number])[]>>
> = {
  '2NDE_PRO': [['06-01', 3]],
  '1RE_PRO': [
    ['11-02', 3],
    ['05-18', 4],
  ],
  TLE_PRO: [
    ['11-02', 3],
    ['03-08', 3],
  ],
  BTS1: [['05-18', 6]],
}

function placementPeriods(level: LevelCode, year: number) {
  return (PLACEMENTS[level] ?? []).map(([date, weeks]) => {
    const fromDay = mondayFrom(dayOf(year, date))
    return { fromDay, untilDay: addDays(fromDay, 7 * weeks - 3), weeks }
  })
}

/** The class is in its companies. */
function isAway({ level, year }: Group, day: string): boolean {
  return placementPeriods(level, year).some(
    ({ fromDay, untilDay }) => fromDay <= day && day <= untilDay,
  )
}

/** The placements that have ended. */
export function planPlacements(
  around: Around,
  schools: readonly SchoolPlan[],
  students: readonly StudentPlan[],
): PlacementPlan[] {
  const planned = students
    .filter(({ leftOn }) => leftOn === undefined)
    .flatMap((student) =>
      student.years
        .filter(({ year }) => year >= student.entryYear)
        .flatMap(({ year, level }) =>
          placementPeriods(level, year)
            .filter(({ untilDay }) => untilDay < around.today)
            .map((period) => planPlacement(around, { student, ...period }, schools)),
        ),
    )
  return withTutors(planned)
}

/** PFMP-03: nobody is tutor of more than three in one season. */
function withTutors(placements: readonly Untutored[]): PlacementPlan[] {
  const counts = new Map<string, number>()
  return placements.map((placement) => {
    const { company, fromDay } = placement
    const season = `${company} ${fromDay.slice(0, 4)} ${SEASON_OF_MONTH[fromDay.slice(5, 7)] ?? 'summer'}`
    const before = counts.get(season) ?? 0
    counts.set(season, before + 1)
    return { ...placement, tutor: Math.floor(before / MOST_TRAINEES) }
  })
}

type Untutored = Omit<PlacementPlan, 'tutor'>

const SEASON_OF_MONTH: Readonly<Record<string, string>> = { '03': 'spring', '11': 'autumn' }

function planPlacement(
  around: Around,
  of: Readonly<{ student: StudentPlan; fromDay: string; untilDay: string; weeks: number }>,
  schools: readonly SchoolPlan[],
): Untutored {
  const { dice } = around
  const { student, fromDay, untilDay, weeks } = of
  const companies = schools[student.school]?.companies ?? []
  const { company } = dice.pick(companies)
  const daysDone = weeks * 5 - (dice.oneIn(4) ? 1 : 0)
  return {
    student,
    fromDay,
    untilDay,
    daysDone,
    company,
    endorser: dice.upTo(ENDORSERS),
    ...afterwards(around, untilDay, [student]),
  }
}

/** When it is recorded and confirmed; what is young, and a few of the own school’s (AL-2), still wait. */
function afterwards({ dice, today }: Around, day: string, students: readonly StudentPlan[]) {
  const recordedOn = workdayFrom(day)
  const recordedAt = at(recordedOn, 16, dice.upTo(50))
  const confirmedOn = workdayFrom(addDays(recordedOn, 1 + dice.upTo(6)))
  const isForgotten = dice.oneIn(60) && students.some(({ school }) => school === OWN_SCHOOL)
  const waits = confirmedOn >= today || isForgotten
  const confirmedAt = waits ? undefined : at(confirmedOn, 8, dice.upTo(50))
  const contesting = students.find(({ number }) => CONTESTING.includes(number))
  const contestedBy = day >= addDays(today, -40) ? contesting : undefined
  return {
    recordedAt: recordedOn >= today ? at(addDays(today, -1), 15) : recordedAt,
    confirmedAt,
    contestedBy,
  }
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}
