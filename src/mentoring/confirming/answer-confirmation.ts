import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { findOrganisation, findPerson } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Words } from '../../words.js'
import { openAnswerLink, useAnswerLink, type AnswerLink } from '../answers/answer-links.js'
import { seeOwnData, type OwnData } from '../answers/see-own-data.js'
import { wordsOf } from '../calendar/names-nobody.js'
import { findAnyCohortById } from '../cohorts/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { keepConfirmation } from './confirm-session.js'
import { lockSession } from '../facts/changes-store.js'
import { alreadyConfirmed, assertOtherPerson, disputed } from '../facts/confirmation.js'
import { listPresent, mentorsOfSession } from '../facts/presence-store.js'
import { markFigures } from '../indicators/store.js'
import { findSessionById, saveDispute, type FoundSession } from '../facts/store.js'

/** What a mentor is asked: enough to remember the session, and no student's name. */
export type ConfirmationQuestion = Readonly<{
  kind: string
  day: string
  minutes: number
  /** Left out when it names somebody who was there. */
  topic: string | undefined
  cohortTitle: string
  /** The lycée of the class, or who runs the cohort. */
  ownerName: string
  /** For whom the mentor came. */
  organisationName: string
  students: number
  mentorName: string
  data: OwnData
}>

/**
 * What a link asks. It may be looked at as often as one wishes.
 *
 * @throws {DomainError} not-found, or gone: used, revoked, expired, or answered otherwise meanwhile
 */
export async function seeConfirmationQuestion(
  ctx: Context,
  token: string,
): Promise<ConfirmationQuestion> {
  const { link, session } = await askedBy(ctx, token)
  const cohort = await findAnyCohortById(ctx.db, session.cohort_id)
  const organisation = await findOrganisation(ctx.db, session.company_id)
  if (!cohort || !organisation) throw nothingHere()
  const present = await listPresent(ctx.db, session.id)
  const data = await seeOwnData(ctx.db, link.personId)
  const { kind, day, minutes, topic } = session
  return {
    ...{ kind, day, minutes, data },
    topic: namesSomebody(topic, present) ? undefined : topic,
    cohortTitle: cohort.title,
    ownerName: cohort.ownerName,
    organisationName: organisation.name,
    students: present.length,
    mentorName: data.name,
  }
}

export type ConfirmationAnswer = Readonly<{
  token: string
  tookPlace: boolean
  /** Why not. */
  reason: string
  /** Who is signed in at the browser that answers, if anybody. */
  visitorId: number | null
}>

/**
 * The mentor's answer, once: the session is confirmed, or disputed with a reason, which the school reads.
 *
 * @throws {DomainError} not-found, gone, invalid-request, conflict, or forbidden to whoever recorded the session
 */
export async function answerConfirmation(ctx: Context, input: ConfirmationAnswer): Promise<void> {
  const { link, session } = await askedBy(ctx, input.token)
  // The link was shown to whoever recorded it: they do not answer in the mentor's place.
  if (input.visitorId !== null) assertOtherPerson(input.visitorId, session.recorded_by_id)
  const person = await findPerson(ctx.db, link.personId)
  if (!person) throw nothingHere()
  const reason = input.tookPlace ? '' : toReason(input.reason)
  const at = ctx.now()
  const by = { personId: link.personId, publicId: person.publicId, link: link.publicId }
  await ctx.db.transaction().execute(async (trx) => {
    await lockSession(trx, session.id)
    await useAnswerLink(trx, link.id, at)
    if (input.tookPlace) return keepConfirmation(ctx, trx, session, { ...by, role: 'mentor' })
    const dispute = { by: link.personId, at: at.toISOString(), reason }
    if (!(await saveDispute(trx, session, dispute))) throw alreadyConfirmed()
    await markFigures(trx, [session.cohort_id], session.day)
    await appendAudit(trx, {
      at,
      actor: person.publicId,
      action: 'session.disputed',
      subject: session.public_id,
      details: { link: link.publicId },
    })
  })
}

async function askedBy(
  ctx: Context,
  token: string,
): Promise<{ link: AnswerLink; session: FoundSession }> {
  const link = await openAnswerLink(ctx, token, 'confirm-session')
  const session = await findSessionById(ctx.db, link.factId)
  const mentors = session ? await mentorsOfSession(ctx.db, session.id) : []
  const isMentor = mentors.some(({ personId }) => personId === link.personId)
  if (!session || !isMentor) throw new DomainError('gone', CHANGED)
  assertOtherPerson(link.personId, session.recorded_by_id)
  if (session.confirmed_at !== null) throw new DomainError('gone', CONFIRMED)
  if (session.disputed_at !== null) throw new DomainError('gone', disputed().words)
  return { link, session }
}

const CHANGED: Words = {
  fr: 'La séance dont parle ce lien a été corrigée ou annulée : il n’y a plus rien à confirmer. Merci.',
  en: 'The session of this link was corrected or undone: there is nothing to confirm any more. Thank you.',
}
const CONFIRMED: Words = {
  fr: 'Cette séance est déjà confirmée : il n’y a plus rien à faire. Merci.',
  en: 'This session is confirmed already: there is nothing more to do. Thank you.',
}

function toReason(text: string): string {
  const reason = text.trim()
  if (reason !== '' && reason.length <= 500) return reason
  throw wrongField('/reason', {
    fr: 'Dites ce qui est faux, en 500 caractères au plus.',
    en: 'Say what is wrong, in 500 characters or fewer.',
  })
}

type Named = Readonly<{ givenName: string; familyName: string }>

/** Whether a text holds the given or family name of one of some people, as a word of it. */
function namesSomebody(text: string, people: readonly Named[]): boolean {
  const words = new Set(wordsOf(text))
  return people
    .flatMap(({ givenName, familyName }) => [...wordsOf(givenName), ...wordsOf(familyName)])
    .some((name) => name.length > 1 && words.has(name))
}
