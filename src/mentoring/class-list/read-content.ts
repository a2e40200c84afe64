import { isNeverRead, type Mapping } from './column-mapping.js'
import { decodeText } from './decode-text.js'
import { mappingOfKnown } from './known-forms.js'
import { parseCsv, type CsvTable } from './parse-csv.js'
import { readSiecle } from './read-siecle.js'
import { readTable } from './read-table.js'
import type { ClassList } from './rows.js'
import { isZip } from './unzip.js'

/** What is kept of a file: its students, or the table of a CSV whose columns people must name. */
export type Content =
  | Readonly<{ kind: 'list'; list: ClassList }>
  | Readonly<{ kind: 'table'; table: CsvTable; mapping: Mapping | undefined }>

/**
 * Reads a class list by what its bytes are: SIECLE's XML or zip, a CSV of a form that we know, or another
 * CSV, of which columns with no use here (addresses, parents) are emptied at once.
 *
 * @throws {DomainError} invalid-request, unsupported-type or too-large; whatever the bytes are, nothing else
 */
export async function readContent(file: Uint8Array): Promise<Content> {
  if (isZip(file) || isXml(file)) return { kind: 'list', list: await readSiecle(file) }
  const table = parseCsv(decodeText(file))
  const mapping = mappingOfKnown(table.header)
  if (mapping) return { kind: 'list', list: readTable(table, mapping) }
  return { kind: 'table', table: withoutUnread(table), mapping: undefined }
}

/** @returns undefined while nobody has said what the columns are */
export function listIn(content: Content): ClassList | undefined {
  if (content.kind === 'list') return content.list
  return content.mapping && readTable(content.table, content.mapping)
}

/** Long enough for a mark and some empty lines. */
const START_BYTES = 64

function isXml(file: Uint8Array): boolean {
  const start = Buffer.from(file.subarray(0, START_BYTES)).toString('latin1')
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(start)
}

function withoutUnread({ header, rows }: CsvTable): CsvTable {
  const unread = header.map(isNeverRead)
  if (!unread.includes(true)) return { header, rows }
  const emptied = rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, at) => (unread[at] ? '' : cell)),
  }))
  return { header, rows: emptied }
}
