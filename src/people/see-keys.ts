import type { Actor, Context } from '../context.js'
import { authorize } from './authorize.js'
import { didOf } from './keys.js'
import { listServiceKeys, serviceDid } from './service-keys.js'
import { listKeys, listOrganisations } from './store.js'
import type { Row } from '../store/schema.js'

export type KeyLine = Readonly<{
  /** The verification method: `did:web:…#z6Mk…` */
  id: string
  /** Of the service or the organisation: what comes before the `#`. */
  did: string
  organisation: string
  state: 'active' | 'retired' | 'revoked'
  createdAt: string
}>

/** The public halves of all keys: the service's, then organisation by organisation. @throws {DomainError} forbidden or not-found */
export async function seeKeys(ctx: Context, actor: Actor): Promise<KeyLine[]> {
  authorize(actor, 'see-keys', {})
  const lines = (await listServiceKeys(ctx.db)).map((key) =>
    toLine(serviceDid(ctx.config.publicUrl), 'Sceau', key),
  )
  for (const { id, slug, name } of await listOrganisations(ctx.db)) {
    const did = didOf(ctx.config.publicUrl, slug)
    const keys = await listKeys(ctx.db, id)
    lines.push(...keys.map((key) => toLine(did, name, key)))
  }
  return lines
}

type Key = Pick<
  Row<'organisation_keys'>,
  'public_key_multibase' | 'created_at' | 'retired_at' | 'revoked_at'
>

function toLine(did: string, organisation: string, key: Key): KeyLine {
  return {
    id: `${did}#${key.public_key_multibase}`,
    did,
    organisation,
    state: key.revoked_at !== null ? 'revoked' : key.retired_at !== null ? 'retired' : 'active',
    createdAt: key.created_at,
  }
}
