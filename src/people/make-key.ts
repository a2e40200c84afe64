import type { Context } from '../context.js'
import { columnsOf, type KeyKind, type StoredKey } from './key-store.js'

/** A new key, as its row has it. */
export type MadeKey = Pick<StoredKey, 'public_key_multibase' | 'public_key_jwk' | 'provider'>

/** Makes a key, before the transaction that keeps its row: one that ends up without a row harms nobody. */
export async function makeKey(ctx: Context, kind: KeyKind): Promise<MadeKey> {
  if (kind === 'Ed25519') return { ...columnsOf(await ctx.keys.create()), public_key_jwk: null }
  const made = await ctx.keys.createRsa()
  return { ...columnsOf(made), public_key_jwk: JSON.stringify(made.publicKeyJwk) }
}
