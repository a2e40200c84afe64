import type { Db, NewRow, Row } from '../../store/schema.js'

export type BadgeNotice = Row<'badge_notices'>
export const NOTICE_ACTS = ['revoke', 'hold', 'restore', 'replace'] as const
/** What may be done to a badge once it is released. */
export type NoticeAct = (typeof NOTICE_ACTS)[number]

export async function insertNotice(db: Db, notice: NewRow<'badge_notices'>): Promise<void> {
  await db.insertInto('badge_notices').values(notice).execute()
}

/** What was done to a badge, the latest first. */
export function listNotices(db: Db, badgeId: number): Promise<BadgeNotice[]> {
  return db
    .selectFrom('badge_notices')
    .selectAll()
    .where('badge_id', '=', badgeId)
    .orderBy('id', 'desc')
    .execute()
}
