import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { dayAt, today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Words } from '../../words.js'
import { nothingHere, wrongField } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { toText } from './object.js'
import {
  countOpenObjections,
  findObjection,
  listObjections,
  saveObjectionAnswer,
  type FoundObjection,
  type ObjectionRow,
} from './objections-store.js'
import { PROCESSINGS, type Processing } from './purposes.data.js'

export const OUTCOMES = ['upheld', 'partly', 'rejected'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  upheld: { fr: 'acceptée : ce traitement s’arrête', en: 'upheld: this processing stops' },
  partly: { fr: 'acceptée en partie', en: 'upheld in part' },
  rejected: { fr: 'refusée, pour un motif impérieux', en: 'rejected, on compelling grounds' },
}

export type ObjectionView = Readonly<{
  id: string
  processing: Processing
  byGuardian: boolean
  reason: string
  /** Days at school. */
  madeOn: string
  dueOn: string
  isLate: boolean
  answered: Readonly<{ on: string; outcome: Outcome; answer: string }> | undefined
}>
export type SchoolObjection = ObjectionView &
  Readonly<{ student: Readonly<{ id: string; name: string }> }>

/** How many wait for an answer of the actor's schools. */
export function openObjectionsFor(ctx: Context, actor: Actor): Promise<number> {
  return countOpenObjections(ctx.db, organisationsWith(actor, 'manage-consents'))
}

/** What students and guardians of the actor's schools objected to. @throws {DomainError} forbidden */
export async function seeObjections(ctx: Context, actor: Actor): Promise<SchoolObjection[]> {
  const schoolIds = organisationsWith(actor, 'manage-consents')
  authorize(actor, 'manage-consents', { schoolIds })
  const found = await listObjections(ctx.db, schoolIds)
  return found.map((one) => ofSchool(ctx, one))
}

/** @throws {DomainError} forbidden or not-found */
export async function seeObjection(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<SchoolObjection> {
  return ofSchool(ctx, await objectionFor(ctx, actor, publicId))
}

/**
 * The school's answer, once, with its reason. What it then stops is done by people: this writes down what they decided.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, or conflict if it was answered before
 */
export async function answerObjection(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ id: string; outcome: string; answer: string }>,
): Promise<void> {
  const found = await objectionFor(ctx, actor, input.id)
  const outcome = OUTCOMES.find((one) => one === input.outcome)
  if (!outcome) throw noOutcome()
  const sealed = ctx.vault.seal(toText(input.answer, '/answer'))
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, found.student_id)
    // Read again: the student may have gone to another school meanwhile.
    const objection = await objectionFor({ ...ctx, db: trx }, actor, input.id)
    const answer = { at: at.toISOString(), byId: actor.personId, outcome, sealed }
    if (!(await saveObjectionAnswer(trx, objection.id, answer))) throw alreadyAnswered()
    await appendAudit(trx, {
      ...{ at, actor: actor.publicId, action: 'objection.answered' },
      ...{ subject: objection.studentPublicId, details: { objection: input.id, outcome } },
    })
  })
}

/** An objection as whoever made it reads it. */
export function toView(ctx: Context, row: ObjectionRow): ObjectionView {
  const outcome = OUTCOMES.find((one) => one === row.outcome)
  return {
    id: row.public_id,
    processing: PROCESSINGS.find((one) => one === row.processing) ?? 'other',
    byGuardian: row.guardian_id !== null,
    reason: ctx.vault.open(row.reason_sealed),
    madeOn: dayAt(new Date(row.made_at), ctx.config.timeZone),
    dueOn: row.due_on,
    isLate: row.answered_at === null && row.due_on < today(ctx),
    answered:
      row.answered_at === null || !outcome || row.answer_sealed === null
        ? undefined
        : {
            on: dayAt(new Date(row.answered_at), ctx.config.timeZone),
            outcome,
            answer: ctx.vault.open(row.answer_sealed),
          },
  }
}

function ofSchool(ctx: Context, row: FoundObjection): SchoolObjection {
  const name = `${row.givenName} ${row.familyName}`
  return { ...toView(ctx, row), student: { id: row.studentPublicId, name } }
}

async function objectionFor(ctx: Context, actor: Actor, publicId: string): Promise<FoundObjection> {
  const objection = await findObjection(ctx.db, publicId)
  if (!objection) throw nothingHere()
  authorize(actor, 'manage-consents', { schoolId: objection.presentSchoolId })
  return objection
}

function noOutcome() {
  return wrongField('/outcome', {
    fr: 'Choisissez ce que le lycée décide.',
    en: 'Choose what the lycée decides.',
  })
}

function alreadyAnswered() {
  return new DomainError('conflict', {
    fr: 'Cette opposition a déjà sa réponse, qui reste telle quelle.',
    en: 'This objection has its answer already, which stays as it is.',
  })
}
