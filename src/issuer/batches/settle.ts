import type { Context } from '../../context.js'
import { listBadgesByIds } from '../store/badges.js'
import { listVoided } from '../store/badge-life.js'
import { REOPEN_REASONS } from '../steps.js'
import { REOPENED_WORDS } from '../wording.js'
import { saveRow, type BatchRow } from './store.js'

/** Notes what became of approved rows, as the store tells it: the badge is released, or void. */
export async function settleIssued(ctx: Context, rows: readonly BatchRow[]): Promise<void> {
  const ids = rows.flatMap(({ badge_public_id }) => badge_public_id ?? [])
  const badges = await listBadgesByIds(ctx.db, ids)
  const released = new Set(
    badges.flatMap((badge) => (badge.released_at === null ? [] : badge.public_id)),
  )
  const voided = new Map((await listVoided(ctx.db, ids)).map((one) => [one.public_id, one.reason]))
  const at = ctx.now().toISOString()
  await ctx.db.transaction().execute(async (trx) => {
    for (const { id, badge_public_id: badge } of rows) {
      if (badge === null) continue
      if (released.has(badge)) await saveRow(trx, id, { outcome: 'done', ended_at: at })
      else if (voided.has(badge)) {
        const refusal = JSON.stringify(voidedWords(voided.get(badge)))
        await saveRow(trx, id, { outcome: 'refused', refusal, ended_at: at })
      }
    }
  })
}

function voidedWords(reason: string | null | undefined) {
  return REOPENED_WORDS[REOPEN_REASONS.find((one) => one === reason) ?? 'not-signable']
}
