import type { Context } from '../../context.js'
import { dayAt } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import { getDossier } from '../store/dossiers.js'
import { listWithdrawalsFor } from '../store/withdrawals.js'

/** What a company has taken back of what a badge bears, as anybody may read it. */
export type WithdrawnEndorsement = Readonly<{
  company: string
  of: 'award' | 'definition'
  day: string
  reason: string
  function: string
}>

/** Asked at each look: a badge says loudly who stands by it no more. */
export async function withdrawnFrom(
  ctx: Context,
  badge: Readonly<{ id: number; dossier_id: number }>,
): Promise<WithdrawnEndorsement[]> {
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  const of = { badgeId: badge.id, versionId: dossier.template_version_id }
  const found = await listWithdrawalsFor(ctx.db, of)
  if (found.length === 0) return []
  const company = await findOrganisation(ctx.db, dossier.company_id)
  return found.map((one) => ({
    company: company?.name ?? '',
    of: one.badge_id === null ? 'definition' : 'award',
    day: dayAt(new Date(one.at), ctx.config.timeZone),
    reason: one.reason,
    function: one.function,
  }))
}
