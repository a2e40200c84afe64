import type { Actor, Context } from '../context.js'
import { authorize } from './authorize.js'
import { kindOfKey, stageOfKey, type KeyKind, type KeyStage } from './key-store.js'
import { ANNOUNCED_MS, didOf } from './keys.js'
import { listServiceKeys, serviceDid } from './service-keys.js'
import { listKeys, listOrganisations } from './store.js'
import type { Row } from '../store/schema.js'

export type KeyLine = Readonly<{
  /** The verification method: `did:web:…#z6Mk…`, or `#` and the thumbprint of an RSA key */
  id: string
  kind: KeyKind
  /** Of the service or the organisation: what comes before the `#`. */
  did: string
  organisation: string
  state: KeyStage
  /** Who keeps its private half. */
  provider: string
  createdAt: string
  /** Of an announced one: when it begins to sign. */
  activatesAt?: string
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

type Key = Row<'service_keys'> | Row<'organisation_keys'>

/** When a key that was announced at an instant begins to sign. */
function activationOf(announcedAt: string): Date {
  return new Date(Date.parse(announcedAt) + ANNOUNCED_MS)
}

function toLine(did: string, organisation: string, key: Key): KeyLine {
  const state = stageOfKey(key)
  return {
    id: `${did}#${key.public_key_multibase}`,
    kind: 'public_key_jwk' in key ? kindOfKey(key) : 'Ed25519',
    did,
    organisation,
    state,
    provider: key.provider,
    createdAt: key.created_at,
    ...(state === 'announced' && { activatesAt: activationOf(key.created_at).toISOString() }),
  }
}
