import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { NewRow } from '../../store/schema.js'
import { findAnyCohort, type AnyCohort } from '../cohorts/store.js'
import { dayInWords, isDay, toDay } from '../days.js'
import { judgeMentors } from '../mentors/vetting.js'
import { nothingHere, wrongField } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import type { SessionFormat } from '../schemes/scheme.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { personOf } from './confirmation.js'
import { PLACES } from './places.data.js'
import { attending, leading, leadingOrganisation, liaisonOn } from './session-people.js'
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

const MAX_MINUTES = 480

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
  assertSaid(input)
  const { row, people, warnings } = await judged(ctx, actor, cohort, { ...input, day })
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
    await insertSession(trx, { ...row, ...by, public_id }, people)
    const kept = { subject_kind: 'session', subject_id: public_id }
    await keepWarnings(trx, warnings, { ...kept, by_id: recorded_by_id, at: at.toISOString() })
  })
  return public_id
}

type Judged = Readonly<{
  row: Omit<NewRow<'mentoring_sessions'>, 'public_id' | 'recorded_by_id' | 'recorded_at'>
  people: Readonly<{ mentorIds: readonly number[]; studentIds: readonly number[] }>
  warnings: readonly Warning[]
}>

/** Looks up who was there, and asks the rules of the scheme and of mentors. */
async function judged(
  ctx: Context,
  actor: Actor,
  cohort: AnyCohort,
  input: SessionInput,
): Promise<Judged> {
  const { day, kind, minutes } = input
  const scheme = schemeOf(cohort.scheme)
  const companyId = await leadingOrganisation(ctx.db, cohort, input.companyId, day)
  const mentors = await leading(ctx.db, companyId, input.mentorIds, day)
  const students = await attending(ctx, actor, cohort, input)
  const liaisonId = await liaisonOn(ctx.db, cohort, day)
  const topicAgreed = input.topicAgreed && liaisonId !== null
  const coordinated = input.coordinated && liaisonId !== null
  const schoolAdultPresent = input.schoolAdultPresent ?? false
  const format = input.format ?? scheme.formatOf(kind, students.ids.length)
  const row = {
    cohort_id: cohort.id,
    company_id: companyId,
    scheme: scheme.code,
    ...{ kind, format, day, minutes },
    topic: input.topic.trim(),
    place: input.place ?? 'SCHOOL',
    accompanied_by: schoolAdultPresent ? 'SCHOOL_ADULT' : null,
    topic_agreed_by_id: topicAgreed ? liaisonId : null,
    topic_agreed_on: topicAgreed ? day : null,
    coordinated_by_id: coordinated ? liaisonId : null,
  }
  const about = { kind, format, day, topicAgreed, coordinated }
  const { hasMinor } = students
  return {
    row,
    people: { mentorIds: mentors.ids, studentIds: students.ids },
    warnings: [
      ...scheme.judgeSession({ ...about, students: students.cases }),
      ...judgeMentors({ format, day, hasMinor, schoolAdultPresent, mentors: mentors.vettings }),
    ],
  }
}

/** A form that was sent twice, most often: the hours would count twice. */
function recordedAlready(): DomainError {
  const words = {
    fr: 'Cette séance est déjà enregistrée, avec les mêmes élèves. Si c’en est une autre, dites-le dans son sujet.',
    en: 'This session is recorded already, with the same students. If it is another one, say so in its topic.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/topic', words }] })
}

/** @throws {DomainError} invalid-request for a day to come: what is recorded has taken place */
export function pastDay(text: string, today: string, pointer = '/day'): string {
  const day = toDay(text, pointer)
  if (day <= today) return day
  const { fr, en } = dayInWords(day)
  throw wrongField(pointer, {
    fr: `Cette date est à venir : ${fr}. Saisissez ce qui a eu lieu, une fois passé.`,
    en: `This day is still to come: ${en}. Record what has taken place, once it has.`,
  })
}

function assertSaid({ minutes, topic, mentorIds, place = 'SCHOOL' }: SessionInput): void {
  if (mentorIds.length === 0) {
    throw wrongField('/mentorIds', {
      fr: 'Choisissez un mentor ou plusieurs.',
      en: 'Choose one mentor or several.',
    })
  }
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw wrongField('/minutes', {
      fr: `Une séance dure de 1 à ${MAX_MINUTES} minutes. Corrigez la durée.`,
      en: `A session lasts 1 to ${MAX_MINUTES} minutes. Correct the duration.`,
    })
  }
  if (!PLACES.some((one) => one === place)) {
    throw wrongField('/place', {
      fr: `« ${place.slice(0, 40)} » n’est pas un lieu : SCHOOL, COMPANY, ONLINE ou ELSEWHERE. Choisissez-en un.`,
      en: `“${place.slice(0, 40)}” is no place: SCHOOL, COMPANY, ONLINE or ELSEWHERE. Choose one.`,
    })
  }
  if (topic.trim() !== '' && topic.length <= 500) return
  throw wrongField('/topic', {
    fr: 'Dites le sujet de la séance, en 500 caractères au plus.',
    en: 'Say what the session was about, in 500 characters or fewer.',
  })
}
