import type { Context } from '../../context.js'
import type { Words } from '../../words.js'
import type { Sides } from '../cohorts/sides.js'

/** To be done, to be done before long, to be known. */
export const SEVERITIES = ['due', 'soon', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * Something that asks for somebody: computed when it is read, and gone when its cause is. It counts
 * students and names none.
 */
export type Alert = Readonly<{
  /** PT-04; AL-1 to AL-7 are ours: no text states them. */
  rule: string
  severity: Severity
  words: Words
  /** Where: a class, a cordée, a school. */
  place: string
  /** Where it is done, and what is done there. */
  href: string
  action: Words
  /** Public id of what it is about. */
  subject: string
  /** YYYY-MM-DD, where that is known. */
  since: string | null
}>

/** For whom alerts are looked for: the organisations in which the reader has a role that they concern, by what it makes them there. */
export type Scope = Sides & Readonly<{ academyIds: readonly number[] }>

/** @param today YYYY-MM-DD */
export type FindAlerts = (ctx: Context, scope: Scope, today: string) => Promise<Alert[]>

export const SEE_COHORT: Words = { fr: 'Voir la cohorte', en: 'See the cohort' }
export const SEE_CLASS: Words = { fr: 'Voir la classe', en: 'See the class' }
export const CONFIRM: Words = { fr: 'Confirmer', en: 'Confirm' }

/** The most urgent first, then what has been so for longest. */
export function byUrgency(one: Alert, other: Alert): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    (one.since ?? '9').localeCompare(other.since ?? '9') ||
    one.place.localeCompare(other.place, 'fr') ||
    one.rule.localeCompare(other.rule)
  )
}
