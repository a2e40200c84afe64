import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { looksLikeFormula } from '../../../src/web/tables/cell-text.js'

/** The rows of a CSV file as a spreadsheet would first see them: the apostrophes are still there. */
export function rowsOf(bytes: Uint8Array): string[][] {
  return parse(Buffer.from(bytes), {
    bom: true,
    delimiter: ';',
    record_delimiter: '\r\n',
    relax_column_count: false,
  })
}

/** Takes away the apostrophe that keeps a text a text. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && looksLikeFormula(cell) ? cell.slice(1) : cell
}

export type OdsCell = Readonly<{ type: string; value: string; text: string; formula?: string }>
export type OdsSheet = { name: string; columns: number; rows: OdsCell[][] }

/** The sheets of an OpenDocument spreadsheet, read by its XML and nothing else. */
export function sheetsOf(bytes: Uint8Array): OdsSheet[] {
  const files = unzipSync(bytes)
  const sheets: OdsSheet[] = []
  let cell: { type: string; value: string; formula?: string; lines: string[] } | undefined
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const of = (key: string) => String(attributes[key] ?? '')
    const sheet = sheets.at(-1)
    if (name === 'table:table') sheets.push({ name: of('table:name'), columns: 0, rows: [] })
    if (name === 'table:table-column') sheet!.columns += 1
    if (name === 'table:table-row') sheet!.rows.push([])
    if (name === 'table:table-cell') {
      const type = of('office:value-type')
      const value = of('office:value') || of('office:date-value') || of('office:time-value')
      const formula = of('table:formula')
      cell = { type, value, lines: [], ...(formula && { formula }) }
    }
    if (name === 'text:p') cell!.lines.push('')
    if (name === 'text:s') add(' '.repeat(Number(of('text:c') || '1')))
    if (name === 'text:tab') add('\t')
  })
  // Outside of cells there is nothing but tags; in them, spaces are as XML readers leave them.
  parser.on('text', (text) => cell && add(text.replaceAll(/[ \t\r\n]+/g, ' ')))
  parser.on('closetag', ({ name }) => {
    if (name !== 'table:table-cell' || !cell) return
    const { lines, ...typed } = cell
    sheets
      .at(-1)!
      .rows.at(-1)!
      .push({ ...typed, text: lines.join('\n') })
    cell = undefined
  })
  parser.on('error', (error) => {
    throw error
  })
  const add = (text: string) => {
    const { lines } = cell!
    lines[lines.length - 1] += text
  }
  parser.write(strFromU8(files['content.xml']!)).close()
  return sheets
}
