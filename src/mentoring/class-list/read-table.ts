import { isLevel } from '../levels.js'
import type { Mapping } from './column-mapping.js'
import type { Field } from './fields.js'
import type { CsvTable } from './parse-csv.js'
import type { ClassList } from './rows.js'

/** The students of a CSV whose columns are known: what the mapping doesn't name is dropped. */
export function readTable({ rows }: CsvTable, { columns, level }: Mapping): ClassList {
  const places = Object.entries(columns).filter(([field]) => field !== 'NIVEAU' || level === field)
  const at = new Map<string, number>(places)
  return {
    siecle: undefined,
    columns: Object.fromEntries(places.map(([field, place]) => [field, place + 1])),
    rows: rows.map(({ line, cells, excess }, index) => {
      const of = (field: Field) => cells[at.get(field) ?? -1] ?? ''
      return {
        row: index + 1,
        line,
        ine: of('ID_NATIONAL'),
        familyName: of('NOM_DE_FAMILLE'),
        usualName: of('NOM_USAGE'),
        givenName: of('PRENOM'),
        sexCode: of('CODE_SEXE'),
        birthDate: of('DATE_NAISS'),
        mef: of('CODE_MEF'),
        division: of('CODE_STRUCTURE'),
        level: isLevel(level) ? level : of('NIVEAU'),
        leftOn: of('DATE_SORTIE'),
        uai: of('UAI'),
        schoolYear: of('ANNEE_SCOLAIRE'),
        excess,
      }
    }),
  }
}
