import type { TrustSource } from '../../config.js'
import type { Db, Row } from '../../store/schema.js'
import type { IssuerList } from '../trust/issuer-list.js'

/** Rows of one statement: SQLite takes 32,766 values. */
const CHUNK = 500

export type NewList = Readonly<{
  list: IssuerList
  /** SHA-256 of the signed text. */
  digest: string
  /** The skeleton of each name, in the order of the issuers. */
  skeletons: readonly string[]
  at: Date
}>

/**
 * Keeps a good list in place of the one before, all or nothing. Call it with a transaction.
 *
 * @returns false when it is older than the one that is kept, or another one of the same instant;
 *   the one that is kept then stays
 */
export async function keepList(
  db: Db,
  { source, key }: TrustSource,
  { list, digest, skeletons, at }: NewList,
): Promise<boolean> {
  await startSource(db, { source, key }, at)
  const validFrom = toText(list.validFrom)
  const kept = await db
    .updateTable('trust_lists')
    .set({
      list_uri: list.id,
      publisher_uri: list.publisher.id,
      publisher_fr: list.publisher.name.fr,
      publisher_en: list.publisher.name.en,
      valid_from: validFrom,
      valid_until: toText(list.validUntil),
      digest,
      fetched_at: at.toISOString(),
      checked_at: at.toISOString(),
      fault: null,
    })
    .where('source', '=', source)
    .where((is) =>
      is.or([
        is('valid_from', 'is', null),
        is('valid_from', '<', validFrom),
        is.and([is('valid_from', '=', validFrom), is('digest', '=', digest)]),
      ]),
    )
    .returning('id')
    .executeTakeFirst()
  if (!kept) return false
  await replaceIssuers(db, kept.id, list, skeletons)
  return true
}

/** Notes that a list could not be had, or not be believed; the last good one stays. */
export async function noteFault(
  db: Db,
  of: TrustSource,
  { fault, at }: Readonly<{ fault: string; at: Date }>,
): Promise<void> {
  await startSource(db, of, at)
  await db
    .updateTable('trust_lists')
    .set({ fault, checked_at: at.toISOString() })
    .where('source', '=', of.source)
    .execute()
}

/** Forgets what the settings don't name any more. */
export async function forgetOtherLists(db: Db, sources: readonly TrustSource[]): Promise<void> {
  const kept = await listTrustLists(db)
  const ids = kept.filter((row) => !isOneOf(row, sources)).map(({ id }) => id)
  if (ids.length === 0) return
  await db.deleteFrom('trusted_issuers').where('list_id', 'in', ids).execute()
  await db.deleteFrom('trust_lists').where('id', 'in', ids).execute()
}

export function listTrustLists(db: Db): Promise<Row<'trust_lists'>[]> {
  return db.selectFrom('trust_lists').selectAll().orderBy('id').execute()
}

export async function countTrustedIssuers(db: Db): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('trusted_issuers')
    .select((of) => ['list_id', of.fn.countAll().as('issuers')])
    .groupBy('list_id')
    .execute()
  return new Map(rows.map(({ list_id, issuers }) => [list_id, Number(issuers)]))
}

export type Listed = Pick<
  Row<'trusted_issuers'>,
  'issuer' | 'name' | 'valid_from' | 'valid_until'
> &
  Readonly<{ list: Row<'trust_lists'> }>

/** The entries of an issuer, or of a look of names, in the lists that the settings name; oldest list first. */
export async function findListed(
  db: Db,
  sources: readonly TrustSource[],
  by: Readonly<{ issuer: string } | { skeleton: string }>,
): Promise<Listed[]> {
  const [column, value] =
    'issuer' in by ? (['issuer', by.issuer] as const) : (['skeleton', by.skeleton] as const)
  const entries = await db
    .selectFrom('trusted_issuers')
    .selectAll()
    .where(column, '=', value)
    .orderBy('id')
    .limit(100)
    .execute()
  if (entries.length === 0) return []
  const lists = (await listTrustLists(db)).filter((row) => isOneOf(row, sources))
  return lists.flatMap((list) =>
    entries.filter(({ list_id }) => list_id === list.id).map((entry) => ({ ...entry, list })),
  )
}

async function replaceIssuers(
  db: Db,
  listId: number,
  list: IssuerList,
  skeletons: readonly string[],
): Promise<void> {
  await db.deleteFrom('trusted_issuers').where('list_id', '=', listId).execute()
  const rows = list.issuers.map(({ id, name, from, until }, index) => ({
    list_id: listId,
    issuer: id,
    name,
    skeleton: skeletons[index] ?? '',
    valid_from: from === undefined ? null : toText(from),
    valid_until: until === undefined ? null : toText(until),
  }))
  for (let start = 0; start < rows.length; start += CHUNK)
    await db
      .insertInto('trusted_issuers')
      .values(rows.slice(start, start + CHUNK))
      .execute()
}

/** A row for a source; another key than before begins anew. */
async function startSource(db: Db, { source, key }: TrustSource, at: Date): Promise<void> {
  const other = await db
    .selectFrom('trust_lists')
    .select('id')
    .where('source', '=', source)
    .where('key', '!=', key)
    .executeTakeFirst()
  if (other) {
    await db.deleteFrom('trusted_issuers').where('list_id', '=', other.id).execute()
    await db.deleteFrom('trust_lists').where('id', '=', other.id).execute()
  }
  await db
    .insertInto('trust_lists')
    .values({ source, key, checked_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('source').doNothing())
    .execute()
}

function isOneOf(row: TrustSource, sources: readonly TrustSource[]): boolean {
  return sources.some(({ source, key }) => source === row.source && key === row.key)
}

/** One spelling of an instant, so that text compares as time does. */
function toText(instant: string): string {
  return new Date(instant).toISOString()
}
