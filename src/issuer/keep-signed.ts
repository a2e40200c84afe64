import type { Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { SIGNED_BADGE_HOLES, textAround } from '../credential/stencil/holes.js'
import { whileTheySign } from '../people/keys.js'
import { pack } from '../store/packed.js'
import type { Db } from '../store/schema.js'
import { appendLeaves } from '../transparency/append-leaves.js'
import { saveLogged, saveSigned, type Kept } from './store/badge-life.js'
import { listBadgesOf, listUnlogged, lockBadges, type Badge } from './store/badges.js'
import { commonOf } from './store/packed-badges.js'

/** A badge that is signed, and what it has in common with others. */
export type SignedBadge = Readonly<{
  badge: Badge
  document: string
  /** That has signed it. */
  key: string
  ground: Readonly<{ key: string }>
}>

/**
 * Keeps signed badges that our verifier has found valid, and logs them, in one commit, each once.
 *
 * @returns `kept`: the badges whose document is that of here, not of another worker; `late`: those whose key does not
 *   sign any more: nothing of them was kept, they are signed again
 */
export async function keepSigned<One extends SignedBadge>(
  ctx: Context,
  signed: readonly One[],
): Promise<Readonly<{ kept: ReadonlySet<number>; late: One[] }>> {
  const ours = new Set<number>()
  const late = await whileTheySign(ctx, signed, async (trx, held) => {
    const now = await lockBadges(
      trx,
      held.map(({ badge }) => badge.id),
    )
    // Void since, or another worker has kept its own.
    const open = new Set(now.filter(({ signed_at }) => signed_at === null).map(({ id }) => id))
    const kept = held.filter(({ badge }) => open.has(badge.id))
    await saveSigned(trx, await packed(trx, kept, await logged(ctx, trx, kept)), ctx.now())
    for (const { badge } of kept) ours.add(badge.id)
  })
  return { kept: ours, late }
}

type Leaf = Pick<Kept, 'position' | 'nonce'>

function logged(ctx: Context, trx: Db, signed: readonly SignedBadge[]): Promise<Leaf[]> {
  return appendLeaves(
    ctx,
    trx,
    signed.map(({ document }) => digestOf(JSON.parse(document))),
  )
}

async function packed(
  trx: Db,
  signed: readonly SignedBadge[],
  leaves: readonly Leaf[],
): Promise<Kept[]> {
  const commons = new Map<string, Awaited<ReturnType<typeof commonOf>>>()
  const rows: Kept[] = []
  for (const [at, { badge, document, ground }] of signed.entries()) {
    const said = () => textAround(JSON.parse(document) as object, SIGNED_BADGE_HOLES)
    const common = commons.get(ground.key) ?? (await commonOf(trx, ground.key, said))
    commons.set(ground.key, common)
    const leaf = leaves[at]
    if (!leaf) throw new Error(`The badge ${badge.public_id} has no leaf.`)
    rows.push({ id: badge.id, packed: pack(document, common.text), commonId: common.id, ...leaf })
  }
  return rows
}

/** At the start: logs what was signed before there was a log. It counts from now. @returns how many */
export async function logEarlierBadges(ctx: Context): Promise<number> {
  let logged = 0
  for (;;) {
    const badges = await listUnlogged(ctx.db, 100)
    if (badges.length === 0) return logged
    await ctx.db.transaction().execute(async (trx) => {
      const ids = badges.map(({ id }) => id)
      await lockBadges(trx, ids)
      const signed = (await listBadgesOf(trx, ids)).flatMap((badge) => {
        const document = badge.badge_document ?? badge.badge_signed
        return badge.log_position !== null || document === null ? [] : { id: badge.id, document }
      })
      const digests = signed.map(({ document }) => digestOf(JSON.parse(document)))
      const leaves = await appendLeaves(ctx, trx, digests)
      const rows = signed.flatMap(({ id }, at) => (leaves[at] ? [{ id, ...leaves[at] }] : []))
      await saveLogged(trx, rows)
      logged += signed.length
    })
  }
}
