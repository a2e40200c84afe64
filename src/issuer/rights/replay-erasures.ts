import type { Context } from '../../context.js'
import { findStudent, noteFailedErasure } from '../../mentoring/students/store.js'
import { OPERATOR } from '../../people/operator.js'
import { appendAudit } from '../../store/audit.js'
import { scrub } from '../../store/scrub.js'
import type { Row } from '../../store/schema.js'
import { endKeysOfErased, eraseStudent, readErased, type Kept } from './erase-student.js'
import { isByAge, kindOf, mayBegin } from './forget-students.js'

/** What became of the notes whose students the store has again; of all others nothing is to be done. */
export type Replayed = Readonly<{
  erased: number
  /** They are there: it is tried again at the next start, and in the night. */
  failed: number
  /** Of the notes of the night: by what the store says, they are not to be forgotten, and the notes are taken back. */
  staying: number
  /** Notes that can't be read: whose they are, nobody knows. */
  notRead: number
}>

/**
 * Erases again whom a restored store has again. The list lies in files beside the store, a random id each. One that fails is noted, and
 * stops neither the others nor the start.
 */
export async function replayErasures(ctx: Context): Promise<Replayed> {
  const { list, notRead } = readErased(ctx)
  endKeysOfErased(ctx)
  const done = { erased: 0, failed: 0, staying: 0, notRead }
  for (const kept of list) {
    const student = await findStudent(ctx.db, kept.student)
    if (student) done[await replay(ctx, student, kept)] += 1
  }
  if (Object.values(done).some((count) => count > 0)) await tellReplayed(ctx, done)
  if (done.erased > 0) await scrub(ctx.db)
  return done
}

async function replay(
  ctx: Context,
  student: Row<'students'>,
  kept: Kept,
): Promise<'erased' | 'failed' | 'staying'> {
  try {
    // Two persons decided the others. Of who can't be read any more, nothing tells whether they are to stay.
    const isAsked = isByAge(kept) && !kept.isGone
    if (isAsked && !(await mayBegin(ctx, student.id, 'age'))) {
      // Half of who is held by the law since it began is gone.
      if (student.erasure_began_at === null) takeBack(ctx, kept)
      return 'staying'
    }
    await eraseStudent(ctx, student, kept)
    return 'erased'
  } catch (error) {
    await tellFailed(ctx, { studentId: student.id, request: kept.request, code: kindOf(error) })
    return 'failed'
  }
}

/** The note last: ended in between, it is done again, for while there is a note every start destroys the key. */
function takeBack(ctx: Context, kept: Kept): void {
  ctx.studentKeys?.allowAgain([kept.student])
  ctx.erased?.keep(kept.student, JSON.stringify({ ...kept, isTakenBack: true }))
}

async function tellFailed(
  ctx: Context,
  { studentId, request, code }: Readonly<{ studentId: number; request: string; code: string }>,
): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await noteFailedErasure(trx, studentId, at)
    const line = { at, actor: OPERATOR.publicId, action: 'erasure.failed', subject: request }
    await appendAudit(trx, { ...line, details: { code } })
  })
  ctx.log.error({ event: 'erasure-failed', failure: code })
}

async function tellReplayed(ctx: Context, done: Replayed): Promise<void> {
  const line = { at: ctx.now(), actor: OPERATOR.publicId, action: 'erasures.replayed' }
  await ctx.db
    .transaction()
    .execute((trx) => appendAudit(trx, { ...line, subject: 'store', details: done }))
  ctx.log.warn({ event: 'erasures-replayed', ...done })
}
