import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { findAnyCohort } from '../cohorts/store.js'
import { isDay } from '../days.js'
import { nothingHere } from '../refusals.js'
import type { SessionFormat } from '../schemes/scheme.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { markFigures } from '../indicators/store.js'
import { personOf } from './confirmation.js'
import { judgeSession, pastDay } from './judge-session.js'
import { resourceOn } from './session-resource.js'
import { hasSession, insertSession } from './store.js'

export type SessionInput = Readonly<{
  cohortId: string
  /** Whose people led it: a company, or who runs the cohort. */
  companyId: string
  kind: string
  /** What the number of students tells, unless it is said. */
  format?: SessionFormat | undefined
  day: string
  minutes: number
  topic: string
  /** One of PLACES; at school unless it is said. */
  place?: string | undefined
  /** Public ids of persons, all of the organisation. */
  mentorIds: readonly string[]
  studentIds: readonly string[]
  /** PT-06: the liaison officer of the day agreed to the topic. */
  topicAgreed: boolean
  /** PT-07: they coordinated the visit or event. */
  coordinated: boolean
  /** MENT-01: an adult of the school was there. */
  schoolAdultPresent?: boolean | undefined
  /** Rules that warned, and were read. */
  acknowledged: readonly string[]
}>

/**
 * Records a mentoring session of a cohort, of whatever scheme. It counts once somebody else has confirmed it.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict (the same twice)
 */
export async function recordSession(
  ctx: Context,
  actor: Actor,
  input: SessionInput,
): Promise<string> {
  const cohort = await findAnyCohort(ctx.db, input.cohortId)
  if (!cohort) throw nothingHere()
  const claimed = isDay(input.day) ? input.day : today(ctx)
  authorize(actor, 'record-session', await resourceOn(ctx.db, cohort, claimed))
  const recorded_by_id = personOf(actor)
  const day = pastDay(input.day, today(ctx))
  const { row, people, warnings } = await judgeSession(ctx, actor, cohort, { ...input, day })
  assertAcknowledged(warnings, input.acknowledged)

  const public_id = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // First the audit: writers wait for each other on its head, so that the second of two sees the first.
    const details = { kind: row.kind, students: people.studentIds.length }
    const action = 'session.recorded'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: public_id, details })
    if (await hasSession(trx, row, people.studentIds)) throw recordedAlready()
    const by = { recorded_by_id, recorded_at: at.toISOString() }
    await markFigures(trx, [cohort.id], day)
    await insertSession(trx, { ...row, ...by, public_id }, people)
    const kept = { subject_kind: 'session', subject_id: public_id }
    await keepWarnings(trx, warnings, { ...kept, by_id: recorded_by_id, at: at.toISOString() })
  })
  return public_id
}

/** A form that was sent twice, most often: the hours would count twice. */
function recordedAlready(): DomainError {
  const words = {
    fr: 'Cette séance est déjà enregistrée, avec les mêmes élèves. Si c’en est une autre, dites-le dans son sujet.',
    en: 'This session is recorded already, with the same students. If it is another one, say so in its topic.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/topic', words }] })
}
