import {
  createPrivateKey,
  generateKeyPair,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import type { Curve, KeyProvider, PublicKey, RsaPublicKey } from './context.js'
import { thumbprintOf } from './credential/jwk.js'
import { toEcMultikey, toMultikey } from './credential/multikey.js'
import { exists, openMasters, seal, unseal, writeOnce, type Settings } from './key-files/master.js'

/** ANSSI asks for this much of what shall be believed after 2030 (guide des mécanismes cryptographiques, 2020). */
const RSA_BITS = 3072

/** Files keep keys of any kind. */
export type KeyFiles = KeyProvider &
  Readonly<{
    create(curve?: Curve): Promise<PublicKey>
    createRsa(): Promise<RsaPublicKey>
  }>

/**
 * The signing keys on disk: one JWE (dir, A256GCM) around a private JWK for each, in a file named
 * by the public key.
 */
export async function openKeys(settings: Settings): Promise<KeyFiles> {
  const masters = await openMasters(settings)
  const fileOf = (name: string) => join(settings.keysDir, `${name}.jwe`)
  // Opening a key costs ten signatures; whoever reads this memory has the master key, too.
  const opened = new Map<string, KeyObject>()
  const open = async (name: string) => {
    if (!(await exists(fileOf(name))))
      throw new Error(`The key ${name} is not in the key ring: restore its file.`)
    const jwk = (await unseal(masters, await readFile(fileOf(name), 'utf8'))) as JWK
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    opened.set(name, key)
    return key
  }
  return {
    async create(curve?: Curve) {
      const { publicKey, jwk } = makeSigningKey(curve)
      await writeOnce(fileOf(publicKey.publicKeyMultibase), await seal(masters, jwk))
      return publicKey
    },
    async createRsa() {
      const { publicKey, jwk } = await makeRsaKey()
      await writeOnce(fileOf(publicKey.thumbprint), await seal(masters, jwk))
      return publicKey
    },
    async sign(name, bytes) {
      assertKeyName(name)
      return signBy(opened.get(name) ?? (await open(name)), bytes)
    },
    async has(name) {
      return KEY_NAME.test(name) && exists(fileOf(name))
    },
    async destroy(name) {
      assertKeyName(name)
      opened.delete(name)
      await rm(fileOf(name), { force: true })
    },
  }
}

/** A key: its private half as a JWK, its public half as a Multikey. */
export function makeSigningKey(curve: Curve = 'Ed25519'): { publicKey: PublicKey; jwk: JWK } {
  if (curve !== 'Ed25519') {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
    const jwk = privateKey.export({ format: 'jwk' })
    const point = { x: jwk.x ?? '', y: jwk.y ?? '' }
    return { publicKey: { publicKeyMultibase: toEcMultikey(curve, point) }, jwk }
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const jwk = privateKey.export({ format: 'jwk' })
  const bytes = Buffer.from(jwk.x ?? '', 'base64url')
  return { publicKey: { publicKeyMultibase: toMultikey(bytes) }, jwk }
}

/** An RSA key: its private half as a JWK, its public half as a JWK with its thumbprint. */
export async function makeRsaKey(
  modulusLength = RSA_BITS,
): Promise<{ publicKey: RsaPublicKey; jwk: JWK }> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength })
  const jwk = privateKey.export({ format: 'jwk' })
  const publicKeyJwk = { kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' } as const
  return { publicKey: { thumbprint: thumbprintOf(publicKeyJwk), publicKeyJwk }, jwk }
}

export function signWith(jwk: JWK, bytes: Uint8Array): Uint8Array {
  return signBy(createPrivateKey({ key: jwk, format: 'jwk' }), bytes)
}

function signBy(key: KeyObject, bytes: Uint8Array): Uint8Array {
  const { asymmetricKeyType: type } = key
  if (type === 'ec') {
    const digest = key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256'
    return new Uint8Array(sign(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }))
  }
  return new Uint8Array(sign(type === 'rsa' ? 'sha256' : null, bytes, key))
}

/** A Multikey (Ed25519, P-256, P-384), or the thumbprint of an RSA key. */
const KEY_NAME = /^(?:z(?:6Mk|Dn|82)[1-9A-HJ-NP-Za-km-z]{44,70}|[\w-]{43})$/

/** A name is part of a path: nothing else may come near it. */
function assertKeyName(name: string): void {
  if (!KEY_NAME.test(name)) throw new Error('This is not the name of a key.')
}
