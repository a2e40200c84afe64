import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { toDay } from '../days.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { markFigures } from '../indicators/store.js'
import { managing } from '../groups/reach.js'
import { schemeOf } from '../schemes/index.js'
import { groupEnrolmentsOf } from '../groups/members-store.js'
import { findStudent, lockStudent, saveEnrolmentEnd } from '../students/store.js'
import { findAnyCohort } from './store.js'

/** Why a student leaves a cohort: a code, so that no text about a young person is kept. */
export const EXIT_REASONS = [
  'FIN_DE_PARCOURS',
  'EMBAUCHE_PARTENAIRE',
  'DEMENAGEMENT',
  'REORIENTATION',
  'DECROCHAGE',
  'AUTRE',
] as const
export type ExitReason = (typeof EXIT_REASONS)[number]

export const EXIT_WORDS: Readonly<Record<ExitReason, Words>> = {
  FIN_DE_PARCOURS: { fr: 'Fin du parcours', en: 'End of the course' },
  EMBAUCHE_PARTENAIRE: {
    fr: 'Embauche dans une entreprise partenaire',
    en: 'Employed by a partner company',
  },
  DEMENAGEMENT: { fr: 'Déménagement ou changement de lycée', en: 'Moved, or changed school' },
  REORIENTATION: { fr: 'Réorientation', en: 'Changed course' },
  DECROCHAGE: { fr: 'Arrêt de la formation', en: 'Left education' },
  AUTRE: { fr: 'Autre raison', en: 'Another reason' },
}

/**
 * Ends a student's time in a cohort of whatever scheme. What was recorded until the last day stays theirs.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused (PT-23) or conflict (a pair ends whole)
 */
export async function endEnrolment(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; studentId: string; lastDay: string; reason: string }>,
): Promise<void> {
  const cohort = await findAnyCohort(ctx.db, input.cohortId)
  const student = await findStudent(ctx.db, input.studentId)
  if (!cohort || !student) throw nothingHere()
  const { ownerId } = cohort
  const schoolIds = [ownerId, student.school_id]
  authorize(actor, managing(cohort), { schoolIds, companyIds: [ownerId] })
  if (schemeOf(cohort.scheme).ofOne) throw endsWhole()
  const lastDay = toDay(input.lastDay, '/lastDay')
  const reason = toExitReason(input.reason)
  assertNoPromise(reason, lastDay, today(ctx))
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const enrolments = await groupEnrolmentsOf(trx, student.id)
    if (!enrolments.some((one) => one.cohortId === cohort.id && one.untilDay === null)) {
      throw nothingHere()
    }
    const of = { id: student.id, publicId: student.public_id }
    await closeEnrolment(ctx, trx, { actor, student: of, cohort, lastDay, reason })
  })
}

function endsWhole(): DomainError {
  return new DomainError('conflict', {
    fr: 'Un binôme se termine en entier. Terminez-le sur sa page.',
    en: 'A pair ends as a whole. End it on its page.',
  })
}

/**
 * Writes the end of an enrolment that is open, within the transaction of whoever ends it.
 *
 * @throws {DomainError} invalid-request for a day before it began
 */
export async function closeEnrolment(
  ctx: Context,
  trx: Db,
  { actor, student, cohort, lastDay, reason }: ClosedEnrolment,
): Promise<void> {
  const of = { studentId: student.id, cohortId: cohort.id }
  if (!(await saveEnrolmentEnd(trx, of, { lastDay, reason }))) throw tooEarly()
  await markFigures(trx, [cohort.id], lastDay)
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: 'enrolment.ended',
    subject: student.publicId,
    // Not why: the audit keeps its lines for ever, and « décrochage » is nobody's for ever.
    details: { cohort: cohort.publicId },
  })
}

type Known = Readonly<{ id: number; publicId: string }>
type ClosedEnrolment = Readonly<{
  actor: Actor
  student: Known
  cohort: Known
  lastDay: string
  reason: ExitReason
}>

/** @throws {DomainError} invalid-request */
export function toExitReason(text: string): ExitReason {
  const reason = EXIT_REASONS.find((known) => known === text)
  if (reason) return reason
  throw wrongField('/reason', {
    fr: 'Choisissez la raison du départ.',
    en: 'Choose the reason for leaving.',
  })
}

/** PT-23: that somebody was employed is said once it is so: it is an outcome, and never a promise. */
function assertNoPromise(reason: ExitReason, lastDay: string, today: string): void {
  if (reason !== 'EMBAUCHE_PARTENAIRE' || lastDay <= today) return
  throw refusedBy('PT-23', '/lastDay', {
    fr: 'Une embauche se note une fois qu’elle a eu lieu : ce jour est à venir. Donnez un jour passé, ou une autre raison.',
    en: 'Employment is noted once it has come about: this day is still to come. Give a past day, or another reason.',
  })
}

function tooEarly() {
  return wrongField('/lastDay', {
    fr: 'Ce jour est avant l’inscription dans la cohorte. Donnez un jour plus tard.',
    en: 'This day is before the enrolment in the cohort. Give a later day.',
  })
}
