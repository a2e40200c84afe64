import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { nothingHere } from '../../mentoring/refusals.js'
import { lockStudent } from '../../mentoring/students/store.js'
import { authorize, may } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { enqueue } from '../../store/jobs.js'
import { toReason } from '../commitment.js'
import { personOf } from '../steps.js'
import { decided } from './ask-erasure.js'
import { ERASE_JOB } from './erase-student.js'
import type { RefusalCode } from './refusals.data.js'
import { findRequest, moveRequest, type ErasureRequest } from './store.js'

/**
 * The first of two persons agrees: somebody of the school's management.
 *
 * @throws {DomainError} not-found, forbidden, conflict
 */
export async function agreeToErasure(ctx: Context, actor: Actor, id: string): Promise<void> {
  const at = ctx.now()
  const agreed = { agreed_by_id: personOf(actor), agreed_at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const request = await heldFor(trx, actor, 'erase-student', id)
    if (!(await moveRequest(trx, request.id, 'asked', agreed))) throw decided()
    await appendAudit(trx, { at, actor: actor.publicId, action: 'erasure.agreed', subject: id })
  })
}

/** Whether a first person of the student's present school agrees: what one of a school before agreed to counts no more. */
export function isAgreed(request: ErasureRequest): boolean {
  return request.agreed_at !== null && request.school_id === request.presentSchoolId
}

/** Whether somebody may be the second person: of the same school, and not the first. */
export function maySecondErasure(actor: Actor, request: ErasureRequest): boolean {
  const isFirst = isAgreed(request) && actor.personId === request.agreed_by_id
  const isSecond = actor.via === 'session' && !isFirst
  return isSecond && may(actor, 'second-erasure', { schoolId: request.presentSchoolId })
}

/**
 * A second person agrees: the job erases. From now on it can't be taken back.
 *
 * @throws {DomainError} not-found; forbidden to whoever agreed first; conflict before somebody has, and afterwards
 */
export async function secondErasure(ctx: Context, actor: Actor, id: string): Promise<void> {
  const at = ctx.now()
  const seconded = { seconded_by_id: personOf(actor), seconded_at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const request = await heldFor(trx, actor, 'second-erasure', id)
    if (!maySecondErasure(actor, request)) throw byAnother()
    if (!(await moveRequest(trx, request.id, 'agreed', seconded))) throw decided()
    await appendAudit(trx, { at, actor: actor.publicId, action: 'erasure.seconded', subject: id })
    const job = { id: ctx.newId(), kind: ERASE_JOB, key: id, runAt: at }
    await enqueue(trx, { ...job, payload: { requestId: id } })
  })
}

/**
 * The school refuses, and says why: the student reads it.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, conflict
 */
export async function refuseErasure(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ id: string; code: RefusalCode; reason: string }>,
): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const request = await heldFor(trx, actor, 'erase-student', input.id)
    const ended = {
      ...{ ended_at: at.toISOString(), ended_as: 'REFUSED', ended_by_id: personOf(actor) },
      ...{ refusal_code: input.code, refusal_reason: toReason(input.reason) },
    }
    if (!(await moveRequest(trx, request.id, 'undecided', ended))) throw decided()
    const details = { code: input.code }
    const line = {
      at,
      actor: actor.publicId,
      action: 'erasure.refused',
      subject: input.id,
      details,
    }
    await appendAudit(trx, line)
  })
}

type Action = 'erase-student' | 'second-erasure'

/** The request, held until the transaction ends: a school that the student came to decides on it from the beginning. */
async function heldFor(trx: Db, actor: Actor, action: Action, id: string): Promise<ErasureRequest> {
  const { student_id } = await requestFor(trx, actor, action, id)
  await lockStudent(trx, student_id ?? -1)
  // Read again: another has agreed, or the student has gone to another school, a moment ago.
  const request = await requestFor(trx, actor, action, id)
  if (request.school_id === request.presentSchoolId) return request
  const anew = { school_id: request.presentSchoolId, agreed_by_id: null, agreed_at: null }
  const isAnew = await moveRequest(trx, request.id, 'undecided', anew)
  return isAnew ? { ...request, ...anew } : request
}

async function requestFor(
  trx: Db,
  actor: Actor,
  action: Action,
  id: string,
): Promise<ErasureRequest> {
  const request = await findRequest(trx, id)
  if (!request) throw nothingHere()
  authorize(actor, action, { schoolId: request.presentSchoolId })
  return request
}

function byAnother(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Vous avez donné le premier accord : une autre personne du lycée doit donner le second.',
    en: 'You gave the first agreement: another person of the school must give the second.',
  })
}
