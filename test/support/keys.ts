import type { JWK } from 'jose'
import type { KeyRing, Vault } from '../../src/context.js'
import { makeSigningKey, signWith, vaultWith } from '../../src/key-files.js'

/** Real Ed25519 keys that live as long as the test. */
export function memoryKeys(): { keys: KeyRing; vault: Vault } {
  const jwks = new Map<string, JWK>()
  const keys: KeyRing = {
    async create() {
      const { publicKey, jwk } = makeSigningKey()
      jwks.set(publicKey.publicKeyMultibase, jwk)
      return publicKey
    },
    async sign(publicKeyMultibase, bytes) {
      const jwk = jwks.get(publicKeyMultibase)
      if (!jwk) throw new Error('This key is not here.')
      return signWith(jwk, bytes)
    },
    async has(publicKeyMultibase) {
      return jwks.has(publicKeyMultibase)
    },
  }
  const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
  return { keys, vault: vaultWith({ sealing: secret(1), fingerprinting: secret(2) }) }
}
