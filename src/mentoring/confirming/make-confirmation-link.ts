import type { Actor, Context } from '../../context.js'
import type { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { makeAnswerLink, type MadeLink } from '../answers/answer-links.js'
import { findAnyCohortById, type AnyCohort } from '../cohorts/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { lockSession } from '../facts/changes-store.js'
import { alreadyConfirmed, assertOtherPerson, disputed, personOf } from '../facts/confirmation.js'
import { resourceOfSession } from '../facts/session-resource.js'
import { mentorsOfSession, type PresentMentor } from '../facts/presence-store.js'
import { findSession, type FoundSession } from '../facts/store.js'

/**
 * Makes the link by which a mentor confirms a session without an account; it replaces the one they had.
 *
 * @param input.mentorId public id of the person; the session's first mentor unless it is said
 * @throws {DomainError} forbidden (also for a mentor who recorded it), not-found, invalid-request or conflict
 */
export async function makeConfirmationLink(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ sessionId: string; mentorId?: string | undefined }>,
): Promise<MadeLink> {
  const { session } = await toBeConfirmed(ctx.db, actor, input.sessionId)
  const madeById = personOf(actor)
  return ctx.db.transaction().execute(async (trx) => {
    // Who confirms, corrects or undoes it at the same moment waits, or has done so.
    await lockSession(trx, session.id)
    const mentor = await askedMentor(trx, actor, input)
    const question = { purpose: 'confirm-session', sessionId: session.id } as const
    const link = await makeAnswerLink(ctx, trx, {
      ...question,
      personId: mentor.personId,
      madeById,
    })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'session.confirmation-asked',
      subject: session.public_id,
      details: { link: link.publicId, person: mentor.publicId },
    })
    return link
  })
}

/** Who of a session is asked, as it now stands. */
async function askedMentor(
  trx: Db,
  actor: Actor,
  { sessionId, mentorId }: Readonly<{ sessionId: string; mentorId?: string | undefined }>,
): Promise<PresentMentor> {
  const { session, mentors } = await toBeConfirmed(trx, actor, sessionId)
  const mentor =
    mentorId === undefined ? mentors[0] : mentors.find(({ publicId }) => publicId === mentorId)
  if (!mentor) throw noSuchMentor()
  assertOtherPerson(mentor.personId, session.recorded_by_id)
  if (session.confirmed_at !== null) throw alreadyConfirmed()
  if (session.disputed_at !== null) throw disputed()
  return mentor
}

export type LinkChoices = Readonly<{
  cohort: AnyCohort
  session: Pick<
    FoundSession,
    'public_id' | 'kind' | 'day' | 'minutes' | 'confirmed_at' | 'disputed_at' | 'dispute_reason'
  >
  /** Those who may confirm by a link: who recorded the session may not. */
  mentors: readonly Readonly<{ publicId: string; name: string }>[]
}>

/** What a link for a session is made from. @throws {DomainError} forbidden or not-found */
export async function seeConfirmationLinks(
  ctx: Context,
  actor: Actor,
  sessionId: string,
): Promise<LinkChoices> {
  const { session, mentors } = await toBeConfirmed(ctx.db, actor, sessionId)
  const cohort = await findAnyCohortById(ctx.db, session.cohort_id)
  if (!cohort) throw nothingHere()
  return {
    cohort,
    session,
    mentors: mentors
      .filter(({ personId }) => personId !== session.recorded_by_id)
      .map((one) => ({ publicId: one.publicId, name: `${one.givenName} ${one.familyName}` })),
  }
}

async function toBeConfirmed(db: Db, actor: Actor, publicId: string) {
  const session = await findSession(db, publicId)
  if (!session) throw nothingHere()
  authorize(actor, 'record-session', resourceOfSession(session))
  return { session, mentors: await mentorsOfSession(db, session.id) }
}

function noSuchMentor(): DomainError {
  return wrongField('/mentorId', {
    fr: 'Cette personne n’a pas encadré la séance. Choisissez un de ses mentors.',
    en: 'This person did not lead the session. Choose one of its mentors.',
  })
}
