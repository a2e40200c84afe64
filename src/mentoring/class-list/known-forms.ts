import * as refused from './file-refusals.js'
import type { Mapping } from './column-mapping.js'
import { plain } from './values.js'

type Columns = Readonly<Record<string, keyof Mapping['columns']>>

/** The columns of a form that are read: those that make it known, and those that may be absent. */
type KnownForm = Readonly<{ required: Columns; optional: Columns }>

const FORMS: readonly KnownForm[] = [
  // The template that Pix gives to schools, like the export of SIECLE; old versions lack the sex.
  {
    required: {
      'Identifiant unique*': 'ID_NATIONAL',
      'Premier prénom*': 'PRENOM',
      'Nom de famille*': 'NOM_DE_FAMILLE',
      'Date de naissance (jj/mm/aaaa)*': 'DATE_NAISS',
      'Code MEF*': 'CODE_MEF',
      'Division*': 'CODE_STRUCTURE',
    },
    optional: { 'Nom d’usage': 'NOM_USAGE', 'Code sexe*': 'CODE_SEXE' },
  },
  // APLyPro, which pays the allowance of placements: betagouv/aplypro.
  {
    required: {
      ine: 'ID_NATIONAL',
      prénom: 'PRENOM',
      nom: 'NOM_DE_FAMILLE',
      date_naissance: 'DATE_NAISS',
      mef_code: 'CODE_MEF',
      label_classe: 'CODE_STRUCTURE',
    },
    optional: {
      'Sexe biologique': 'CODE_SEXE',
      année_scolaire: 'ANNEE_SCOLAIRE',
      date_fin: 'DATE_SORTIE',
    },
  },
]

/**
 * What the columns are, if the header is one that we know, in whatever order and with whatever capitals,
 * accents and asterisks.
 *
 * @throws {DomainError} invalid-request if a column of a known form is there twice
 */
export function mappingOfKnown(header: readonly string[]): Mapping | undefined {
  const names = header.map(plain)
  const form = FORMS.find(({ required }) =>
    Object.keys(required).every((name) => names.includes(plain(name))),
  )
  if (!form) return undefined
  const columns: Mapping['columns'] = {}
  for (const [name, field] of Object.entries({ ...form.required, ...form.optional })) {
    const at = names.indexOf(plain(name))
    if (at < 0) continue
    if (names.includes(plain(name), at + 1)) throw refused.columnTwice(name)
    columns[field] = at
  }
  return { columns, level: 'CODE_MEF' }
}
