import type { Context } from '../context.js'
import { findPerson } from '../people/store.js'
import type { Words } from '../words.js'
import { ACT_WORDS, reasonWords, toNoticeAct } from './notice-words.js'
import { getBadge, type Badge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { findReplacement, findSuccessor } from './store/lineage.js'
import { listNotices } from './store/notices.js'

/**
 * What a badge came after and what came after it, by public ids; null: nothing. They are the same student's: for
 * who may see this one in the book, never for who has a link to it.
 */
export type Lineage = Readonly<{
  replaces: string | null
  replacedBy: string | null
  /** The dossier of one that will replace it. */
  underWay: string | null
}>

export async function lineageOf(ctx: Context, badge: Badge): Promise<Lineage> {
  const { replaces_badge_id } = await getDossier(ctx.db, badge.dossier_id)
  const before = replaces_badge_id === null ? undefined : await getBadge(ctx.db, replaces_badge_id)
  const replacedBy = (await findSuccessor(ctx.db, badge.id)) ?? null
  const next = replacedBy === null ? await findReplacement(ctx.db, badge.id) : undefined
  return {
    replaces: before?.public_id ?? null,
    replacedBy,
    underWay: next?.public_id ?? null,
  }
}

export type HistoryLine = Readonly<{
  at: string
  words: Words
  reason: Words | undefined
  note: string | null
  by: string
}>

/** What was done to a badge, why and by whom, for staff of its school; the latest first. */
export async function historyOf(ctx: Context, badgeId: number): Promise<HistoryLine[]> {
  const notices = await listNotices(ctx.db, badgeId)
  return Promise.all(
    notices.map(async (notice) => {
      const person = notice.by_id === null ? undefined : await findPerson(ctx.db, notice.by_id)
      return {
        at: notice.at,
        words: ACT_WORDS[toNoticeAct(notice.act)],
        reason: reasonWords(notice),
        note: notice.note,
        by: person ? `${person.givenName} ${person.familyName}` : '',
      }
    }),
  )
}
