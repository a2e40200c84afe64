import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { nothingHere } from '../../mentoring/refusals.js'
import { findStudent, findStudentOf, lockStudent } from '../../mentoring/students/store.js'
import { assertAllowed, authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { personOf } from '../steps.js'
import { insertRequest, listRequestsOf, moveRequest, type BadgeChoice } from './store.js'

/**
 * A student asks to be erased, or staff of the school write down that they, or their parents, have asked.
 *
 * @param input.studentId nobody's: the student who asks, at their own page
 * @returns the id of the request
 * @throws {DomainError} not-found, forbidden, conflict (there is a request already)
 */
export async function askErasure(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ studentId?: string; badges: BadgeChoice }>,
): Promise<string> {
  const student = await studentFor(ctx, actor, input.studentId)
  authorize(actor, 'ask-erasure', resourceOf(student))
  if (input.studentId !== undefined) assertForAnother(actor, student)
  const publicId = ctx.newId()
  const at = ctx.now()
  const byId = personOf(actor)
  const askedAs = byId === student.person_id ? 'STUDENT' : 'SCHOOL'
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const open = (await listRequestsOf(trx, student.id)).find(({ ended_at }) => ended_at === null)
    if (open) throw askedAlready()
    await insertRequest(trx, {
      public_id: publicId,
      student_id: student.id,
      school_id: student.school_id,
      badges: input.badges,
      asked_as: askedAs,
      asked_by_id: byId,
      asked_at: at.toISOString(),
    })
    const details = { as: askedAs, badges: input.badges }
    const line = { at, actor: actor.publicId, action: 'erasure.asked', subject: publicId, details }
    await appendAudit(trx, line)
  })
  return publicId
}

/** A student takes their request back, as long as it is not decided. @throws {DomainError} not-found or conflict */
export async function withdrawErasure(ctx: Context, actor: Actor): Promise<void> {
  const student = await studentFor(ctx, actor, undefined)
  authorize(actor, 'ask-erasure', resourceOf(student))
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const [latest] = await listRequestsOf(trx, student.id)
    const ended = {
      ...{ ended_at: at.toISOString(), ended_as: 'WITHDRAWN' },
      ended_by_id: personOf(actor),
    }
    if (!latest || !(await moveRequest(trx, latest.id, 'undecided', ended))) throw decided()
    const { public_id: subject } = latest
    await appendAudit(trx, { at, actor: actor.publicId, action: 'erasure.withdrawn', subject })
  })
}

/** The record that is meant. @throws {DomainError} not-found */
export async function studentFor(
  ctx: Context,
  actor: Actor,
  studentId: string | undefined,
): Promise<Row<'students'>> {
  const student =
    studentId === undefined
      ? await findStudentOf(ctx.db, actor.personId ?? -1)
      : await findStudent(ctx.db, studentId)
  if (!student) throw nothingHere()
  return student
}

export function resourceOf({ school_id, person_id }: Row<'students'>) {
  return { schoolId: school_id, studentPersonId: person_id }
}

/** Staff write down what others have asked. @throws {DomainError} forbidden, not-found */
function assertForAnother(actor: Actor, student: Row<'students'>): void {
  if (actor.personId !== null && actor.personId === student.person_id)
    throw new DomainError('forbidden', {
      fr: 'C’est votre propre dossier : demandez son effacement à la page « Mes données ».',
      en: 'This is your own record: ask for its erasure at the page “My data”.',
    })
  assertAllowed(actor, 'second-erasure', resourceOf(student))
}

function askedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Une demande d’effacement attend déjà la réponse du lycée pour cet élève.',
    en: 'A request for erasure already waits for the school’s answer for this student.',
  })
}

export function decided(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette demande n’attend plus : elle a été décidée ou retirée. Rouvrez la page pour voir où elle en est.',
    en: 'This request no longer waits: it was decided or withdrawn. Open the page again to see where it stands.',
  })
}
