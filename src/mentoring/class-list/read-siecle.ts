import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { DomainError } from '../../errors.js'
import { decodeXml } from './decode-xml.js'
import * as refused from './file-refusals.js'
import type { ClassList, ListRow } from './rows.js'
import { isZip, unzipList } from './unzip.js'

/** What a file may cost. A list without addresses of 2,000 students has 3 MiB and 80,000 elements. */
export const LIST_LIMITS = {
  xmlBytes: 16 * 1024 * 1024,
  elements: 500_000,
  students: 5_000,
  depth: 16,
  fieldChars: 500,
} as const

/**
 * Reads a class list of SIECLE (base élèves établissement): the XML, or the zip in which it is exported.
 * Keeps what the service needs of each student and drops all else.
 *
 * @throws {DomainError} invalid-request, unsupported-type or too-large; whatever the bytes are, nothing else
 */
export async function readSiecle(file: Uint8Array): Promise<ClassList> {
  const bytes = isZip(file) ? await unzipList(file, LIST_LIMITS.xmlBytes) : file
  if (bytes.length > LIST_LIMITS.xmlBytes) throw refused.tooLarge(LIST_LIMITS.xmlBytes)
  const reader = new ListReader()
  const list = reader.read(decodeXml(bytes))
  if (list.rows.length === 0) throw refused.nobodyListed()
  return list
}

/** Of an ELEVE, all that is kept. SCOLARITE_AN_DERNIER has fields of the same names, deeper. */
const FIELDS: ReadonlySet<string> = new Set([
  'ID_NATIONAL',
  'NOM_DE_FAMILLE',
  'NOM_USAGE',
  'PRENOM',
  'CODE_SEXE',
  'DATE_NAISS',
  'CODE_MEF',
  'DATE_SORTIE',
])

const DATA = ['BEE_ELEVES', 'DONNEES', '*']
/** Ways from the root to what is read. */
const WAYS = {
  parameter: ['BEE_ELEVES', 'PARAMETRES', '*'],
  student: [...DATA, 'ELEVE'],
  field: [...DATA, 'ELEVE', '*'],
  structures: [...DATA, 'STRUCTURES_ELEVE'],
  structure: [...DATA, 'STRUCTURES_ELEVE', 'STRUCTURE'],
  code: [...DATA, 'STRUCTURES_ELEVE', 'STRUCTURE', '*'],
}

type Draft = { line: number; eleveId: string | undefined; values: Map<string, string> }

/** What SAX events tell: the way to the open element, the student and the structure that are being read. */
class ListReader {
  readonly #parser = new SaxesParser()
  readonly #way: string[] = []
  readonly #header = new Map<string, string>()
  readonly #drafts: Draft[] = []
  /** By ELEVE_ID: the division, once it is known. */
  readonly #divisions = new Map<string, string>()
  #structuresOf: string | undefined
  #structure = new Map<string, string>()
  #elements = 0
  /** The text of the leaf that is being read. */
  #text: string | undefined

  read(xml: string): ClassList {
    const parser = this.#parser
    const add = (text: string) => {
      if (this.#text !== undefined) this.#text += text.slice(0, LIST_LIMITS.fieldChars)
    }
    parser.on('error', () => {
      throw this.#malformed()
    })
    parser.on('doctype', () => {
      throw refused.doctypeRefused()
    })
    parser.on('opentag', (tag) => this.#enter(tag))
    parser.on('text', add)
    parser.on('cdata', add)
    parser.on('closetag', () => this.#leave())
    try {
      parser.write(xml).close()
    } catch (error) {
      throw error instanceof DomainError ? error : this.#malformed()
    }
    return this.#answer()
  }

  #malformed(): DomainError {
    return this.#elements === 0 ? refused.notList() : refused.malformed(this.#parser.line)
  }

  #enter(tag: SaxesTagPlain): void {
    this.#elements += 1
    if (this.#elements > LIST_LIMITS.elements) throw refused.tooMany()
    if (this.#way.length >= LIST_LIMITS.depth) throw refused.malformed(this.#parser.line)
    if (this.#way.length === 0 && tag.name !== 'BEE_ELEVES') throw refused.notList()
    this.#way.push(tag.name)
    this.#text = ''
    if (this.#isAt(WAYS.student)) this.#enterStudent(tag.attributes.ELEVE_ID)
    if (this.#isAt(WAYS.structures)) {
      this.#structuresOf = tag.attributes.ELEVE_ID
    }
    if (this.#isAt(WAYS.structure)) this.#structure = new Map()
  }

  #enterStudent(eleveId: string | undefined): void {
    if (this.#drafts.length >= LIST_LIMITS.students) throw refused.tooMany()
    this.#drafts.push({ line: this.#parser.line, eleveId, values: new Map() })
  }

  #leave(): void {
    const text = (this.#text ?? '').trim().slice(0, LIST_LIMITS.fieldChars)
    const name = this.#way.at(-1) ?? ''
    if (this.#isAt(WAYS.parameter)) this.#header.set(name, text)
    if (this.#isAt(WAYS.field) && FIELDS.has(name)) this.#setField(name, text)
    if (this.#isAt(WAYS.code)) this.#structure.set(name, text)
    if (this.#isAt(WAYS.structure)) this.#setDivision()
    this.#way.pop()
    this.#text = undefined
  }

  #setField(name: string, text: string): void {
    const draft = this.#drafts.at(-1)
    if (draft?.values.has(name)) throw refused.fieldTwice(draft.line, name)
    draft?.values.set(name, text)
  }

  /** The first division counts; a group (type G) is none, nor is the one of those who are inactive. */
  #setDivision(): void {
    const code = this.#structure.get('CODE_STRUCTURE') ?? ''
    const isDivision = this.#structure.get('TYPE_STRUCTURE') === 'D' && code !== 'Inactifs'
    const of = this.#structuresOf
    if (isDivision && of !== undefined && !this.#divisions.has(of)) this.#divisions.set(of, code)
  }

  #isAt(names: readonly string[]): boolean {
    return (
      names.length === this.#way.length &&
      names.every((name, at) => name === '*' || name === this.#way[at])
    )
  }

  #answer(): ClassList {
    return {
      siecle: {
        uai: this.#header.get('UAJ') ?? '',
        schoolYear: this.#header.get('ANNEE_SCOLAIRE') || undefined,
      },
      columns: {},
      rows: this.#drafts.map((draft, at) => this.#toRow(draft, at + 1)),
    }
  }

  #toRow({ line, eleveId, values }: Draft, row: number): ListRow {
    const of = (name: string) => values.get(name) ?? ''
    return {
      row,
      line,
      ine: of('ID_NATIONAL'),
      familyName: of('NOM_DE_FAMILLE'),
      usualName: of('NOM_USAGE'),
      givenName: of('PRENOM'),
      sexCode: of('CODE_SEXE'),
      birthDate: of('DATE_NAISS'),
      mef: of('CODE_MEF'),
      division: this.#divisions.get(eleveId ?? '') ?? '',
      leftOn: of('DATE_SORTIE'),
      ...{ level: '', uai: '', schoolYear: '', excess: false },
    }
  }
}
