import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Context } from '../../src/context.js'
import { sha256 } from '../../src/credential/digest.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { firstNotAsLogged } from '../../src/issuer/logged.js'
import { listUnfinished } from '../../src/issuer/store/badges.js'
import { validateAudit } from '../../src/store/audit.js'
import { countJobs } from '../../src/store/jobs.js'
import type { Db } from '../../src/store/schema.js'
import { verifyLog } from '../../src/transparency/verify-log.js'

/** The bytes of a badge as far as it has come: those that were frozen, and those that were signed. */
export type Bytes = Readonly<{
  credentialId: string
  endorsementFrozen: string | null
  endorsement: string | null
  frozen: string | null
  signed: string | null
  released: boolean
}>

/** What a store has of its badges, by their public ids: nothing else here reads those columns. */
export async function bytesIn(db: Db): Promise<ReadonlyMap<string, Bytes>> {
  const rows = await db.selectFrom('badges').selectAll().execute()
  return new Map(
    rows.map((row) => [
      row.public_id,
      {
        credentialId: row.credential_id,
        endorsementFrozen: row.endorsement_prepared,
        endorsement: row.endorsement_document,
        frozen: row.badge_prepared,
        signed: row.badge_document ?? row.badge_signed,
        released: row.released_at !== null,
      },
    ]),
  )
}

/** That badges went on from where they were: what was frozen, signed or released once is that for good. */
export function expectToGoOn(
  before: ReadonlyMap<string, Bytes>,
  after: ReadonlyMap<string, Bytes>,
): void {
  for (const [id, was] of before) {
    const known = Object.entries(was).filter(([, value]) => value !== null && value !== false)
    expect(after.get(id), id).toMatchObject(Object.fromEntries(known))
  }
}

/**
 * What must hold of a store after any fault, once it was started again and has nothing to do.
 *
 * @param left the SHA-256 of the documents that left the process before it died, by the public id of their badge
 */
export async function oracle(
  ctx: Context,
  left: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const integrity = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(ctx.db)
  expect(integrity.rows).toEqual([{ integrity_check: 'ok' }])
  expect(await validateAudit(ctx.db)).toMatchObject({ sound: true })
  expect((await checkBadges(ctx)).faults).toEqual([])
  expect(await verifyLog(ctx)).toMatchObject({ sound: true })
  expect(await firstNotAsLogged(ctx)).toBeUndefined()
  expect(await listUnfinished(ctx.db)).toEqual([])
  expect(await countJobs(ctx.db)).toMatchObject({ givenUp: 0 })
  const bytes = await bytesIn(ctx.db)
  for (const [id, digest] of left)
    expect(sha256(bytes.get(id)?.signed ?? '').toString('hex'), id).toBe(digest)
  await eachPlaceOnce(ctx.db)
}

/** No two badges share a place of a status list, and none has two. */
async function eachPlaceOnce(db: Db): Promise<void> {
  const places = await db
    .selectFrom('status_entries')
    .select(['list_id', 'position', 'credential_id'])
    .execute()
  const apart = (of: (place: (typeof places)[number]) => string) => new Set(places.map(of)).size
  expect(apart(({ list_id, position }) => `${list_id} ${position}`)).toBe(places.length)
  expect(apart(({ credential_id }) => credential_id)).toBe(places.length)
}
