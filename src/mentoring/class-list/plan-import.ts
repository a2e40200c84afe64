import { dayBefore } from '../../people/days.js'
import { dayAfter } from '../days.js'
import { firstDayOf, schoolYearLabel } from '../school-year.js'
import * as words from './fault-words.js'
import { faultOf } from './faults.js'
import { keepCorrected, type KeptField } from './keep-corrected.js'
import type { IgnoredReason, Verdict } from './judge-rows.js'
import type { ClassList, Fault, ListedStudent } from './rows.js'
import { plain } from './values.js'

export type KnownSchooling = Readonly<{
  id: number
  schoolId: number
  level: string
  mef: string
  division: string
  fromDay: string
  untilDay: string | null
}>

/** What a field was before the school corrected it. */
export type Former = Readonly<{ field: string; value: string }>

/** A student whom the service has, with the last schooling. */
export type KnownStudent = Readonly<{
  id: number
  publicId: string
  schoolId: number
  givenName: string
  familyName: string
  sex: string | null
  birthDate: string
  /** What was corrected since, by field. */
  former: readonly Former[]
  last: KnownSchooling | undefined
}>

/** What is to be done with the schooling: a change of level or division ends one and opens the next. */
export type SchoolingStep =
  | Readonly<{ kind: 'keep' }>
  | Readonly<{ kind: 'open'; fromDay: string }>
  | Readonly<{ kind: 'correct'; id: number }>
  | Readonly<{ kind: 'replace'; id: number; lastDay: string; fromDay: string }>

export type Change = Readonly<{
  student: ListedStudent
  /** undefined: a new student */
  known: KnownStudent | undefined
  step: SchoolingStep
  outcome: 'new' | 'updated' | 'unchanged'
  /** From another school of the service to this one. */
  moved: boolean
  /** What the list has again although the school has corrected it: it is told, and stays corrected. */
  kept: readonly KeptField[]
}>

export type Leaver = Readonly<{ studentId: string; reason: 'left' | 'level' | 'absent' }>

export type Plan = Readonly<{
  changes: readonly Change[]
  ignored: Readonly<Record<IgnoredReason, number>>
  /** Rows, each with at least one fault. */
  refusedRows: number
  faults: readonly Fault[]
  /** Whom the service has at this school and the file has not: proposed to people, never ended by us. */
  leavers: readonly Leaver[]
  /** Who is absent is not looked at: it is summer. */
  isSummer: boolean
}>

export type Terms = Readonly<{
  schoolId: number
  schoolYear: number
  /** YYYY-MM-DD */
  today: string
  /** Where each field stands in the file. */
  columns: ClassList['columns']
  /** By INE. */
  known: ReadonlyMap<string, KnownStudent>
  /** INEs that were wrong: their student is known by another. */
  formerInes: ReadonlySet<string>
  /** Who has an open schooling at the school. */
  present: readonly Readonly<{ id: number; publicId: string }>[]
}>

/** What an import would do: pure, so that the preview and the import can't differ. */
export function planImport(verdicts: readonly Verdict[], terms: Terms): Plan {
  const settled = verdicts.map((verdict) =>
    refuseFormerIne(refuseOtherStudent(refuseLaterYear(verdict, terms), terms), terms),
  )
  const changes = settled.flatMap((one) =>
    one.kind === 'sound' ? [changeOf(one.student, terms)] : [],
  )
  const refused = settled.flatMap((one) => (one.kind === 'refused' ? [one] : []))
  const ignored = (why: IgnoredReason) =>
    settled.filter((one) => one.kind === 'ignored' && one.reason === why).length
  return {
    changes,
    ignored: { left: ignored('left'), level: ignored('level') },
    refusedRows: refused.length,
    faults: refused.flatMap(({ faults }) => faults),
    leavers: leaversOf(settled, terms),
    isSummer: isSummer(terms.today),
  }
}

/** A list of last year, given late, must not undo what this year's has written. */
function refuseLaterYear(verdict: Verdict, terms: Terms): Verdict {
  const { schoolYear, known } = terms
  if (verdict.kind !== 'sound') return verdict
  const { row, ine } = verdict
  const last = known.get(ine)?.last
  if (!last || last.fromDay < firstDayOf(schoolYear + 1)) return verdict
  const why = words.laterYearKnown(schoolYearLabel(schoolYear))
  const fault = faultOf(row, ['ANNEE_SCOLAIRE', String(schoolYear)], why, terms)
  return { kind: 'refused', row, ine, faults: [fault] }
}

