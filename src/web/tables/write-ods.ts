import { strToU8, zipSync } from 'fflate'
import { cleanText } from './cell-text.js'
import { CONTENT_END, CONTENT_START, MANIFEST, ODS_TYPE, STYLES } from './ods.data.js'
import { assertCell, type Cell, type Column, type Table } from './table.js'

/** The same table makes the same bytes: no clock in it. Local time, as fflate writes it. */
const MTIME = '1980-01-01T00:00:00'

/**
 * Tables as an OpenDocument spreadsheet, a sheet each (OASIS OpenDocument 1.3). Cells have types, so a text
 * stays a text whatever it begins with (see writeCsv for why that matters): no cell is ever a formula.
 *
 * @throws {TypeError} for a value that is not of its column's kind
 */
export function writeOds(tables: readonly Table[]): Uint8Array {
  const names = sheetNames(tables.map(({ name }) => name))
  const sheets = tables.map((table, at) => sheet(names[at] ?? '', table))
  const content = [CONTENT_START, ...sheets, CONTENT_END].join('')
  return zipSync(
    {
      // First and as it is: programs look for it at a fixed place (part 2, 3.3).
      mimetype: [strToU8(ODS_TYPE), { level: 0 }],
      'META-INF/manifest.xml': strToU8(MANIFEST),
      'content.xml': strToU8(content),
      'styles.xml': strToU8(STYLES),
    },
    { mtime: MTIME },
  )
}

function sheet(name: string, { columns, rows }: Table): string {
  const parts = [
    `<table:table table:name="${escapeXml(name)}">`,
    ...columns.map(({ kind }) => `<table:table-column table:style-name="column-${kind}"/>`),
    '<table:table-header-rows><table:table-row>',
    ...columns.map(({ title }) => textCell(title, ' table:style-name="head"')),
    '</table:table-row></table:table-header-rows>',
  ]
  for (const row of rows) parts.push(tableRow(columns, row))
  parts.push('</table:table>')
  return parts.join('')
}

function tableRow(columns: readonly Column[], row: readonly Cell[]): string {
  const cells = columns.map(({ kind }, at) => {
    const cell = row[at] ?? null
    assertCell(kind, cell)
    if (cell === null) return '<table:table-cell/>'
    if (kind === 'text') return textCell(String(cell))
    return `<table:table-cell ${typed(kind, cell)}/>`
  })
  return `<table:table-row>${cells.join('')}</table:table-row>`
}

function typed(kind: Exclude<Column['kind'], 'text'>, cell: string | number): string {
  if (kind === 'number') return `office:value-type="float" office:value="${cell}"`
  if (kind === 'day')
    return `table:style-name="day" office:value-type="date" office:date-value="${cell}"`
  const minutes = Number(cell)
  const value = `PT${Math.floor(minutes / 60)}H${minutes % 60}M0S`
  return `table:style-name="minutes" office:value-type="time" office:time-value="${value}"`
}

function textCell(text: string, attributes = ''): string {
  const lines = cleanText(text).split('\n')
  const paragraphs = lines.map((line) => `<text:p>${spaced(line)}</text:p>`).join('')
  return `<table:table-cell${attributes} office:value-type="string">${paragraphs}</table:table-cell>`
}

/** Readers make one space of many, and none of one at the border: each is said. */
function spaced(line: string): string {
  return escapeXml(line)
    .replaceAll(/^ | $| {2,}/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
    .replaceAll('\t', '<text:tab/>')
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Names that every program takes, none twice. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name, at) => {
    const plain = cleanText(name)
      .replaceAll(/[[\]*?:/\\'\t\n]/g, ' ')
      .trim()
      .slice(0, 31)
    const free =
      plain === '' || taken.has(plain.toLowerCase()) ? `${plain} ${at + 1}`.trim() : plain
    taken.add(free.toLowerCase())
    return free
  })
}
