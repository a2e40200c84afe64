import { SUBJECTS } from '../mentoring/schemes/one-mentor.js'
import { addDays, dayOf, workdayFrom } from './calendar.js'
import { ENTERED } from './cordees.data.js'
import {
  EARLY,
  OLDER,
  OLDER_SCHOOLS,
  OTHERS_FROM,
  PAIR_TOPICS,
  SESSIONS_OF_EARLY,
  SESSIONS_OF_OTHERS,
} from './pairs.data.js'
import type { CollegianPlan, GroupSessionPlan, PairPlan, StudentPlan } from './plan.js'
import { noted } from './plan-afterwards.js'

type When = Readonly<{ year: number; today: string }>

/** The first day of the younger pairs: once this year's class list is there. */
export function startOfYounger({ year, today }: When): string {
  const month = addDays(today, -OTHERS_FROM)
  const listed = dayOf(year, ENTERED)
  return month > listed ? month : listed < today ? listed : today
}

/** @param young the collégiens who are thirteen */
export function planPairs(
  when: When,
  students: readonly StudentPlan[],
  young: readonly CollegianPlan[],
): PairPlan[] {
  const { today } = when
  const older = students
    .filter(
      ({ school, years }) => OLDER_SCHOOLS.includes(school) && years.at(-1)?.level === 'TLE_PRO',
    )
    .slice(0, OLDER)
  const startedOn = addDays(today, -OTHERS_FROM)
  const ended = { startedOn: addDays(today, -EARLY.from), endedOn: addDays(today, -EARLY.until) }
  return [
    ...older.map((one, place) => ({ young: one, ...(place === 0 ? ended : { startedOn }) })),
    ...young.map((one) => ({ young: one, startedOn: startOfYounger(when) })),
  ]
}

/** What a pair works on, by its place. */
export function subjectOf(pair: number): string {
  return SUBJECTS[pair % SUBJECTS.length]?.code ?? ''
}

export function planPairSessions({ today }: When, pairs: readonly PairPlan[]): GroupSessionPlan[] {
  return pairs.flatMap(({ young, startedOn, endedOn }, pair) => {
    const days = endedOn === undefined ? SESSIONS_OF_OTHERS : SESSIONS_OF_EARLY
    const kind = subjectOf(pair)
    const topics = PAIR_TOPICS[kind] ?? []
    return days.flatMap((after, index) => {
      const day = workdayFrom(addDays(startedOn, after))
      if (day >= today) return []
      const topic = topics[index % topics.length] ?? kind
      const said = { kind, day, minutes: 60, topic }
      return [
        { group: { pair }, ...said, mentors: [pair], students: [young], ...noted(day, today) },
      ]
    })
  })
}
