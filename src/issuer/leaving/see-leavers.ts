import type { Actor, Context } from '../../context.js'
import type { LevelCode } from '../../mentoring/levels.js'
import { byName, listSchoolings, type StudentSchooling } from '../../mentoring/students/store.js'
import { assertAllowed, organisationsWith } from '../../people/authorize.js'
import { dayAt, today } from '../../people/days.js'
import { listWithContact } from '../../people/private-contact/store.js'
import { listWithEmail } from '../../people/people-store.js'
import { findOrganisation } from '../../people/store.js'
import type { Db, Row } from '../../store/schema.js'
import { leavingStageOf } from './rules.js'
import { lastLetterDay, listPortfolios, listStudentsOfSchools } from './store.js'

/** A student who leaves, as their school sees them: that an address is there, never which. */
export type Leaver = Readonly<{
  studentId: string
  name: string
  level: LevelCode | undefined
  division: string
  hasLeft: boolean
  hasAccount: boolean
  hasContact: boolean
  /** They sign in by an identifier: whoever has an address asks two people instead. */
  mayHaveCard: boolean
  /** The day on which they took it the last time. */
  portfolioTakenOn: string | undefined
}>

export type LeaversOfSchool = Readonly<{
  school: Readonly<{ id: string; name: string }>
  /** By class, then by name. */
  leavers: readonly Leaver[]
  lastLetterDay: string | undefined
}>

/** The students of the actor's schools in their last years, and those who have left and are still held. @throws {DomainError} forbidden */
export async function seeLeavers(ctx: Context, actor: Actor): Promise<LeaversOfSchool[]> {
  const schoolIds = organisationsWith(actor, 'manage-leavers')
  if (schoolIds.length === 0)
    assertAllowed(actor, 'manage-leavers', { studentPersonId: actor.personId })
  const found = []
  for (const schoolId of schoolIds) {
    const school = await findOrganisation(ctx.db, schoolId)
    if (!school) continue
    const { publicId: id, name } = school
    const leavers = (await leaversOf(ctx, ctx.db, schoolId)).map(({ leaver }) => leaver)
    found.push({
      school: { id, name },
      leavers,
      lastLetterDay: await lastLetterDay(ctx.db, schoolId),
    })
  }
  return found
}

export type FoundLeaver = Readonly<{ student: Row<'students'>; leaver: Leaver }>

/** Who leaves a school, in the order in which they are told. */
export async function leaversOf(ctx: Context, db: Db, schoolId: number): Promise<FoundLeaver[]> {
  const day = today(ctx)
  const students = await listStudentsOfSchools(db, [schoolId])
  const schoolings = Map.groupBy(
    await listSchoolings(
      db,
      students.map(({ id }) => id),
    ),
    ({ studentId }) => studentId,
  )
  const leaving = students.filter(
    ({ id }) => leavingStageOf(schoolings.get(id) ?? [], day) !== 'before',
  )
  const personIds = leaving.flatMap(({ person_id }) => person_id ?? [])
  const contacts = await listWithContact(db, personIds)
  const emails = await listWithEmail(db, personIds)
  const taken = await listPortfolios(
    db,
    leaving.map(({ id }) => id),
  )
  const toLeaver = (student: Row<'students'>): Leaver => {
    const takenAt = taken.get(student.id)
    return {
      ...toldOf(student, schoolings.get(student.id) ?? [], day),
      hasAccount: student.person_id !== null,
      hasContact: student.person_id !== null && contacts.has(student.person_id),
      mayHaveCard:
        student.person_id === null ||
        !(emails.has(student.person_id) || contacts.has(student.person_id)),
      portfolioTakenOn: takenAt && dayAt(new Date(takenAt), ctx.config.timeZone),
    }
  }
  return leaving
    .toSorted(byName)
    .map((student) => ({ student, leaver: toLeaver(student) }))
    .toSorted((one, other) => french.compare(one.leaver.division, other.leaver.division))
}

const french = new Intl.Collator('fr', { numeric: true })

function toldOf(student: Row<'students'>, schoolings: readonly StudentSchooling[], day: string) {
  const last = schoolings.at(-1)
  return {
    studentId: student.public_id,
    name: `${student.given_name} ${student.family_name}`,
    level: last?.level,
    division: last?.division ?? '',
    hasLeft: leavingStageOf(schoolings, day) === 'left',
  }
}
