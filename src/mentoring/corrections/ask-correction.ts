import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { visitAsGuardian } from '../consents/guardian-link.js'
import { toText } from '../consents/object.js'
import { monthsAfter } from '../consents/record.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { findStudentOf, lockStudent } from '../students/store.js'
import { ASKED_FIELDS } from './fields.data.js'
import { insertCorrectionRequest, listCorrectionRequestsOf } from './store.js'

/** Requests of one student that may wait at once: a link without an account may not fill a school's first page. */
export const MAX_OPEN_REQUESTS = 5

type Input = Readonly<{ field: string; said: string }>

/**
 * RGPD, art. 16: a student says what is wrong in who they are, and what it should be. The school answers within a month (art. 12, 3).
 *
 * @throws {DomainError} not-found, forbidden, invalid-request or rule-refused
 */
export async function askCorrection(ctx: Context, actor: Actor, input: Input): Promise<void> {
  const student = await askingStudent(ctx, actor)
  await ask(ctx, student, { ...input, guardian: null, actor: actor.publicId })
}

/** The same by a guardian, at their link. @throws {DomainError} not-found, gone, invalid-request or rule-refused */
export async function askCorrectionAsGuardian(
  ctx: Context,
  input: Input & Readonly<{ token: string }>,
): Promise<void> {
  const { guardian, student } = await visitAsGuardian(ctx, input.token)
  await ask(ctx, student, { ...input, guardian, actor: guardian.public_id })
}

/** @throws {DomainError} not-found for whoever is no student, or forbidden */
export async function askingStudent(ctx: Context, actor: Actor): Promise<Row<'students'>> {
  const student = actor.personId === null ? undefined : await findStudentOf(ctx.db, actor.personId)
  if (!student) throw nothingHere()
  const { school_id: schoolId, person_id: studentPersonId } = student
  authorize(actor, 'ask-correction', { schoolId, studentPersonId })
  return student
}

async function ask(
  ctx: Context,
  student: Row<'students'>,
  input: Input & Readonly<{ guardian: { id: number } | null; actor: string }>,
): Promise<void> {
  const { guardian, actor } = input
  const field = ASKED_FIELDS.find((one) => one === input.field)
  if (!field) throw noField()
  const said = toText(input.said, '/said')
  const publicId = ctx.newId()
  const at = ctx.now()
  const dueOn = monthsAfter(today(ctx), 1)
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const all = await listCorrectionRequestsOf(trx, student.id)
    if (all.filter((one) => one.answered_at === null).length >= MAX_OPEN_REQUESTS) throw tooMany()
    await insertCorrectionRequest(trx, {
      ...{ public_id: publicId, student_id: student.id, school_id: student.school_id, field },
      ...{ guardian_id: guardian?.id ?? null, said_sealed: ctx.vault.seal(said) },
      ...{ made_at: at.toISOString(), due_on: dueOn },
    })
    await appendAudit(trx, {
      ...{ at, actor, action: 'correction.asked', subject: student.public_id },
      details: { request: publicId, field, due: dueOn },
    })
  })
}

function noField() {
  return wrongField('/field', {
    fr: 'Choisissez ce qui est faux.',
    en: 'Choose what is wrong.',
  })
}

function tooMany() {
  return refusedBy('CORRECTION-01', '/said', {
    fr: `${MAX_OPEN_REQUESTS} demandes de correction attendent déjà la réponse du lycée. Attendez qu’il ait répondu à l’une d’elles.`,
    en: `${MAX_OPEN_REQUESTS} requests for correction wait for the school’s answer already. Wait until it has answered one of them.`,
  })
}
