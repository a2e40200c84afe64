import type { Db, NewRow, Row } from '../../store/schema.js'
import { toAudience, type Announcement } from './rules.js'

export type KeptAnnouncement = Announcement & Readonly<{ id: number }>

export async function insertAnnouncement(db: Db, row: NewRow<'announcements'>): Promise<void> {
  await db.insertInto('announcements').values(row).execute()
}

export async function findAnnouncement(
  db: Db,
  publicId: string,
): Promise<KeptAnnouncement | undefined> {
  const row = await db
    .selectFrom('announcements')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
  return row && toAnnouncement(row)
}

/** Those that are shown on a day and that a person has not put away, the newest first. */
export async function listShown(
  db: Db,
  { day, personId }: Readonly<{ day: string; personId: number }>,
): Promise<KeptAnnouncement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('until_day', '>=', day)
    .where('from_day', '<=', day)
    .where('ended_at', 'is', null)
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('announcement_dismissals as away')
            .select('away.id')
            .whereRef('away.announcement_id', '=', 'announcements.id')
            .where('away.person_id', '=', personId),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toAnnouncement)
}

/** Of some organisations, and of the platform where that is asked for; the newest first. */
export async function listAnnouncements(
  db: Db,
  { organisationIds, all }: Readonly<{ organisationIds: readonly number[]; all: boolean }>,
): Promise<KeptAnnouncement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .$if(!all, (query) => query.where('organisation_id', 'in', [-1, ...organisationIds]))
    .orderBy('id', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(toAnnouncement)
}

const MOST_LISTED = 50

/** Those of one organisation, or of the platform, that have neither ended nor run out. */
export async function countOpen(
  db: Db,
  organisationId: number | null,
  day: string,
): Promise<number> {
  const { count } = await db
    .selectFrom('announcements')
    .select((one) => one.fn.countAll<number | string>().as('count'))
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .where('until_day', '>=', day)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  // PostgreSQL tells a count as text.
  return Number(count)
}

/** @returns false if it had ended before */
export async function markEnded(db: Db, id: number, at: string): Promise<boolean> {
  const result = await db
    .updateTable('announcements')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Once for each person, however often they press the button. */
export async function insertDismissal(
  db: Db,
  row: NewRow<'announcement_dismissals'>,
): Promise<void> {
  await db
    .insertInto('announcement_dismissals')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function toAnnouncement(row: Row<'announcements'>): KeptAnnouncement {
  return {
    id: row.id,
    publicId: row.public_id,
    organisationId: row.organisation_id,
    audience: toAudience(row.audience),
    words: { fr: row.text_fr, en: row.text_en },
    fromDay: row.from_day,
    untilDay: row.until_day,
    endedAt: row.ended_at,
  }
}
