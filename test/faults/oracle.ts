import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Context } from '../../src/context.js'
import { storedBadges } from '../issuer/stored.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { listUnfinished } from '../../src/issuer/store/badges.js'
import { validateAudit } from '../../src/store/audit.js'
import { hasRowLocks } from '../../src/store/row-locks.js'

/** The released badges as they left, by their public ids. */
export async function releasedDocuments(ctx: Context): Promise<Map<string, string>> {
  const badges = await storedBadges(ctx.db)
  return new Map(
    badges.flatMap((one) => (one.badge_document ? [[one.public_id, one.badge_document]] : [])),
  )
}

/**
 * What must hold of a store after any fault, once it was started again.
 *
 * @param left the documents that left the process before it died, by the public id of their badge
 */
export async function oracle(
  ctx: Context,
  left: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  // A server is looked at from outside: `pg_amcheck`.
  if (!hasRowLocks(ctx.db)) {
    const { rows } = await sql`pragma integrity_check`.execute(ctx.db)
    expect(rows).toEqual([{ integrity_check: 'ok' }])
  }
  expect(await validateAudit(ctx.db)).toMatchObject({ sound: true })
  expect((await checkBadges(ctx)).faults).toEqual([])
  expect(await listUnfinished(ctx.db)).toEqual([])
  const documents = await releasedDocuments(ctx)
  for (const [id, document] of left) expect(documents.get(id)).toBe(document)
  const places = await ctx.db
    .selectFrom('status_entries')
    .select(['list_id', 'position', 'credential_id'])
    .execute()
  const apart = (of: (place: (typeof places)[number]) => string) => new Set(places.map(of)).size
  expect(apart(({ list_id, position }) => `${list_id} ${position}`)).toBe(places.length)
  expect(apart(({ credential_id }) => credential_id)).toBe(places.length)
}
