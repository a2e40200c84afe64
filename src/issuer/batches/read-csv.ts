import { decodeText } from '../../mentoring/class-list/decode-text.js'
import { shapeOf } from '../../mentoring/class-list/faults.js'
import { fileRefused } from '../../mentoring/class-list/file-refusals.js'
import { parseCsv } from '../../mentoring/class-list/parse-csv.js'
import { plain } from '../../mentoring/class-list/values.js'
import type { Words } from '../../words.js'

/** What a column may be called, after `plain`. Every field of a single award has one. */
const HEADS = {
  student: ['eleve', 'identifiant', 'identifiant eleve', 'student', 'student id'],
  ine: ['ine'],
  template: ['badge', 'modele', 'template', 'identifiant badge'],
  version: ['version'],
  function: ['fonction', 'function'],
  comment: ['commentaire', 'comment', 'motif', 'raison', 'reason'],
} as const
export type CsvColumn = keyof typeof HEADS
const COLUMNS = Object.keys(HEADS) as CsvColumn[]

/** A row of the file: its line, and what stands in its columns; '' where there is nothing. */
export type CsvRow = Readonly<{ line: number; cells: Readonly<Record<CsvColumn, string>> }>

/** What is wrong with a row: where, what the value looks like (never what it is), and the cure. */
export type RowFault = Readonly<{ line: number; column: string; shape: string; words: Words }>

export type BatchCsv = Readonly<{
  rows: readonly CsvRow[]
  /** What each column is called in the file. */
  names: Readonly<Partial<Record<CsvColumn, string>>>
}>

/** More would not fit in the form that is sent back after the preview; a program sends more. */
export const MOST_CSV_ROWS = 2_000

/**
 * Reads the rows of a batch: CSV as RFC 4180 has it, with `;`, `,` or tabs between its cells, UTF-8 with or
 * without a mark, or Windows-1252.
 *
 * @throws {DomainError} invalid-request, unsupported-type or too-large, with the line or the column
 */
export function readBatchCsv(file: Uint8Array): BatchCsv {
  const { header, rows } = parseCsv(decodeText(file).replace(/^\uFEFF/, ''))
  const heads = header.map(plain)
  const unknown = header.find((_, at) => !COLUMNS.some((one) => isNamed(one, heads[at] ?? '')))
  if (unknown !== undefined) throw unknownColumn(unknown)
  const places = COLUMNS.map((column) => {
    const found = heads.flatMap((head, at) => (isNamed(column, head) ? [at] : []))
    if (found.length > 1) throw twice(header[found[1] ?? 0] ?? '')
    return [column, found[0]] as const
  })
  const at = new Map(places)
  if (at.get('student') === undefined && at.get('ine') === undefined) throw missing('élève', 'ine')
  if (at.get('template') === undefined) throw missing('badge')
  if (rows.length > MOST_CSV_ROWS) throw tooManyRows(rows.length)
  return {
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        places.map(([column, place]) => [column, place === undefined ? '' : (cells[place] ?? '')]),
      ) as CsvRow['cells'],
    })),
    names: Object.fromEntries(
      places.flatMap(([column, place]) =>
        place === undefined ? [] : [[column, header[place] ?? column]],
      ),
    ),
  }
}

export function rowFault(
  { names }: BatchCsv,
  { line, cells }: CsvRow,
  column: CsvColumn,
  words: Words,
): RowFault {
  return { line, column: names[column] ?? column, shape: shapeOf(cells[column]), words }
}

function isNamed(column: CsvColumn, head: string): boolean {
  return HEADS[column].some((one) => one === head)
}

const KNOWN = 'élève, ine, badge, version, fonction, commentaire'

function unknownColumn(name: string) {
  const shown = name.slice(0, 40)
  return fileRefused({
    fr: `La colonne « ${shown} » n’est pas connue. Les colonnes sont : ${KNOWN}.`,
    en: `The column “${shown}” is not known. The columns are: ${KNOWN}.`,
  })
}

function twice(name: string) {
  const shown = name.slice(0, 40)
  return fileRefused({
    fr: `Deux colonnes disent la même chose, dont « ${shown} » : gardez-en une.`,
    en: `Two columns say the same, one of them “${shown}”: keep one.`,
  })
}

function missing(...names: readonly string[]) {
  return fileRefused({
    fr: `Il manque la colonne ${names.map((name) => `« ${name} »`).join(' ou ')}. Ajoutez-la à la première ligne du fichier.`,
    en: `The column ${names.map((name) => `“${name}”`).join(' or ')} is missing. Add it to the first line of the file.`,
  })
}

function tooManyRows(count: number) {
  return fileRefused(
    {
      fr: `Ce fichier a ${count} lignes ; le maximum est ${MOST_CSV_ROWS} à la fois. Partagez-le en plusieurs fichiers.`,
      en: `This file has ${count} rows; the most is ${MOST_CSV_ROWS} at once. Divide it into several files.`,
    },
    'too-large',
  )
}
