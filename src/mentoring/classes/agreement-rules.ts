import { dayBefore } from '../../people/days.js'
import type { Words } from '../../words.js'
import { dayAfter, dayInWords, lastDayOf } from '../days.js'
import { refusedBy, wrongField } from '../refusals.js'
import { firstDayOf } from '../school-year.js'

export const AGREEMENT_TYPES = [
  'ACCORD_CADRE_PTECH',
  'ACCORD_CADRE_NATIONAL',
  'CONVENTION_LOCALE',
  'CHARTE',
  'CONVENTION_STRUCTURE_MENTORAT',
] as const
export type AgreementType = (typeof AGREEMENT_TYPES)[number]

export const AGREEMENT_WORDS: Readonly<Record<AgreementType, Words>> = {
  ACCORD_CADRE_PTECH: {
    fr: 'Accord-cadre P-TECH (cinq ans)',
    en: 'P-TECH framework agreement (five years)',
  },
  ACCORD_CADRE_NATIONAL: { fr: 'Accord-cadre national', en: 'National framework agreement' },
  CONVENTION_LOCALE: { fr: 'Convention locale', en: 'Local agreement' },
  CHARTE: { fr: 'Charte', en: 'Charter' },
  CONVENTION_STRUCTURE_MENTORAT: {
    fr: 'Convention avec une structure de mentorat',
    en: 'Agreement with a mentoring structure',
  },
}

/** PT-13 and PT-14: a cohort is followed for five school years, and a framework agreement lasts five. */
const YEARS = 5

/** PT-14: how long before its end an agreement is spoken of, in months. */
const ALERTS = [6, 12] as const

/** @throws {DomainError} invalid-request */
export function toAgreementType(text: string): AgreementType {
  const type = AGREEMENT_TYPES.find((known) => known === text)
  if (type) return type
  throw wrongField('/type', {
    fr: 'Choisissez la nature de l’accord.',
    en: 'Choose what kind of agreement it is.',
  })
}

/**
 * PT-14: an ACCORD_CADRE_PTECH lasts five years to the day; the others last as they say.
 *
 * @throws {DomainError} rule-refused, or invalid-request for an end before the start
 */
export function assertDuration(
  of: Readonly<{ type: AgreementType; startDay: string; endDay: string }>,
): void {
  if (of.endDay < of.startDay) {
    throw wrongField('/endDay', {
      fr: 'L’accord finirait avant d’avoir commencé. Corrigez le dernier jour.',
      en: 'The agreement would end before it began. Correct its last day.',
    })
  }
  const due = lastDayOfFiveYears(of.startDay)
  if (of.type !== 'ACCORD_CADRE_PTECH' || of.endDay === due) return
  const [from, until] = [dayInWords(of.startDay), dayInWords(due)]
  throw refusedBy('PT-14', '/endDay', {
    fr: `Un accord-cadre P-TECH dure cinq ans : commencé le ${from.fr}, il finit le ${until.fr}. Corrigez l’une des deux dates.`,
    en: `A P-TECH framework agreement lasts five years: begun on ${from.en}, it ends on ${until.en}. Correct one of the two days.`,
  })
}

/** `start + 5 y − 1 d` */
export function lastDayOfFiveYears(startDay: string): string {
  return dayBefore(monthsLater(startDay, YEARS * 12))
}

/** PT-13: the last day of the fifth school year of a cohort. */
export function lastDayOfCohort(entryYear: number): string {
  return dayBefore(firstDayOf(entryYear + YEARS))
}

export type Gap<Cohort> = Readonly<{
  cohort: Cohort
  /** The first day of its course that no agreement covers. */
  fromDay: string
  lastDay: string
}>

type Term = Readonly<{ startDay: string; endDay: string }>

/**
 * PT-14: the cohorts whose course outlives the framework agreements of their class, each from the first
 * day that is not covered. What came before the first agreement is no gap: a class may begin before it.
 *
 * @param terms of the agreements of type ACCORD_CADRE_PTECH, renewals among them
 */
export function gapsOf<Cohort extends Readonly<{ entryYear: number }>>(
  terms: readonly Term[],
  cohorts: readonly Cohort[],
): Gap<Cohort>[] {
  const inOrder = terms.toSorted((one, other) => one.startDay.localeCompare(other.startDay))
  return cohorts.flatMap((cohort) => {
    const lastDay = lastDayOfCohort(cohort.entryYear)
    const fromDay = firstUncovered(inOrder, firstDayOf(cohort.entryYear))
    return fromDay <= lastDay ? [{ cohort, fromDay, lastDay }] : []
  })
}

function firstUncovered(terms: readonly Term[], firstDay: string): string {
  const [first] = terms
  let day = first && first.startDay > firstDay ? first.startDay : firstDay
  for (const { startDay, endDay } of terms) {
    if (startDay <= day && day <= endDay) day = dayAfter(endDay)
  }
  return day
}

/**
 * PT-14: what there is to say today of an agreement that nothing renews.
 *
 * @returns 6 or 12 when it ends within so many months, 'ENDED' once it has, else undefined
 */
export function endingOf(
  endDay: string,
  today: string,
): (typeof ALERTS)[number] | 'ENDED' | undefined {
  if (endDay < today) return 'ENDED'
  return ALERTS.find((months) => endDay <= monthsLater(today, months))
}

/** The same day of a later month, or its last one where it has no such day. */
function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const later = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7)
  const [same, last] = [`${later}-${day.slice(8)}`, lastDayOf(later)]
  return same < last ? same : last
}
