import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { overlap, toDay } from '../days.js'
import { assertOpen } from '../groups/known-group.js'
import { managing, reachOf } from '../groups/reach.js'
import { markFigures } from '../indicators/store.js'
import { listGroupSchools, lockGroup } from '../groups/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import { countFrom, groupEnrolmentsOf } from '../groups/members-store.js'
import { findStudent, insertEnrolment, lockStudent, schoolingsOf } from '../students/store.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { findAnyCohort, type AnyCohort } from './store.js'

type Chosen = Readonly<{ student: Row<'students'>; pointer: string }>

type When = Readonly<{
  fromDay: string
  /** CO-04: the day on which they said that they volunteer. */
  volunteeredOn?: string | undefined
  /** Rules that warned, and were read. */
  acknowledged?: readonly string[]
}>

/**
 * Enrols a student in a cohort of whatever scheme from a day on.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict
 */
export async function enrolStudent(
  ctx: Context,
  actor: Actor,
  { studentId, ...input }: When & Readonly<{ cohortId: string; studentId: string }>,
): Promise<void> {
  await enrolStudents(ctx, actor, { ...input, studentIds: [studentId] })
}

/**
 * Enrols students of the actor's schools in a cohort of whatever scheme from a day on: all of them, or none.
 *
 * @returns how many they are
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict
 */
export async function enrolStudents(
  ctx: Context,
  actor: Actor,
  input: When & Readonly<{ cohortId: string; studentIds: readonly string[] }>,
): Promise<number> {
  const cohort = await findAnyCohort(ctx.db, input.cohortId)
  if (!cohort) throw nothingHere()
  const { resource } = await reachOf(ctx.db, cohort)
  authorize(actor, managing(cohort), resource)
  assertOpen(cohort)
  const students = await chosenStudents(ctx.db, input.studentIds)
  // Who runs a group sees its students, not whom a school might enrol.
  for (const { student } of students) {
    authorize(actor, managing(cohort), { schoolId: student.school_id })
  }
  const { fromDay, volunteeredOn } = daysOf(input)
  await ctx.db.transaction().execute(async (trx) => {
    const warnings: Warning[] = []
    for (const chosen of students) {
      warnings.push(
        ...(await enrolIn(ctx, trx, actor, { ...chosen, cohort, fromDay, volunteeredOn })),
      )
    }
    assertAcknowledged(warnings, input.acknowledged ?? [])
    await keepWarnings(trx, warnings, {
      subject_kind: 'cohort',
      subject_id: cohort.publicId,
      by_id: actor.personId,
      at: ctx.now().toISOString(),
    })
  })
  return students.length
}

function daysOf({ fromDay, volunteeredOn }: When) {
  const said = volunteeredOn?.trim() ?? ''
  return {
    fromDay: toDay(fromDay, '/fromDay'),
    volunteeredOn: said === '' ? null : toDay(said, '/volunteeredOn'),
  }
}

/** Each once, in the order in which whoever comes second waits for whoever comes first. */
async function chosenStudents(db: Db, studentIds: readonly string[]): Promise<Chosen[]> {
  const found = await Promise.all([...new Set(studentIds)].map((id) => findStudent(db, id)))
  const students = found.map((student, index) => {
    if (!student) throw nothingHere()
    return { student, pointer: `/studentIds/${index}` }
  })
  if (students.length > 0) return students.toSorted((a, b) => a.student.id - b.student.id)
  throw wrongField('/studentIds', {
    fr: 'Cochez au moins un élève.',
    en: 'Tick one student or more.',
  })
}

export type Entry = Chosen &
  Readonly<{
    cohort: Pick<AnyCohort, 'id' | 'publicId' | 'scheme'>
    fromDay: string
    volunteeredOn: string | null
  }>

/**
 * Enrols one student within the transaction of who was allowed to.
 *
 * @returns what warns: it must be acknowledged in this transaction
 * @throws {DomainError} invalid-request, rule-refused or conflict
 */
export async function enrolIn(
  ctx: Context,
  trx: Db,
  actor: Actor,
  entry: Entry,
): Promise<readonly Warning[]> {
  const { student, cohort, fromDay, volunteeredOn } = entry
  assertOpen(await lockGroup(trx, cohort.id))
  await lockStudent(trx, student.id)
  const warnings = await judge(ctx, trx, entry)
  await assertFree(trx, entry)
  await markFigures(trx, [cohort.id], fromDay)
  await insertEnrolment(trx, {
    student_id: student.id,
    cohort_id: cohort.id,
    from_day: fromDay,
    volunteered_on: volunteeredOn,
  })
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: 'student.enrolled',
    subject: student.public_id,
    details: { cohort: cohort.publicId },
  })
  return warnings
}

async function judge(ctx: Context, trx: Db, entry: Entry): Promise<readonly Warning[]> {
  const { student, cohort, fromDay, volunteeredOn, pointer } = entry
  const schools = await listGroupSchools(trx, [cohort.id])
  const schoolTimes = schools.filter(({ schoolId }) => schoolId === student.school_id)
  if (!schoolTimes.some((time) => overlap(time, { fromDay, untilDay: null }))) {
    throw wrongField(pointer, {
      fr: 'L’établissement de cet élève n’a pas de part dans ce groupe à cette date. Décochez-le.',
      en: 'This student’s school has no part in this group on that day. Untick them.',
    })
  }
  return schemeOf(cohort.scheme).judgeEnrolment({
    fromDay,
    pointer,
    schoolings: await schoolingsOf(trx, student.id),
    schoolTimes,
    volunteeredOn,
    birthDate: ctx.vault.open(student.birth_date_sealed),
    others: await countFrom(trx, cohort.id, fromDay),
  })
}

/** Not twice in one group at a time; nor in two of a scheme that allows one only. */
async function assertFree(trx: Db, { student, cohort, fromDay, pointer }: Entry): Promise<void> {
  const enrolments = await groupEnrolmentsOf(trx, student.id)
  const present = enrolments.filter((one) => overlap(one, { fromDay, untilDay: null }))
  const { oneGroupAtATime } = schemeOf(cohort.scheme)
  if (present.some(({ cohortId }) => cohortId === cohort.id)) throw taken(pointer, ALREADY_IN)
  if (!oneGroupAtATime || !present.some(({ scheme }) => scheme === cohort.scheme)) return
  throw taken(pointer, ALREADY_IN_ANOTHER)
}

const ALREADY_IN = {
  fr: 'Un élève est déjà dans ce groupe à cette date. Décochez-le, ou terminez d’abord cette inscription.',
  en: 'A student is in this group already on that day. Untick them, or end that enrolment first.',
}
const ALREADY_IN_ANOTHER = {
  fr: 'Un élève est déjà dans une cohorte à cette date. Terminez d’abord cette inscription.',
  en: 'A student is in a cohort already on that day. End that enrolment first.',
}

function taken(pointer: string, words: typeof ALREADY_IN): DomainError {
  return new DomainError('conflict', words, { fields: [{ pointer, words }] })
}
