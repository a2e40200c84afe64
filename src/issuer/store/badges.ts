import { hasRowLocks } from '../../store/row-locks.js'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { readable, readableOne, type Badge, type BadgeRow } from './packed-badges.js'

export type { Badge } from './packed-badges.js'

export async function insertBadges(db: Db, badges: readonly NewRow<'badges'>[]): Promise<void> {
  if (badges.length > 0) await db.insertInto('badges').values(badges).execute()
}

export async function findBadgeOfDossier(db: Db, dossierId: number): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst()
  return readableOne(db, row)
}

export async function findBadge(db: Db, publicId: string): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return readableOne(db, row)
}

export async function getBadge(db: Db, id: number): Promise<Badge> {
  const [badge] = await listBadgesOf(db, [id])
  if (!badge) throw new Error(`There is no badge ${id}.`)
  return badge
}

export async function findBadgeByCredential(
  db: Db,
  credentialId: string,
): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return readableOne(db, row)
}

/** The badge that has a place of a status list, or waits to have it. */
export async function findBadgeOfPlace(db: Db, entryId: number): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badges')
    .selectAll()
    .where('status_entry_id', '=', entryId)
    .executeTakeFirst()
  return readableOne(db, row)
}

/** Signed badges that the log has not, the oldest first: from before there was one. */
export async function listUnlogged(db: Db, limit: number): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('signed_at', 'is not', null)
    .where('log_position', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return readable(db, rows)
}

/** Badges that the log has, by position, from one on. */
export async function listLogged(db: Db, from: number, limit: number): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('log_position', '>=', from)
    .orderBy('log_position')
    .limit(limit)
    .execute()
  return readable(db, rows)
}

/** The badges of some dossiers. */
export async function listBadgesOfDossiers(
  db: Db,
  dossierIds: readonly number[],
): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('dossier_id', 'in', [NOBODY, ...dossierIds])
    .orderBy('id')
    .execute()
  return readable(db, rows)
}

export async function listBadgesOf(db: Db, ids: readonly number[]): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badges')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .execute()
  return readable(db, rows)
}

/**
 * Holds badges until the transaction ends, before it writes the audit: a revocation does it in that order.
 *
 * @returns them as they are now
 */
export function lockBadges(db: Db, ids: readonly number[]): Promise<BadgeRow[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('id', 'in', [NOBODY, ...ids])
    .orderBy('id')
    .$if(hasRowLocks(db), (query) => query.forNoKeyUpdate())
    .execute()
}

/** Approved dossiers with their reserved badges, in the order of their approval. */
export async function listAwards(
  db: Db,
  dossierIds: readonly number[],
): Promise<{ dossier: Row<'dossiers'>; badge: Badge }[]> {
  const dossiers = await db
    .selectFrom('dossiers')
    .selectAll()
    .where('id', 'in', [NOBODY, ...dossierIds])
    .where('state', '=', 'approved')
    .execute()
  const badges = await listBadgesOfDossiers(
    db,
    dossiers.map(({ id }) => id),
  )
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]))
  return badges.flatMap((badge) => {
    const dossier = byId.get(badge.dossier_id)
    return dossier ? { dossier, badge } : []
  })
}

/** No row has it: a list of ids is never empty in SQL. */
const NOBODY = -1

/** Those that are neither released nor void, the oldest first. */
export function listUnfinished(db: Db): Promise<BadgeRow[]> {
  return db
    .selectFrom('badges')
    .selectAll()
    .where('released_at', 'is', null)
    .orderBy('id')
    .execute()
}
