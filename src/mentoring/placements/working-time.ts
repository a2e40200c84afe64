import { refusedBy, wrongField } from '../refusals.js'
import type { Warning } from '../warnings.js'
import type { AgeGroup } from './ages.js'
import { RULES } from './rules.js'

/** Times are HH:MM of one day; what a tutor and a student agree to, the same on each day. */
export type WorkingTime = Readonly<{
  dailyMinutes: number
  weeklyMinutes: number
  startTime: string
  endTime: string
}>

const DAY = 24 * 60
/** Minutes; the night bans run from a time in the evening to 6 h. */
type Limits = Readonly<{ day: number; rest: number; evening: number }>
const WEEK = 35 * 60
const MORNING = 6 * 60
const UNDER_16: Limits = { day: 7 * 60, rest: 14 * 60, evening: 20 * 60 }
const FROM_16: Limits = { day: 8 * 60, rest: 12 * 60, evening: 22 * 60 }
const LIMITS: Readonly<Record<AgeGroup, Limits | undefined>> = {
  UNDER_15: UNDER_16,
  UNDER_16,
  MINOR: FROM_16,
  ADULT: undefined,
}

/**
 * Refuses hours that no day or week has.
 *
 * @throws {DomainError} invalid-request
 */
export function assertPossible({ dailyMinutes, weeklyMinutes, ...hours }: WorkingTime): void {
  const start = minutesOf(hours.startTime, '/startTime')
  const end = minutesOf(hours.endTime, '/endTime')
  if (end <= start) {
    throw wrongField('/endTime', {
      fr: 'La journée finit avant d’avoir commencé. Corrigez l’une des deux heures.',
      en: 'The day ends before it begins. Correct one of the two times.',
    })
  }
  if (!Number.isInteger(dailyMinutes) || dailyMinutes < 1 || dailyMinutes > end - start) {
    throw wrongField('/dailyHours', {
      fr: `Entre ces deux heures il y a ${inHours(end - start)} : la journée ne peut pas en avoir davantage, ni aucune.`,
      en: `There are ${inHours(end - start)} between these two times: the day can’t have more, nor none.`,
    })
  }
  if (
    Number.isInteger(weeklyMinutes) &&
    weeklyMinutes >= dailyMinutes &&
    weeklyMinutes <= 7 * dailyMinutes
  ) {
    return
  }
  throw wrongField('/weeklyHours', {
    fr: `Avec ${inHours(dailyMinutes)} par jour, une semaine a de ${inHours(dailyMinutes)} à ${inHours(7 * dailyMinutes)}. Corrigez l’un des deux.`,
    en: `With ${inHours(dailyMinutes)} a day, a week has ${inHours(dailyMinutes)} to ${inHours(7 * dailyMinutes)}. Correct one of the two.`,
  })
}

/**
 * What warns of a minor's hours. People only grow older: the group on the first day has the strictest
 * limits of all days of the period.
 */
export function judgeWorkingTime(age: AgeGroup, time: WorkingTime): Warning[] {
  const limits = LIMITS[age]
  if (!limits) return []
  const start = minutesOf(time.startTime, '/startTime')
  const end = minutesOf(time.endTime, '/endTime')
  return [
    ...(time.dailyMinutes > limits.day ? [longDay(time.dailyMinutes, limits.day)] : []),
    ...(time.weeklyMinutes > WEEK ? [longWeek(time.weeklyMinutes)] : []),
    ...(start < MORNING || end > limits.evening ? [night(limits.evening)] : []),
    ...(DAY - (end - start) < limits.rest || time.weeklyMinutes > 5 * time.dailyMinutes
      ? [shortRest(limits.rest)]
      : []),
  ]
}

/**
 * No regulated work under 15.
 *
 * @throws {DomainError} rule-refused
 */
export function assertOldEnough(age: AgeGroup): void {
  if (age !== 'UNDER_15') return
  throw refusedBy(RULES.regulatedAge, '/work', {
    fr: 'Avant 15 ans, aucun travail réglementé n’est permis, même avec une déclaration. Confiez d’autres activités.',
    en: 'Under 15 no regulated work is allowed, even with a declaration. Give other tasks.',
  })
}

/** @throws {DomainError} invalid-request */
export function minutesOf(time: string, pointer: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes)
  throw wrongField(pointer, {
    fr: `« ${time.slice(0, 10)} » n’est pas une heure. Écrivez-la comme 08:30.`,
    en: `“${time.slice(0, 10)}” is not a time. Write it like 08:30.`,
  })
}

/** 7 h, 7 h 30 */
export function inHours(minutes: number): string {
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
}

function longDay(minutes: number, most: number): Warning {
  return {
    rule: RULES.day,
    words: {
      fr: `À cet âge une journée a ${inHours(most)} au plus ; celle-ci en a ${inHours(minutes)}.`,
      en: `At this age a day has ${inHours(most)} at most; this one has ${inHours(minutes)}.`,
    },
  }
}

function longWeek(minutes: number): Warning {
  return {
    rule: RULES.week,
    words: {
      fr: `Un mineur fait ${inHours(WEEK)} par semaine au plus, cours compris ; ici ${inHours(minutes)}.`,
      en: `A minor does ${inHours(WEEK)} a week at most, lessons included; here ${inHours(minutes)}.`,
    },
  }
}

function night(evening: number): Warning {
  return {
    rule: RULES.night,
    words: {
      fr: `À cet âge le travail est interdit de ${inHours(evening)} à ${inHours(MORNING)}. Changez les heures, ou confirmez que vous avez lu.`,
      en: `At this age work is forbidden from ${inHours(evening)} to ${inHours(MORNING)}. Change the times, or confirm that you read this.`,
    },
  }
}

function shortRest(rest: number): Warning {
  return {
    rule: RULES.rest,
    words: {
      fr: `À cet âge il faut ${inHours(rest)} de repos entre deux journées, et deux jours de repos par semaine.`,
      en: `At this age there must be ${inHours(rest)} of rest between two days, and two days of rest a week.`,
    },
  }
}
