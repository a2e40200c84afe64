import type { Words } from '../../words.js'

/** As APLyPro has them; and two ways in which a plan comes to nothing. */
export const PLACEMENT_STATES = [
  'pending',
  'completed',
  'validated',
  'rectified',
  'did-not-show',
  'cancelled',
] as const
export type PlacementState = (typeof PLACEMENT_STATES)[number]

export const STATE_WORDS: Readonly<Record<PlacementState, Words>> = {
  pending: { fr: 'prévue', en: 'planned' },
  completed: { fr: 'jours saisis, à confirmer', en: 'days recorded, to be confirmed' },
  validated: { fr: 'confirmée', en: 'confirmed' },
  rectified: { fr: 'confirmée après correction', en: 'confirmed after a correction' },
  'did-not-show': { fr: 'élève jamais venu', en: 'student never came' },
  cancelled: { fr: 'annulée', en: 'cancelled' },
}

export const OUTCOMES = ['COMPLETED', 'PARTIALLY_COMPLETED', 'DID_NOT_SHOW'] as const
export type Outcome = (typeof OUTCOMES)[number]

type Standing = Readonly<{
  daysDone: number | null
  version: number
  confirmedAt: string | null
  cancelledAt: string | null
  /** Of an assessment that was sent. */
  outcome: string | null
}>

export function stateOf(placement: Standing): PlacementState {
  const { daysDone, version, confirmedAt, cancelledAt, outcome } = placement
  if (cancelledAt !== null) return 'cancelled'
  if (daysDone === null) return outcome === 'DID_NOT_SHOW' ? 'did-not-show' : 'pending'
  if (confirmedAt === null) return 'completed'
  return version > 1 ? 'rectified' : 'validated'
}
