import { isRole } from '../../people/store.js'
import { ROLE_FACTS } from '../../people/roles.data.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { schoolYearLabel } from '../school-year.js'
import type { SessionFormat } from '../schemes/scheme.js'
import type { ExportCohort } from './store.js'

const FORMATS: Readonly<Record<SessionFormat, Words>> = {
  INDIVIDUEL: { fr: 'Individuel', en: 'One to one' },
  PETIT_GROUPE: { fr: 'Petit groupe', en: 'Small group' },
  CLASSE: { fr: 'Classe', en: 'Class' },
}

const STATES = {
  planned: { fr: 'Prévue', en: 'Planned' },
  waits: { fr: 'Attend une confirmation', en: 'Waits to be confirmed' },
  confirmed: { fr: 'Confirmée', en: 'Confirmed' },
  contested: { fr: 'Contestée, ne compte plus', en: 'Contested, no longer counts' },
} as const satisfies Readonly<Record<string, Words>>
export type StateCode = keyof typeof STATES

export function stateText(say: Say, state: StateCode): string {
  return say(STATES[state])
}

/** Where a fact stands: contested facts do not count, whatever else was said. */
export function stateOf(
  fact: Readonly<{ confirmedAt: string | null; contested: boolean; known?: boolean }>,
): StateCode {
  if (fact.contested) return 'contested'
  if (fact.known === false) return 'planned'
  return fact.confirmedAt === null ? 'waits' : 'confirmed'
}

export function formatText(say: Say, format: string): string {
  const known = Object.entries(FORMATS).find(([code]) => code === format)
  return known ? say(known[1]) : format
}

/** In which function something was confirmed. */
export function functionText(say: Say, role: string | null): string | null {
  return role !== null && isRole(role) ? say(ROLE_FACTS[role].words) : role
}

/** « 2PC, entrée en 2026-2027 » */
export function cohortName(say: Say, { title, entryYear }: ExportCohort): string {
  if (entryYear === null) return title
  const year = schoolYearLabel(entryYear)
  return say({ fr: `${title}, entrée en ${year}`, en: `${title}, entered in ${year}` })
}
