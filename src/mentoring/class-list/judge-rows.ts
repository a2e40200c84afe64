import { ageOn } from '../days.js'
import { DomainError } from '../../errors.js'
import { toName } from '../../people/names.js'
import type { Words } from '../../words.js'
import { levelOfMef, toMef, type LevelCode } from '../levels.js'
import { firstDayOf, schoolYearLabel } from '../school-year.js'
import * as words from './fault-words.js'
import { faultOf } from './faults.js'
import type { Field } from './fields.js'
import { toIne } from './ine.js'
import type { ClassList, Fault, ListedStudent, ListRow } from './rows.js'
import { toLevel, toListedDay, toSex, toYear } from './values.js'

/** Of somebody on a list of a lycée, on the first day of the school year. */
const MIN_AGE = 10
const MAX_AGE = 30

export type IgnoredReason = 'left' | 'level'

/** What becomes of a row; the INE is there wherever the row has a right one. */
export type Verdict =
  | Readonly<{ kind: 'sound'; row: ListRow; ine: string; student: ListedStudent }>
  | Readonly<{
      kind: 'ignored'
      row: ListRow
      ine: string | undefined
      reason: IgnoredReason
    }>
  | Readonly<{
      kind: 'refused'
      row: ListRow
      ine: string | undefined
      faults: readonly Fault[]
    }>

/** What a list is held against. */
export type JudgeTerms = Readonly<{
  /** By the year that it starts in. */
  schoolYear: number
  /** Of the school that it is imported to. */
  uai: string
  /** YYYY-MM-DD */
  today: string
}>
type Judging = Readonly<{
  list: ClassList
  terms: JudgeTerms
  words: ReturnType<typeof words.faultWords>
}>

/**
 * Judges each row of a list by itself, and beside the others: no student twice. Who has left, or is at a
 * level that this service does not follow (a CAP, the collège), is no error: ignored, with the reason.
 */
export function judgeRows(list: ClassList, terms: JudgeTerms): Verdict[] {
  const of = { list, terms, words: words.faultWords(list.siecle !== undefined) }
  const verdicts = list.rows.map((row) => new RowJudge(row, of).verdict())
  const rowsOf = new Map<string, ListRow[]>()
  for (const { kind, ine, row } of verdicts) {
    if (kind === 'ignored' || ine === undefined) continue
    const same = rowsOf.get(ine)
    if (same) same.push(row)
    else rowsOf.set(ine, [row])
  }
  return verdicts.map((verdict) => {
    const same = verdict.ine === undefined ? undefined : rowsOf.get(verdict.ine)
    const isDoubled = same && same.length > 1 && verdict.kind !== 'ignored'
    return isDoubled ? doubled(verdict, same, of) : verdict
  })
}

/** As many others are looked at as a sentence names, and one to say that there are more. */
const NAMED = 5

/** Which of them is right, nobody can tell from the file: all of them are refused. */
function doubled(verdict: Verdict, same: readonly ListRow[], of: Judging): Verdict {
  const { row, ine } = verdict
  const others = same.slice(0, NAMED).filter((other) => other.row !== row.row)
  const fault = faultOf(row, ['ID_NATIONAL', row.ine], of.words.ineTwice(others), of.list)
  const faults = verdict.kind === 'refused' ? [...verdict.faults, fault] : [fault]
  return { kind: 'refused', row, ine, faults }
}

/** Collects every fault of one row, so that all are mended at once. */
class RowJudge {
  readonly #faults: Fault[] = []
  readonly #row: ListRow
  readonly #list: ClassList
  readonly #terms: JudgeTerms
  readonly #words: Judging['words']

  constructor(row: ListRow, { list, terms, words }: Judging) {
    this.#row = row
    this.#list = list
    this.#terms = terms
    this.#words = words
  }

