import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { refusedBy, wrongField } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { visitAsGuardian } from './guardian-link.js'
import { insertObjection, listObjectionsOf } from './objections-store.js'
import { PROCESSINGS } from './purposes.data.js'
import { monthsAfter } from './record.js'
import { studentOf } from './say-word.js'

/** Objections of one student that may wait at once: a link without an account may not fill a school's first page. */
export const MAX_OPEN_OBJECTIONS = 5
export const MAX_OBJECTION = 2000

type Input = Readonly<{ processing: string; reason: string }>

/**
 * RGPD, art. 21: the student objects to a processing, for a reason of their own. The school answers within a month (art. 12, 3).
 *
 * @throws {DomainError} not-found, forbidden, invalid-request or rule-refused
 */
export async function objectAsStudent(ctx: Context, actor: Actor, input: Input): Promise<void> {
  const student = await studentOf(ctx.db, actor)
  await object(ctx, student, { ...input, guardian: null, actor: actor.publicId })
}

/** The same by a guardian, at their link. @throws {DomainError} not-found, gone, invalid-request or rule-refused */
export async function objectAsGuardian(
  ctx: Context,
  input: Input & Readonly<{ token: string }>,
): Promise<void> {
  const { guardian, student } = await visitAsGuardian(ctx, input.token)
  await object(ctx, student, { ...input, guardian, actor: guardian.public_id })
}

async function object(
  ctx: Context,
  student: Row<'students'>,
  input: Input & Readonly<{ guardian: { id: number } | null; actor: string }>,
): Promise<void> {
  const { guardian, actor } = input
  const processing = PROCESSINGS.find((one) => one === input.processing)
  if (!processing) throw noProcessing()
  const reason = toText(input.reason, '/reason')
  const publicId = ctx.newId()
  const at = ctx.now()
  const dueOn = monthsAfter(today(ctx), 1)
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const open = (await listObjectionsOf(trx, student.id)).filter((one) => one.answered_at === null)
    if (open.length >= MAX_OPEN_OBJECTIONS) throw tooMany()
    await insertObjection(trx, {
      ...{ public_id: publicId, student_id: student.id, school_id: student.school_id, processing },
      ...{ guardian_id: guardian?.id ?? null, reason_sealed: ctx.vault.seal(reason) },
      ...{ made_at: at.toISOString(), due_on: dueOn },
    })
    await appendAudit(trx, {
      ...{ at, actor, action: 'objection.made', subject: student.public_id },
      details: { objection: publicId, processing, due: dueOn },
    })
  })
}

/** What somebody wrote: a reason, an answer. @throws {DomainError} invalid-request */
export function toText(text: string, pointer: string): string {
  const written = text.trim().normalize('NFC')
  if (written !== '' && written.length <= MAX_OBJECTION) return written
  throw wrongField(pointer, {
    fr: `Écrivez une raison, en ${MAX_OBJECTION} caractères au plus.`,
    en: `Write a reason, in ${MAX_OBJECTION} characters at most.`,
  })
}

function noProcessing() {
  return wrongField('/processing', {
    fr: 'Choisissez à quoi vous vous opposez.',
    en: 'Choose what you object to.',
  })
}

function tooMany() {
  return refusedBy('CONSENT-04', '/reason', {
    fr: `${MAX_OPEN_OBJECTIONS} oppositions attendent déjà la réponse du lycée. Attendez qu’il ait répondu à l’une d’elles.`,
    en: `${MAX_OPEN_OBJECTIONS} objections wait for the school’s answer already. Wait until it has answered one of them.`,
  })
}
