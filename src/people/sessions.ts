import type { CookieOptions } from 'express'
import type { Actor, Assignment, Context } from '../context.js'
import { passkeysRequired } from '../settings/read.js'
import type { Db } from '../store/schema.js'
import { isAhead, today } from './days.js'
import { noteCameBack } from './people-store.js'
import { hashOf, newSecret } from './secrets.js'
import {
  findSession,
  insertSession,
  saveNewSecret,
  touchSession,
  type PersonSession,
  type SessionRow,
} from './session-store.js'
import { rightsOf } from './rights-of.js'

/** Seeing a page writes at most this often: idle time is reckoned to the minute. */
const TOUCH_MS = 60_000

/** What a person has shown of themselves. */
export type Proof = 'password' | 'passkey' | 'provider'

/** From where somebody signs in, as far as it is kept: no address, no version. */
export type Device = Readonly<{ browser: string | null; network: string | null }>

export type Session = Readonly<{
  actor: Actor
  /** For the page's header. */
  name: string
  csrfToken: string
  /** Its person has other roles than when it got its secret: it is to get a new one. */
  outdated: boolean
}>

/** Opens a session within the transaction of a sign-in; what was shown there counts as shown in it. */
export async function openSession(
  ctx: Context,
  trx: Db,
  personId: number,
  shown: Readonly<{ proof?: Proof; device?: Device | undefined }> = {},
): Promise<string> {
  const token = newSecret(ctx)
  const at = ctx.now().toISOString()
  await insertSession(trx, {
    public_id: ctx.newId(),
    token_hash: hashOf(token),
    person_id: personId,
    csrf_token: newSecret(ctx),
    roles: rolesOf(await rightsOf(trx, personId, today(ctx))),
    created_at: at,
    last_seen_at: at,
    proven_by: shown.proof ?? 'password',
    proven_at: at,
    browser: shown.device?.browser ?? null,
    network: shown.device?.network ?? null,
  })
  await noteCameBack(trx, personId, today(ctx))
  return token
}

/**
 * The session that a cookie's value names, with the roles that its person holds at this moment;
 * undefined when there is none, or when it has lasted or lain idle too long.
 */
export async function readSession(ctx: Context, token: string): Promise<Session | undefined> {
  const row = await findSession(ctx.db, hashOf(token))
  if (!row) return undefined
  const assignments = await rightsOf(ctx.db, row.person_id, today(ctx))
  if (isOver(row, assignments, ctx)) return undefined
  const now = ctx.now()
  if (now.getTime() - Date.parse(row.last_seen_at) >= TOUCH_MS) {
    await touchSession(ctx.db, row.id, now.toISOString())
  }
  return {
    actor: await actorIn(row, assignments, ctx),
    name: `${row.givenName} ${row.familyName}`,
    csrfToken: row.csrf_token,
    outdated: row.roles !== rolesOf(assignments),
  }
}

async function actorIn(
  row: PersonSession,
  assignments: readonly Assignment[],
  ctx: Context,
): Promise<Actor> {
  const proof = freshProof(row, ctx)
  const suffices = proof === 'passkey' || (proof === 'password' && !(await passkeysRequired(ctx)))
  return {
    personId: row.person_id,
    publicId: row.personPublicId,
    assignments,
    via: 'session',
    scopes: [],
    ...(suffices ? {} : { mustStepUp: true as const }),
  }
}

/**
 * Gives a session another secret, within a transaction; its form token stays, so that pages that are open go on.
 *
 * @param proof what was shown just now; nothing: what was shown before counts no more
 * @returns the value of its cookie; undefined if it has ended
 */
export async function renewSession(
  ctx: Context,
  trx: Db,
  token: string,
  proof?: Proof,
): Promise<string | undefined> {
  const row = await findSession(trx, hashOf(token))
  if (!row) return undefined
  const fresh = newSecret(ctx)
  const renewed = await saveNewSecret(trx, hashOf(token), {
    token_hash: hashOf(fresh),
    roles: rolesOf(await rightsOf(trx, row.person_id, today(ctx))),
    proven_by: proof ?? null,
    proven_at: proof === undefined ? null : ctx.now().toISOString(),
  })
  return renewed ? fresh : undefined
}

/** What was shown in a session so lately that it still counts. */
export function freshProof(
  row: Pick<SessionRow, 'proven_at' | 'proven_by'>,
  ctx: Pick<Context, 'now' | 'config'>,
): Proof | undefined {
  const { proven_at: at, proven_by: by } = row
  if (at === null || isAhead(at, ctx)) return undefined
  if (ctx.now().getTime() - Date.parse(at) >= ctx.config.limits.stepUpMs) return undefined
  return by === 'passkey' || by === 'password' || by === 'provider' ? by : undefined
}

/** Whether a session has lasted, or lain idle, too long for somebody of these roles. */
export function isOver(
  row: Pick<SessionRow, 'created_at' | 'last_seen_at'>,
  assignments: readonly Assignment[],
  ctx: Pick<Context, 'now' | 'config'>,
): boolean {
  const { sessionMs, staffIdleMs, studentIdleMs } = ctx.config.limits
  const isStudent = assignments.every(({ role }) => role === 'student')
  const now = ctx.now().getTime()
  return (
    isAhead(row.last_seen_at, ctx) ||
    now - Date.parse(row.created_at) >= sessionMs ||
    now - Date.parse(row.last_seen_at) >= (isStudent ? studentIdleMs : staffIdleMs)
  )
}

type Cookie = Readonly<{ name: string; options: CookieOptions }>

/** Over https the name's prefix makes browsers refuse it from any other host, or without Secure. */
export function sessionCookie(publicUrl: string): Cookie {
  return cookieNamed('s', publicUrl)
}

/** Of who is half signed in: another name than that of a session, so that it can never be taken for one. */
export function halfCookie(publicUrl: string): Cookie {
  return cookieNamed('h', publicUrl)
}

/** Of who was sent to a provider, and of what they brought back until they say that it is theirs. */
export function providerCookie(publicUrl: string): Cookie {
  return cookieNamed('p', publicUrl)
}

function cookieNamed(name: string, publicUrl: string): Cookie {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? `__Host-${name}` : name,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  }
}

function rolesOf(assignments: readonly Assignment[]): string {
  const roles = assignments.map(({ role, organisationId }) => `${role}:${organisationId ?? ''}`)
  return roles.toSorted().join(' ')
}