  verdict(): Verdict {
    const row = this.#row
    // Whose row it is comes first: nothing else of another school or year is looked at.
    this.#whereAndWhen()
    if (this.#faults.length > 0)
      return { kind: 'refused', row, ine: undefined, faults: this.#faults }
    const ine = toIne(row.ine)
    if (this.#hasLeft()) return { kind: 'ignored', row, ine, reason: 'left' }
    const mef = toMef(row.mef)
    const level = this.#level(mef)
    if (level === 'other') return { kind: 'ignored', row, ine, reason: 'level' }
    const student = this.#student(ine, mef, level)
    return student && this.#faults.length === 0
      ? { kind: 'sound', row, ine: student.ine, student }
      : { kind: 'refused', row, ine, faults: this.#faults }
  }

  #whereAndWhen(): void {
    const { columns } = this.#list
    const { schoolYear: year, uai, excess } = this.#row
    const own = this.#terms
    if (excess) this.#fault('LIGNE', '', words.tooManyCells)
    if (columns.UAI !== undefined && uai.toUpperCase() !== own.uai)
      this.#fault('UAI', uai, words.otherSchool(own.uai))
    if (columns.ANNEE_SCOLAIRE !== undefined && toYear(year) !== own.schoolYear)
      this.#fault('ANNEE_SCOLAIRE', year, words.otherYear(schoolYearLabel(own.schoolYear)))
  }

  /** In SIECLE who has a leaving date is out; elsewhere the end of a schooling may be known before it comes. */
  #hasLeft(): boolean {
    const { leftOn } = this.#row
    if (leftOn === '') return false
    if (this.#list.siecle) return true
    const day = toListedDay(leftOn)
    if (day === undefined) this.#fault('DATE_SORTIE', leftOn, this.#words.day(leftOn))
    return day !== undefined && day < this.#terms.today
  }

  #level(mef: string | undefined): LevelCode | 'other' | undefined {
    const { level, mef: listed } = this.#row
    if (level !== '') return toLevel(level) ?? 'other'
    if (this.#list.columns.NIVEAU !== undefined)
      return this.#fault('NIVEAU', level, this.#words.missing)
    if (mef === undefined) return this.#fault('CODE_MEF', listed, this.#words.mef(listed))
    return levelOfMef(mef) ?? 'other'
  }

  #student(
    known: string | undefined,
    mef: string | undefined,
    level: LevelCode | undefined,
  ): ListedStudent | undefined {
    const row = this.#row
    const ine = known ?? this.#fault('ID_NATIONAL', row.ine, this.#words.ine(row.ine))
    const familyName = this.#name(...familyNameOf(row))
    const givenName = this.#name('PRENOM', row.givenName)
    const sex = this.#sex()
    const birthDate = this.#birthDate()
    const division = this.#name('CODE_STRUCTURE', row.division)
    if (ine === undefined || familyName === undefined || givenName === undefined) return undefined
    if (birthDate === undefined || division === undefined || sex === undefined) return undefined
    if (level === undefined) return undefined
    return { ine, givenName, familyName, sex, birthDate, level, mef: mef ?? '', division }
  }

  #name(field: Field, value: string): string | undefined {
    if (value === '') return this.#fault(field, value, this.#words.missing)
    try {
      const name = toName(value, '/name')
      const enough = field === 'CODE_STRUCTURE' ? /[\p{L}\d]/u : /\p{L}/u
      if (!enough.test(name)) return this.#fault(field, value, this.#words.noLetter)
      return FORMULA.test(name) ? this.#fault(field, value, this.#words.formula) : name
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return this.#fault(field, value, error.words)
    }
  }

  #sex(): 'F' | 'M' | null | undefined {
    const { sexCode } = this.#row
    // It serves figures only: without it the student is as well known.
    if (sexCode === '') return null
    return toSex(sexCode) ?? this.#fault('CODE_SEXE', sexCode, this.#words.sex)
  }

  #birthDate(): string | undefined {
    const { birthDate } = this.#row
    const day = toListedDay(birthDate)
    if (day === undefined) return this.#fault('DATE_NAISS', birthDate, this.#words.day(birthDate))
    const age = ageOn(day, firstDayOf(this.#terms.schoolYear))
    if (age >= MIN_AGE && age <= MAX_AGE) return day
    return this.#fault('DATE_NAISS', birthDate, this.#words.age(MIN_AGE, MAX_AGE))
  }

  #fault(field: Field, value: string, why: Words): undefined {
    this.#faults.push(faultOf(this.#row, [field, value], why, this.#list))
  }
}

/** CS-01 What a spreadsheet would take for a formula, whole-width signs as well. */
const FORMULA = /^[=+\-@＝＋－＠]/

/** The name that the student goes by; the family name if no other is given. */
function familyNameOf({ usualName, familyName }: ListRow): [field: Field, value: string] {
  return usualName === '' ? ['NOM_DE_FAMILLE', familyName] : ['NOM_USAGE', usualName]
}
