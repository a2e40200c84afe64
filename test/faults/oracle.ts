import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Context } from '../../src/context.js'
import { sha256 } from '../../src/credential/digest.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { firstNotAsLogged } from '../../src/issuer/logged.js'
import { withoutProof } from '../../src/issuer/frozen.js'
import { listUnfinished, type Badge } from '../../src/issuer/store/badges.js'
import { storedBadges } from '../issuer/stored.js'
import { hasRowLocks } from '../../src/store/row-locks.js'
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

/** What a store has of its badges, by their public ids. */
export async function bytesIn(db: Db): Promise<ReadonlyMap<string, Bytes>> {
  const badges = await storedBadges(db)
  return new Map(badges.map((badge) => [badge.public_id, bytesOf(badge)]))
}

/** What was frozen of a badge and of the endorsement in it is dropped with its release: the document has it. */
function bytesOf(badge: Badge): Bytes {
  const signed = badge.badge_document ?? badge.badge_signed
  const { badge_document: document } = badge
  const endorsement = document && JSON.stringify(JSON.parse(document).endorsement[0])
  return {
    credentialId: badge.credential_id,
    endorsementFrozen: badge.endorsement_prepared ?? (endorsement && withoutProof(endorsement)),
    endorsement: badge.endorsement_document ?? endorsement,
    frozen: badge.badge_prepared ?? (document && withoutProof(document)),
    signed,
    released: badge.released_at !== null,
  }
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
  // A server is looked at from outside: `pg_amcheck`.
  if (!hasRowLocks(ctx.db)) {
    const { rows } = await sql`pragma integrity_check`.execute(ctx.db)
    expect(rows).toEqual([{ integrity_check: 'ok' }])
  }
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

/** No two badges share a place of a status list, and none is taken for nobody. */
async function eachPlaceOnce(db: Db): Promise<void> {
  const places = await db.selectFrom('status_entries').select(['list_id', 'position']).execute()
  expect(new Set(places.map(({ list_id, position }) => `${list_id} ${position}`)).size).toBe(
    places.length,
  )
  const columns = ['status_entry_id', 'endorsement_entry_id'] as const
  const badges = await db.selectFrom('badges').select(columns).execute()
  const voided = await db.selectFrom('voided_badges').select(columns).execute()
  const of = await db.selectFrom('definition_endorsements').select('status_entry_id').execute()
  const taken = [
    ...[...badges, ...voided].flatMap((one) => columns.map((column) => one[column])),
    ...of.map(({ status_entry_id }) => status_entry_id),
  ]
  expect(new Set(taken).size).toBe(taken.length)
  expect(places.length).toBe(taken.length)
}
