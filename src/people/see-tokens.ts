import type { Actor, Context } from '../context.js'
import type { Row } from '../store/schema.js'
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
  /** `leaked`: it still serves, and was seen in an address. */
  state: 'good' | 'leaked' | 'expired' | 'revoked'
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
    state: stateOf(row, now),
  }))
}

function stateOf(
  row: Pick<Row<'api_tokens'>, 'revoked_at' | 'expires_at' | 'leaked_at'>,
  now: string,
): TokenLine['state'] {
  if (row.revoked_at !== null) return 'revoked'
  if (row.expires_at <= now) return 'expired'
  return row.leaked_at === null ? 'good' : 'leaked'
}
