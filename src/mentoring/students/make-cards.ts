import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { hasWayIn } from '../../people/access-store.js'
import { assertAllowed, authorize, may, organisationsWith } from '../../people/authorize.js'
import { makeCode, type Card } from '../../people/codes/make-code.js'
import { today } from '../../people/days.js'
import { hasContact } from '../../people/private-contact/store.js'
import { findPerson, listAssignments, type Person } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { schoolsOf, findAnyCohort, type AnyCohort } from '../cohorts/store.js'
import { nothingHere } from '../refusals.js'
import { addAccount } from './open-student-account.js'
import { findStudent, getStudent, listMembers, listRecordsOf, lockStudent } from './store.js'

type Student = Row<'students'>

export type CardChoices = Readonly<{
  cohort: AnyCohort
  /** Those who may have a card, and whether they have an account yet. */
  students: readonly Readonly<{ publicId: string; name: string; isNew: boolean; isIn: boolean }>[]
}>
export type StudentCard = Card & Readonly<{ name: string }>

/** Whose cards may be printed: students of a cohort whose school the actor acts for, without an address. @throws {DomainError} forbidden or not-found */
export async function choicesForCards(
  ctx: Context,
  actor: Actor,
  cohortId: string,
): Promise<CardChoices> {
  const { cohort, members } = await membersFor(ctx, actor, cohortId)
  const students = []
  for (const student of members) {
    const person = await personOf(ctx.db, student)
    if (person && !(await isOfSchoolAlone(ctx, ctx.db, student, person))) continue
    const isIn = person !== undefined && (await hasWayIn(ctx.db, person.id))
    const { publicId, name } = named(student)
    students.push({ publicId, name, isNew: person === undefined, isIn })
  }
  return { cohort, students }
}

/**
 * Makes identifiers and codes for students without an address, and the accounts of those who have none. A new code
 * replaces the one before. They are shown once.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function makeCards(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; studentIds: readonly string[] }>,
): Promise<StudentCard[]> {
  const { members } = await membersFor(ctx, actor, input.cohortId)
  const chosen = input.studentIds.map((id) => {
    const student = members.find(({ public_id }) => public_id === id)
    if (!student) throw nothingHere()
    authorize(actor, 'import-students', { schoolId: student.school_id })
    return student
  })
  return cardsFor(ctx, actor, chosen, members)
}

/**
 * The same for a student of no cohort any more: who has left, and can't get in.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function makeCardOf(
  ctx: Context,
  actor: Actor,
  studentId: string,
): Promise<StudentCard[]> {
  const student = await findStudent(ctx.db, studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'import-students', { schoolId: student.school_id })
  return cardsFor(ctx, actor, [student], [student])
}

async function cardsFor(
  ctx: Context,
  actor: Actor,
  chosen: readonly Student[],
  inOrder: readonly Student[],
): Promise<StudentCard[]> {
  if (chosen.length === 0) throw nobodyTicked()
  return ctx.db.transaction().execute(async (trx) => {
    const cards = new Map<number, StudentCard>()
    // In the order of their ids, as all who hold several rows.
    for (const student of chosen.toSorted((one, other) => one.id - other.id)) {
      cards.set(student.id, await makeCard(ctx, trx, actor, student))
    }
    return inOrder.flatMap(({ id }) => cards.get(id) ?? [])
  })
}

async function makeCard(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { id }: Student,
): Promise<StudentCard> {
  await lockStudent(trx, id)
  const student = await getStudent(trx, id)
  authorize(actor, 'import-students', { schoolId: student.school_id })
  const person =
    (await personOf(trx, student)) ??
    (await addAccount(ctx, trx, actor, { student, email: undefined }))
  if (!(await isOfSchoolAlone(ctx, trx, student, person))) throw otherWay()
  const card = await makeCode(ctx, trx, person.id)
  const line = { actor: actor.publicId, subject: student.public_id }
  await appendAudit(trx, { at: ctx.now(), ...line, action: 'student.code-made' })
  return { ...card, name: named(student).name }
}

async function membersFor(ctx: Context, actor: Actor, cohortId: string) {
  const cohort = await findAnyCohort(ctx.db, cohortId)
  if (!cohort) throw nothingHere()
  const day = today(ctx)
  const schoolIds = await schoolsOf(ctx.db, cohort.id, day)
  const own = organisationsWith(actor, 'import-students', 'school')
  if (!schoolIds.some((id) => own.includes(id))) {
    assertAllowed(actor, 'import-students', { schoolIds })
  }
  const members = (await listMembers(ctx.db, cohort.id, day)).filter(({ school_id }) =>
    may(actor, 'import-students', { schoolId: school_id }),
  )
  return { cohort, members }
}

async function personOf(db: Db, { person_id }: Student): Promise<Person | undefined> {
  return person_id === null ? undefined : findPerson(db, person_id)
}

/** A code opens all that the person may do, and whoever prints it could use it: here, the student's own record alone. */
async function isOfSchoolAlone(
  ctx: Context,
  db: Db,
  student: Student,
  person: Person,
): Promise<boolean> {
  if (person.email !== null || person.disabledAt !== null) return false
  const records = await listRecordsOf(db, person.id)
  if (records.some(({ school_id }) => school_id !== student.school_id)) return false
  const roles = await listAssignments(db, person.id, today(ctx))
  // Who left and has given a private address comes in by it, and prints nothing at a school.
  if (roles.length === 0 && (await hasContact(db, person.id))) return false
  return roles.every(
    ({ role, organisationId }) => role === 'student' && organisationId === student.school_id,
  )
}

function named({ public_id: publicId, given_name, family_name }: Student) {
  return { publicId, name: `${given_name} ${family_name}` }
}

function nobodyTicked(): DomainError {
  const words = {
    fr: 'Cochez au moins un élève dont la carte doit être imprimée.',
    en: 'Tick at least one student whose card is to be printed.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/studentIds', words }] })
}

function otherWay(): DomainError {
  return new DomainError('conflict', {
    fr: 'Un des élèves cochés a une adresse électronique ou un autre rôle : il choisit son mot de passe par un lien. Rechargez la page.',
    en: 'One of the ticked students has an e-mail address or another role: they choose a password by a link. Load the page again.',
  })
}
