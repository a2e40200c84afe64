import { addDays, dayOf, schoolDayFrom } from './calendar.js'
import { ENDORSERS } from './cast.data.js'
import {
  BY_PROFESSIONALS,
  COLLECTIVE,
  CORDEES,
  ENTRIES,
  TUTORING,
  TUTORS_OF_TETE,
} from './cordees.data.js'
import type { Dice } from './dice.js'
import { YOUNGER } from './pairs.data.js'
import type { CollegianPlan, GroupSessionPlan } from './plan.js'
import { noted } from './plan-afterwards.js'
import { birthOf, type NextName } from './plan-students.js'

type When = Readonly<{ year: number; today: string }>

/** The numbers of collégiens go on from here, so that nobody else has their INE. */
const FIRST_NUMBER = 401
/** Reached by most in the year in which their 4e begins. */
const AGE_IN_4E = 13

/**
 * The collégiens of all cordées; half of them are girls.
 *
 * @param day on which those of them who have a mentor are thirteen (JM-04)
 */
export function planCollegians(
  { dice, nextName }: Readonly<{ dice: Dice; nextName: NextName }>,
  { year, day }: Readonly<{ year: number; day: string }>,
): CollegianPlan[] {
  const entered = ENTRIES.flatMap((entry) => Array.from({ length: entry.count }, () => entry))
  const all = entered.map(({ cordee, college, level, yearsAgo }, index) => {
    const before = yearsAgo === 1 ? [{ year: year - 1, level: '4E' as const }] : []
    return {
      number: FIRST_NUMBER + index,
      ...nextName(index % 2 === 0 ? 'F' : 'M'),
      birthDate: birthOf(dice, year - AGE_IN_4E - (level === '3E' ? 1 : 0)),
      ...{ cordee, college, years: [...before, { year, level }] },
    }
  })
  const young = youngerOf(all)
  const birthday = day < `${year + 1}` ? '01-02' : '12-30'
  const birthDate = `${year - AGE_IN_4E}-${birthday}`
  return all.map((one) => (young.includes(one) ? { ...one, birthDate } : one))
}

/** Collégiens in 4e who have a mentor beside their cordée. */
export function youngerOf(collegians: readonly CollegianPlan[]): CollegianPlan[] {
  return collegians.filter(({ years }) => years.at(-1)?.level === '4E').slice(0, YOUNGER)
}

/** What all cordées did in their school years, as far as it has taken place. */
export function planCordeeSessions(
  when: When,
  collegians: readonly CollegianPlan[],
): GroupSessionPlan[] {
  return CORDEES.flatMap(({ yearsAgo }, cordee) =>
    Array.from({ length: yearsAgo + 1 }, (_, ago) => when.year - ago).flatMap((year) => {
      const students = collegians.filter(
        (one) => one.cordee === cordee && one.years.some((then) => then.year === year),
      )
      const of = { when, year, cordee, students }
      return [
        ...COLLECTIVE.flatMap((action, place) => collective(of, action, place)),
        ...TUTORING.flatMap((action) => oneToOne(of, action)),
        ...(cordee === BY_PROFESSIONALS.cordee && year === when.year ? byProfessionals(of) : []),
      ]
    }),
  )
}

type Of = Readonly<{
  when: When
  year: number
  cordee: number
  students: readonly CollegianPlan[]
}>
type Action = (typeof COLLECTIVE)[number]
type Led = Pick<GroupSessionPlan, 'students' | 'mentors' | 'company'>

function collective(of: Of, action: Action, place: number): GroupSessionPlan[] {
  const mentors = [place % TUTORS_OF_TETE, (place + 1) % TUTORS_OF_TETE]
  return session(of, action, { students: of.students, mentors })
}

/** Each with a tutor of their own. */
function oneToOne(of: Of, action: Action): GroupSessionPlan[] {
  return of.students.flatMap((student, place) => {
    const mentors = [place % TUTORS_OF_TETE]
    return session(
      of,
      { ...action, date: later(action.date, place) },
      { students: [student], mentors },
    )
  })
}

function byProfessionals(of: Of): GroupSessionPlan[] {
  const { action, company } = BY_PROFESSIONALS
  return of.students.slice(0, ENDORSERS).flatMap((student, place) =>
    session(
      of,
      { ...action, date: later(action.date, place) },
      {
        ...{ students: [student], mentors: [place], company },
      },
    ),
  )
}

/** Not all on one day: tutors come twice. */
function later(date: string, place: number): string {
  return addDays(`2000-${date}`, place % 2).slice(5)
}

function session({ when, year, cordee }: Of, action: Action, led: Led): GroupSessionPlan[] {
  const { date, ...said } = action
  const day = schoolDayFrom(dayOf(year, date))
  if (day >= when.today) return []
  return [{ group: { cordee }, ...said, ...led, day, ...noted(day, when.today) }]
}
