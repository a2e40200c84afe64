import type { Actor, Context } from '../../context.js'
import { hasWayIn } from '../../people/access-store.js'
import { authorize, may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation, findPerson, listOrganisations } from '../../people/store.js'
import { listMembersOf } from '../../people/members-store.js'
import type { Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { openedUntil } from './open-record.js'
import { listOpenings } from './openings-store.js'
import { listReadings, type Reading } from './readings-store.js'
import type { OpeningLine } from './views/open-record.js'
import { nothingHere } from '../refusals.js'
import { activeCompaniesOf } from '../classes/store.js'
import { schoolsOf } from '../cohorts/store.js'
import { listRecorded, type Recorded } from '../facts/recorded-store.js'
import { listOutcomesOf, type SaidOutcome } from '../outcomes/store.js'
import { groupEnrolmentsOf, type GroupEnrolment } from '../groups/members-store.js'
import {
  enrolmentsOf,
  findStudent,
  findStudentOf,
  listSchoolings,
  type Enrolment,
  type StudentSchooling,
} from './store.js'

export type StudentView = Readonly<{
  publicId: string
  givenName: string
  familyName: string
  schoolName: string
  schoolings: readonly StudentSchooling[]
  enrolments: readonly (Enrolment & { open: boolean })[]
  /** Of other schemes than P-TECH, for whoever manages them. */
  groups: readonly GroupEnrolment[]
  recorded: readonly Recorded[]
  account: 'none' | 'waits' | 'open'
  email: string | null
  /** Of whoever reads it by having opened it: until when. */
  openedUntil: string | undefined
  openings: readonly OpeningLine[]
  mayManage: boolean
  mayRecordPlacement: boolean
  mayOpenAccount: boolean
  mayManageConsents: boolean
  mayCorrectIdentity: boolean
}>

/**
 * All that the school knows of a student, for its staff.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeStudent(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<StudentView> {
  const student = await findStudent(ctx.db, publicId)
  if (!student) throw nothingHere()
  const resource = { schoolId: student.school_id }
  const enrolments = await enrolmentsOf(ctx.db, student.id)
  const schoolIds = await schoolsOfEnrolments(ctx, enrolments)
  const until = await openedUntil(ctx, actor, student)
  if (until === undefined) authorize(actor, 'see-student', { ...resource, schoolIds })
  return {
    openedUntil: until,
    openings: await openingsOf(ctx, student.id),
    ...(await nameOf(ctx, student)),
    schoolings: await listSchoolings(ctx.db, [student.id]),
    enrolments: enrolments.map((one) => ({ ...one, open: one.untilDay === null })),
    groups: may(actor, 'manage-schemes', resource) ? await otherGroups(ctx, student.id) : [],
    recorded: await listRecorded(ctx.db, [student.id]),
    ...(await accountOf(ctx, student)),
    mayManage: may(actor, 'manage-classes', resource),
    mayRecordPlacement: may(actor, 'record-placement', resource),
    mayOpenAccount: may(actor, 'import-students', resource),
    mayManageConsents: may(actor, 'manage-consents', resource),
    mayCorrectIdentity: may(actor, 'correct-identity', resource),
  }
}

/** The schools of the cohorts that a student is in today: a BTS may be elsewhere than the bac pro. */
async function schoolsOfEnrolments(
  ctx: Context,
  enrolments: readonly Enrolment[],
): Promise<number[]> {
  const day = today(ctx)
  const cohorts = enrolments.filter((one) => isWithin(day, one))
  const schools = cohorts.map(({ cohortId }) => schoolsOf(ctx.db, cohortId, day))
  return (await Promise.all(schools)).flat()
}

export type MyRecord = Readonly<{
  studentId: string
  /** Who opened it from outside the school. */
  openings: readonly OpeningLine[]
  /** Who else read it, by function and organisation, the latest day first. */
  readings: readonly Reading[]
  recorded: readonly Recorded[]
  /** How their course ended, as the school noted it. */
  outcomes: readonly Omit<SaidOutcome, 'studentId'>[]
}>

/**
 * What was recorded of the student who asks.
 *
 * @throws {DomainError} not-found for whoever is no student
 */
export async function seeMyRecord(ctx: Context, actor: Actor): Promise<MyRecord> {
  const student = actor.personId === null ? undefined : await findStudentOf(ctx.db, actor.personId)
  if (!student) throw nothingHere()
  authorize(actor, 'contest-fact', {
    schoolId: student.school_id,
    studentPersonId: student.person_id,
  })
  const recorded = await listRecorded(ctx.db, [student.id], '', 'with-absences')
  const outcomes = await listOutcomesOf(ctx.db, student.id)
  const openings = await listOpenings(ctx.db, student.id)
  const told = openings.map(({ openedAt, untilAt }) => ({ openedAt, untilAt, reason: undefined }))
  const readings = await listReadings(ctx.db, student.id)
  return { studentId: student.public_id, recorded, outcomes, openings: told, readings }
}

/**
 * What a placement of a student is recorded from: the companies, those of their class first, and
 * the people of the one that was chosen.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForPlacement(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ studentId: string; companyId: string | undefined }>,
) {
  const student = await findStudent(ctx.db, of.studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: student.school_id })
  const day = today(ctx)
  const enrolment = (await enrolmentsOf(ctx.db, student.id)).find((one) => isWithin(day, one))
  const active = enrolment ? await activeCompaniesOf(ctx.db, enrolment.classId, day) : []
  const partnerIds = new Set(active.map(({ companyId }) => companyId))
  const companies = await listOrganisations(ctx.db, 'company')
  const company = companies.find(({ publicId }) => publicId === of.companyId)
  return {
    student: await nameOf(ctx, student),
    partners: companies.filter(({ id }) => partnerIds.has(id)),
    others: companies.filter(({ id }) => !partnerIds.has(id)),
    company,
    tutors: company
      ? await listMembersOf(ctx.db, [company.id], day, ['company-admin', 'company-endorser'])
      : [],
  }
}

async function openingsOf(ctx: Context, studentId: number): Promise<OpeningLine[]> {
  const all = await listOpenings(ctx.db, studentId)
  return all.map(({ reasonSealed, ...one }) => ({ ...one, reason: ctx.vault.open(reasonSealed) }))
}

async function otherGroups(ctx: Context, studentId: number): Promise<GroupEnrolment[]> {
  const all = await groupEnrolmentsOf(ctx.db, studentId)
  return all.filter(({ entryYear }) => entryYear === null)
}

async function nameOf(ctx: Context, student: Row<'students'>) {
  const school = await findOrganisation(ctx.db, student.school_id)
  return {
    publicId: student.public_id,
    givenName: student.given_name,
    familyName: student.family_name,
    schoolName: school?.name ?? '',
  }
}

async function accountOf(ctx: Context, { person_id }: Row<'students'>) {
  const person = person_id === null ? undefined : await findPerson(ctx.db, person_id)
  if (!person) return { account: 'none', email: null } as const
  const open = await hasWayIn(ctx.db, person.id)
  return { account: open ? 'open' : 'waits', email: person.email } as const
}
