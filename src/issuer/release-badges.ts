import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { commit } from './issuing-run.js'
import type { SignedBadge } from './keep-signed.js'
import { revokeReplaced } from './revoke-replaced.js'
import type { Award } from './sign-badge.js'
import { takeSteps } from './steps.js'
import { markReleased } from './store/badge-life.js'
import { listBadgesOf, lockBadges } from './store/badges.js'

export type SignedAward = Award & SignedBadge

/**
 * Nothing signed leaves the house before this is committed.
 *
 * @throws {DomainError} a fact has changed at the last moment: nothing was released, the next run voids it
 */
export async function releaseBadges(ctx: Context, signed: readonly SignedAward[]): Promise<void> {
  const at = ctx.now()
  const left = await commit(ctx, signed, async (trx) => {
    const ids = signed.map(({ badge }) => badge.id)
    const replaced = signed.flatMap(({ dossier }) => dossier.replaces_badge_id ?? [])
    await lockBadges(trx, [...ids, ...replaced])
    const now = new Map((await listBadgesOf(trx, ids)).map((badge) => [badge.id, badge]))
    const ready = signed.filter(({ badge, document }) => {
      const row = now.get(badge.id)
      return row?.badge_signed === document && row.released_at === null
    })
    const step = { act: 'issueBadge', actor: { publicId: 'issuer' }, at } as const
    const refused = await takeSteps(
      trx,
      step,
      ready.map(({ dossier, badge, document }) => {
        const details = { document: sha256(document).toString('hex') }
        return { dossier, subject: badge.public_id, details }
      }),
    )
    const [refusal] = refused.values()
    if (refusal) throw refusal
    await markReleased(
      trx,
      ready.map(({ badge }) => badge.id),
      at,
    )
    for (const one of ready) await revokeReplaced(trx, ctx, one, at)
    const released = new Set(ready)
    // Void since, or another worker was faster; or it keeps what another key has signed.
    return signed.filter((one) => !released.has(one)).map(({ badge }) => now.get(badge.id))
  })
  const twice = left?.find((badge) => badge?.released_at === null)
  if (twice)
    throw new Error(
      `The badge ${twice.public_id} was signed twice, with two keys: it is tried again.`,
    )
}
