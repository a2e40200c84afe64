import type { Words } from '../../words.js'
import type { LevelCode } from '../levels.js'

/** A student as the file has them, nothing made of it yet; what is not there is ''. */
export type SiecleRow = Readonly<{
  /** Counted from 1, as people count. */
  row: number
  /** Where the student's element begins. */
  line: number
  /** ID_NATIONAL */
  ine: string
  /** NOM_DE_FAMILLE */
  familyName: string
  /** NOM_USAGE */
  usualName: string
  /** PRENOM */
  givenName: string
  /** CODE_SEXE: 1 or 2 */
  sexCode: string
  /** DATE_NAISS, dd/mm/yyyy */
  birthDate: string
  /** CODE_MEF */
  mef: string
  /** CODE_STRUCTURE of the division */
  division: string
  /** DATE_SORTIE */
  leftOn: string
}>

/** All that is kept of a file: neither birth place, address, parents nor options. */
export type ClassList = Readonly<{
  /** UAJ: the school that exported it. */
  uai: string
  /** ANNEE_SCOLAIRE, by the year that it starts in; undefined if the file doesn't say. */
  schoolYear: string | undefined
  rows: readonly SiecleRow[]
}>

/** A student of the list, checked. */
export type ListedStudent = Readonly<{
  ine: string
  givenName: string
  familyName: string
  sex: 'F' | 'M' | null
  /** YYYY-MM-DD */
  birthDate: string
  level: LevelCode
  /** 10 digits */
  mef: string
  division: string
}>

/** Why one row is refused: where, what its value looks like, and the cure. Never the value of a person. */
export type Fault = Readonly<{
  row: number
  line: number
  /** The field's name in SIECLE. */
  column: string
  /** Letters as A, digits as 9: enough to see what is wrong, and nobody to recognise. */
  shape: string
  words: Words
}>
