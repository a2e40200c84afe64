import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { dayInWords, toDay } from '../days.js'
import { personOf } from '../facts/confirmation.js'
import { nothingHere, wrongField } from '../refusals.js'
import { choicesForPlan, type PlanChoices } from './plan-choices.js'
import { findPlanned, hasPlanned, insertPlanned, saveCancelled } from './planned-store.js'
import { reachOf } from './reach.js'

export type PlanInput = Readonly<{
  cohortId: string
  kind: string
  day: string
  /** HH:MM at school; empty: not settled yet. */
  startTime: string
  minutes: number
  topic: string
  organisationId: string
  /** Empty: not known yet. */
  mentorId: string
}>

const MAX_MINUTES = 480
/** What is further away is planned later. */
const MAX_DAYS_AHEAD = 730
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Plans a session of a cohort. It is no fact and counts nowhere until it is recorded.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict (the same twice)
 */
export async function planSession(ctx: Context, actor: Actor, input: PlanInput): Promise<string> {
  const choices = await choicesForPlan(ctx, actor, input)
  const plannedById = personOf(actor)
  const day = dayToCome(input.day, today(ctx))
  assertSound(input, choices)
  const organisation = choices.organisations.find(
    ({ publicId }) => publicId === input.organisationId,
  )
  if (!organisation) throw notWithCohort()
  const publicId = ctx.newId()
  const at = ctx.now()
  const row = {
    public_id: publicId,
    cohort_id: choices.cohort.id,
    organisation_id: organisation.id,
    mentor_id: mentorOf(input, choices),
    kind: input.kind,
    day,
    start_time: input.startTime === '' ? null : input.startTime,
    minutes: input.minutes,
    topic: input.topic.trim(),
    planned_by_id: plannedById,
    planned_at: at.toISOString(),
  }
  await ctx.db.transaction().execute(async (trx) => {
    // First the audit: writers wait for each other on its head, so that the second of two sees the first.
    const details = { cohort: choices.cohort.publicId, kind: row.kind }
    const action = 'session.planned'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
    if (await hasPlanned(trx, row)) throw plannedAlready()
    await insertPlanned(trx, row)
  })
  return publicId
}

/**
 * Cancels a planned session of a cohort, for good.
 *
 * @throws {DomainError} forbidden, not-found, or conflict (cancelled already)
 */
export async function cancelPlanned(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; plannedId: string }>,
): Promise<void> {
  const { cohort } = await reachOf(ctx, actor, input.cohortId)
  const planned = await findPlanned(ctx.db, input.plannedId)
  if (planned?.cohortId !== cohort.id) throw nothingHere()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await saveCancelled(trx, planned.publicId, at))) throw cancelledAlready()
    const line = { at, actor: actor.publicId, action: 'session.cancelled' }
    await appendAudit(trx, { ...line, subject: planned.publicId })
  })
}

function dayToCome(text: string, today: string): string {
  const day = toDay(text, '/day')
  const last = new Date(Date.parse(today) + MAX_DAYS_AHEAD * DAY_MS).toISOString().slice(0, 10)
  const { fr, en } = dayInWords(day)
  if (day < today) {
    throw wrongField('/day', {
      fr: `Cette date est passée : ${fr}. Si la séance a eu lieu, enregistrez-la ; sinon choisissez un jour à venir.`,
      en: `This day is past: ${en}. If the session took place, record it; if not, choose a day to come.`,
    })
  }
  if (day <= last) return day
  throw wrongField('/day', {
    fr: `Le ${fr} est dans plus de deux ans. Choisissez un jour plus proche.`,
    en: `${en} is more than two years away. Choose a nearer day.`,
  })
}

function assertSound(
  { kind, startTime, minutes, topic }: PlanInput,
  { scheme }: PlanChoices,
): void {
  if (!scheme.kinds.some(({ code }) => code === kind)) {
    const known = scheme.kinds.map(({ code }) => code).join(', ')
    throw wrongField('/kind', {
      fr: `${kind === '' ? 'Il manque le type de la séance.' : `« ${kind.slice(0, 40)} » n’est pas un type de séance de ce dispositif.`} Choisissez : ${known}.`,
      en: `${kind === '' ? 'The kind of session is missing.' : `“${kind.slice(0, 40)}” is no kind of session of this scheme.`} Choose one of: ${known}.`,
    })
  }
  if (startTime !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(startTime)) {
    throw wrongField('/startTime', {
      fr: `« ${startTime.slice(0, 20)} » n’est pas une heure. Écrivez-la 14:30, ou laissez ce champ vide.`,
      en: `“${startTime.slice(0, 20)}” is no time. Write it 14:30, or leave this field empty.`,
    })
  }
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw wrongField('/minutes', {
      fr: `Une séance dure de 1 à ${MAX_MINUTES} minutes. Corrigez la durée.`,
      en: `A session lasts 1 to ${MAX_MINUTES} minutes. Correct the duration.`,
    })
  }
  if (topic.trim() !== '' && topic.length <= 500) return
  throw wrongField('/topic', {
    fr: 'Dites le sujet de la séance, en 500 caractères au plus, sans nommer d’élève.',
    en: 'Say what the session is about, in 500 characters or fewer, naming no student.',
  })
}

function mentorOf(input: PlanInput, { mentors }: PlanChoices): number | null {
  if (input.mentorId === '') return null
  const mentor = mentors.find(
    ({ publicId, organisationId }) =>
      publicId === input.mentorId && organisationId === input.organisationId,
  )
  if (mentor) return mentor.personId
  throw wrongField('/mentorId', {
    fr: 'Cette personne n’est pas de cette organisation ce jour-là. Choisissez quelqu’un de l’organisation, ou personne.',
    en: 'This person is not of this organisation on that day. Choose somebody of the organisation, or nobody.',
  })
}

function notWithCohort(): DomainError {
  return wrongField('/organisationId', {
    fr: 'Cette organisation n’est pas avec la cohorte ce jour-là. Choisissez l’une de celles de la liste.',
    en: 'This organisation is not with the cohort on that day. Choose one of those of the list.',
  })
}

/** A form that was sent twice, most often. */
function plannedAlready(): DomainError {
  const words = {
    fr: 'Cette séance est déjà prévue. Si c’en est une autre, dites-le dans son sujet ou changez son heure.',
    en: 'This session is planned already. If it is another one, say so in its topic or change its time.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/topic', words }] })
}

function cancelledAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette séance est déjà annulée. Rechargez la page.',
    en: 'This session is cancelled already. Reload the page.',
  })
}
