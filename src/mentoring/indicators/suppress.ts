import { hideAround, pipesOf } from './network.js'

/**
 * No published cell is under 5 (DOMAIN.md section 6), nor can one be computed from what stands beside it.
 * Nought is under 5 where it says something of everybody: nobody dropped out. A table of counts is seen as a network of pipes (what
 * a row has flows through its cells into the totals of columns), and a cell is safe when the network could
 * carry 5 through it with every published number unchanged. docs/adr/0020 has the proof.
 */
export const LEAST = 5

/** Denominators under this give no percentage. */
export const LEAST_OF_SHARE = 20

export type Hidden = Readonly<{
  /** By row, then column. */
  cells: readonly (readonly boolean[])[]
  /** The totals of columns. */
  columns: readonly boolean[]
  /** The totals of columns of each unit. */
  units: ReadonlyMap<number, readonly boolean[]>
}>

/**
 * Shown where a nought is a fact about no person: no such level in this school, no session of this kind.
 * It is then taken to be known to everybody, so it never hides anything else.
 */
export type Noughts = 'shown' | 'hidden'

/**
 * Which cells and totals of columns must not be shown, so that for each of those under 5 the published
 * numbers allow a value of 5 or more.
 *
 * @param counts by row, then column: each row sums to 5 or more over two columns or more. The totals of
 *   rows, of units, and of the whole, are taken to be known to everybody.
 * @param unitOf by row, for tables that are published by unit (department) as well
 */
export function suppress(
  counts: readonly (readonly number[])[],
  noughts: Noughts,
  unitOf: readonly number[] = counts.map(() => 0),
): Hidden {
  const isKnown = (value: number) => value === 0 && noughts === 'shown'
  const { cells, columns, units } = pipesOf(counts, isKnown, unitOf)
  const all = new Set([...cells.flat(), ...[...units.values()].flat(), ...columns])
  const small = [...all].filter(({ value }) => value < LEAST && !isKnown(value))
  for (const pipe of small) pipe.hidden = true
  for (const pipe of small) hideAround(pipe, LEAST)
  return {
    cells: cells.map((row) => row.map(({ hidden }) => hidden)),
    columns: columns.map(({ hidden }) => hidden),
    units: new Map([...units].map(([unit, row]) => [unit, row.map(({ hidden }) => hidden)])),
  }
}

/**
 * Who stands in a table alone, and who is put together in one row because they, or somebody whose number
 * would tell theirs, are fewer than 5: never one alone, never fewer than 5 in all.
 *
 * @returns undefined when all together are fewer than 5: nothing is then published
 */
export function groupRows<T>(
  rows: readonly T[],
  countOf: (row: T) => number,
): { alone: T[]; together: T[] } | undefined {
  const sum = (some: readonly T[]) => some.reduce((total, row) => total + countOf(row), 0)
  if (sum(rows) < LEAST) return undefined
  const together = rows.filter((row) => countOf(row) < LEAST)
  const others = rows
    .filter((row) => countOf(row) >= LEAST)
    .toSorted((one, other) => countOf(one) - countOf(other))
  while (together.length > 0 && (together.length < 2 || sum(together) < LEAST)) {
    const next = others.shift()
    if (!next) break
    together.push(next)
  }
  const inGroup = new Set(together)
  return {
    alone: rows.filter((row) => !inGroup.has(row)),
    together: rows.filter((row) => inGroup.has(row)),
  }
}

/**
 * A share of persons, in whole percent.
 *
 * @returns undefined where it would rest on fewer than 20, or tell of fewer than 5, for or against
 */
export function shareOf(part: number, whole: number): number | undefined {
  if (whole < LEAST_OF_SHARE || part < LEAST || whole - part < LEAST) return undefined
  return Math.round((100 * part) / whole)
}

/** A share of hours, sessions or months, in whole percent. @returns undefined on fewer than 20 */
export function rateOf(part: number, whole: number): number | undefined {
  return whole < LEAST_OF_SHARE ? undefined : Math.round((100 * part) / whole)
}
