import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  generateKeyPair,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  sign,
  type KeyObject,
} from 'node:crypto'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CompactEncrypt, compactDecrypt, type JWK } from 'jose'
import type { Context, Curve, KeyRing, PublicKey, RsaPublicKey, Vault } from './context.js'
import { thumbprintOf } from './credential/jwk.js'
import { toEcMultikey, toMultikey } from './credential/multikey.js'

type Settings = Pick<Context['config'], 'keysDir' | 'keysPassphrase' | 'keysPassphraseFile'>

/** 128 MiB and about half a second, once per start: OWASP's first choice for scrypt. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const OWNER_ONLY = 0o600
/** ANSSI asks for this much of what shall be believed after 2030 (guide des mécanismes cryptographiques, 2020). */
const RSA_BITS = 3072

/**
 * The signing keys on disk: one JWE (dir, A256GCM) around a private JWK for each, in a file named
 * by the public key. What opens them comes from the passphrase of the settings, else from the
 * random file `master.key` beside them, readable by its owner only.
 */
export async function openKeys(settings: Settings): Promise<KeyRing> {
  const master = await openMasterKey(settings)
  const fileOf = (name: string) => join(settings.keysDir, `${name}.jwe`)
  // Opening a key costs ten signatures; whoever reads this memory has the master key, too.
  const opened = new Map<string, KeyObject>()
  const open = async (name: string) => {
    const jwk = (await unseal(master, await readFile(fileOf(name), 'utf8'))) as JWK
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    opened.set(name, key)
    return key
  }
  return {
    async create(curve) {
      const { publicKey, jwk } = makeSigningKey(curve)
      await writeOnce(fileOf(publicKey.publicKeyMultibase), await seal(master, jwk))
      return publicKey
    },
    async createRsa() {
      const { publicKey, jwk } = await makeRsaKey()
      await writeOnce(fileOf(publicKey.thumbprint), await seal(master, jwk))
      return publicKey
    },
    async sign(name, bytes) {
      assertKeyName(name)
      return signBy(opened.get(name) ?? (await open(name)), bytes)
    },
    async has(name) {
      return KEY_NAME.test(name) && exists(fileOf(name))
    },
  }
}

/**
 * The vault's two keys, sealed on disk like a signing key and made at the first start.
 *
 * @throws {Error} when the passphrase is not the one that sealed them
 */
export async function openVault(settings: Settings): Promise<Vault> {
  const master = await openMasterKey(settings)
  const file = join(settings.keysDir, 'vault.jwe')
  await writeOnce(file, await seal(master, { sealing: newSecret(), fingerprinting: newSecret() }))
  const keys = (await unseal(master, await readFile(file, 'utf8'))) as VaultKeys
  return vaultWith(keys)
}

/** Base64url, 256 bits each. */
export type VaultKeys = Readonly<{ sealing: string; fingerprinting: string }>

/** AES-256-GCM, a fresh nonce each time, as `nonce.tag.text`; fingerprints are HMAC-SHA-256. */
export function vaultWith(keys: VaultKeys): Vault {
  const sealing = Buffer.from(keys.sealing, 'base64url')
  const fingerprinting = Buffer.from(keys.fingerprinting, 'base64url')
  return {
    seal(clear) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
      return [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.')
    },
    open(sealed) {
      const [nonce, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
      if (!nonce || !tag || !text) throw new Error('This is not a sealed value.')
      const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: 16 })
      decipher.setAuthTag(tag)
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
    },
    fingerprint(value) {
      return createHmac('sha256', fingerprinting).update(value).digest('base64url')
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
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'ec') {
    const digest = details?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256'
    return new Uint8Array(sign(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }))
  }
  return new Uint8Array(sign(type === 'rsa' ? 'sha256' : null, bytes, key))
}

async function openMasterKey(settings: Settings): Promise<Uint8Array> {
  await mkdir(settings.keysDir, { recursive: true, mode: 0o700 })
  const passphrase =
    settings.keysPassphrase ??
    (settings.keysPassphraseFile && (await readFile(settings.keysPassphraseFile, 'utf8')).trim())
  const file = join(settings.keysDir, passphrase ? 'master.salt' : 'master.key')
  await writeOnce(file, newSecret())
  const secret = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  return passphrase ? derive(passphrase, secret) : secret
}

function derive(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, SCRYPT, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

function seal(master: Uint8Array, value: JWK | VaultKeys): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(master)
}

async function unseal(master: Uint8Array, sealed: string): Promise<unknown> {
  const { plaintext } = await compactDecrypt(sealed.trim(), master, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch((cause: unknown) => {
    throw new Error('The keys do not open: is this the passphrase they were made with?', { cause })
  })
  return JSON.parse(Buffer.from(plaintext).toString('utf8'))
}

/** Keeps what is there: of two processes that start together, the first one's secret counts. */
async function writeOnce(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, `${text}\n`, { flag: 'wx', mode: OWNER_ONLY, flush: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** A Multikey (Ed25519, P-256, P-384), or the thumbprint of an RSA key. */
const KEY_NAME = /^(?:z(?:6Mk|Dn|82)[1-9A-HJ-NP-Za-km-z]{44,70}|[\w-]{43})$/

/** A name is part of a path: nothing else may come near it. */
function assertKeyName(name: string): void {
  if (!KEY_NAME.test(name)) throw new Error('This is not the name of a key.')
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
