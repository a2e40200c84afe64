import type { Say } from '../../web/say.js'
import { LEVELS } from '../levels.js'
import { OUTCOME_KINDS, OUTCOMES } from '../outcomes/outcomes.data.js'
import { PUBLICS_DEFINITION, SAID_WORDS } from '../publics/publics.js'
import { BASES, type Base } from './bases.data.js'
import { levelWords, NOT_PUBLISHED, type Amount } from './block.js'
import type { PublishedLine } from './publish.js'
import { outcomeCode, publicCode } from './school-codes.js'
import type { IndicatorsView } from './see-indicators.js'
import { BASE_OF_OUTCOME, kindCode, levelCode, PUBLICS } from './splits.js'

export type SchoolTable = Readonly<{
  base: Base
  caption: string
  head: readonly string[]
  /** By the name of the school, never by a number; those that stand together come last. */
  rows: readonly Readonly<{ name: string; cells: readonly Amount[] }>[]
  definition: string
}>

/** The schools of an academy, one table for each base. Empty for the page of one school. */
export function schoolTables(view: IndicatorsView, say: Say): SchoolTable[] {
  const levels = [...LEVELS, '']
    .filter((level) => view.level === undefined || level === view.level)
    .filter((level) => view.sections.followed.whole?.shown[levelCode(level)] !== 0)
    .map((level) => ({ code: levelCode(level), words: levelWords(level) }))
  const publics = PUBLICS.map((of) => ({ code: publicCode(of), words: SAID_WORDS[of] })).filter(
    ({ code }) => view.sections.followed.lines.some((line) => line.shown[code] !== undefined),
  )
  const kinds = view.scheme.kinds.map(({ code, words }) => ({ code: kindCode(code), words }))
  const hours = { head: say({ fr: 'Heures', en: 'Hours' }), of: minutesOf(say) }
  const days = { head: say({ fr: 'Jours', en: 'Days' }), of: daysOf(say) }
  return [
    tableOf(view, say, { base: 'followed', parts: [...levels, ...publics] }),
    tableOf(view, say, { base: 'sessions', parts: kinds, volume: hours }),
    tableOf(view, say, { base: 'placements', parts: [], volume: days }),
    tableOf(view, say, { base: 'badges', parts: [] }),
    ...OUTCOME_KINDS.map((kind) => {
      const parts = OUTCOMES[kind].outcomes.map(({ code, words }) => {
        return { code: outcomeCode(kind, code), words }
      })
      return tableOf(view, say, { base: BASE_OF_OUTCOME[kind], parts })
    }),
  ].filter(({ rows }) => rows.length > 0)
}

type Columns = Readonly<{
  base: Base
  parts: readonly Readonly<{ code: string; words: Parameters<Say>[0] }>[]
  volume?: Readonly<{ head: string; of: (line: PublishedLine) => string }>
}>

function tableOf(view: IndicatorsView, say: Say, columns: Columns): SchoolTable {
  const { base, parts, volume } = columns
  const names = namesOf(view, say)
  const shown = (value: number | undefined): Amount => ({
    value,
    text: value === undefined ? say(NOT_PUBLISHED) : say.number(value),
  })
  const words = say(BASES[base].words)
  return {
    base,
    caption: say({
      fr: `${words} par établissement, dans l’ordre des noms`,
      en: `${words} by school, in the order of names`,
    }),
    head: [
      say({ fr: 'Établissement', en: 'School' }),
      words,
      ...parts.map((part) => say(part.words)),
      ...(volume ? [volume.head] : []),
    ],
    rows: inOrder(view, view.sections[base].lines).map((line) => ({
      name: names(line),
      cells: [
        shown(line.count),
        ...parts.map(({ code }) => shown(line.shown[code])),
        ...(volume ? [{ value: undefined, text: volume.of(line) }] : []),
      ],
    })),
    definition: [
      say(BASES[base].definition),
      ...(parts.some(({ code }) => code.startsWith('public:')) ? [say(PUBLICS_DEFINITION)] : []),
    ].join(' '),
  }
}

/** `view.schools` is in the order of names. */
function inOrder(view: IndicatorsView, lines: readonly PublishedLine[]): PublishedLine[] {
  const place = new Map(view.schools.map(({ id }, at) => [id, at]))
  const of = ({ schoolIds }: PublishedLine) =>
    schoolIds.length > 1 ? Infinity : (place.get(schoolIds[0] ?? 0) ?? 0)
  return lines.toSorted((one, other) => of(one) - of(other))
}

function namesOf({ schools }: IndicatorsView, say: Say) {
  const byId = new Map(schools.map(({ id, name }) => [id, name]))
  return ({ schoolIds }: PublishedLine): string =>
    schoolIds.length === 1
      ? (byId.get(schoolIds[0] ?? 0) ?? '–')
      : say({
          fr: `${schoolIds.length} établissements regroupés`,
          en: `${schoolIds.length} schools together`,
        })
}

function minutesOf(say: Say) {
  return ({ counts }: PublishedLine) => say.hours(counts['minutes'] ?? 0)
}

function daysOf(say: Say) {
  return ({ counts }: PublishedLine) => say.number(counts['placement_days'] ?? 0)
}
