import type { Db, NewRow, Row } from '../../store/schema.js'

export type Feed = Row<'calendar_feeds'>

export async function insertFeed(db: Db, row: NewRow<'calendar_feeds'>): Promise<void> {
  await db.insertInto('calendar_feeds').values(row).execute()
}

/** The feed that a token opens, and the cohort it is of; a revoked one opens nothing. */
export function findOpenFeed(
  db: Db,
  tokenHash: string,
): Promise<(Feed & { cohortPublicId: string }) | undefined> {
  return db
    .selectFrom('calendar_feeds')
    .innerJoin('cohorts', 'cohorts.id', 'calendar_feeds.cohort_id')
    .selectAll('calendar_feeds')
    .select('cohorts.public_id as cohortPublicId')
    .where('calendar_feeds.token_hash', '=', tokenHash)
    .where('calendar_feeds.revoked_at', 'is', null)
    .executeTakeFirst()
}

/** The feeds of a cohort that a person has made and not revoked, the newest first. */
export function listOpenFeeds(
  db: Db,
  of: Readonly<{ personId: number; cohortId: number }>,
): Promise<Feed[]> {
  return db
    .selectFrom('calendar_feeds')
    .selectAll()
    .where('person_id', '=', of.personId)
    .where('cohort_id', '=', of.cohortId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
}

/** @returns false if the person has no such feed of the cohort, or has revoked it already */
export async function saveRevoked(
  db: Db,
  feed: Readonly<{ publicId: string; personId: number; cohortId: number }>,
  at: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('calendar_feeds')
    .set({ revoked_at: at.toISOString() })
    .where('public_id', '=', feed.publicId)
    .where('person_id', '=', feed.personId)
    .where('cohort_id', '=', feed.cohortId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
