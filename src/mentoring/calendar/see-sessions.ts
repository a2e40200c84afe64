import type { Actor, Context } from '../../context.js'
import { toDay } from '../days.js'
import { wrongField } from '../refusals.js'
import { listSessionsAfter, type CalendarSession } from './facts-store.js'
import { reachOf } from './reach.js'

/** Sessions of one answer. */
export const PAGE = 100
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2999-12-31'
const CURSOR = /^(\d{4}-\d{2}-\d{2})\.([\w-]{1,64})$/

/**
 * The sessions of a cohort between two days, both within, by day; a hundred at a time.
 *
 * @param asked.cursor what the answer before this one gave as `next`
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function seeSessions(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; from?: string; until?: string; cursor?: string }>,
): Promise<{ sessions: CalendarSession[]; next: string | null }> {
  const reach = await reachOf(ctx, actor, asked.cohortId)
  const period = {
    fromDay: toDay(asked.from ?? FIRST_DAY, '/from'),
    untilDay: toDay(asked.until ?? LAST_DAY, '/until'),
  }
  const page = { after: afterOf(asked.cursor), limit: PAGE + 1 }
  const found = await listSessionsAfter(ctx.db, reach.sessions, period, page)
  const sessions = found.slice(0, PAGE)
  const last = found.length > PAGE ? sessions.at(-1) : undefined
  return { sessions, next: last ? cursorOf(last) : null }
}

function cursorOf({ day, publicId }: CalendarSession): string {
  return Buffer.from(`${day}.${publicId}`).toString('base64url')
}

function afterOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [, day, publicId] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (day !== undefined && publicId !== undefined) return { day, publicId }
  throw wrongField('/cursor', {
    fr: 'Ce curseur n’est pas de nous. Donnez « next » tel que la réponse précédente l’a donné.',
    en: 'This cursor is not one of ours. Give “next” as the answer before gave it.',
  })
}
