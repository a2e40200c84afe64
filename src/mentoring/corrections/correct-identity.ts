import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { saveNames } from '../../people/people-store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { toText } from '../consents/object.js'
import { findStudentsByIne, updateStudent } from '../imports/store.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findStudent, getStudent, lockStudent } from '../students/store.js'
import type { Outcome } from './fields.data.js'
import { changeIdentity, type Changed, type Wanted } from './identity.js'
import { insertIdentityChanges, listIdentityChanges, saveRequestAnswer } from './store.js'

type Answering = Readonly<{
  studentId: string
  /** The request that it answers; none: staff have noticed by themselves. */
  requestId?: string | undefined
  /** What the student reads. */
  reason: string
}>

/**
 * Staff correct who a student is. What it was stays, with who corrected it and why. Badges name nobody, and stay as they
 * are; a link that shows a name shows the new one.
 *
 * @param input.changes how many changes there were when the form was shown
 * @throws {DomainError} not-found, forbidden, invalid-request, conflict (changed or answered meanwhile)
 */
export async function correctIdentity(
  ctx: Context,
  actor: Actor,
  input: Answering & Wanted & Readonly<{ changes: number }>,
): Promise<void> {
  const { id } = await correctable(ctx, actor, input.studentId)
  const reason = toText(input.reason, '/reason')
  await ctx.db.transaction().execute(async (trx) => {
    const student = await held(trx, actor, id)
    if ((await listIdentityChanges(trx, id)).length !== input.changes) throw changedMeanwhile()
    const changed = changeIdentity(ctx, student, input, today(ctx))
    await assertFree(trx, changed)
    const request = await answerRequest(ctx, trx, actor, {
      ...input,
      reason,
      student,
      outcome: 'corrected',
    })
    await insertIdentityChanges(
      trx,
      changed.before.map(({ field, value }) => ({
        ...{ student_id: id, request_id: request?.id ?? null, field },
        ...{ before_sealed: ctx.vault.seal(value), reason_sealed: ctx.vault.seal(reason) },
        ...{ changed_at: ctx.now().toISOString(), changed_by_id: actor.personId },
      })),
    )
    await updateStudent(trx, id, changed.values)
    await renameAccount(trx, student, changed)
    await markFiguresOf(trx, [id])
    const fields = changed.before.map(({ field }) => field).join(' ')
    await appendAudit(trx, {
      ...{ at: ctx.now(), actor: actor.publicId, action: 'identity.corrected' },
      ...{ subject: student.public_id, details: { fields, request: input.requestId ?? null } },
    })
  })
}

/** Staff refuse, and say why. @throws {DomainError} not-found, forbidden, invalid-request, conflict (answered meanwhile) */
export async function refuseCorrection(
  ctx: Context,
  actor: Actor,
  input: Answering,
): Promise<void> {
  const { id } = await correctable(ctx, actor, input.studentId)
  const reason = toText(input.reason, '/refusal')
  await ctx.db.transaction().execute(async (trx) => {
    const student = await held(trx, actor, id)
    const answered = { ...input, reason, student, outcome: 'refused' as const }
    if (!(await answerRequest(ctx, trx, actor, answered))) throw noRequest()
    await appendAudit(trx, {
      ...{ at: ctx.now(), actor: actor.publicId, action: 'correction.refused' },
      ...{ subject: student.public_id, details: { request: input.requestId ?? null } },
    })
  })
}

/** @throws {DomainError} not-found or forbidden */
export async function correctable(
  ctx: Context,
  actor: Actor,
  studentId: string,
): Promise<Row<'students'>> {
  const student = await findStudent(ctx.db, studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'correct-identity', { schoolId: student.school_id })
  return student
}

/** The student, held until the transaction ends: they may have gone to another school meanwhile. */
async function held(trx: Db, actor: Actor, id: number): Promise<Row<'students'>> {
  await lockStudent(trx, id)
  const student = await getStudent(trx, id)
  authorize(actor, 'correct-identity', { schoolId: student.school_id })
  return student
}

/** @throws {DomainError} conflict when the request waits no more */
async function answerRequest(
  ctx: Context,
  trx: Db,
  actor: Actor,
  of: Answering & Readonly<{ student: Row<'students'>; outcome: Outcome }>,
): Promise<{ id: number } | undefined> {
  const { requestId = '', student, outcome } = of
  if (requestId === '') return undefined
  const answer = {
    ...{ at: ctx.now().toISOString(), byId: actor.personId, outcome },
    sealed: ctx.vault.seal(of.reason),
  }
  const answered = await saveRequestAnswer(
    trx,
    { studentId: student.id, publicId: requestId },
    answer,
  )
  if (!answered) throw answeredMeanwhile()
  return answered
}

/** Two students never have one number. */
async function assertFree(trx: Db, { values }: Changed): Promise<void> {
  if (values.ine_fingerprint === undefined) return
  const others = await findStudentsByIne(trx, [values.ine_fingerprint])
  if (others.length === 0) return
  throw wrongField('/ine', {
    fr: 'Cet INE est déjà celui d’un autre élève de ce service. Vérifiez-le ; deux fiches du même élève ne se fondent pas ici.',
    en: 'This INE is that of another student of this service already. Check it; two records of one student are not merged here.',
  })
}

async function renameAccount(
  trx: Db,
  { person_id }: Row<'students'>,
  { values }: Changed,
): Promise<void> {
  const { given_name, family_name } = values
  if (person_id === null || (given_name === undefined && family_name === undefined)) return
  await saveNames(trx, person_id, {
    ...(given_name !== undefined && { given_name }),
    ...(family_name !== undefined && { family_name }),
  })
}

function changedMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette fiche a été corrigée depuis que vous l’avez ouverte. Rien n’est changé : relisez-la, puis recommencez.',
    en: 'This record was corrected since you opened it. Nothing is changed: read it again, then start anew.',
  })
}

function answeredMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette demande a déjà sa réponse. Rien n’est changé : rouvrez la page.',
    en: 'This request has its answer already. Nothing is changed: open the page again.',
  })
}

function noRequest(): DomainError {
  return wrongField('/refusedId', {
    fr: 'Choisissez la demande que vous refusez.',
    en: 'Choose the request that you refuse.',
  })
}
