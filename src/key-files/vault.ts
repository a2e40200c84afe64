import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vault } from '../context.js'
import { newSecret, openMasters, seal, unseal, writeOnce, type Settings } from './master.js'

export const VAULT_FILE = 'vault.jwe'

/** Base64url, 256 bits each. `before`: keys that sealed once and still open. */
export type VaultKeys = Readonly<{
  sealing: string
  fingerprinting: string
  before?: readonly string[]
}>

/**
 * The vault's keys, sealed on disk like a signing key and made at the first start.
 *
 * @throws {Error} when the passphrase is not the one that sealed them
 */
export async function openVault(settings: Settings): Promise<Vault> {
  const masters = await openMasters(settings)
  const file = join(settings.keysDir, VAULT_FILE)
  await writeOnce(file, await seal(masters, { sealing: newSecret(), fingerprinting: newSecret() }))
  return vaultWith((await unseal(masters, await readFile(file, 'utf8'))) as VaultKeys)
}

/** AES-256-GCM, a fresh nonce each time, as `nonce.tag.text`; fingerprints are HMAC-SHA-256. */
export function vaultWith(keys: VaultKeys): Vault {
  const current = Buffer.from(keys.sealing, 'base64url')
  const before = (keys.before ?? []).map((key) => Buffer.from(key, 'base64url'))
  const fingerprinting = Buffer.from(keys.fingerprinting, 'base64url')
  const openBefore = (sealed: string) => {
    for (const key of before) {
      const clear = attempt(key, sealed)
      if (clear !== undefined) return clear
    }
    return undefined
  }
  return {
    seal: (clear) => sealUnder(current, clear),
    // What none of them opens fails as what the current one does not open.
    open: (sealed) => attempt(current, sealed) ?? openBefore(sealed) ?? openUnder(current, sealed),
    reseal(sealed) {
      if (attempt(current, sealed) !== undefined) return undefined
      return sealUnder(current, openBefore(sealed) ?? openUnder(current, sealed))
    },
    fingerprint(value) {
      return createHmac('sha256', fingerprinting).update(value).digest('base64url')
    },
  }
}

/** AES-256-GCM under a key of 32 bytes. */
export function sealUnder(key: Uint8Array, clear: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.')
}

/** @throws {Error} for what another key sealed, and for what was touched */
export function openUnder(key: Uint8Array, sealed: string): string {
  const [nonce, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (!nonce || !tag || !text) throw new Error('This is not a sealed value.')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}

function attempt(key: Uint8Array, sealed: string): string | undefined {
  try {
    return openUnder(key, sealed)
  } catch {
    return undefined
  }
}
