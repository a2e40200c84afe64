import type { Context } from '../../context.js'
import { OPERATOR } from '../../people/operator.js'
import { appendAudit } from '../../store/audit.js'
import { isNewer, unknownIn, type KeptList, type TakenOver } from '../kept-list.js'
import { currentVcList } from './status-list.js'
import {
  findIssuerOfKey,
  findVcList,
  insertLostVcList,
  listRevokedVcPositions,
  revokeVcPlace,
  type VcStatusList,
} from './store.js'

const DID_KEY = 'did:key:'

/**
 * Takes over what a kept list of the VC-API tells and the store does not know. A place that nobody has here is
 * revoked all the same: somebody has its credential.
 *
 * @returns undefined for a list of no issuer of ours
 */
export async function takeOverVcList(ctx: Context, kept: KeptList): Promise<TakenOver | undefined> {
  if (!kept.issuer.startsWith(DID_KEY)) return undefined
  const issuer = await findIssuerOfKey(ctx.db, kept.issuer.slice(DID_KEY.length))
  if (!issuer) return undefined
  const list = await listOf(ctx, issuer.id, kept)
  if (list.issuer_id !== issuer.id) return undefined
  const unknown = unknownIn(kept, await listRevokedVcPositions(ctx.db, list.id))
  const isBehind = unknown.length > 0 || isNewer(kept, list)
  if (unknown.length > 0) {
    await revokeAll(ctx, list, unknown)
    await currentVcList(ctx, list.public_id)
  }
  return { revoked: unknown.length, isBehind }
}

/** The list in the store; one that was opened since the copy is there again, and closed. */
async function listOf(ctx: Context, issuerId: number, kept: KeptList): Promise<VcStatusList> {
  const { publicId, bits, validFrom: at } = kept
  const list = await findVcList(ctx.db, publicId)
  if (list) return list
  await insertLostVcList(ctx.db, { publicId, issuerId, entries: bits.length * 8, at })
  return listOf(ctx, issuerId, kept)
}

async function revokeAll(
  ctx: Context,
  list: VcStatusList,
  positions: readonly number[],
): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    for (const position of positions) {
      const subject = await revokeVcPlace(trx, { listId: list.id, position }, at)
      const line = { at, actor: OPERATOR.publicId, action: 'vc.revoked' }
      if (subject !== undefined) await appendAudit(trx, { ...line, subject })
    }
  })
}
