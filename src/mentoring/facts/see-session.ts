import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import { findAnyCohortById, type AnyCohort } from '../cohorts/store.js'
import { nothingHere } from '../refusals.js'
import { listKeptWarnings } from '../warnings.js'
import { fullName, shortName } from '../confirming/see-unconfirmed.js'
import { presentOf } from './session-people.js'
import { keepersOf } from './session-resource.js'
import { getSaidOf, leadersOfSession, type LastSession, type PersonAt } from './said-store.js'
import { findSession, type FoundSession } from './store.js'
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
  /** Of those whom the actor does not see elsewhere, a given name and an initial. */
  students: readonly (PersonAt & Readonly<{ contested: boolean; maySee: boolean }>)[]
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
  authorize(actor, 'record-session', keepersOf(session))
  const { organisation, mentors } = await leadersOfSession(ctx.db, session.id)
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
    ...(await studentsFor(ctx.db, actor, cohort, session)),
    said: await getSaidOf(ctx.db, session.id),
    confirmedAt: session.confirmed_at,
    confirmedFunction: session.confirmed_function,
    disputedAt: session.disputed_at,
    disputeReason: session.dispute_reason,
    warnings: warnings.get(publicId) ?? [],
    corrections: correctionsOf(await listVersions(ctx.db, 'session', session.id)),
    mayUndo: mayUndo(ctx, actor.personId, session),
  }
}

/** A cohort of a class is one class to each of its schools; of other groups a school sees its own students. */
async function studentsFor(
  db: Db,
  actor: Actor,
  cohort: AnyCohort,
  session: FoundSession,
): Promise<Pick<SessionView, 'students' | 'mayCorrect'>> {
  const present = await presentOf(db, cohort, session)
  const ofClass = may(actor, 'see-student', keepersOf(session)) && cohort.classId !== null
  return {
    mayCorrect: present.every(({ known }) => may(actor, 'correct-fact', known)),
    students: present.map((one) => {
      const { publicId, contestedAt } = one
      const maySee = ofClass || may(actor, 'see-student', one.named)
      const name = maySee ? fullName(one) : shortName(one)
      return { publicId, name, contested: contestedAt !== null, maySee }
    }),
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
