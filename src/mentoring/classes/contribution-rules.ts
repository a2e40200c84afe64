import type { Words } from '../../words.js'
import { refusedBy, wrongField } from '../refusals.js'

/** PT-22: money is a kind of its own. */
export const CONTRIBUTION_KINDS = ['PERSON_DAYS', 'EQUIPMENT', 'OTHER'] as const
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number]

export const CONTRIBUTION_WORDS: Readonly<Record<ContributionKind, Words>> = {
  PERSON_DAYS: { fr: 'Temps de salariés', en: 'Time of employees' },
  EQUIPMENT: { fr: 'Financement de matériel', en: 'Money for equipment' },
  OTHER: { fr: 'Autre contribution', en: 'Another contribution' },
}

/** PT-21: one day of one employee. A convention of this service: no text says how long it is. */
export const DAY_MINUTES = 7 * 60

export type Band = Readonly<{ from: number; to: number }>

/**
 * PT-21: « entre 70 et 158 hommes-jour par an », of three companies of one class. The source does not say
 * whether of each, of all three or over the years: something to compare with, and no rule.
 */
export const REFERENCE_BAND: Band = { from: 70, to: 158 }

export type BandPlace = 'BELOW' | 'WITHIN' | 'ABOVE'

/** Where a number of person-days is, beside the reference; its borders are within. */
export function placeInBand(personDays: number, band: Band = REFERENCE_BAND): BandPlace {
  if (personDays < band.from) return 'BELOW'
  return personDays > band.to ? 'ABOVE' : 'WITHIN'
}

/** A session as PT-21 sees it. */
export type MentorTime = Readonly<{ minutes: number; mentors: number }>

/**
 * PT-21: each mentor's minutes of confirmed sessions, seven hours a day, and what was recorded apart. Money
 * (PT-22) and the tutoring of placements are not in it.
 *
 * @param halfDays of contributions of kind PERSON_DAYS
 * @returns to a tenth
 */
export function personDaysOf(sessions: readonly MentorTime[], halfDays: readonly number[]): number {
  const minutes = sessions.reduce((sum, one) => sum + one.minutes * one.mentors, 0)
  const recorded = halfDays.reduce((sum, one) => sum + one, 0) / 2
  return Math.round((minutes / DAY_MINUTES + recorded) * 10) / 10
}

export type Measure = Readonly<{ halfDays: number | null; amountCents: number | null }>

/**
 * PT-22: equipment has an amount and no days, time has days and no amount, anything else neither.
 *
 * @param said.personDays in half days
 * @param said.euros to the cent
 * @throws {DomainError} rule-refused, or invalid-request for what is no such number
 */
export function toMeasure(
  kind: ContributionKind,
  said: Readonly<{ personDays: number | null; euros: number | null }>,
): Measure {
  const { personDays, euros } = said
  if (kind !== 'PERSON_DAYS' && personDays !== null) {
    throw refusedBy('PT-22', '/personDays', {
      fr: 'Seul le temps de salariés se compte en jours. Videz ce champ, ou changez la nature de la contribution.',
      en: 'Only time of employees counts in days. Empty this field, or change the kind of contribution.',
    })
  }
  if (kind !== 'EQUIPMENT' && euros !== null) {
    throw refusedBy('PT-22', '/euros', {
      fr: 'Seul un financement de matériel a un montant. Videz ce champ, ou changez la nature de la contribution.',
      en: 'Only money for equipment has an amount. Empty this field, or change the kind of contribution.',
    })
  }
  return {
    halfDays: kind === 'PERSON_DAYS' ? toHalfDays(personDays) : null,
    amountCents: kind === 'EQUIPMENT' ? toCents(euros, '/euros') : null,
  }
}

/** More is a slip of the hand: no class has had so much in a year. */
const MAX_DAYS = 1_000
const MAX_EUROS = 10_000_000

function toHalfDays(days: number | null): number {
  const halves = (days ?? 0) * 2
  if (Number.isInteger(halves) && halves >= 1 && halves <= MAX_DAYS * 2) return halves
  throw wrongField('/personDays', {
    fr: `Donnez le nombre de jours, de 0,5 à ${MAX_DAYS}, par demi-journées.`,
    en: `Give the number of days, from 0.5 to ${MAX_DAYS}, in half days.`,
  })
}

/** @throws {DomainError} invalid-request */
export function toCents(euros: number | null, pointer: string, least = 1): number {
  const cents = Math.round((euros ?? 0) * 100)
  const isExact = Math.abs(cents - (euros ?? 0) * 100) < 1e-6
  if (isExact && cents >= least && cents <= MAX_EUROS * 100) return cents
  throw wrongField(pointer, {
    fr: `Donnez le montant en euros, ${least > 0 ? 'plus que zéro et ' : ''}jusqu’à ${MAX_EUROS}, deux décimales au plus.`,
    en: `Give the amount in euros, ${least > 0 ? 'more than nothing and ' : ''}up to ${MAX_EUROS}, two decimals at the most.`,
  })
}

/** What a company promises in a school year: whole days. @throws {DomainError} invalid-request */
export function toPromisedDays(days: number): number {
  if (Number.isInteger(days) && days >= 0 && days <= MAX_DAYS) return days
  throw wrongField('/personDays', {
    fr: `Donnez un nombre entier de jours, de 0 à ${MAX_DAYS}.`,
    en: `Give a whole number of days, from 0 to ${MAX_DAYS}.`,
  })
}
