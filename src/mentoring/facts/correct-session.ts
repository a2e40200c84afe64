import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { revokeAnswerLinks } from '../answers/answer-links.js'
import { findAnyCohortById, type AnyCohort } from '../cohorts/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { markFigures } from '../indicators/store.js'
import { personOf } from './confirmation.js'
import { endContests, listContests } from './contests-store.js'
import { tellFactChanged } from './fact-changes.js'
import { judgeSession, pastDay } from './judge-session.js'
import { keepVersion } from './keep-version.js'
import type { SessionInput } from './record-session.js'
import { presentOf } from './session-people.js'
import { keepersOf } from './session-resource.js'
import { lockSession, reviseSession } from './changes-store.js'
import { findSession } from './store.js'

export type CorrectionInput = Omit<SessionInput, 'cohortId'> &
  Readonly<{
    sessionId: string
    /** The version that was seen: what somebody else corrected meanwhile is not overwritten. */
    version: number
    reason: string
  }>

/**
 * Corrects a session: a new version, with the reason; the one before is kept. It counts again once somebody other
 * than who corrected it has confirmed it, and what rests on it is told. What students contested was the version
 * before: they read the new one, and say so if it is wrong, too.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict
 */
export async function correctSession(
  ctx: Context,
  actor: Actor,
  input: CorrectionInput,
): Promise<void> {
  const session = await findSession(ctx.db, input.sessionId)
  const cohort = session && (await findAnyCohortById(ctx.db, session.cohort_id))
  if (!cohort) throw nothingHere()
  authorize(actor, 'correct-fact', keepersOf(session))
  const present = await presentOf(ctx.db, cohort, session)
  // What one school says of a session is not said for the students of another.
  if (!present.every(({ known }) => may(actor, 'correct-fact', known))) throw ofOthers(cohort)
  const by = personOf(actor)
  const reason = toReason(input.reason)
  const day = pastDay(input.day, today(ctx))
  const said = { ...input, cohortId: cohort.publicId, day }
  const { row, people, warnings } = await judgeSession(ctx, actor, cohort, said)
  assertAcknowledged(warnings, input.acknowledged)
  const at = ctx.now()
  const fact = { kind: 'session', factId: session.id, by, at } as const
  await ctx.db.transaction().execute(async (trx) => {
    await lockSession(trx, session.id)
    const action = 'session.corrected'
    const details = { version: input.version + 1 }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: input.sessionId, details })
    const before = await keepVersion(trx, fact)
    const contests = await listContests(trx, fact)
    const revised = { ...row, recorded_by_id: by, recorded_at: at.toISOString() }
    if (!(await reviseSession(trx, { ...session, version: input.version }, revised, people))) {
      throw changedMeanwhile()
    }
    const after = await keepVersion(trx, { ...fact, reason })
    if (before !== after)
      await endContests(trx, fact, contests, { at: at.toISOString(), by: 'CORRECTION' })
    await revokeAnswerLinks(trx, { purpose: 'confirm-session', sessionId: session.id }, at)
    for (const one of [session.day, day]) await markFigures(trx, [cohort.id], one)
    const kept = { subject_kind: 'session', subject_id: input.sessionId }
    await keepWarnings(trx, warnings, { ...kept, by_id: by, at: at.toISOString() })
    await tellFactChanged(ctx, trx, { kind: 'session', factId: session.id })
  })
}

/** @throws {DomainError} invalid-request */
export function toReason(text: string): string {
  const reason = text.trim()
  if (reason !== '' && reason.length <= 500) return reason
  throw wrongField('/reason', {
    fr: 'Dites pourquoi vous corrigez, en 500 caractères au plus, sans nommer d’élève.',
    en: 'Say why you correct it, in 500 characters or fewer, naming no student.',
  })
}

function ofOthers({ ownerName }: AnyCohort): DomainError {
  return new DomainError('forbidden', {
    fr: `Des élèves d’un autre établissement y étaient aussi : seule l’organisation « ${ownerName} » la corrige. Demandez-le-lui.`,
    en: `Students of another school were there, too: only “${ownerName}” corrects it. Ask them.`,
  })
}

export function changedMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Quelqu’un vient de la corriger. Rouvrez-la, puis recommencez s’il le faut.',
    en: 'Somebody has just corrected it. Open it again, then start over if need be.',
  })
}
