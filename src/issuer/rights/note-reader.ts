import type { Actor, Context } from '../../context.js'
import { findStudent, getStudent } from '../../mentoring/students/store.js'
import { findObjection } from '../../mentoring/consents/objections-store.js'
import { findPlacement } from '../../mentoring/facts/store.js'
import { noteReading } from '../../mentoring/students/note-reading.js'
import { findPairStudent } from '../../mentoring/pairs/store.js'
import { findBadge } from '../store/badges.js'
import { findDossier, getDossier } from '../store/dossiers.js'
import { READINGS, type ReadingOf } from './readings.data.js'

/**
 * Keeps who was shown the record of one student: called before what shows it leaves, by the path of the page or
 * operation. What is not in `READINGS` shows no student's record.
 */
export async function noteReader(
  ctx: Context,
  actor: Actor | undefined,
  { path, params }: Readonly<{ path: string; params: Readonly<Record<string, unknown>> }>,
): Promise<void> {
  const reading = READINGS[path]
  if (!actor || !reading) return
  const studentId = await studentIdOf(ctx, reading, String(params[reading.param]))
  if (studentId === undefined) return
  const student = await getStudent(ctx.db, studentId)
  await noteReading(ctx, actor, { student, kind: actor.via === 'token' ? 'token' : 'page' })
}

async function studentIdOf(
  { db }: Context,
  { of }: ReadingOf,
  id: string,
): Promise<number | undefined> {
  if (of === 'student') return (await findStudent(db, id))?.id
  if (of === 'placement') return (await findPlacement(db, id))?.student_id
  if (of === 'pair') return findPairStudent(db, id)
  if (of === 'objection') return (await findObjection(db, id))?.student_id
  if (of === 'dossier') return (await findDossier(db, id))?.student_id
  const badge = await findBadge(db, id)
  return badge && (await getDossier(db, badge.dossier_id)).student_id
}
