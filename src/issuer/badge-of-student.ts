import type { Actor, Context } from '../context.js'
import type { DomainError } from '../errors.js'
import { getStudent } from '../mentoring/students/store.js'
import { authorize, nothingHere } from '../people/authorize.js'
import { personOf } from './steps.js'
import { getDossier } from './store/dossiers.js'
import type { Badge } from './store/badges.js'

/** A badge that has left the house, with its document as it was signed. */
export type ReleasedBadge = Badge & { badge_document: string }

/**
 * Lets the student to whom a badge was issued go on, and nobody else: sharing is theirs alone,
 * in person.
 *
 * @throws {DomainError} not-found or forbidden
 */
export async function assertOwnBadge(
  ctx: Context,
  actor: Actor,
  badge: Badge | undefined,
): Promise<ReleasedBadge> {
  if (!badge) throw noBadge()
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  const student = await getStudent(ctx.db, dossier.student_id)
  authorize(actor, 'share-badge', {
    schoolId: dossier.school_id,
    companyIds: [dossier.company_id],
    studentPersonId: student.person_id,
  })
  personOf(actor)
  if (!isReleased(badge)) throw noBadge()
  return badge
}

export function isReleased<B extends Badge>(badge: B): badge is B & ReleasedBadge {
  return badge.released_at !== null && badge.badge_document !== null
}

export function noBadge(): DomainError {
  return nothingHere()
}
