/** How a cell is written: a spreadsheet sums numbers and durations, and sorts days. */
export type CellKind = 'text' | 'number' | 'day' | 'minutes'

export type Column = Readonly<{ title: string; kind: CellKind }>

/** Of a number or of minutes: a finite number. Of a day: YYYY-MM-DD. Null: nothing is known. */
export type Cell = string | number | null

/** A table to be taken away: one sheet of a spreadsheet, one CSV file. */
export type Table = Readonly<{
  name: string
  columns: readonly Column[]
  rows: Iterable<readonly Cell[]>
}>

/** @throws {TypeError} for a value that is not of its column's kind: our mistake, never a reader's */
export function assertCell(kind: CellKind, cell: Cell): void {
  const fits =
    cell === null ||
    (kind === 'text' && typeof cell === 'string') ||
    (kind === 'day' && typeof cell === 'string' && DAY.test(cell)) ||
    (kind === 'number' && typeof cell === 'number' && Number.isFinite(cell)) ||
    (kind === 'minutes' && typeof cell === 'number' && Number.isInteger(cell) && cell >= 0)
  if (!fits) throw new TypeError(`A cell of kind ${kind} holds something else.`)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
