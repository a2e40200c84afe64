import type { Context } from '../../context.js'
import { dayAt, today } from '../../people/days.js'
import { nothingHere } from '../../mentoring/refusals.js'
import type { Scope } from '../../mentoring/consents/record.js'
import { isReleased } from '../badge-of-student.js'
import { readSigned } from '../badge-shown.js'
import { isOpen } from '../link-life.js'
import { listBadgesOfStudent } from '../store/badges-of-students.js'
import { listLinks } from '../store/share-links.js'

/** A badge that a word may be about. */
export type BadgeChoice = Readonly<{
  rowId: number
  id: string
  name: string
  /** The day on which the first of its open links was opened; null: it has none. */
  openSince: string | null
}>

/** The badges of a student, newest first. To whom each link was given is the student's own. */
export async function badgeChoices(ctx: Context, studentId: number): Promise<BadgeChoice[]> {
  const badges = (await listBadgesOfStudent(ctx.db, studentId)).filter(isReleased)
  const day = today(ctx)
  const links = await listLinks(
    ctx.db,
    badges.map(({ id }) => id),
  )
  const open = links.filter((link) => isOpen(link, day))
  return badges.map(({ id, public_id, badge_document }) => {
    const first = open.findLast((link) => link.badge_id === id)
    const { name } = readSigned(badge_document)
    return {
      rowId: id,
      id: public_id,
      name,
      openSince: first ? dayAt(new Date(first.created_at), ctx.config.timeZone) : null,
    }
  })
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
