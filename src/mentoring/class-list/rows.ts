import type { Words } from '../../words.js'
import type { LevelCode } from '../levels.js'
import type { Field } from './fields.js'

/** A student as the file has them, nothing made of it yet; what is not there is ''. */
export type ListRow = Readonly<{
  /** Counted from 1, as people count. */
  row: number
  /** Where the student begins in the file. */
  line: number
  ine: string
  familyName: string
  usualName: string
  givenName: string
  /** 1 or 2 in SIECLE; F, H, M or words elsewhere */
  sexCode: string
  birthDate: string
  mef: string
  division: string
  /** The level that the school declares; '' where the MEF tells it. */
  level: string
  leftOn: string
  /** The school and the year of this row, where a file has several. */
  uai: string
  schoolYear: string
  /** A row of a CSV with more cells than there are columns. */
  excess: boolean
}>

/** All that is kept of a file: neither birth place, address, parents nor options. */
export type ClassList = Readonly<{
  /** Of an export of SIECLE, which is of one school and one year. */
  siecle:
    | Readonly<{
        /** UAJ: the school that exported it. */
        uai: string
        /** ANNEE_SCOLAIRE, by the year that it starts in; undefined if the file doesn't say. */
        schoolYear: string | undefined
      }>
    | undefined
  /** Of a CSV: where each field stands, counted from 1. */
  columns: Readonly<Partial<Record<Field, number>>>
  rows: readonly ListRow[]
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
  /** 10 digits; '' where the list has none and the school declares the level */
  mef: string
  division: string
}>

/** Why one row is refused: where, what its value looks like, and the cure. Never the value of a person. */
export type Fault = Readonly<{
  row: number
  line: number
  column: Field
  /** Where that stands in a CSV, counted from 1. */
  place?: number
  /** Letters as A, digits as 9: enough to see what is wrong, and nobody to recognise. */
  shape: string
  words: Words
}>
