import { THEMES } from '../../credential/themes.data.js'
import { LEVELS } from '../levels.js'
import { OUTCOMES, type OutcomeKind } from '../outcomes/outcomes.data.js'
import { SAID_PUBLICS } from '../publics/publics.js'
import { SESSION_FORMATS, type Scheme } from '../schemes/scheme.js'
import type { Base } from './bases.data.js'
import { BREAKDOWNS } from './measures.data.js'
import type { Split } from './publish.js'
import { OTHER_THEME, othersCode, outcomeCode, publicCode, themeCode } from './school-codes.js'

/** Codes of counts beside those of measures: `part:girls`, `level:BTS1`, `sessions:BTS1`, `kind:PROJET`, `format:CLASSE`. */
export const levelCode = (level: string) => `level:${level}`
export const sessionLevelCode = (level: string) => `sessions:${level}`
export const partCode = (part: string) => `part:${part}`
export const kindCode = (kind: string) => `kind:${kind}`
export const formatCode = (format: string) => `format:${format}`

/** All levels, and those whose level is not known. */
const LEVEL_CODES = [...LEVELS, '']

/** CO-05 and PT-20 have the first two in common; the third is asked of P-TECH cohorts only. */
export const PUBLICS = SAID_PUBLICS

/** Where a session took place. */
export const PLACE_CODES = ['place:company', 'place:elsewhere'] as const

/** Whether a nought is told as one: of a part in which there may be nobody, it tells of nobody. */
const shown = (code: string, parts: readonly string[]): Split => ({ code, parts, noughts: 'shown' })
const hidden = (code: string, parts: readonly string[]): Split => ({
  code,
  parts,
  noughts: 'hidden',
})

/** The tables of each base: what it falls into. */
export function splitsOf({ kinds }: Scheme): Record<Base, Split[]> {
  return {
    followed: [
      shown('level', LEVEL_CODES.map(levelCode)),
      ...BREAKDOWNS.map(({ code, parts }) =>
        hidden(
          code,
          parts.map((part) => partCode(part.code)),
        ),
      ),
      ...PUBLICS.map((of) => ({
        ...hidden(publicCode(of), [publicCode(of), othersCode(of)]),
        partial: true,
      })),
    ],
    sessions: [
      shown(
        'kind',
        kinds.map(({ code }) => kindCode(code)),
      ),
      shown('format', SESSION_FORMATS.map(formatCode)),
      shown('level', LEVEL_CODES.map(sessionLevelCode)),
      shown('place', PLACE_CODES),
    ],
    placements: [],
    school_mentors: [shown('seniority', ['new_mentors', 'known_mentors'])],
    badges: [
      shown('theme', [...THEMES, OTHER_THEME].map(themeCode)),
      // Who asks for its status list learns of each badge whether it is revoked.
      shown('status', ['badges_valid', 'badges_revoked']),
    ],
    endorsed: [],
    bac: [hidden('bac', outcomesOf('BAC'))],
    bts: [hidden('bts', outcomesOf('BTS'))],
    next: [hidden('next', outcomesOf('NEXT'))],
  }
}

export const BASE_OF_OUTCOME = { BAC: 'bac', BTS: 'bts', NEXT: 'next' } as const satisfies Record<
  OutcomeKind,
  Base
>

function outcomesOf(kind: OutcomeKind): string[] {
  return OUTCOMES[kind].outcomes.map(({ code }) => outcomeCode(kind, code))
}