/** The record of one student must not become that of another because an INE was mistaken. */
function refuseOtherStudent(verdict: Verdict, terms: Terms): Verdict {
  if (verdict.kind !== 'sound') return verdict
  const { row, ine, student } = verdict
  const known = terms.known.get(ine)
  if (!known || !isSomebodyElse(keepCorrected(student, known).student, known)) return verdict
  const fault = faultOf(row, ['ID_NATIONAL', ine], words.ineOfAnother, terms)
  return { kind: 'refused', row, ine, faults: [fault] }
}

/** A second record of one student would come of it. */
function refuseFormerIne(verdict: Verdict, terms: Terms): Verdict {
  if (verdict.kind !== 'sound' || !terms.formerInes.has(verdict.ine)) return verdict
  const { row, ine } = verdict
  const fault = faultOf(row, ['ID_NATIONAL', ine], words.ineCorrected, terms)
  return { kind: 'refused', row, ine, faults: [fault] }
}

/** One of the two may have been corrected, or the family have taken another name: not all at once. */
function isSomebodyElse(student: ListedStudent, known: KnownStudent): boolean {
  const first = (name: string) => plain(name).split(' ', 1)[0]
  return (
    student.birthDate !== known.birthDate && first(student.givenName) !== first(known.givenName)
  )
}

function changeOf(listed: ListedStudent, terms: Terms): Change {
  const known = terms.known.get(listed.ine)
  const { student: corrected, kept } = keepCorrected(listed, known)
  const student = completed(corrected, known)
  const step = stepFor(student, known?.last, terms)
  const moved = known !== undefined && known.schoolId !== terms.schoolId
  const same = known !== undefined && isSamePerson(student, known)
  const unchanged = same && !moved && step.kind === 'keep'
  return {
    student,
    known,
    step,
    moved,
    kept,
    outcome: known ? (unchanged ? 'unchanged' : 'updated') : 'new',
  }
}

/** What a list doesn't say is no news: the sex, and the MEF where the school declares the level, stay. */
function completed(listed: ListedStudent, known: KnownStudent | undefined): ListedStudent {
  const sex = known?.sex === 'F' || known?.sex === 'M' ? known.sex : null
  const mef = known?.last?.level === listed.level ? known.last.mef : ''
  return { ...listed, sex: listed.sex ?? sex, mef: listed.mef || mef }
}

function stepFor(
  student: ListedStudent,
  last: KnownSchooling | undefined,
  { schoolId, schoolYear, today }: Terms,
): SchoolingStep {
  const firstDay = firstDayOf(schoolYear)
  if (!last) return { kind: 'open', fromDay: firstDay }
  if (last.untilDay !== null) {
    return { kind: 'open', fromDay: later(firstDay, dayAfter(last.untilDay)) }
  }
  const here = last.schoolId === schoolId
  if (here && isSameSchooling(student, last)) return { kind: 'keep' }
  // Who comes from another school during the year begins here today: until yesterday they were there.
  const isThisYear = firstDay <= today && today < firstDayOf(schoolYear + 1)
  const fromDay = !here && last.fromDay >= firstDay && isThisYear ? today : firstDay
  if (last.fromDay >= fromDay) return { kind: 'correct', id: last.id }
  return { kind: 'replace', id: last.id, lastDay: dayBefore(fromDay), fromDay }
}

/** In summer the software of schools passes from one year to the next, and its lists have gaps. */
function isSummer(today: string): boolean {
  return ['07', '08'].includes(today.slice(5, 7))
}

function leaversOf(verdicts: readonly Verdict[], { known, present, today }: Terms): Leaver[] {
  const reasons = new Map<number, Leaver['reason'] | 'stays'>()
  for (const verdict of verdicts) {
    const id = verdict.ine === undefined ? undefined : known.get(verdict.ine)?.id
    if (id === undefined || reasons.get(id) === 'stays') continue
    reasons.set(id, verdict.kind === 'ignored' ? verdict.reason : 'stays')
  }
  return present.flatMap(({ id, publicId }) => {
    const reason = reasons.get(id) ?? 'absent'
    const isNews = reason !== 'stays' && !(reason === 'absent' && isSummer(today))
    return isNews ? [{ studentId: publicId, reason }] : []
  })
}

export function isSamePerson(student: ListedStudent, known: KnownStudent): boolean {
  return (
    student.givenName === known.givenName &&
    student.familyName === known.familyName &&
    student.sex === known.sex &&
    student.birthDate === known.birthDate
  )
}

function isSameSchooling(student: ListedStudent, last: KnownSchooling): boolean {
  return (
    student.level === last.level && student.mef === last.mef && student.division === last.division
  )
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
