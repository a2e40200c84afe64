import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findStudent, findStudentOf, lockStudent } from '../students/store.js'
import { lockSession } from './changes-store.js'
import { endContests, listContests, saveContest } from './contests-store.js'
import { changedMeanwhile } from './correct-session.js'
import { tellFactChanged } from './fact-changes.js'
import { findPlacement, findSession } from './store.js'

export type ContestedFact = Readonly<{
  /** The student who asks, unless it is said. */
  studentId?: string
  kind: 'session' | 'placement'
  factId: string
}>

export type ContestInput = ContestedFact &
  Readonly<{
    reason: string
    /** The version that was read; the last one unless it is said. */
    version?: number | undefined
  }>

/**
 * The student says that a fact about them is wrong: it no longer counts, until it is corrected or they take it back.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, or conflict if it was corrected since it was read
 */
export async function contestFact(ctx: Context, actor: Actor, input: ContestInput): Promise<void> {
  const student = await ownStudent(ctx, actor, input.studentId)
  const reason = toContestReason(input.reason)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const { id: factId, version } = await holdFact(trx, student.id, input)
    if (version !== (input.version ?? version)) throw changedMeanwhile()
    const fact = { kind: input.kind, factId }
    const said = { at: at.toISOString(), reason }
    if (!(await saveContest(trx, { ...fact, studentId: student.id }, said))) throw nothingHere()
    await markFiguresOf(trx, [student.id])
    await tellFactChanged(ctx, trx, fact)
    const action = `${input.kind}.contested`
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: input.factId })
  })
}

/**
 * The student takes back what they said of a fact: it counts again if it is confirmed.
 *
 * @throws {DomainError} forbidden, or not-found for a fact that they do not contest
 */
export async function withdrawContest(
  ctx: Context,
  actor: Actor,
  input: ContestedFact,
): Promise<void> {
  const student = await ownStudent(ctx, actor, input.studentId)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const { id: factId } = await holdFact(trx, student.id, input)
    const fact = { kind: input.kind, factId }
    const contests = await listContests(trx, { ...fact, studentId: student.id })
    if (contests.length === 0) throw nothingHere()
    await endContests(trx, fact, contests, { at: at.toISOString(), by: 'STUDENT' })
    await markFiguresOf(trx, [student.id])
    await tellFactChanged(ctx, trx, fact)
    const action = `${input.kind}.contest-withdrawn`
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: input.factId })
  })
}

async function ownStudent(ctx: Context, actor: Actor, publicId: string | undefined) {
  const student = await (publicId === undefined
    ? studentWhoAsks(ctx, actor)
    : findStudent(ctx.db, publicId))
  if (!student) throw nothingHere()
  const { school_id: schoolId, person_id: studentPersonId } = student
  authorize(actor, 'contest-fact', { schoolId, studentPersonId })
  return student
}

async function studentWhoAsks(ctx: Context, { personId }: Actor) {
  return personId === null ? undefined : findStudentOf(ctx.db, personId)
}

function toContestReason(text: string): string {
  const reason = text.trim()
  if (reason !== '' && reason.length <= 500) return reason
  throw wrongField('/reason', {
    fr: 'Dites ce qui est faux, en 500 caractères au plus.',
    en: 'Say what is wrong, in 500 characters or fewer.',
  })
}

/** Holds a fact until the transaction ends: who corrects it at the same moment waits, or has done so. */
async function holdFact(
  trx: Db,
  studentId: number,
  { kind, factId }: ContestedFact,
): Promise<Readonly<{ id: number; version: number }>> {
  if (kind === 'placement') await lockStudent(trx, studentId)
  const find = kind === 'session' ? findSession : findPlacement
  const found = await find(trx, factId)
  if (!found) throw nothingHere()
  if (kind === 'placement') return found
  await lockSession(trx, found.id)
  return (await find(trx, factId)) ?? found
}
