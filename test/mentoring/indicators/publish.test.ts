import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BASES, type Base } from '../../../src/mentoring/indicators/bases.data.js'
import { blocksOf } from '../../../src/mentoring/indicators/blocks.js'
import { figuresTable } from '../../../src/mentoring/indicators/figures-table.js'
import { MEASURES } from '../../../src/mentoring/indicators/measures.data.js'
import { publish, type SchoolCounts } from '../../../src/mentoring/indicators/publish.js'
import { readFigures, type Rows } from '../../../src/mentoring/indicators/read-figures.js'
import type { IndicatorsView } from '../../../src/mentoring/indicators/see-indicators.js'
import { splitsOf } from '../../../src/mentoring/indicators/splits.js'
import { LEAST } from '../../../src/mentoring/indicators/suppress.js'
import { ptech } from '../../../src/mentoring/schemes/ptech.js'
import { sayIn } from '../../../src/web/say.js'
import { worksOut } from './works-out.js'

const DEPARTMENTS = ['001', '074', '620']
const few = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 }))
/** A school that has said of its students how many are of a public, or has not. */
const aSchool = fc.record({
  department: fc.constantFrom(...DEPARTMENTS),
  of: few,
  others: few,
  said: fc.boolean(),
})

describe('what schools said in part (PT-20)', () => {
  test('tells of no public of fewer than 5, by school, by department, nor altogether', () => {
    fc.assert(
      fc.property(fc.array(aSchool, { minLength: 1, maxLength: 5 }), (those) => {
        const schools: SchoolCounts[] = those.map(({ department, of, others, said }, at) => ({
          schoolId: at + 1,
          department,
          counts: { followed: of + others, ...(said ? { of, others } : {}) },
        }))
        const parts = ['of', 'others']
        const split = { code: 'public', parts, noughts: 'hidden', partial: true } as const
        const published = publish(schools, 'followed', [split])
        if (!published) return
        const rows = published.lines.filter((line) => line.of['public'] !== undefined)
        if (rows.length === 0) return
        // A line that is in the table is of schools that have all said so.
        for (const { schoolIds } of rows) {
          expect(schoolIds.every((id) => those[id - 1]!.said)).toBe(true)
        }
        const unitOf = rows.map(({ schoolIds }) =>
          published.departments.findIndex((one) => one.schoolIds.includes(schoolIds[0]!)),
        )
        const isHidden = (shown: Readonly<Record<string, number | undefined>>) =>
          parts.map((part) => shown[part] === undefined)
        const table = rows.map(({ counts }) => parts.map((part) => counts[part] ?? 0))
        const hidden = {
          cells: rows.map(({ shown }) => isHidden(shown)),
          columns: isHidden(published.shown),
          units: new Map(published.departments.map(({ shown }, at) => [at, isHidden(shown)])),
        }
        const known = worksOut(table, hidden, unitOf)
        const all = [...known.cells.flat(), ...known.columns, ...[...known.units.values()].flat()]
        // Of everything that a reader can narrow down, nothing is known to be under 5.
        expect(all.filter(({ most }) => most < LEAST)).toEqual([])
        expect(all.filter(({ least, most }) => least === most && most < LEAST)).toEqual([])
        expect(published.of['public']).toBe(rows.reduce((sum, { count }) => sum + count, 0))
      }),
      { numRuns: 300 },
    )
  })
})

const codes = [
  ...new Set(Object.values(splitsOf(ptech)).flatMap((all) => all.flatMap(({ parts }) => parts))),
]
const anything = fc.record({
  schools: fc.array(fc.constantFrom(...DEPARTMENTS), { minLength: 1, maxLength: 5 }),
  seed: fc.array(few, { minLength: 400, maxLength: 400 }),
})

