import type { Context } from '../../context.js'
import type { Row } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { countTrustedIssuers, listTrustLists } from '../store/trust-lists.js'

/** A list of the settings, as it is stored. */
export type SeenList = Readonly<{
  source: string
  key: string
  /** Whether what is stored counts now. */
  state: 'counts' | 'out-of-date' | 'none'
  publisher: Words | null
  issuers: number
  validFrom: string | null
  validUntil: string | null
  fetchedAt: string | null
  checkedAt: string | null
  /** What was wrong with the last answer. */
  fault: string | null
}>

/** The lists that the settings name, in their order. */
export async function seeTrustLists(
  ctx: Pick<Context, 'config' | 'db' | 'now'>,
): Promise<SeenList[]> {
  const rows = await listTrustLists(ctx.db)
  const counts = await countTrustedIssuers(ctx.db)
  const now = ctx.now()
  return ctx.config.trustLists.map(({ source, key }) => {
    const row = rows.find((one) => one.source === source && one.key === key)
    const until = row?.valid_until ?? null

    return {
      source,
      key,
      state: until === null ? 'none' : now.getTime() < Date.parse(until) ? 'counts' : 'out-of-date',
      publisher: publisherOf(row),
      issuers: (row && counts.get(row.id)) ?? 0,
      validFrom: row?.valid_from ?? null,
      validUntil: until,
      fetchedAt: row?.fetched_at ?? null,
      checkedAt: row?.checked_at ?? null,
      fault: row ? row.fault : 'not_asked',
    }
  })
}

function publisherOf(row: Row<'trust_lists'> | undefined): Words | null {
  if (!row || row.publisher_fr === null || row.publisher_en === null) return null
  return { fr: row.publisher_fr, en: row.publisher_en }
}
