import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { commit } from './issuing-run.js'
import type { SignedBadge } from './keep-signed.js'
import { revokeReplaced } from './revoke-replaced.js'
import type { Award } from './sign-badge.js'
import { takeSteps } from './steps.js'
import { markReleased } from './store/badge-life.js'
import { listBadgesOf, lockBadges } from './store/badges.js'
import type { Db } from '../store/schema.js'

export type SignedAward = Award & SignedBadge
/** `isOurs`: the document that the store keeps of it is this one, not that of another worker. */
export type KeptAward = SignedAward & Readonly<{ isOurs: boolean }>

/**
 * Nothing signed leaves the house before this is committed.
 *
 * @throws {DomainError} a fact has changed at the last moment: nothing was released, the next run voids it
 */
export async function releaseBadges(ctx: Context, signed: readonly KeptAward[]): Promise<void> {
  const at = ctx.now()
  const left = await commit(ctx, signed, async (trx) => {
    const ids = signed.map(({ badge }) => badge.id)
    const replaced = signed.flatMap(({ dossier }) => dossier.replaces_badge_id ?? [])
    const rows = await lockBadges(trx, [...ids, ...replaced])
    const now = new Map(rows.map((badge) => [badge.id, badge]))
    const same = await keptAsSigned(trx, signed)
    const ready = signed.filter(
      ({ badge }) => now.get(badge.id)?.released_at === null && same.has(badge.id),
    )
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

/** The badges of which the store keeps what was signed here. Documents are read where another worker may have kept its own. */
async function keptAsSigned(trx: Db, signed: readonly KeptAward[]): Promise<ReadonlySet<number>> {
  const unsure = new Map(
    signed.flatMap(({ badge, document, isOurs }) => (isOurs ? [] : [[badge.id, document]])),
  )
  const read = await listBadgesOf(trx, [...unsure.keys()])
  const same = read.filter(({ id, badge_signed }) => badge_signed === unsure.get(id))
  const ours = signed.filter(({ isOurs }) => isOurs).map(({ badge }) => badge.id)
  return new Set([...ours, ...same.map(({ id }) => id)])
}
