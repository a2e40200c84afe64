import { DomainError } from '../../errors.js'
import { fileRefused, nobodyInTable } from '../../mentoring/class-list/file-refusals.js'
import { parseCsv, type CsvTable } from '../../mentoring/class-list/parse-csv.js'
import { plain } from '../../mentoring/class-list/values.js'

/** What a column may be called, after `plain`. Whoever is listed comes to one organisation, which no column names. */
const HEADS = {
  givenName: ['prenom', 'given name', 'first name'],
  familyName: ['nom', 'nom de famille', 'family name', 'last name', 'surname'],
  email: [
    'adresse',
    'adresse electronique',
    'adresse mail',
    'courriel',
    'mail',
    'e mail',
    'email',
    'address',
    'e mail address',
    'email address',
  ],
  role: ['role'],
  function: ['fonction', 'function'],
} as const
export type Column = keyof typeof HEADS
const COLUMNS = Object.keys(HEADS) as Column[]
const REQUIRED: readonly Column[] = ['givenName', 'familyName', 'email', 'role']

/** A row: its line, and what stands in its columns; '' where there is nothing. */
export type ListedRow = Readonly<{ line: number; cells: Readonly<Record<Column, string>> }>

export type InvitationList = Readonly<{
  rows: readonly ListedRow[]
  /** What each column is called in the list. */
  names: Readonly<Partial<Record<Column, string>>>
}>

/** People who are invited at once: one transaction, and a list that is still read before it is sent. */
export const MOST_INVITED = 200

/**
 * Reads whom to invite: CSV as RFC 4180 has it, with `;`, `,` or tabs between its cells; lines without a header are
 * given name, family name, address, role, function.
 *
 * @throws {DomainError} invalid-request, unsupported-type or too-large, with the line or the column
 */
export function readList(text: string): InvitationList {
  const typed = text.replace(/^\uFEFF/, '')
  const { header, rows } = hasHeader(typed) ? tableOf(typed) : numbered(typed)
  const heads = header.map(plain)
  const unknown = header.find((_, at) => !COLUMNS.some((one) => isNamed(one, heads[at] ?? '')))
  if (unknown !== undefined) throw unknownColumn(unknown)
  const places = COLUMNS.map((column) => {
    const found = heads.flatMap((head, at) => (isNamed(column, head) ? [at] : []))
    if (found.length > 1) throw twice(header[found[1] ?? 0] ?? '')
    return [column, found[0]] as const
  })
  const missing = places.find(([column, at]) => at === undefined && REQUIRED.includes(column))
  if (missing) throw lacking(missing[0])
  if (rows.length > MOST_INVITED) throw tooMany(rows.length)
  const excess = rows.find((row) => row.excess)
  if (excess) throw tooManyCells(excess.line)
  const cellsOf = (cells: readonly string[]) =>
    Object.fromEntries(
      places.map(([column, at]) => [column, at === undefined ? '' : (cells[at] ?? '')]),
    ) as ListedRow['cells']
  const named = places.flatMap(([column, at]) => (at === undefined ? [] : [[column, header[at]]]))
  return {
    rows: rows.map(({ line, cells }) => ({ line, cells: cellsOf(cells) })),
    names: Object.fromEntries(named) as InvitationList['names'],
  }
}

/** Lines that are typed begin with somebody: an address in the first is no name of a column. */
function hasHeader(text: string): boolean {
  return !/^[^\r\n]*@/.test(text.trimStart())
}

/** What has no header is given one, and its lines keep their numbers. */
function numbered(text: string): CsvTable {
  const separator = [';', '\t', ','].find((one) => text.includes(one)) ?? ';'
  const header = ['Prénom', 'Nom', 'Adresse', 'Rôle', 'Fonction'].join(separator)
  const table = tableOf(`${header}\n${text}`)
  return { ...table, rows: table.rows.map((row) => ({ ...row, line: row.line - 1 })) }
}

function tableOf(text: string): CsvTable {
  try {
    return parseCsv(text)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'unsupported-type') throw noList()
    // Of students, in the words of who reads their lists.
    if (error.words.fr === nobodyInTable().words.fr) throw nobody()
    throw error
  }
}

function isNamed(column: Column, head: string): boolean {
  return HEADS[column].some((one) => one === head)
}

const KNOWN = 'prénom, nom, adresse, rôle, fonction'
const shown = (name: string) => name.slice(0, 40)

function unknownColumn(name: string) {
  return fileRefused({
    fr: `La colonne « ${shown(name)} » n’est pas connue ici, et aucune ne peut dire l’organisation. Les colonnes sont : ${KNOWN}.`,
    en: `The column “${shown(name)}” is not known here, and none may name the organisation. The columns are: ${KNOWN}.`,
  })
}

function twice(name: string) {
  return fileRefused({
    fr: `Deux colonnes disent la même chose, dont « ${shown(name)} » : gardez-en une.`,
    en: `Two columns say the same, one of them “${shown(name)}”: keep one.`,
  })
}

function lacking(column: Column) {
  const [name] = HEADS[column]
  return fileRefused({
    fr: `Il manque la colonne « ${name} ». Les colonnes sont : ${KNOWN} ; la dernière est facultative.`,
    en: `The column “${name}” is missing. The columns are: ${KNOWN}; the last is optional.`,
  })
}

function noList() {
  return fileRefused({
    fr: `Ce n’est pas une liste de plusieurs colonnes. Écrivez une personne par ligne : ${KNOWN}, avec « ; » entre elles.`,
    en: `This is no list of several columns. Write one person a line: ${KNOWN}, with “;” between them.`,
  })
}

function nobody() {
  return fileRefused({
    fr: 'Cette liste nomme des colonnes et personne. Écrivez une personne par ligne.',
    en: 'This list names columns and nobody. Write one person a line.',
  })
}

function tooManyCells(line: number) {
  return fileRefused({
    fr: `La ligne ${line} a plus de valeurs qu’il n’y a de colonnes. Mettez entre guillemets (") une valeur qui contient le séparateur.`,
    en: `Line ${line} has more values than there are columns. Put a value that holds the separator between quotes (").`,
  })
}

function tooMany(count: number) {
  return fileRefused(
    {
      fr: `Cette liste a ${count} personnes ; le maximum est ${MOST_INVITED} à la fois. Partagez-la en plusieurs listes.`,
      en: `This list has ${count} people; the most is ${MOST_INVITED} at once. Divide it into several lists.`,
    },
    'too-large',
  )
}
