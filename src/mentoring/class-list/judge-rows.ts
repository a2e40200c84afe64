import { DomainError } from '../../errors.js'
import { toName } from '../../people/names.js'
import type { Words } from '../../words.js'
import { isDay } from '../days.js'
import { levelOfMef, toMef, type LevelCode } from '../levels.js'
import { firstDayOf } from '../school-year.js'
import * as words from './fault-words.js'
import { toIne } from './ine.js'
import type { Fault, ListedStudent, SiecleRow } from './rows.js'

/** Of somebody on a list of a lycée, on the first day of the school year. */
const MIN_AGE = 10
const MAX_AGE = 30

export type IgnoredReason = 'left' | 'level'

/** What becomes of a row; the INE is there wherever the row has a right one. */
export type Verdict =
  | Readonly<{ kind: 'sound'; row: SiecleRow; ine: string; student: ListedStudent }>
  | Readonly<{
      kind: 'ignored'
      row: SiecleRow
      ine: string | undefined
      reason: IgnoredReason
    }>
  | Readonly<{
      kind: 'refused'
      row: SiecleRow
      ine: string | undefined
      faults: readonly Fault[]
    }>

/**
 * Judges each row of a list by itself, and beside the others: no student twice. Who has left, or is at a
 * level that this service does not follow (a CAP, the collège), is no error: ignored, with the reason.
 */
export function judgeRows(rows: readonly SiecleRow[], schoolYear: number): Verdict[] {
  const verdicts = rows.map((row) => judge(row, schoolYear))
  const rowsOf = new Map<string, SiecleRow[]>()
  for (const { kind, ine, row } of verdicts) {
    if (kind !== 'ignored' && ine !== undefined) {
      rowsOf.set(ine, [...(rowsOf.get(ine) ?? []), row])
    }
  }
  return verdicts.map((verdict) => {
    const same = verdict.ine === undefined ? undefined : rowsOf.get(verdict.ine)
    return same && same.length > 1 && verdict.kind !== 'ignored' ? doubled(verdict, same) : verdict
  })
}

function judge(row: SiecleRow, schoolYear: number): Verdict {
  const ine = toIne(row.ine)
  if (row.leftOn !== '') return { kind: 'ignored', row, ine, reason: 'left' }
  const mef = toMef(row.mef)
  const level = mef === undefined ? undefined : levelOfMef(mef)
  if (mef !== undefined && level === undefined)
    return { kind: 'ignored', row, ine, reason: 'level' }
  const checks = new RowChecks(row)
  const student = checks.student({ ine, mef, level }, schoolYear)
  return student
    ? { kind: 'sound', row, ine: student.ine, student }
    : { kind: 'refused', row, ine, faults: checks.faults }
}

/** Which of them is right, nobody can tell from the file: all of them are refused. */
function doubled(verdict: Verdict, same: readonly SiecleRow[]): Verdict {
  const { row, ine } = verdict
  const others = same.filter((other) => other.row !== row.row)
  const fault = faultOf(row, ['ID_NATIONAL', row.ine], words.ineTwice(others))
  const faults = verdict.kind === 'refused' ? [...verdict.faults, fault] : [fault]
  return { kind: 'refused', row, ine, faults }
}

/** Collects every fault of one row, so that all are mended at once. */
class RowChecks {
  readonly faults: Fault[] = []
  readonly #row: SiecleRow

  constructor(row: SiecleRow) {
    this.#row = row
  }

  student(
    known: { ine: string | undefined; mef: string | undefined; level: LevelCode | undefined },
    schoolYear: number,
  ): ListedStudent | undefined {
    const row = this.#row
    const { mef, level } = known
    const ine = known.ine ?? this.#fault('ID_NATIONAL', row.ine, words.ine(row.ine))
    const familyName = this.#name(...familyNameOf(row))
    const givenName = this.#name('PRENOM', row.givenName)
    const sex = this.#sex()
    const birthDate = this.#birthDate(schoolYear)
    if (mef === undefined) this.#fault('CODE_MEF', row.mef, words.mef(row.mef))
    const division = this.#name('CODE_STRUCTURE', row.division)
    if (ine === undefined || familyName === undefined || givenName === undefined) return undefined
    if (birthDate === undefined || division === undefined || sex === undefined) return undefined
    if (mef === undefined || level === undefined) return undefined
    return { ine, givenName, familyName, sex, birthDate, level, mef, division }
  }

  #name(column: string, value: string): string | undefined {
    if (value === '') return this.#fault(column, value, words.missing)
    try {
      const name = toName(value, '/name')
      const enough = column === 'CODE_STRUCTURE' ? /[\p{L}\d]/u : /\p{L}/u
      if (enough.test(name)) return name
      return this.#fault(column, value, words.noLetter)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return this.#fault(column, value, error.words)
    }
  }

  #sex(): 'F' | 'M' | null | undefined {
    const { sexCode } = this.#row
    // It serves figures only: without it the student is as well known.
    if (sexCode === '') return null
    if (sexCode === '1') return 'M'
    if (sexCode === '2') return 'F'
    return this.#fault('CODE_SEXE', sexCode, words.sex)
  }

  #birthDate(schoolYear: number): string | undefined {
    const { birthDate } = this.#row
    const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(birthDate) ?? []
    const iso = `${year}-${month}-${day}`
    if (!isDay(iso)) return this.#fault('DATE_NAISS', birthDate, words.birthDate(birthDate))
    const age = ageOn(firstDayOf(schoolYear), iso)
    if (age >= MIN_AGE && age <= MAX_AGE) return iso
    return this.#fault('DATE_NAISS', birthDate, words.age(MIN_AGE, MAX_AGE))
  }

  #fault(column: string, value: string, why: Words): undefined {
    this.faults.push(faultOf(this.#row, [column, value], why))
  }
}

/** The name that the student goes by; the family name if no other is given. */
function familyNameOf({ usualName, familyName }: SiecleRow): [column: string, value: string] {
  return usualName === '' ? ['NOM_DE_FAMILLE', familyName] : ['NOM_USAGE', usualName]
}

function ageOn(day: string, birthDate: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

export function faultOf(
  { row, line }: SiecleRow,
  [column, value]: readonly [column: string, value: string],
  why: Words,
): Fault {
  return { row, line, column, shape: shapeOf(value), words: why }
}

const SHAPE_CHARS = 24

/** What a value looks like, not what it is: 000000001AA is 999999999AA. */
export function shapeOf(value: string): string {
  const shape = value
    .replace(/\p{L}/gu, 'A')
    .replace(/\p{N}/gu, '9')
    .replace(/[^A9 ./'’-]/gu, '?')
  return shape.length > SHAPE_CHARS ? `${shape.slice(0, SHAPE_CHARS)}…` : shape
}
