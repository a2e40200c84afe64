import { nominalLevel, type LevelCode } from '../mentoring/levels.js'
import { dayOf } from './calendar.js'
import type { Dice } from './dice.js'
import { FAMILY_NAMES, GIVEN_NAMES } from './names.data.js'
import { COMPANIES, SCHOOLS, SIZES } from './organisations.data.js'
import type { SchoolPlan, StudentPlan } from './plan.js'
import { GIRLS, isGirlAt } from './shares.data.js'

/** The school that one student has left. */
const LEFT_SCHOOL = 5
/** The school where the cohorts of the first one go for their BTS. */
const BTS_OF_FIRST = 1

export type Name = Pick<StudentPlan, 'givenName' | 'familyName' | 'sex'>

/** The schools with their cohorts; older ones have more companies. */
export function planSchools(year: number): SchoolPlan[] {
  let school = 0
  return SIZES.flatMap(({ schools, cohorts }) =>
    Array.from({ length: schools }, () => planSchool(school++, year, cohorts)),
  )
}

function planSchool(school: number, year: number, cohorts: number): SchoolPlan {
  const first = year - cohorts + 1
  const entryYears = Array.from({ length: cohorts }, (_, index) => first + index)
  const count = cohorts > 2 ? COMPANIES.length : cohorts + 1
  const companies = Array.from({ length: count }, (_, index) => ({
    company: (school + index) % COMPANIES.length,
    fromDay: dayOf(first, '09-01'),
  }))
  return { school, entryYears, companies }
}

/** The students of all cohorts, one who repeats a year, and one who left. */
export function planStudents(
  { dice, nextName }: Readonly<{ dice: Dice; nextName: NextName }>,
  year: number,
  schools: readonly SchoolPlan[],
): StudentPlan[] {
  const students: StudentPlan[] = []
  const add = (entry: number, sex: Name['sex'], of: Added) => {
    const number = students.length + 1
    const birthDate = birthOf(dice, entry - 15)
    students.push({ number, birthDate, entryYear: entry, ...nextName(sex), ...of })
  }
  for (const { school, entryYears } of schools) {
    for (const [cohort, entry] of entryYears.entries()) {
      const size = sizeOf(school)
      const girls = GIRLS[school]?.[cohort] ?? 0
      for (let place = 0; place < size; place++) {
        const repeats = isRepeater(school, entry, place, year)
        const years = yearsOf({ school, entry, year, repeats })
        const sex = isGirlAt(place, girls, size) ? 'F' : 'M'
        add(entry, sex, { school, years, ...(repeats && { leftCohort: entry - 1 }) })
      }
    }
  }
  // Who left in the winter of their first year is none of the three hundred.
  const years = [{ year: year - 1, level: '2NDE_PRO', school: LEFT_SCHOOL }] as const
  add(year - 1, 'M', { school: LEFT_SCHOOL, years, leftOn: dayOf(year - 1, '02-05') })
  return students
}

type Added = Pick<StudentPlan, 'school' | 'years'> & Partial<StudentPlan>

/** One student of the third school's last cohort but one was in 2nde the year before, too. */
function isRepeater(school: number, entry: number, place: number, year: number): boolean {
  return school === 2 && entry === year - 1 && place === 0
}

type Course = Readonly<{ school: number; entry: number; year: number; repeats: boolean }>

function yearsOf({ school, entry, year, repeats }: Course): StudentPlan['years'] {
  const before = repeats ? [{ year: entry - 1, level: '2NDE_PRO' as const, school }] : []
  const since = Array.from({ length: year - entry + 1 }, (_, index) => {
    const level = nominalLevel(entry, entry + index)
    if (level === undefined || level === 'CLOSED')
      throw new Error('A cohort of the demo is closed.')
    return { year: entry + index, level, school: schoolAt(school, level) }
  })
  return [...before, ...since]
}

function schoolAt(school: number, level: LevelCode): number {
  return school === 0 && level.startsWith('BTS') ? BTS_OF_FIRST : school
}

function sizeOf(school: number): number {
  let first = 0
  for (const { schools, students } of SIZES) {
    if (school < first + schools) return students
    first += schools
  }
  throw new Error(`There is no school ${school} of ${SCHOOLS.length}.`)
}

/** Any day of a year: most are fifteen in the year of their 2nde. */
export function birthOf(dice: Dice, year: number): string {
  const month = String(1 + dice.upTo(12)).padStart(2, '0')
  const day = String(1 + dice.upTo(28)).padStart(2, '0')
  return `${year}-${month}-${day}`
}

/** A name of a sex, or of either, where nothing is said of it. */
export type NextName = (sex?: Name['sex']) => Name

/** Names that nobody else of the demo has. */
export function names(dice: Dice): NextName {
  const given = new Set<string>()
  return (asked) => {
    for (;;) {
      const sex = asked ?? (dice.oneIn(2) ? 'F' : 'M')
      const name = {
        sex,
        givenName: dice.pick(GIVEN_NAMES[sex]),
        familyName: dice.pick(FAMILY_NAMES),
      } as const
      const whole = `${name.givenName} ${name.familyName}`
      if (!given.has(whole)) {
        given.add(whole)
        return name
      }
    }
  }
}
