import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import { findAnyCohortById, type AnyCohort } from '../cohorts/store.js'
import { nothingHere } from '../refusals.js'
import { listKeptWarnings } from '../warnings.js'
import { resourceOn } from './session-resource.js'
import { getSaidOf, peopleOfSession, type LastSession, type PersonAt } from './said-store.js'
import { findSession } from './store.js'
import { mayUndo } from './undo-session.js'
import { listVersions } from './versions-store.js'
import { changesBetween, type Change } from './versions.js'

export type SessionView = Readonly<{
  publicId: string
  cohort: AnyCohort
  organisation: string
  kind: string
  day: string
  minutes: number
  topic: string
  version: number
  mentors: readonly PersonAt[]
  students: readonly (PersonAt & { contested: boolean })[]
  /** What was said of it, to begin a correction from. */
  said: LastSession
  confirmedAt: string | null
  confirmedFunction: string | null
  disputedAt: string | null
  disputeReason: string | null
  /** Rules that warned and were acknowledged. */
  warnings: readonly string[]
  /** What each correction changed, the last one first. */
  corrections: readonly Readonly<{
    version: number
    at: string
    reason: string
    changes: readonly Change[]
  }>[]
  mayUndo: boolean
  mayCorrect: boolean
}>

/**
 * One session: who, what, where it stands, and what was corrected.
 *
 * @throws {DomainError} not-found for whoever does not see its students
 */
export async function seeSession(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<SessionView> {
  const session = await findSession(ctx.db, publicId)
  const cohort = session && (await findAnyCohortById(ctx.db, session.cohort_id))
  if (!cohort) throw nothingHere()
  const resource = await resourceOn(ctx.db, cohort, session.day)
  authorize(actor, 'record-session', resource)
  const { organisation, mentors, students } = await peopleOfSession(ctx.db, session.id)
  const warnings = await listKeptWarnings(ctx.db, 'session', [publicId])
  return {
    publicId,
    cohort,
    organisation,
    kind: session.kind,
    day: session.day,
    minutes: session.minutes,
    topic: session.topic,
    version: session.version,
    mentors,
    students,
    said: await getSaidOf(ctx.db, session.id),
    confirmedAt: session.confirmed_at,
    confirmedFunction: session.confirmed_function,
    disputedAt: session.disputed_at,
    disputeReason: session.dispute_reason,
    warnings: warnings.get(publicId) ?? [],
    corrections: correctionsOf(await listVersions(ctx.db, 'session', session.id)),
    mayUndo: mayUndo(ctx, actor.personId, session),
    mayCorrect: may(actor, 'correct-fact', resource),
  }
}

function correctionsOf(
  versions: Awaited<ReturnType<typeof listVersions>>,
): SessionView['corrections'] {
  const corrections = versions.flatMap(({ version, at, reason, content }, index) => {
    const before = versions[index - 1]
    if (reason === null || !before) return []
    return { version, at, reason, changes: changesBetween(before.content, content) }
  })
  return corrections.toReversed()
}
