import { suppress, type Hidden } from '../../../src/mentoring/indicators/suppress.js'

type Table = number[][]
export type Interval = { least: number; most: number }
type Masks = Pick<Hidden, 'cells' | 'columns'> & Partial<Hidden>

/** Every way to write `total` as a sum of cells, those that are published being what they are. */
function* rowsOf(total: number, published: (number | undefined)[]): Generator<number[]> {
  const [first, ...rest] = published
  if (published.length === 1) {
    if (first === undefined || first === total) yield [total]
    return
  }
  const from = first ?? 0
  const until = first ?? total
  for (let value = from; value <= Math.min(until, total); value++)
    for (const others of rowsOf(total - value, rest)) yield [value, ...others]
}

/**
 * What a reader can work out: the least and the most that each cell and each total of a column, of all and of
 * each unit, may be, over all tables of whole numbers that agree with what is published. Found by trying all of
 * them.
 */
export function worksOut(
  table: Table,
  hidden: Masks = suppress(table, 'hidden'),
  units: readonly number[] = table.map(() => 0),
) {
  const width = table[0]!.length
  const seen = table.map((row, r) => row.map((v, c) => (hidden.cells[r]![c] ? undefined : v)))
  const sumsOf = (rows: Table, unit?: number) =>
    Array.from({ length: width }, (_, c) =>
      rows.reduce(
        (sum, row, r) => sum + (unit === undefined || units[r] === unit ? row[c]! : 0),
        0,
      ),
    )
  const masked = (sums: number[], mask: readonly boolean[] | undefined) =>
    sums.map((value, c) => (mask?.[c] === false ? value : undefined))
  const seenTotals = masked(sumsOf(table), hidden.columns)
  const known = [...new Set(units)]
  const seenUnits = known.map((unit) => masked(sumsOf(table, unit), hidden.units?.get(unit)))
  const none = () => ({ least: Infinity, most: -Infinity })
  const cells = table.map((row) => row.map(none))
  const columns = seenTotals.map(none)
  const ofUnits = new Map(known.map((unit) => [unit, seenTotals.map(none)]))
  const note = (interval: Interval, value: number) => {
    interval.least = Math.min(interval.least, value)
    interval.most = Math.max(interval.most, value)
  }
  const agrees = (sums: number[], published: (number | undefined)[]) =>
    sums.every((sum, c) => published[c] === undefined || published[c] === sum)
  const chosen: Table = []
  const choose = (r: number, sums: number[]): void => {
    if (r === table.length) {
      const byUnit = known.map((unit) => sumsOf(chosen, unit))
      if (!agrees(sums, seenTotals) || !byUnit.every((one, at) => agrees(one, seenUnits[at]!)))
        return
      chosen.forEach((row, at) => row.forEach((value, c) => note(cells[at]![c]!, value)))
      sums.forEach((value, c) => note(columns[c]!, value))
      known.forEach((unit, at) =>
        byUnit[at]!.forEach((value, c) => note(ofUnits.get(unit)![c]!, value)),
      )
      return
    }
    const total = table[r]!.reduce((sum, value) => sum + value, 0)
    for (const row of rowsOf(total, seen[r]!)) {
      const next = sums.map((sum, c) => sum + row[c]!)
      if (next.some((sum, c) => sum > (seenTotals[c] ?? Infinity))) continue
      chosen[r] = row
      choose(r + 1, next)
    }
  }
  choose(
    0,
    seenTotals.map(() => 0),
  )
  return { cells, columns, units: ofUnits }
}
