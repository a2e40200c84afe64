import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worksOut, type Interval } from './works-out.js'
import {
  groupRows,
  LEAST,
  rateOf,
  shareOf,
  suppress,
} from '../../../src/mentoring/indicators/suppress.js'
import { expectCheap } from '../../support/cheap.js'

const enough = (row: readonly number[]) => row.reduce((sum, value) => sum + value, 0) >= LEAST
/** Many small numbers, many noughts: what makes a table hard. */
const cell = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 9 }),
)
const tables = fc.integer({ min: 2, max: 3 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }).filter(enough), {
    minLength: 1,
    maxLength: 3,
  }),
)

describe('what is not published', () => {
  test.each(['hidden', 'shown'] as const)(
    'no cell under 5 is shown, and none can be told to be under 5 from what is (noughts %s)',
    (noughts) => {
      fc.assert(
        fc.property(tables, fc.boolean(), (table, byDepartment) => {
          // The first row in a department of its own, whose totals are published, too.
          const units = table.map((_, row) => (byDepartment && row > 0 ? 1 : 0))
          const hidden = suppress(table, noughts, units)
          const known = worksOut(table, hidden, units)
          const judge = (value: number, isHidden: boolean, { least, most }: Interval) => {
            if (value >= LEAST) return
            if (value === 0 && noughts === 'shown') {
              expect(isHidden).toBe(false)
              return
            }
            expect(isHidden).toBe(true)
            // Not a single value; moreover 5 or more may be what it is.
            expect(most).toBeGreaterThan(least)
            expect(most).toBeGreaterThanOrEqual(LEAST)
          }
          table.forEach((row, r) =>
            row.forEach((value, c) => judge(value, hidden.cells[r]![c]!, known.cells[r]![c]!)),
          )
          const totals = table[0]!.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0))
          totals.forEach((value, c) => judge(value, hidden.columns[c]!, known.columns[c]!))
          for (const [unit, sums] of known.units) {
            sums.forEach((interval, c) => {
              const value = table.reduce(
                (sum, row, r) => sum + (units[r] === unit ? row[c]! : 0),
                0,
              )
              judge(value, hidden.units.get(unit)![c]!, interval)
            })
          }
        }),
        { numRuns: 300 },
      )
    },
  )

  test('the reference finds what a table gives away that hides its small cells only', () => {
    const table = [[8, 1, 3]]
    const small = { cells: [[false, true, true]], columns: [false, true, true] }
    // 12 = 8 + 1 + 3: with the total and the 8, the two hidden ones are 4 together.
    expect(worksOut(table, small).cells[0]![1]).toEqual({ least: 0, most: 4 })
    expect(worksOut(table).cells[0]![1]).toEqual({ least: 0, most: 12 })
    const alone = { cells: [[false, false, true]], columns: [false, false, true] }
    expect(worksOut(table, alone).cells[0]![2]).toEqual({ least: 3, most: 3 })
  })

  test('a table of large numbers is shown as it is', () => {
    const { cells, columns } = suppress(
      [
        [10, 12],
        [9, 30],
      ],
      'hidden',
    )
    expect([cells, columns].flat(2)).not.toContain(true)
  })

  test('one small cell takes three with it in a table with both margins, and the smallest ones', () => {
    const { cells } = suppress(
      [
        [3, 50, 20],
        [40, 60, 15],
        [70, 80, 90],
      ],
      'hidden',
    )
    expect(cells).toEqual([
      [true, false, true],
      [true, false, true],
      [false, false, false],
    ])
  })

  test('nought is not shown: it says something of everybody, unless it is about nobody', () => {
    expect(suppress([[0, 30, 20]], 'shown').cells).toEqual([[false, false, false]])
    expect(suppress([[0, 30, 20]], 'hidden').cells).toEqual([[true, false, true]])
  })
})

test('the table of an academy of 200 schools is made in passing', async () => {
  const table = Array.from({ length: 200 }, (_, r) =>
    Array.from({ length: 6 }, (_, c) => (c === 0 ? 40 + r : (r * 7 + c * 3) % 9)),
  )
  const { cells } = suppress(table, 'hidden')
  await expectCheap(250, () => suppress(table, 'hidden'))
  expect(cells.flat()).toContain(false)
})

describe('schools that are too small stand in one row', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 })
  test('never one alone, never fewer than 5, and nobody else', () => {
    fc.assert(
      fc.property(counts, (rows) => {
        const total = rows.reduce((sum, value) => sum + value, 0)
        const grouped = groupRows(rows, (value) => value)
        if (total < LEAST) {
          expect(grouped).toBeUndefined()
          return
        }
        const { alone, together } = grouped!
        expect([...alone, ...together].toSorted()).toEqual(rows.toSorted())
        expect(Math.min(LEAST, ...alone)).toBe(LEAST)
        if (together.length === 0) return
        // Each of them may have had none, and may have had them all.
        expect(together.length).toBeGreaterThan(1)
        expect(together.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(LEAST)
      }),
    )
  })
})

describe('percentages', () => {
  test.each([
    [10, 19, undefined],
    [10, 20, 50],
    [4, 40, undefined],
    [36, 40, undefined],
    [35, 40, 88],
  ])('%i of %i persons is %s', (part, whole, share) => {
    expect(shareOf(part, whole)).toBe(share)
  })

  test('of sessions and months it takes 20, and all of them may be said', () => {
    expect([rateOf(19, 19), rateOf(20, 20), rateOf(0, 20)]).toEqual([undefined, 100, 0])
  })
})
