import type { Actor, Context } from '../context.js'
import { findToken, touchToken } from './access-store.js'
import { isAhead, today } from './days.js'
import { hashOf, isSecretOf } from './secrets.js'
import { findPerson, listAssignments } from './store.js'

const ID_CHARS = 12
const SECRET_CHARS = 43
const TOKEN = /^sceau_(?:live|test)_([\w-]{12})_([\w-]{43})$/
/** Using a token writes at most this often. */
const TOUCH_MS = 60_000
/** Compared with when no token has the id, so that its absence takes as long. */
const NO_HASH = hashOf('')

export type TokenParts = Readonly<{ publicId: string; secret: string }>

/** `sceau_live_<id>_<secret>`: a scanner of leaked secrets knows it by its shape. */
export function formatToken(production: boolean, { publicId, secret }: TokenParts): string {
  return `sceau_${production ? 'live' : 'test'}_${publicId}_${secret}`
}

export function parseToken(text: string): TokenParts | undefined {
  const [, publicId, secret] = TOKEN.exec(text) ?? []
  return publicId && secret ? { publicId, secret } : undefined
}

/** The parts of a new token. */
export function newTokenParts(ctx: Pick<Context, 'randomBytes'>): TokenParts {
  const text = (bytes: number) => Buffer.from(ctx.randomBytes(bytes)).toString('base64url')
  return {
    publicId: text((ID_CHARS * 3) / 4),
    secret: text(Math.floor((SECRET_CHARS * 3) / 4)),
  }
}

/**
 * Who a token speaks for: its owner, with the roles that they hold now and no others than those
 * in the token's organisation, if it has one. Undefined for a token that is not, or no longer, good.
 */
export async function readToken(ctx: Context, text: string): Promise<Actor | undefined> {
  const parts = parseToken(text)
  if (!parts) return undefined
  const row = await findToken(ctx.db, parts.publicId)
  const genuine = isSecretOf(row?.secret_hash ?? NO_HASH, parts.secret)
  const now = ctx.now()
  if (!row || !genuine || row.revoked_at !== null) return undefined
  if (isAhead(row.created_at, ctx)) return undefined
  if (Date.parse(row.expires_at) <= now.getTime()) return undefined
  if (now.getTime() - Date.parse(row.last_used_at ?? row.created_at) >= TOUCH_MS) {
    await touchToken(ctx.db, row.id, now.toISOString())
  }
  const owner = row.person_id === null ? undefined : await findPerson(ctx.db, row.person_id)
  if (owner?.disabledAt) return undefined
  const held = owner ? await listAssignments(ctx.db, owner.id, today(ctx)) : []
  return {
    personId: owner?.id ?? null,
    publicId: row.public_id,
    assignments: held.filter(
      ({ organisationId }) =>
        row.organisation_id === null || organisationId === row.organisation_id,
    ),
    via: 'token',
    organisationId: row.organisation_id,
    scopes: row.scopes.split(' '),
  }
}
