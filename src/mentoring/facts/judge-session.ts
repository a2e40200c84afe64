import type { Actor, Context } from '../../context.js'
import type { Db, NewRow } from '../../store/schema.js'
import { schoolsOf, type AnyCohort } from '../cohorts/store.js'
import { dayInWords, toDay } from '../days.js'
import { isVettingRequired } from '../mentors/orders-store.js'
import { judgeMentors, type MentoringCase } from '../mentors/vetting.js'
import { wrongField } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import type { Warning } from '../warnings.js'
import { PLACES } from './places.data.js'
import type { SessionInput } from './record-session.js'
import { attending, leading, leadingOrganisation, liaisonOn } from './session-people.js'

const MAX_MINUTES = 480

export type Judged = Readonly<{
  row: Omit<NewRow<'mentoring_sessions'>, 'public_id' | 'recorded_by_id' | 'recorded_at'>
  people: Readonly<{ mentorIds: readonly number[]; studentIds: readonly number[] }>
  warnings: readonly Warning[]
}>

/**
 * What a session says, to be recorded or corrected: who was there, and what the rules of the scheme and of mentors
 * say of it.
 *
 * @throws {DomainError} invalid-request or rule-refused
 */
export async function judgeSession(
  ctx: Context,
  actor: Actor,
  cohort: AnyCohort,
  input: SessionInput,
): Promise<Judged> {
  assertSaid(input)
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
    ...{ kind, format, day, minutes, topic: input.topic.trim() },
    place: input.place ?? 'SCHOOL',
    accompanied_by: schoolAdultPresent ? 'SCHOOL_ADULT' : null,
    topic_agreed_by_id: topicAgreed ? liaisonId : null,
    topic_agreed_on: topicAgreed ? day : null,
    coordinated_by_id: coordinated ? liaisonId : null,
  }
  const about = { kind, format, day, topicAgreed, coordinated, students: students.cases }
  const { hasMinor } = students
  const met = { format, day, hasMinor, schoolAdultPresent, mentors: mentors.vettings }
  return {
    row,
    people: { mentorIds: mentors.ids, studentIds: students.ids },
    warnings: [...scheme.judgeSession(about), ...(await mentorWarnings(ctx.db, cohort.id, met))],
  }
}

/** MENT-01, as the academies of the cohort's schools want it. @throws {DomainError} rule-refused */
async function mentorWarnings(
  db: Db,
  cohortId: number,
  met: Omit<MentoringCase, 'isRequired'>,
): Promise<Warning[]> {
  const schoolIds = await schoolsOf(db, cohortId, met.day)
  return judgeMentors({ ...met, isRequired: await isVettingRequired(db, schoolIds, met.day) })
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
