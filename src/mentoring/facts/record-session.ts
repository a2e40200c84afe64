import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, listAssignments } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { personOf } from './confirmation.js'
import { dayInWords, isWithin, toDay } from '../days.js'
import { markFigures } from '../indicators/store.js'
import { noCompany } from '../classes/open-class.js'
import { nothingHere, wrongField } from '../refusals.js'
import { ptech } from '../schemes/ptech.js'
import type { SessionCase, SessionFormat } from '../schemes/scheme.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { listLiaisons } from '../classes/liaison-store.js'
import { activeCompaniesOf, findCohort, type Cohort } from '../classes/store.js'
import { findPersonId, hasSession, insertSession } from './store.js'
import { listMembers, listSchoolings } from '../students/store.js'

export type SessionInput = Readonly<{
  cohortId: string
  companyId: string
  kind: string
  format: SessionFormat
  day: string
  minutes: number
  topic: string
  mentorId: string
  studentIds: readonly string[]
  /** PT-06: the liaison officer of the day agreed to the topic. */
  topicAgreed: boolean
  /** PT-07: they coordinated the visit or event. */
  coordinated: boolean
  /** Rules that warned, and were read. */
  acknowledged: readonly string[]
}>

const MAX_MINUTES = 480

/**
 * Records a mentoring session of a cohort. It counts once somebody else has confirmed it.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict (the same twice)
 */
export async function recordSession(
  ctx: Context,
  actor: Actor,
  input: SessionInput,
): Promise<string> {
  const cohort = await findCohort(ctx.db, input.cohortId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'record-session', { schoolId: cohort.schoolId })
  const recordedById = personOf(actor)
  const day = pastDay(input.day, today(ctx))
  assertLength(input)
  const companyId = await partnerOn(ctx.db, cohort, input.companyId, day)
  const mentorId = await mentorOf(ctx.db, companyId, input.mentorId, day)
  const students = await attending(ctx.db, cohort, { ...input, day })
  const studentIds = students.map(({ id }) => id)
  const liaisonId = await liaisonOn(ctx.db, cohort, day)
  const topicAgreed = input.topicAgreed && liaisonId !== null
  const coordinated = input.coordinated && liaisonId !== null
  const warnings = ptech.judgeSession({ ...input, day, students, topicAgreed, coordinated })
  assertAcknowledged(warnings, input.acknowledged)

  const publicId = ctx.newId()
  const at = ctx.now()
  const row = {
    public_id: publicId,
    cohort_id: cohort.id,
    company_id: companyId,
    scheme: ptech.code,
    kind: input.kind,
    format: input.format,
    day,
    minutes: input.minutes,
    topic: input.topic.trim(),
    topic_agreed_by_id: topicAgreed ? liaisonId : null,
    topic_agreed_on: topicAgreed ? day : null,
    coordinated_by_id: coordinated ? liaisonId : null,
    recorded_by_id: recordedById,
    recorded_at: at.toISOString(),
  }
  await ctx.db.transaction().execute(async (trx) => {
    // First the audit: writers wait for each other on its head, so that the second of two sees the first.
    const details = { kind: row.kind, students: studentIds.length }
    const action = 'session.recorded'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
    if (await hasSession(trx, row, studentIds)) throw recordedAlready()
    await insertSession(trx, row, { mentorId, studentIds })
    await markFigures(trx, [cohort.id], day)
    const kept = { subject_kind: 'session', subject_id: publicId }
    await keepWarnings(trx, warnings, { ...kept, by_id: recordedById, at: at.toISOString() })
  })
  return publicId
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

/** @throws {DomainError} invalid-request unless the company is one of the class's on the day */
async function partnerOn(db: Db, cohort: Cohort, publicId: string, day: string): Promise<number> {
  const company = await findOrganisationByPublicId(db, publicId)
  const active = await activeCompaniesOf(db, cohort.classId, day)
  const link = active.find(({ companyId }) => companyId === company?.id)
  if (link) return link.companyId
  throw noCompany('/companyId')
}

async function mentorOf(db: Db, companyId: number, publicId: string, day: string): Promise<number> {
  const personId = await findPersonId(db, publicId)
  const roles = personId === undefined ? [] : await listAssignments(db, personId, day)
  const isOfCompany = roles.some(({ organisationId }) => organisationId === companyId)
  if (personId !== undefined && isOfCompany) return personId
  throw wrongField('/mentorId', {
    fr: 'Cette personne n’a pas de rôle dans l’entreprise ce jour-là. Choisissez quelqu’un de l’entreprise.',
    en: 'This person has no role in the company on that day. Choose somebody of the company.',
  })
}

/** The class's liaison officer on the day, if it had one. */
async function liaisonOn(db: Db, { classId }: Cohort, day: string): Promise<number | null> {
  const liaisons = await listLiaisons(db, classId)
  return liaisons.find((one) => isWithin(day, one))?.personId ?? null
}

/** The students who were there: all of the cohort on that day. */
async function attending(
  db: Db,
  cohort: Cohort,
  session: Readonly<{ day: string; studentIds: readonly string[] }>,
): Promise<(SessionCase['students'][number] & { id: number })[]> {
  const members = await listMembers(db, cohort.id, session.day)
  const chosen = [...new Set(session.studentIds)].map((publicId, index) => {
    const pointer = `/studentIds/${index}`
    const member = members.find((one) => one.public_id === publicId)
    if (member) return { id: member.id, pointer }
    throw wrongField(pointer, {
      fr: 'Cet élève n’est pas dans la cohorte ce jour-là. Décochez-le.',
      en: 'This student is not in the cohort on that day. Untick them.',
    })
  })
  const ids = chosen.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(db, ids), ({ studentId }) => studentId)
  if (chosen.length > 0) {
    return chosen.map((one) => ({ ...one, schoolings: schoolings.get(one.id) ?? [] }))
  }
  throw wrongField('/studentIds', {
    fr: 'Cochez au moins un élève.',
    en: 'Tick one student or more.',
  })
}

function assertLength({ minutes, topic }: SessionInput): void {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw wrongField('/minutes', {
      fr: `Une séance dure de 1 à ${MAX_MINUTES} minutes. Corrigez la durée.`,
      en: `A session lasts 1 to ${MAX_MINUTES} minutes. Correct the duration.`,
    })
  }
  if (topic.trim() !== '' && topic.length <= 500) return
  throw wrongField('/topic', {
    fr: 'Dites le sujet de la séance, en 500 caractères au plus.',
    en: 'Say what the session was about, in 500 characters or fewer.',
  })
}
