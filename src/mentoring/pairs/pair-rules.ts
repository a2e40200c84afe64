import { countDays } from '../days.js'
import type { Words } from '../../words.js'
import { wrongField } from '../refusals.js'
import type { Warning } from '../warnings.js'

/** JM-05: a pair that ends before this many months is reported as a « rupture précoce ». */
export const EARLY_MONTHS = 6

/** A pair without a session for more days is reported as stalled. Ours: no text states a number. */
export const STALLED_DAYS = 45

/** Why a pair ended: a code, so that no text about a young person is kept. */
export const END_REASONS = [
  'OBJECTIF_ATTEINT',
  'FIN_PREVUE',
  'ARRET_DU_JEUNE',
  'ARRET_DU_MENTOR',
  'DEMENAGEMENT',
  'AUTRE',
] as const
export type EndReason = (typeof END_REASONS)[number]

export const END_WORDS: Readonly<Record<EndReason, Words>> = {
  OBJECTIF_ATTEINT: { fr: 'Objectif atteint', en: 'Aim reached' },
  FIN_PREVUE: { fr: 'Fin prévue', en: 'End as planned' },
  ARRET_DU_JEUNE: { fr: 'Arrêt voulu par le jeune', en: 'The young person stopped' },
  ARRET_DU_MENTOR: { fr: 'Arrêt voulu par le mentor', en: 'The mentor stopped' },
  DEMENAGEMENT: { fr: 'Déménagement', en: 'Moved' },
  AUTRE: { fr: 'Autre raison', en: 'Another reason' },
}

/** What the closing interview found. */
export const OUTCOMES = ['ATTEINTS', 'EN_PARTIE', 'NON_ATTEINTS'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  ATTEINTS: { fr: 'Objectifs atteints', en: 'Aims reached' },
  EN_PARTIE: { fr: 'Objectifs atteints en partie', en: 'Aims reached in part' },
  NON_ATTEINTS: { fr: 'Objectifs non atteints', en: 'Aims not reached' },
}

/** JM-05: whether a pair lasted less than six months, its last day among them. */
export function isEarlyEnd(startedOn: string, endedOn: string): boolean {
  return endedOn < lastDayOfSixMonths(startedOn)
}

/** The day on which six months are over: a pair of 15 January has lasted them on 14 July. */
function lastDayOfSixMonths(startedOn: string): string {
  const [year = 0, month = 0, day = 0] = startedOn.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month + EARLY_MONTHS, 0)).getUTCDate()
  const end = Date.UTC(year, month - 1 + EARLY_MONTHS, Math.min(day, lastOfMonth + 1) - 1)
  return new Date(end).toISOString().slice(0, 10)
}

/** Whether an open pair has had no session for too long: since its last one, or since it started. */
export function isStalled(
  pair: Readonly<{ startedOn: string; lastSessionOn: string | undefined }>,
  today: string,
): boolean {
  const since = pair.lastSessionOn ?? pair.startedOn
  return since <= today && countDays(since, today) - 1 > STALLED_DAYS
}

/** JM-03: asked to be confirmed, and kept. */
export function registrationWarnings(
  registration: Readonly<{ reference: string | null; registeredOn: string | null }>,
): Warning[] {
  return registration.reference === null || registration.registeredOn === null ? [UNREGISTERED] : []
}

export const UNREGISTERED: Warning = {
  rule: 'JM-03',
  words: {
    fr: 'L’inscription se fait sur le site national « 1 jeune 1 mentor », pas ici : sa référence ou sa date manque. Confirmez, ou ajoutez-les quand vous les aurez.',
    en: 'Registration is made on the national site “1 jeune 1 mentor”, not here: its reference or its day is missing. Confirm, or add them once you have them.',
  },
}

/** @throws {DomainError} invalid-request */
export function toEndReason(text: string): EndReason {
  const reason = END_REASONS.find((known) => known === text)
  if (reason) return reason
  throw wrongField('/reason', {
    fr: 'Choisissez la raison de la fin du binôme.',
    en: 'Choose why the pair ends.',
  })
}

/** @throws {DomainError} invalid-request */
export function toOutcome(text: string): Outcome {
  const outcome = OUTCOMES.find((known) => known === text)
  if (outcome) return outcome
  throw wrongField('/outcome', {
    fr: 'Dites ce que l’entretien de clôture a trouvé.',
    en: 'Say what the closing interview found.',
  })
}
