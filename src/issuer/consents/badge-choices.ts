import type { Context } from '../../context.js'
import { nothingHere } from '../../mentoring/refusals.js'
import type { Scope } from '../../mentoring/consents/record.js'
import { isReleased } from '../badge-of-student.js'
import { readSigned } from '../badge-shown.js'
import { listBadgesOfStudent } from '../store/badges-of-students.js'

/** A badge that a word may be about. */
export type BadgeChoice = Readonly<{
  rowId: number
  id: string
  name: string
}>

/** The badges of a student, newest first. */
export async function badgeChoices(ctx: Context, studentId: number): Promise<BadgeChoice[]> {
  const badges = (await listBadgesOfStudent(ctx.db, studentId)).filter(isReleased)
  return badges.map(({ id, public_id, badge_document }) => ({
    rowId: id,
    id: public_id,
    name: readSigned(badge_document).name,
  }))
}

/**
 * What a form means by a badge: one of the student's, or none for all.
 *
 * @throws {DomainError} not-found for another student's
 */
export function scopeOf(badges: readonly BadgeChoice[], badgeId: string): Scope {
  if (badgeId === '') return null
  const found = badges.find(({ id }) => id === badgeId)
  if (!found) throw nothingHere()
  return { id: found.rowId, publicId: found.id }
}

/** The same by row. */
export function scopeOfRow(badges: readonly BadgeChoice[], rowId: number | null): Scope {
  const found = badges.find((one) => one.rowId === rowId)
  if (rowId === null) return null
  if (!found) throw nothingHere()
  return { id: found.rowId, publicId: found.id }
}
