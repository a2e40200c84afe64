import { LEVELS } from '../levels.js'
import { SESSION_FORMATS, type Scheme } from '../schemes/scheme.js'
import type { FigureRow, HistoryRow, SessionRow } from './figures-store.js'
import { BREAKDOWNS, MEASURES, SHARES, type Base, type Measured } from './measures.data.js'
import {
  lineOf,
  publish,
  addTo,
  type Published,
  type PublishedLine,
  type SchoolCounts,
  type Split,
} from './publish.js'
import { rateOf, shareOf } from './suppress.js'

/** A base as the reader's page shows it: the academy's, with a line for each school, or one school's. */
export type Section = Readonly<{
  /** Undefined: too few to be shown. */
  whole: PublishedLine | Published | undefined
  lines: readonly PublishedLine[]
}>

export type Read = Readonly<{
  sections: Readonly<Record<Base, Section>>
  /** In whole percent, by the code of a share; undefined: not published. */
  shares: Readonly<Record<string, number | undefined>>
  /** Of each school year, the oldest first. */
  history: readonly Readonly<{
    year: number
    followed?: number
    sessions?: number
    minutes?: number
  }>[]
  level: string | undefined
  /** When the oldest of these figures was counted. */
  countedAt: string | undefined
}>

type Asked = Readonly<{
  scheme: Scheme
  year: number
  level: string | undefined
  /** Of a reader who sees one school. */
  schoolId: number | undefined
}>

/** Codes of counts beside those of measures: `part:girls`, `level:BTS1`, `sessions:BTS1`, `kind:PROJET`, `format:CLASSE`. */
export const levelCode = (level: string) => `level:${level}`
export const sessionLevelCode = (level: string) => `sessions:${level}`
export const partCode = (part: string) => `part:${part}`
export const kindCode = (kind: string) => `kind:${kind}`
export const formatCode = (format: string) => `format:${format}`

/** Turns sums into what is shown of them. */
export function readFigures(
  rows: Readonly<{
    figures: readonly FigureRow[]
    sessions: readonly SessionRow[]
    history: readonly HistoryRow[]
  }>,
  asked: Asked,
): Read {
  const schools = countsOf(rows.figures, rows.sessions)
  const splits = splitsOf(asked.scheme)
  const section = (base: Base): Section => {
    const published = publish(schools, base, splits[base])
    if (asked.schoolId !== undefined) {
      return { whole: lineOf(published, asked.schoolId), lines: [] }
    }
    return { whole: published, lines: published?.lines ?? [] }
  }
  const sections = {
    followed: section('followed'),
    sessions: section('sessions'),
    placements: section('placements'),
  }
  return {
    sections,
    shares: sharesOf(sections, asked.scheme),
    history: historyOf(rows.history, asked.schoolId),
    level: asked.level,
    countedAt: rows.figures.map(({ countedAt }) => countedAt).toSorted()[0],
  }
}

/** All levels, and those whose level is not known. */
const LEVEL_CODES = [...LEVELS, '']

function splitsOf({ kinds }: Scheme): Record<Base, Split[]> {
  const split = (code: string, parts: readonly string[], noughts: Split['noughts']) => ({
    code,
    parts,
    noughts,
  })
  return {
    followed: [
      split('level', LEVEL_CODES.map(levelCode), 'shown'),
      ...BREAKDOWNS.map(({ code, parts }) =>
        split(
          code,
          parts.map((part) => partCode(part.code)),
          'hidden',
        ),
      ),
    ],
    sessions: [
      split(
        'kind',
        kinds.map(({ code }) => kindCode(code)),
        'shown',
      ),
      split('format', SESSION_FORMATS.map(formatCode), 'shown'),
      split('level', LEVEL_CODES.map(sessionLevelCode), 'shown'),
    ],
    placements: [],
  }
}

function countsOf(figures: readonly FigureRow[], sessions: readonly SessionRow[]): SchoolCounts[] {
  const bySchool = new Map<number, Record<string, number>>()
  const of = (schoolId: number) => {
    const counts = bySchool.get(schoolId) ?? {}
    bySchool.set(schoolId, counts)
    return counts
  }
  for (const row of figures) {
    const counts = addTo(of(row.schoolId), measuredOf(row))
    for (const { parts } of BREAKDOWNS) {
      for (const part of parts) addTo(counts, { [partCode(part.code)]: part.of(row) })
    }
    addTo(counts, {
      [levelCode(row.level)]: row.followed,
      [sessionLevelCode(row.level)]: row.sessions,
    })
  }
  for (const row of sessions) {
    addTo(of(row.schoolId), {
      [kindCode(row.kind)]: row.sessions,
      [`minutes:${row.kind}`]: row.minutes,
      [formatCode(row.format)]: row.sessions,
    })
  }
  return [...bySchool].map(([schoolId, counts]) => ({ schoolId, counts }))
}

export function measuredOf(counts: Readonly<Record<string, unknown>>): Measured {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, Number(counts[measure] ?? 0)]),
  ) as Measured
}

function sharesOf(sections: Read['sections'], scheme: Scheme): Read['shares'] {
  const whole = sections.followed.whole
  if (!whole) return {}
  const measured = measuredOf(whole.counts)
  return Object.fromEntries(
    SHARES.filter(({ schemes }) => schemes?.includes(scheme.code) ?? true).map((share) => {
      const [part, all] = [share.numerator(measured), share.denominator(measured)]
      if (share.of === 'facts') return [share.code, rateOf(part, all)]
      const isShown = !share.part || whole.shown[partCode(share.part.code)] !== undefined
      return [share.code, isShown ? shareOf(part, all) : undefined]
    }),
  )
}

function historyOf(rows: readonly HistoryRow[], schoolId: number | undefined): Read['history'] {
  const years = [...Map.groupBy(rows, ({ schoolYear }) => schoolYear)]
  return years
    .toSorted(([one], [other]) => one - other)
    .map(([year, schools]) => {
      const of = (base: Base) => {
        const published = publish(schools, base, [])
        return schoolId === undefined ? published : lineOf(published, schoolId)
      }
      const [followed, sessions] = [of('followed'), of('sessions')]
      return {
        year,
        ...(followed && { followed: followed.count }),
        ...(sessions && { sessions: sessions.count, minutes: sessions.counts['minutes'] ?? 0 }),
      }
    })
}
