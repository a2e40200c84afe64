import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import type { KeyProvider, PublicKey } from './context.js'
import { toMultikey } from './credential/multikey.js'
import { exists, openMasters, seal, unseal, writeOnce, type Settings } from './key-files/master.js'

/**
 * The signing keys on disk: one JWE (dir, A256GCM) around a private JWK for each, in a file named
 * by the public key.
 */
export async function openKeys(settings: Settings): Promise<KeyProvider> {
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
    async create() {
      const { publicKey, jwk } = makeSigningKey()
      await writeOnce(fileOf(publicKey.publicKeyMultibase), await seal(masters, jwk))
      return publicKey
    },
    async sign(publicKeyMultibase, bytes) {
      assertKeyName(publicKeyMultibase)
      const key = opened.get(publicKeyMultibase) ?? (await open(publicKeyMultibase))
      return new Uint8Array(sign(null, bytes, key))
    },
    async has(publicKeyMultibase) {
      if (!KEY_NAME.test(publicKeyMultibase)) return false
      return exists(fileOf(publicKeyMultibase))
    },
    async destroy(publicKeyMultibase) {
      assertKeyName(publicKeyMultibase)
      opened.delete(publicKeyMultibase)
      await rm(fileOf(publicKeyMultibase), { force: true })
    },
  }
}

/** An Ed25519 key: its private half as a JWK, its public half as a Multikey. */
export function makeSigningKey(): { publicKey: PublicKey; jwk: JWK } {
  const { privateKey } = generateKeyPairSync('ed25519')
  const jwk = privateKey.export({ format: 'jwk' })
  const bytes = Buffer.from(jwk.x ?? '', 'base64url')
  return { publicKey: { publicKeyMultibase: toMultikey(bytes) }, jwk }
}

export function signWith(jwk: JWK, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, bytes, createPrivateKey({ key: jwk, format: 'jwk' })))
}

const KEY_NAME = /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/

/** A name is part of a path: nothing but a Multikey may come near it. */
function assertKeyName(name: string): void {
  if (!KEY_NAME.test(name)) throw new Error('This is not the name of an Ed25519 key.')
}
