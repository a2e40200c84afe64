import type { Scheme } from '../schemes/scheme.js'
import { BASES, type Base } from './bases.data.js'
import type { FigureRow, HistoryRow, SessionRow } from './figures-store.js'
import { BREAKDOWNS, MEASURES, SHARES, type Measured } from './measures.data.js'
import {
  addTo,
  departmentOf,
  lineOf,
  publish,
  type Published,
  type PublishedLine,
  type SchoolCounts,
} from './publish.js'
import {
  ORGANISATION_CODES,
  othersCode,
  publicCode,
  type OrganisationCode,
} from './school-codes.js'
import type { SchoolFiguresRow } from './school-figures-store.js'
import {
  formatCode,
  kindCode,
  levelCode,
  partCode,
  PUBLICS,
  sessionLevelCode,
  splitsOf,
} from './splits.js'
import { rateOf, shareOf } from './suppress.js'

/** A base as the reader's page shows it: the academy's or a department's, with a line for each school, or one school's. */
export type Section = Readonly<{
  /** Undefined: too few to be shown. */
  whole: Omit<PublishedLine, 'schoolIds'> | undefined
  lines: readonly PublishedLine[]
}>

export type Read = Readonly<{
  sections: Readonly<Record<Base, Section>>
  /** In whole percent, by the code of a share; undefined: not published. */
  shares: Readonly<Record<string, number | undefined>>
  /** What is no count of persons: days, money, agreements, classes. Undefined where nothing was counted. */
  organisation: Readonly<Record<OrganisationCode, number>> | undefined
  /** Of each school year, the oldest first. */
  history: readonly Readonly<{
    year: number
    followed?: number
    sessions?: number
    minutes?: number
  }>[]
  level: string | undefined
  department: string | undefined
  /** When the oldest of these figures was counted. */
  countedAt: string | undefined
}>

type Asked = Readonly<{
  scheme: Scheme
  year: number
  level: string | undefined
  /** Of a reader who looks at one department of an academy. */
  department: string | undefined
  /** Of a reader who sees one school. */
  schoolId: number | undefined
}>

export type Rows = Readonly<{
  /** All schools of the academy, with their department. */
  schools: readonly Readonly<{ id: number; department: string }>[]
  figures: readonly FigureRow[]
  sessions: readonly SessionRow[]
  history: readonly HistoryRow[]
  whole: readonly SchoolFiguresRow[]
}>

/** Turns sums into what is shown of them. */
export function readFigures(rows: Rows, asked: Asked): Read {
  const schools = countsOf(rows)
  const splits = splitsOf(asked.scheme)
  const sectionOf = (base: Base) => section(publish(schools, base, splits[base]), asked)
  const bases = Object.keys(BASES) as Base[]
  const sections = Object.fromEntries(
    bases.map((base) => [base, sectionOf(base)]),
  ) as unknown as Read['sections']
  const counted = [...rows.figures, ...rows.whole].map(({ countedAt }) => countedAt)
  return {
    sections,
    shares: sharesOf(sections, asked.scheme),
    organisation: organisationOf(rows, asked),
    history: historyOf(rows, asked),
    level: asked.level,
    department: asked.department,
    countedAt: counted.toSorted()[0],
  }
}

function section(published: Published | undefined, asked: Asked): Section {
  if (asked.schoolId !== undefined) return { whole: lineOf(published, asked.schoolId), lines: [] }
  if (asked.department === undefined) return { whole: published, lines: published?.lines ?? [] }
  const whole = departmentOf(published, asked.department)
  const isOf = ({ schoolIds }: PublishedLine) =>
    schoolIds.every((id) => whole?.schoolIds.includes(id))
  return { whole, lines: published?.lines.filter(isOf) ?? [] }
}

function countsOf({ schools, figures, sessions, whole }: Rows): SchoolCounts[] {
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
      'place:company': row.company_sessions,
      'place:elsewhere': row.sessions - row.company_sessions,
    })
  }
  for (const row of sessions) {
    addTo(of(row.schoolId), {
      [kindCode(row.kind)]: row.sessions,
      [`minutes:${row.kind}`]: row.minutes,
      [formatCode(row.format)]: row.sessions,
    })
  }
  for (const row of whole) {
    const counts = addTo(of(row.schoolId), row.counts)
    for (const one of PUBLICS) {
      const said = row.counts[publicCode(one)]
      if (said !== undefined) counts[othersCode(one)] = (counts['followed'] ?? 0) - said
    }
  }
  const departments = departmentsOf(schools)
  return [...bySchool].map(([schoolId, counts]) => {
    return { schoolId, counts, department: departments.get(schoolId) ?? '' }
  })
}

function departmentsOf(schools: Rows['schools']): Map<number, string> {
  return new Map(schools.map(({ id, department }) => [id, department]))
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

function organisationOf({ schools, whole }: Rows, asked: Asked): Read['organisation'] {
  const { schoolId, department } = asked
  const own = new Set(
    schools
      .filter((one) => schoolId === undefined || one.id === schoolId)
      .filter((one) => department === undefined || one.department === department)
      .map(({ id }) => id),
  )
  const counted = whole.filter((row) => own.has(row.schoolId))
  if (counted.length === 0) return undefined
  const sums = ORGANISATION_CODES.map((code) => {
    return [code, counted.reduce((sum, { counts }) => sum + (counts[code] ?? 0), 0)]
  })
  return Object.fromEntries(sums) as Record<OrganisationCode, number>
}

function historyOf({ schools, history }: Rows, asked: Asked): Read['history'] {
  const departments = departmentsOf(schools)
  const years = [...Map.groupBy(history, ({ schoolYear }) => schoolYear)]
  return years
    .toSorted(([one], [other]) => one - other)
    .map(([year, those]) => {
      const counts = those.map((row) => ({
        ...row,
        department: departments.get(row.schoolId) ?? '',
      }))
      const of = (base: Base) => section(publish(counts, base, []), asked).whole
      const [followed, sessions] = [of('followed'), of('sessions')]
      return {
        year,
        ...(followed && { followed: followed.count }),
        ...(sessions && { sessions: sessions.count, minutes: sessions.counts['minutes'] ?? 0 }),
      }
    })
}
