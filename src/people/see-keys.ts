import type { Actor, Context } from '../context.js'
import { authorize } from './authorize.js'
import { didOf } from './keys.js'
import { listKeys, listOrganisations } from './store.js'

export type KeyLine = Readonly<{
  /** The verification method: `did:web:…#z6Mk…` */
  id: string
  /** Of the organisation: what comes before the `#`. */
  did: string
  organisation: string
  state: 'active' | 'retired' | 'revoked'
  createdAt: string
}>

/** The public halves of all keys, organisation by organisation. @throws {DomainError} forbidden or not-found */
export async function seeKeys(ctx: Context, actor: Actor): Promise<KeyLine[]> {
  authorize(actor, 'see-keys', {})
  const lines: KeyLine[] = []
  for (const { id, slug, name } of await listOrganisations(ctx.db)) {
    const did = didOf(ctx.config.publicUrl, slug)
    for (const key of await listKeys(ctx.db, id)) {
      lines.push({
        id: `${did}#${key.public_key_multibase}`,
        did,
        organisation: name,
        state: key.revoked_at !== null ? 'revoked' : key.retired_at !== null ? 'retired' : 'active',
        createdAt: key.created_at,
      })
    }
  }
  return lines
}
