import { cleanText, looksLikeFormula } from './cell-text.js'
import { assertCell, type Cell, type Column, type Table } from './table.js'

const SEPARATOR = ';'
const LINE_END = '\r\n'
/** Without it, French Excel reads UTF-8 as Windows-1252. */
const BOM = '\uFEFF'

/**
 * A table as CSV: UTF-8 with BOM, `;` between cells, CRLF after each row (RFC 4180 else), durations as H:MM.
 *
 * A text that a spreadsheet could take for a formula gets an apostrophe before it, which such programs read
 * as “this is text”: CSV has no types, so whoever chose the words of a topic could otherwise make the
 * program of whoever opens the file send its other cells away. What OWASP (“CSV Injection”) tells to guard
 * against is a cell whose first sign is = + - @, their full-width forms, a tab, a carriage return or a line
 * feed, and a text that closes its quotes or brings a separator to begin a cell of its own: every text is
 * quoted for that. A text that has apostrophes before such a sign already gets one more, so that taking one
 * away gives back exactly what was there.
 *
 * @throws {TypeError} for a value that is not of its column's kind
 */
export function writeCsv({ columns, rows }: Table): Uint8Array {
  const lines = [csvHead(columns)]
  for (const row of rows) lines.push(csvRow(columns, row))
  return Buffer.from(lines.join(''), 'utf8')
}

/** How a CSV file begins: with the titles of its columns. */
export function csvHead(columns: readonly Column[]): string {
  return BOM + columns.map(({ title }) => textCell(title)).join(SEPARATOR) + LINE_END
}

export function csvRow(columns: readonly Column[], row: readonly Cell[]): string {
  return columns.map((column, at) => csvCell(column, row[at] ?? null)).join(SEPARATOR) + LINE_END
}

function csvCell({ kind }: Column, cell: Cell): string {
  assertCell(kind, cell)
  if (cell === null) return ''
  if (kind === 'text') return textCell(String(cell))
  if (kind !== 'minutes') return String(cell)
  const minutes = Number(cell)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

function textCell(text: string): string {
  const clean = cleanText(text)
  const guarded = looksLikeFormula(clean) ? `'${clean}` : clean
  return `"${guarded.replaceAll('"', '""')}"`
}
