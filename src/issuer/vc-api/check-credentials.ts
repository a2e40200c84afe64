import type { Context } from '../../context.js'
import { openDetails, type FindDetails } from '../../store/audit-of-many.js'
import { leafOf } from '../../transparency/append-leaves.js'
import { findLeaf, toBase64 } from '../../transparency/store.js'
import type { BadgeFault } from '../check-badges.js'
import { bitsOf, isSetIn, setIn } from '../published-bits.js'
import {
  listPublishedVcLists,
  listRevokedVcPositions,
  listVcCredentialsAfter,
  listVcLists,
  type VcCredential,
  type VcStatusList,
} from './store.js'

export type CredentialsChecked = Readonly<{ credentials: number; faults: readonly BadgeFault[] }>

const PAGE = 200

/**
 * Holds each credential of the VC-API against the audit, the log and its status list. Its content is kept by nobody
 * here: what it was is told by its digest, three times. It changes nothing.
 */
export async function checkCredentials(ctx: Context): Promise<CredentialsChecked> {
  const faults: BadgeFault[] = []
  const lists = new Map((await listVcLists(ctx.db)).map((list) => [list.id, list]))
  const findDetails = openDetails(ctx.db)
  let credentials = 0
  for (let after = 0; ;) {
    const page = await listVcCredentialsAfter(ctx.db, after, PAGE)
    for (const one of page) {
      const fault = (await faultOf(ctx, one, findDetails)) ?? faultOfPlace(one, lists)
      if (fault !== undefined) faults.push({ of: one.public_id, fault })
    }
    credentials += page.length
    const last = page.at(-1)
    if (!last) break
    after = last.id
  }
  return { credentials, faults: [...faults, ...(await faultsOfLists(ctx))] }
}

async function faultOf(
  ctx: Context,
  { public_id: id, digest, log_position: position, log_nonce: nonce, revoked_at }: VcCredential,
  findDetails: FindDetails,
): Promise<string | undefined> {
  const line = await findDetails('vc.issued', id, null)
  if (!line) return 'the audit has no line of its issue'
  if (line.digest !== digest) return 'its digest is not the one that was issued'
  const leaf = await findLeaf(ctx.db, position)
  if (leaf?.hash !== toBase64(leafOf(nonce, digest)))
    return `it is not the entry ${position} of the log`
  const revocation = await findDetails('vc.revoked', id, null)
  if ((revocation === undefined) !== (revoked_at === null))
    return 'the book and the audit tell different things of its revocation'
  return undefined
}

function faultOfPlace(
  { list_id, position, issuer_id }: VcCredential,
  lists: ReadonlyMap<number, VcStatusList>,
): string | undefined {
  if (list_id === null && position === null) return undefined
  const list = lists.get(list_id ?? 0)
  if (list?.issuer_id !== issuer_id) return 'its place is in a list of another issuer'
  if (position === null || position < 0 || position >= list.entries)
    return 'its place is not in its list'
  return undefined
}

/** Published lists that tell something else than the book did when they were signed. */
async function faultsOfLists(ctx: Context): Promise<BadgeFault[]> {
  const faults: BadgeFault[] = []
  for (const { id, public_id: of, document, published_at } of await listPublishedVcLists(ctx.db)) {
    const bits = bitsOf(document ?? '')
    const revoked = await listRevokedVcPositions(ctx.db, id)
    const before = await listRevokedVcPositions(ctx.db, id, published_at ?? '')
    const lost = before.filter((at) => !isSetIn(bits, at))
    if (lost.length > 0)
      faults.push({ of, fault: `the list lacks the revocations at ${lost.join(', ')}` })
    const told = new Set(revoked)
    const unknown = setIn(bits).filter((at) => !told.has(at))
    if (unknown.length > 0)
      faults.push({ of, fault: `the book lacks the revocations at ${unknown.join(', ')}` })
  }
  return faults
}
