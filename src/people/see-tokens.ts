import type { Actor, Context } from '../context.js'
import { listTokens } from './access-store.js'
import { authorize } from './authorize.js'

export type TokenLine = Readonly<{
  publicId: string
  name: string
  /** Whose rights it has, and where; null: nobody's, or everywhere. */
  owner: string | null
  organisation: string | null
  scopes: readonly string[]
  expiresAt: string
  lastUsedAt: string | null
  state: 'good' | 'expired' | 'revoked'
}>

/** The API tokens, newest first: never their secret. @throws {DomainError} forbidden or not-found */
export async function seeTokens(ctx: Context, actor: Actor): Promise<TokenLine[]> {
  authorize(actor, 'see-tokens', {})
  const now = ctx.now().toISOString()
  return (await listTokens(ctx.db)).map((row) => ({
    publicId: row.public_id,
    name: row.name,
    owner: row.familyName === null ? null : `${row.givenName} ${row.familyName}`,
    organisation: row.organisation,
    scopes: row.scopes.split(' '),
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at <= now ? 'expired' : 'good',
  }))
}