/** Rows as the store gives them, that agree with each other as those do. */
function rowsFrom({ schools, seed }: { schools: string[]; seed: number[] }): Rows {
  let at = 0
  const next = () => seed[at++ % seed.length]!
  const ids = schools.map((department, index) => ({ id: index + 1, department }))
  const of = { schoolYear: 2026, countedAt: '2026-11-24T11:00:00.000Z' }
  const figures = ids.flatMap(({ id: schoolId }) =>
    ['2NDE_PRO', 'BTS2'].map((level) => {
      const followed = next()
      const sessions = next()
      const some = Object.fromEntries(MEASURES.map((measure) => [measure, 0]))
      const girls = Math.min(followed, next())
      const company_sessions = Math.min(sessions, next())
      return { ...some, ...of, schoolId, level, followed, girls, sessions, company_sessions }
    }),
  ) as unknown as Rows['figures']
  const whole = ids.map(({ id: schoolId }) => {
    const followed = figures
      .filter((row) => row.schoolId === schoolId)
      .reduce((sum, row) => sum + row.followed, 0)
    const counts: Record<string, number> = {}
    for (const code of codes) {
      if (/^(BAC|BTS|NEXT|theme):|^(new|known)_mentors$/.test(code)) counts[code] = next()
      if (code.startsWith('public:') && next() > 2) counts[code] = Math.min(followed, next())
    }
    const sum = (start: string) =>
      codes.reduce((all, code) => all + (code.startsWith(start) ? (counts[code] ?? 0) : 0), 0)
    counts['badges'] = sum('theme:')
    counts['badges_revoked'] = Math.min(counts['badges'], next())
    counts['badges_valid'] = counts['badges'] - counts['badges_revoked']
    counts['endorsed'] = next()
    counts['school_mentors'] = counts['new_mentors']! + counts['known_mentors']!
    for (const kind of ['BAC', 'BTS', 'NEXT']) counts[kind.toLowerCase()] = sum(`${kind}:`)
    return { schoolId, counts, countedAt: of.countedAt }
  })
  return { schools: ids, figures, sessions: [], history: [], whole }
}

describe('page, report, CSV and ODS have one source', () => {
  test('in which no number of persons is from 1 to 4, whoever looks, nor nought but of what is about nobody', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const rows = rowsFrom(given)
        const splits = splitsOf(ptech)
        const readers = [
          {},
          ...DEPARTMENTS.map((department) => ({ department })),
          ...rows.schools.map(({ id }) => ({ schoolId: id })),
        ]
        for (const reader of readers) {
          const asked = {
            scheme: ptech,
            year: 2026,
            level: undefined,
            department: undefined,
            schoolId: undefined,
          }
          const read = readFigures(rows, { ...asked, ...reader })
          for (const base of Object.keys(BASES) as Base[]) {
            const { whole, lines } = read.sections[base]
            for (const line of [...(whole ? [whole] : []), ...lines]) {
              expect(line.count, base).toBeGreaterThanOrEqual(LEAST)
              for (const { parts, noughts } of splits[base]) {
                for (const part of parts) {
                  const value = line.shown[part]
                  const isFine =
                    value === undefined || value >= LEAST || (value === 0 && noughts === 'shown')
                  expect(isFine, `${part}: ${value}`).toBe(true)
                }
              }
            }
          }
          assertShown({ ...viewOf(rows), ...read })
        }
      }),
      { numRuns: 60 },
    )
  })
})

const ORGANISATIONS = ['companies', 'governance']

function assertShown(view: IndicatorsView): void {
  const say = sayIn('fr')
  const blocks = blocksOf(view, say)
  const persons = blocks.filter(({ code }) => !ORGANISATIONS.includes(code) && code !== 'shares')
  for (const { figures, code } of persons) {
    const small = figures.filter(({ value }) => value !== undefined && value > 0 && value < LEAST)
    expect(small, code).toEqual([])
  }
  // The table says what the blocks say, and nothing else.
  const written = [...figuresTable(view, say).rows].map((row) => row[4])
  const texts = blocks.flatMap(({ figures, more }) =>
    figures.flatMap(({ text }, at) => [text, ...(more ? [more[at]] : [])]),
  )
  expect(written.slice(0, texts.length)).toEqual(texts)
}

function viewOf({ schools }: Rows) {
  const places = schools.map(({ id, department }) => {
    return {
      id,
      department,
      publicId: `s${id}`,
      kind: 'lycee',
      name: `Lycée ${id}`,
      academyCode: '99',
    }
  })
  const place = { ...places[0]!, name: 'Académie DÉMO' }
  const rest = { scheme: ptech, year: 2026, years: [2026], departments: [], maySay: false }
  return { place, places, schools: places, today: '2026-11-24', ...rest }
}
