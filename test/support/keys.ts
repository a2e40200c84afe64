import { createPrivateKey } from 'node:crypto'
import type { JWK } from 'jose'
import type { KeyRing, Vault } from '../../src/context.js'
import { sha256 } from '../../src/credential/digest.js'
import { toMultikey } from '../../src/credential/multikey.js'
import { makeRsaKey, makeSigningKey, signWith } from '../../src/key-files.js'
import { vaultWith } from '../../src/key-files/vault.js'

/** To make one takes long: worlds have the same RSA keys in the same order. Small, but no smaller than verifiers take. */
const rsaKeys: ReturnType<typeof makeRsaKey>[] = []

/** Real keys that live as long as the test. */
export function memoryKeys(makeKey = makeSigningKey): { keys: KeyRing; vault: Vault } {
  const jwks = new Map<string, JWK>()
  let rsaMade = 0
  const keys: KeyRing = {
    async create(curve) {
      const { publicKey, jwk } = makeKey(curve)
      jwks.set(publicKey.publicKeyMultibase, jwk)
      return { name: publicKey.publicKeyMultibase, provider: 'files' }
    },
    async createRsa() {
      const { publicKey, jwk } = await (rsaKeys[rsaMade++] ??= makeRsaKey(2048))
      jwks.set(publicKey.thumbprint, jwk)
      const { thumbprint: name, publicKeyJwk } = publicKey
      return { name, publicKeyJwk, provider: 'files' }
    },
    async sign({ name }, bytes) {
      const jwk = jwks.get(name)
      if (!jwk) throw new Error('This key is not in the key ring: restore its file.')
      return signWith(jwk, bytes)
    },
    async has({ name }) {
      return jwks.has(name)
    },
    async destroy({ name }) {
      jwks.delete(name)
    },
    away: async () => undefined,
  }
  const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
  return { keys, vault: vaultWith({ sealing: secret(1), fingerprinting: secret(2) }) }
}

/** Makes the same keys in the same order each time: for documents that a test holds to the letter. */
export function keysFrom(seed: string): typeof makeSigningKey {
  let made = 0
  return () => {
    made += 1
    const d = sha256(`${seed} ${made}`).toString('hex')
    const privateKey = createPrivateKey({
      // PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410).
      key: Buffer.from(`302e020100300506032b657004220420${d}`, 'hex'),
      format: 'der',
      type: 'pkcs8',
    })
    const jwk = privateKey.export({ format: 'jwk' })
    const publicKeyMultibase = toMultikey(Buffer.from(jwk.x ?? '', 'base64url'))
    return { publicKey: { publicKeyMultibase }, jwk }
  }
}
