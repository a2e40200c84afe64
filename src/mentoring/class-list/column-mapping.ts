import { z } from 'zod'
import { DomainError, type FieldError } from '../../errors.js'
import { LEVELS, type LevelCode } from '../levels.js'
import { FIELD_WORDS, FIELDS, type Field } from './fields.js'
import { CSV_LIMITS } from './parse-csv.js'
import { plain } from './values.js'

/** What the columns of a CSV are; kept for a school, it has nothing of any student. */
export const Mapping = z.strictObject({
  /** Where each field stands, counted from 0. */
  columns: z.partialRecord(
    z.enum(FIELDS).exclude(['LIGNE']),
    z
      .int()
      .min(0)
      .max(CSV_LIMITS.columns - 1),
  ),
  /** What tells the level: the MEF, a column of its own, or the same for all. */
  level: z.enum(['CODE_MEF', 'NIVEAU', ...LEVELS]),
})
export type Mapping = z.output<typeof Mapping>
export type LevelSource = 'CODE_MEF' | 'NIVEAU' | LevelCode

const ALWAYS: readonly Field[] = [
  'ID_NATIONAL',
  'NOM_DE_FAMILLE',
  'PRENOM',
  'DATE_NAISS',
  'CODE_STRUCTURE',
]

/** What must stand in some column. */
export function requiredFields(level: LevelSource): readonly Field[] {
  return level === 'CODE_MEF' || level === 'NIVEAU' ? [...ALWAYS, level] : ALWAYS
}

/**
 * Refuses what lacks a column, and says of each which.
 *
 * @throws {DomainError} invalid-request, with a field `/missing-ID_NATIONAL` for each
 */
export function assertComplete({ columns, level }: Mapping): void {
  const fields: FieldError[] = requiredFields(level)
    .filter((field) => columns[field as keyof typeof columns] === undefined)
    .map((field) => ({
      pointer: `/missing-${field}`,
      words: {
        fr: `Il manque la colonne « ${FIELD_WORDS[field].fr} ». Dites laquelle c’est.`,
        en: `The column “${FIELD_WORDS[field].en}” is missing. Say which one it is.`,
      },
    }))
  const [first] = fields
  if (first) throw new DomainError('invalid-request', first.words, { fields })
}

/** The same as people write it in a file: fields by the titles of their columns. */
export const NamedMapping = z.strictObject({
  columns: z.partialRecord(z.enum(FIELDS).exclude(['LIGNE']), z.string().max(500)),
  level: Mapping.shape.level.default('CODE_MEF'),
})
export type NamedMapping = z.output<typeof NamedMapping>

/**
 * Finds the columns of a file that a mapping names.
 *
 * @throws {DomainError} invalid-request for a title that is not in the header or is there twice, or a field without a column
 */
export function locate({ columns, level }: NamedMapping, header: readonly string[]): Mapping {
  const titles = header.map(plain)
  const places: Mapping['columns'] = {}
  for (const [field, title] of Object.entries(columns)) {
    const at = titles.indexOf(plain(title))
    if (at < 0 || titles.includes(plain(title), at + 1)) throw noSuchColumn(title)
    places[field as keyof Mapping['columns']] = at
  }
  const mapping = { columns: places, level }
  assertComplete(mapping)
  return mapping
}

function noSuchColumn(title: string): DomainError {
  const words = {
    fr: `Le fichier n’a pas une colonne « ${title.slice(0, 60)} », et une seule. Corrigez la correspondance.`,
    en: `The file does not have one column “${title.slice(0, 60)}”. Mend the mapping.`,
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/mapping', words }] })
}

/** What a column's name says of it, the first that fits. The lists of Pronote and Cyclades are not published: these are guesses. */
const GUESSES: readonly (readonly [keyof Mapping['columns'], RegExp])[] = [
  [
    'ID_NATIONAL',
    /^(n |no |num |numero )?(ine|id national|national)$|^identifiant (national|unique|ine)/,
  ],
  ['NOM_USAGE', /^nom (d )?usage/],
  ['NOM_DE_FAMILLE', /^nom( de famille| de naissance| patronymique)?( (de l )?eleve)?$/],
  ['PRENOM', /^(premier )?prenoms?( 1)?( (de l )?eleve)?$/],
  [
    'DATE_NAISS',
    /^nee? (e )?le$|^(date |date de )?(naiss|naissance)( (de l )?eleve| jj mm aaaa)?$/,
  ],
  ['CODE_SEXE', /^(code )?(sexe|genre)( biologique)?$/],
  ['CODE_STRUCTURE', /^(code |label |libelle )?(classe|division|structure)s?( d affectation)?$/],
  ['CODE_MEF', /^(code )?mef( code| rattachement)?$/],
  ['NIVEAU', /^niveau( de classe)?$/],
  ['DATE_SORTIE', /^(date |date de )?(sortie|fin)$/],
  ['UAI', /^(code )?(uai|rne)( etablissement| de l etablissement)?$/],
  ['ANNEE_SCOLAIRE', /^annee scolaire$/],
]

/** What the columns might be, by their names: shown to people, who decide. */
export function guessMapping(header: readonly string[]): Mapping {
  const names = header.map(plain)
  const columns: Mapping['columns'] = {}
  for (const [field, form] of GUESSES) {
    const at = names.findIndex((name) => form.test(name))
    if (at >= 0) columns[field] = at
  }
  const declared = columns.CODE_MEF === undefined && columns.NIVEAU !== undefined
  return { columns, level: declared ? 'NIVEAU' : 'CODE_MEF' }
}

const NEVER_READ =
  /adresse|responsable|parent|tuteur|\b(pere|mere|legal|mail|courriel|mel|tel|telephone|portable|lieu|ville|commune|postal|pays|departement|boursier|bourse|regime|nationalite|handicap|pap|pai|pps|iban|bic)\b/

/** Columns of what this service has no use for, by their names: they are not even held for the choice. */
export function isNeverRead(name: string): boolean {
  return NEVER_READ.test(plain(name))
}
