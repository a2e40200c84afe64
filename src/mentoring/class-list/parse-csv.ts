import { CsvError, parse } from 'csv-parse/sync'
import * as refused from './file-refusals.js'
import { toIne } from './ine.js'
import { plain, toListedDay } from './values.js'

/** What a CSV may cost. */
export const CSV_LIMITS = { rows: 20_000, columns: 200, fieldChars: 10_000 } as const

/** A row of a CSV, its cells as many as there are columns. */
export type TableRow = Readonly<{
  /** Where it begins. */
  line: number
  cells: readonly string[]
  /** It had more cells than there are columns. */
  excess: boolean
}>

export type CsvTable = Readonly<{ header: readonly string[]; rows: readonly TableRow[] }>

/**
 * Reads a CSV (RFC 4180, with any of our three separators and any line ends): its header, and its rows
 * without those that are empty or repeat the header, as files put together do.
 *
 * @throws {DomainError} invalid-request, unsupported-type or too-large, with the line
 */
export function parseCsv(text: string): CsvTable {
  const [first, ...records] = recordsOf(text.replace(/\r\n?/g, '\n'))
  const header = withoutTail(first?.cells ?? [])
  if (header.length < 2) throw refused.notList()
  if (header.length > CSV_LIMITS.columns) throw refused.tooManyColumns(CSV_LIMITS.columns)
  if (header.some(isValue)) throw refused.noHeader()
  const repeated = keyOf(header)
  const rows = records
    .filter(({ cells }) => cells.some(Boolean) && keyOf(withoutTail(cells)) !== repeated)
    .map(({ line, cells }) => ({
      line,
      cells: header.map((_, at) => cells[at] ?? ''),
      excess: cells.slice(header.length).some(Boolean),
    }))
  if (rows.length > CSV_LIMITS.rows) throw refused.tooMany()
  if (rows.length === 0) throw refused.nobodyInTable()
  return { header, rows }
}

/** Two headers that differ in capitals, accents or signs alone are the same. */
export function keyOf(header: readonly string[]): string {
  return header.map(plain).join(';')
}

type CsvRecord = Readonly<{ line: number; cells: readonly string[] }>

function recordsOf(text: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let last = 0
  const take = (values: readonly string[], lines: number) => {
    if (values.some(({ length }) => length > CSV_LIMITS.fieldChars)) {
      throw refused.fieldTooLong(last + 1, CSV_LIMITS.fieldChars)
    }
    last = lines
    const within = values.reduce((sum, value) => sum + newlinesIn(value), 0)
    records.push({ line: lines - within, cells: values.map((value) => value.trim()) })
  }
  try {
    parse(withoutWrappers(text), {
      ...DIALECT,
      delimiter: separatorOf(text),
      on_record(record: string[], { lines }) {
        take(record, lines)
        return null
      },
    })
  } catch (error) {
    // An open quote swallows all that follows: it stands after the last row that could be read.
    if (error instanceof CsvError) throw refused.badQuotes(last + 1)
    throw error
  }
  return records
}

const DIALECT = {
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
  // One more than may be kept, and room for rows without a value, which are left out later.
  to: 2 * CSV_LIMITS.rows,
} as const

/** Spreadsheets keep the zeros of 000000001 by writing ="000000001". */
function withoutWrappers(text: string): string {
  return text.replace(/(^|[;,\t\n])="([^"\n]*)"(?=[;,\t\n]|$)/g, '$1"$2"')
}

function newlinesIn(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0
}

/** The one that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const line =
    text
      .trimStart()
      .split('\n', 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? ''
  const count = (separator: string) => line.split(separator).length
  return [';', '\t', ','].reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** Rows that end in separators: a spreadsheet once had more columns. */
function withoutTail(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex(Boolean) + 1)
}

/** A header names columns; a number or a birth date there is a student's, and the header is missing. */
function isValue(cell: string): boolean {
  const isIne = toIne(cell) !== undefined && /\d{4}/.test(cell)
  return isIne || toListedDay(cell) !== undefined
}
