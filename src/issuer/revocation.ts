import type { Context } from '../context.js'
import { dayAt } from '../people/days.js'
import type { ReleasedBadge } from './badge-of-student.js'
import { reasonToShow } from './revocation-reason.js'
import { getDossier } from './store/dossiers.js'
import { findSuccessor } from './store/lineage.js'

export type Revocation = Readonly<{ day: string; reason: string | null; replaced: boolean }>

/** When and why a badge was revoked, as it may be shown to anybody. */
export async function revocationOf(ctx: Context, badge: ReleasedBadge): Promise<Revocation | null> {
  if (badge.revoked_at === null) return null
  const { student_id } = await getDossier(ctx.db, badge.dossier_id)
  const replaced = (await findSuccessor(ctx.db, badge.id)) !== undefined
  const reason = await reasonToShow(ctx, badge.revocation_reason ?? '', student_id)
  const day = dayAt(new Date(badge.revoked_at), ctx.config.timeZone)
  return { day, replaced, reason: replaced ? null : reason }
}
