import type { CookieOptions } from 'express'
import type { Actor, Context } from '../context.js'
import type { Db } from '../store/schema.js'
import { findSession, insertSession, touchSession, type SessionRow } from './access-store.js'
import { isAhead, today } from './days.js'
import { hashOf, newSecret } from './secrets.js'
import { listAssignments } from './store.js'

/** Seeing a page writes at most this often: idle time is reckoned to the minute. */
const TOUCH_MS = 60_000

export type Session = Readonly<{
  actor: Actor
  /** For the page's header. */
  name: string
  csrfToken: string
}>

/** Opens a session within the transaction of a sign-in. */
export async function openSession(ctx: Context, trx: Db, personId: number): Promise<string> {
  const token = newSecret(ctx)
  const at = ctx.now().toISOString()
  await insertSession(trx, {
    token_hash: hashOf(token),
    person_id: personId,
    csrf_token: newSecret(ctx),
    created_at: at,
    last_seen_at: at,
  })
  return token
}

/**
 * The session that a cookie's value names, with the roles that its person holds at this moment;
 * undefined when there is none, or when it has lasted or lain idle too long.
 */
export async function readSession(ctx: Context, token: string): Promise<Session | undefined> {
  const row = await findSession(ctx.db, hashOf(token))
  if (!row) return undefined
  const assignments = await listAssignments(ctx.db, row.personId, today(ctx))
  const actor: Actor = {
    personId: row.personId,
    publicId: row.personPublicId,
    assignments,
    via: 'session',
    scopes: [],
  }
  if (isOver(row, actor, ctx)) return undefined
  const now = ctx.now()
  if (now.getTime() - Date.parse(row.last_seen_at) >= TOUCH_MS) {
    await touchSession(ctx.db, row.id, now.toISOString())
  }
  return { actor, name: `${row.givenName} ${row.familyName}`, csrfToken: row.csrf_token }
}

/** Over https the name's prefix makes browsers refuse it from any other host, or without Secure. */
export function sessionCookie(
  publicUrl: string,
): Readonly<{ name: string; options: CookieOptions }> {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-s' : 's',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  }
}

function isOver(row: SessionRow, actor: Actor, ctx: Pick<Context, 'now' | 'config'>): boolean {
  const { sessionMs, staffIdleMs, studentIdleMs } = ctx.config.limits
  const isStudent = actor.assignments.every(({ role }) => role === 'student')
  const now = ctx.now().getTime()
  return (
    isAhead(row.last_seen_at, ctx) ||
    now - Date.parse(row.created_at) >= sessionMs ||
    now - Date.parse(row.last_seen_at) >= (isStudent ? studentIdleMs : staffIdleMs)
  )
}
