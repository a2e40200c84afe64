import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { OPERATOR } from '../../people/operator.js'
import type { Db, Row } from '../../store/schema.js'
import { revokeIn } from '../revoke-badge.js'
import { publishStatusList } from '../status.js'
import { listBadgesOf } from '../store/badges.js'
import { getDossier } from '../store/dossiers.js'
import { getEntry, getList } from '../store/status-lists.js'
import { listBadgesToEnd } from './store.js'

const REASON = 'Révoqué à la demande de son titulaire.'

export type Ending = Readonly<{
  studentId: number
  /** As the holder wants it: 'revoke' or 'keep'. */
  badges: string
  /** When the erasure was first tried: what is released later is had by nobody. */
  since: string
}>

/** The badges that must not stay valid: what its holder wants revoked, and what nobody has yet. */
export async function badgesToEnd(
  db: Db,
  { studentId, badges, since }: Ending,
): Promise<Row<'badges'>[]> {
  const found = await listBadgesToEnd(db, studentId)
  return found.filter(({ released_at: at }) => badges === 'revoke' || at === null || at > since)
}

/** Revokes them, or has them not signed, and publishes what the lists say of them. */
export async function endBadges(ctx: Context, ending: Ending): Promise<void> {
  for (const { id: badgeId } of await badgesToEnd(ctx.db, ending)) {
    const [badge] = await listBadgesOf(ctx.db, [badgeId])
    if (!badge) continue
    const dossier = await getDossier(ctx.db, badge.dossier_id)
    const revocation = { reason: REASON, byId: null, at: ctx.now() }
    await ctx.db
      .transaction()
      .execute((trx) => revokeIn(trx, OPERATOR, { badge, dossier }, revocation))
    await publishOf(ctx, badge.status_entry_id)
  }
  // Ended between a revocation and its list: published now.
  for (const entry of await revokedEntries(ctx.db, ending.studentId)) await publishOf(ctx, entry)
}

async function revokedEntries(db: Db, studentId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select badges.status_entry_id as id from badges
    join dossiers on dossiers.id = badges.dossier_id
    join status_entries on status_entries.id = badges.status_entry_id
    join status_lists on status_lists.id = status_entries.list_id
    where dossiers.student_id = ${studentId} and badges.revoked_at is not null
      and coalesce(status_lists.published_revision, -1) < status_lists.revision`.execute(db)
  return rows.map(({ id }) => id)
}

async function publishOf(ctx: Context, entryId: number): Promise<void> {
  await publishStatusList(ctx, await getList(ctx.db, (await getEntry(ctx.db, entryId)).list_id))
}
