import type { Context } from '../context.js'
import type { KeyKind, StoredKey } from './key-store.js'

/** The public half of a new key, as its row has it. */
export type MadeKey = Pick<StoredKey, 'public_key_multibase' | 'public_key_jwk'>

/** Makes a key, before the transaction that keeps its row: one that ends up without a row harms nobody. */
export async function makeKey(ctx: Context, kind: KeyKind): Promise<MadeKey> {
  if (kind === 'Ed25519') {
    const { publicKeyMultibase } = await ctx.keys.create()
    return { public_key_multibase: publicKeyMultibase, public_key_jwk: null }
  }
  const { thumbprint, publicKeyJwk } = await ctx.keys.createRsa()
  return { public_key_multibase: thumbprint, public_key_jwk: JSON.stringify(publicKeyJwk) }
}
