import type { Context } from '../../context.js'
import type { Known, Resembled } from '../lookups.js'
import { domainOf } from '../signed-content.js'
import { findListed, type Listed } from '../store/trust-lists.js'

/** In this order the lists of others answer: what counts, then what would have counted. */
const STANDINGS: readonly Known['standing'][] = ['counts', 'other_time', 'out_of_date']

/**
 * Which list of the settings knows an issuer. It reads what is stored, and asks nobody.
 *
 * @param issuedAt since when the badge counts: an entry holds for badges of its own time
 */
export async function knownByLists(
  ctx: Pick<Context, 'config' | 'db' | 'now'>,
  issuerId: string,
  issuedAt: Date,
): Promise<Known | undefined> {
  const { trustLists } = ctx.config
  if (trustLists.length === 0) return undefined
  const known = (await findListed(ctx.db, trustLists, { issuer: issuerId })).map((entry) =>
    toKnown(entry, issuedAt, ctx.now()),
  )
  return STANDINGS.map((standing) => known.find((one) => one.standing === standing)).find(Boolean)
}

/** Another issuer of a list in force, whose name has this skeleton. */
export async function listedLike(
  ctx: Pick<Context, 'config' | 'db' | 'now'>,
  look: string,
  issuerId: string,
): Promise<Resembled | undefined> {
  const { trustLists } = ctx.config
  if (trustLists.length === 0) return undefined
  const found = (await findListed(ctx.db, trustLists, { skeleton: look })).find(
    ({ issuer, list }) => issuer !== issuerId && isInForce(list, ctx.now()),
  )
  return found && { name: found.name, domain: domainOf(found.issuer) }
}

function toKnown(
  { name, valid_from, valid_until, list }: Listed,
  issuedAt: Date,
  now: Date,
): Known {
  const at = issuedAt.getTime()
  const inTime = !(at < Date.parse(valid_from ?? '')) && !(at >= Date.parse(valid_until ?? ''))
  return {
    name,
    publisher: { fr: list.publisher_fr ?? '', en: list.publisher_en ?? '' },
    standing: !isInForce(list, now) ? 'out_of_date' : inTime ? 'counts' : 'other_time',
  }
}

function isInForce({ valid_until }: Listed['list'], now: Date): boolean {
  return now.getTime() < Date.parse(valid_until ?? '')
}
