import type { Actor, Context } from '../../context.js'
import { getStudent } from '../../mentoring/students/store.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { noBadge } from '../badge-of-student.js'
import { findSelection, markSelectionClosed } from './store.js'

/**
 * Closes a page of badges, for good. Closing it twice closes it once.
 *
 * @throws {DomainError} not-found or forbidden (not the student's own)
 */
export async function closeSelection(ctx: Context, actor: Actor, id: string): Promise<void> {
  const selection = await findSelection(ctx.db, id)
  if (!selection) throw noBadge()
  const student = await getStudent(ctx.db, selection.student_id)
  authorize(actor, 'share-badge', {
    schoolId: student.school_id,
    studentPersonId: student.person_id,
  })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markSelectionClosed(trx, selection.id, at))) return
    const line = { at, actor: actor.publicId, action: 'selection.closed', subject: id }
    await appendAudit(trx, { ...line, details: {} })
  })
}
