import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { overlap, toDay } from '../days.js'
import { orderSchool } from '../indicators/count-schools.js'
import { refusedBy, wrongField } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { HIRED, OUTCOME_KINDS, OUTCOMES, type OutcomeKind } from './outcomes.data.js'
import { periodOf, seeStudentOutcomes } from './see-outcomes.js'
import { removeOutcome, saveOutcome } from './store.js'

export type OutcomesInput = Readonly<{
  cohortId: string
  studentId: string
  /** On which it was so; it says of which school year this is. */
  day: string
  /** A code of each kind; empty: not known. */
  outcomes: Readonly<Record<OutcomeKind, string>>
}>

/**
 * A school says how a student's course ended, in the school year of a day. What is left empty is taken back.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or rule-refused (PT-23)
 */
export async function recordOutcomes(
  ctx: Context,
  actor: Actor,
  input: OutcomesInput,
): Promise<void> {
  const { cohort, student } = await seeStudentOutcomes(ctx, actor, input)
  const day = toDay(input.day, '/day')
  const codes = OUTCOME_KINDS.map((kind) => [kind, toCode(kind, input.outcomes[kind])] as const)
  assertNotToCome(input.outcomes.NEXT, day, today(ctx))
  const year = schoolYearOf(day)
  if (!student.stays.some((stay) => overlap(stay, periodOf(year)))) throw notThen()
  const { schoolId } = student
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'outcomes.recorded',
      subject: student.publicId,
      // Not which: the audit keeps its lines for ever.
      details: { cohort: cohort.publicId },
    })
    const said = { student_id: student.id, cohort_id: cohort.id, school_id: schoolId, day }
    const by = { recorded_by_id: actor.personId, recorded_at: at.toISOString() }
    for (const [kind, outcome] of codes) {
      if (outcome === null) await removeOutcome(trx, { studentId: student.id, year, kind })
      else await saveOutcome(trx, { ...said, ...by, school_year: year, kind, outcome })
    }
    await orderSchool(ctx, trx, { schoolId, year })
  })
}

/** @throws {DomainError} invalid-request */
function toCode(kind: OutcomeKind, text: string): string | null {
  if (text === '') return null
  const { words, outcomes } = OUTCOMES[kind]
  if (outcomes.some(({ code }) => code === text)) return text
  throw wrongField(`/${kind.toLowerCase()}`, {
    fr: `Choisissez dans la liste, ou « non renseigné » : ${words.fr}.`,
    en: `Choose from the list, or “not known”: ${words.en}.`,
  })
}

/** PT-23: a contract is noted once it has come about; so is all the rest. */
function assertNotToCome(next: string, day: string, today: string): void {
  if (day <= today) return
  if (next !== HIRED) {
    throw wrongField('/day', {
      fr: 'Ce jour est à venir : un résultat se note une fois connu. Donnez un jour passé.',
      en: 'This day is still to come: a result is noted once it is known. Give a past day.',
    })
  }
  throw refusedBy('PT-23', '/day', {
    fr: 'Un contrat se note une fois qu’il a commencé, jamais comme une promesse : ce jour est à venir. Donnez un jour passé, ou une autre suite.',
    en: 'A contract is noted once it has begun, never as a promise: this day is still to come. Give a past day, or something else that came next.',
  })
}

function notThen() {
  return wrongField('/day', {
    fr: 'L’élève n’était pas dans cette cohorte cette année scolaire-là. Donnez un jour d’une année où il y était.',
    en: 'The student was not in this cohort in that school year. Give a day of a year in which they were.',
  })
}
