import type { LevelCode } from '../mentoring/levels.js'
import { addDays, dayOf, mondayFrom } from './calendar.js'
import { ENDORSERS, MOST_TRAINEES, OWN_STUDENT } from './cast.data.js'
import type { PlacementPlan, SchoolPlan, StudentPlan } from './plan.js'
import { afterwards, type Around } from './plan-afterwards.js'

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

export function placementPeriods(level: LevelCode, year: number) {
  return (PLACEMENTS[level] ?? []).map(([date, weeks]) => {
    const fromDay = mondayFrom(dayOf(year, date))
    return { fromDay, untilDay: addDays(fromDay, 7 * weeks - 3), weeks }
  })
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
  // Whatever the dice say, there is a badge for the student whose account is handed out.
  const isOwn = student.number === OWN_STUDENT
  const { company } = dice.pick(isOwn ? companies.slice(0, 1) : companies)
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
