import type { Context } from '../../context.js'
import { listReleases, listVoided } from '../store/badge-life.js'
import { REOPEN_REASONS } from '../steps.js'
import { REOPENED_WORDS } from '../wording.js'
import { saveRows, type BatchRow } from './store.js'

/** Notes what became of approved rows, as the store tells it: the badge is released, or void. */
export async function settleIssued(ctx: Context, rows: readonly BatchRow[]): Promise<void> {
  const ids = rows.flatMap(({ badge_public_id }) => badge_public_id ?? [])
  const badges = await listReleases(ctx.db, ids)
  const released = new Set(
    badges.flatMap((badge) => (badge.released_at === null ? [] : badge.public_id)),
  )
  const voided = new Map((await listVoided(ctx.db, ids)).map((one) => [one.public_id, one.reason]))
  const at = ctx.now().toISOString()
  const ended = rows.flatMap((row): BatchRow[] => {
    const badge = row.badge_public_id ?? ''
    if (released.has(badge)) return [{ ...row, outcome: 'done', ended_at: at }]
    if (!voided.has(badge)) return []
    const refusal = JSON.stringify(voidedWords(voided.get(badge)))
    return [{ ...row, outcome: 'refused', refusal, ended_at: at }]
  })
  await saveRows(ctx.db, ended)
}

function voidedWords(reason: string | null | undefined) {
  return REOPENED_WORDS[REOPEN_REASONS.find((one) => one === reason) ?? 'not-signable']
}
