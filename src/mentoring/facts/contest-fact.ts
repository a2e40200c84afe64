import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { markFiguresOf } from '../indicators/store.js'
import { tellFactChanged } from './fact-changes.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findPlacement, findSession, savePlacementContest, saveSessionContest } from './store.js'
import { findStudent } from '../students/store.js'

export type ContestInput = Readonly<{
  studentId: string
  kind: 'session' | 'placement'
  factId: string
  reason: string
}>

/**
 * The student says that a fact about them is wrong: it no longer counts.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function contestFact(ctx: Context, actor: Actor, input: ContestInput): Promise<void> {
  const student = await findStudent(ctx.db, input.studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'contest-fact', {
    schoolId: student.school_id,
    studentPersonId: student.person_id,
  })
  const reason = input.reason.trim()
  if (reason === '' || reason.length > 500) {
    throw wrongField('/reason', {
      fr: 'Dites ce qui est faux, en 500 caractères au plus.',
      en: 'Say what is wrong, in 500 characters or fewer.',
    })
  }
  const at = ctx.now()
  const contest = { at: at.toISOString(), reason }
  await ctx.db.transaction().execute(async (trx) => {
    const factId = await saveContest(trx, student.id, input, contest)
    if (factId === undefined) throw nothingHere()
    await markFiguresOf(trx, [student.id])
    await tellFactChanged(ctx, trx, { kind: input.kind, factId })
    const action = `${input.kind}.contested`
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: input.factId })
  })
}

/** @returns the fact's id; undefined if it is not the student's, or was contested already */
async function saveContest(
  trx: Db,
  studentId: number,
  { kind, factId }: ContestInput,
  contest: Readonly<{ at: string; reason: string }>,
): Promise<number | undefined> {
  const fact =
    kind === 'session' ? await findSession(trx, factId) : await findPlacement(trx, factId)
  if (!fact) return undefined
  const saved =
    kind === 'session'
      ? await saveSessionContest(trx, { sessionId: fact.id, studentId }, contest)
      : await savePlacementContest(trx, { placementId: fact.id, studentId }, contest)
  return saved ? fact.id : undefined
}
