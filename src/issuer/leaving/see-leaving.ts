import type { Actor, Context } from '../../context.js'
import { nothingHere } from '../../mentoring/refusals.js'
import { findStudentOf, schoolingsOf } from '../../mentoring/students/store.js'
import { authorize } from '../../people/authorize.js'
import { dayAt, today } from '../../people/days.js'
import { seeContact, type MyContact } from '../../people/private-contact/ask-contact.js'
import type { Row } from '../../store/schema.js'
import { recordKeptUntil, type RecordKept } from '../rights/see-kept.js'
import { findForgetting } from '../rights/store.js'
import { leavingStageOf, type LeavingStage } from './rules.js'
import { listPortfolios } from './store.js'

/** What a student has in hand for when they leave. */
export type Leaving = Readonly<{
  stage: LeavingStage
  /** Their school has closed their account. */
  isClosed: boolean
  contact: MyContact
  /** Until when account and links stay. */
  keptUntil: RecordKept
  portfolioTakenOn: string | undefined
}>

/** @returns undefined for an account without a record: nobody leaves */
export async function seeLeaving(ctx: Context, actor: Actor): Promise<Leaving | undefined> {
  const student = await findStudentOf(ctx.db, actor.personId ?? -1)
  if (!student) return undefined
  const schoolings = await schoolingsOf(ctx.db, student.id)
  const isClosed = !actor.assignments.some(
    ({ role, organisationId }) => role === 'student' && organisationId !== null,
  )
  const stage = leavingStageOf(schoolings, today(ctx))
  const taken = (await listPortfolios(ctx.db, [student.id])).get(student.id)
  return {
    stage: isClosed ? 'left' : stage,
    isClosed,
    contact: await seeContact(ctx, actor),
    keptUntil: await recordKeptUntil(
      ctx,
      student,
      await findForgetting(ctx.db, actor.personId ?? -1),
    ),
    portfolioTakenOn: taken && dayAt(new Date(taken), ctx.config.timeZone),
  }
}

/** The student who asks. @throws {DomainError} not-found or forbidden for others */
export async function leaverFor(ctx: Context, actor: Actor): Promise<Row<'students'>> {
  const student = await findStudentOf(ctx.db, actor.personId ?? -1)
  if (!student) throw nothingHere()
  authorize(actor, 'take-data', {
    schoolId: student.school_id,
    studentPersonId: student.person_id,
  })
  return student
}
