import { randomBytes, scrypt } from 'node:crypto'
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CompactEncrypt, compactDecrypt } from 'jose'
import type { Config } from '../config.js'

export type Settings = Pick<
  Config,
  'keysDir' | 'keysPassphrase' | 'keysPassphraseFile' | 'keysPassphraseBeforeFile'
>

/** 128 MiB and about half a second: OWASP's first choice for scrypt. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const OWNER_ONLY = 0o600

/** What opens the files: the first seals, too; the others are on their way out (`sceau keys rewrap`). */
export type Masters = readonly [Uint8Array, ...Uint8Array[]]

/**
 * From the passphrase of the settings, else from the random file `master.key` beside the keys, readable by its
 * owner only. While they change, the one before opens as well: of the passphrase before, or of `master.key` when
 * there was none, or is a next one.
 */
export async function openMasters(settings: Settings): Promise<Masters> {
  await mkdir(settings.keysDir, { recursive: true, mode: 0o700 })
  const { key, next, salt } = masterFiles(settings)
  const passphrase = settings.keysPassphrase ?? (await textOf(settings.keysPassphraseFile))
  const before = await textOf(settings.keysPassphraseBeforeFile)
  if (passphrase || before) await writeOnce(salt, newSecret())
  if (!passphrase) await writeOnce(key, newSecret())
  const derived = async (from: string | undefined) =>
    from ? derive(from, (await secretIn(salt)) ?? Buffer.of()) : undefined
  const all = [
    await derived(passphrase),
    // Begun without a passphrase, it is the first of those without one.
    passphrase ? undefined : await secretIn(next),
    await secretIn(key),
    await derived(before),
  ]
  const [first, ...others] = all.filter((one) => one !== undefined)
  if (!first) throw new Error(`Nothing opens the keys in ${settings.keysDir}.`)
  return [first, ...others]
}

export const masterFiles = ({ keysDir }: Pick<Settings, 'keysDir'>) => ({
  key: join(keysDir, 'master.key'),
  next: join(keysDir, 'master.next'),
  salt: join(keysDir, 'master.salt'),
})

async function textOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : (await readFile(file, 'utf8')).trim()
}

async function secretIn(file: string): Promise<Buffer | undefined> {
  return (await exists(file)) ? Buffer.from((await textOf(file)) ?? '', 'base64url') : undefined
}

/** Half a second each, and asked for by keys and vault: whoever reads this memory has them anyway. */
const derivedBefore = new Map<string, Promise<Uint8Array>>()

function derive(passphrase: string, salt: Buffer): Promise<Uint8Array> {
  const of = `${salt.toString('base64url')} ${passphrase}`
  const derived = derivedBefore.get(of) ?? deriveAnew(passphrase, salt)
  derivedBefore.set(of, derived)
  return derived
}

function deriveAnew(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, SCRYPT, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

/** A JWE (dir, A256GCM) around the JSON of a value. */
export function seal([master]: Masters, value: unknown): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(master)
}

/** @throws {Error} when none of the masters sealed it */
export async function unseal(masters: Masters, sealed: string): Promise<unknown> {
  for (const master of masters) {
    const value = await open(master, sealed)
    if (value !== undefined) return value
  }
  throw new Error('The keys do not open: is this the passphrase they were made with?')
}

/** @returns undefined when another master sealed it, or somebody touched it */
async function open(master: Uint8Array, sealed: string): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(sealed.trim(), master, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return JSON.parse(Buffer.from(plaintext).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Keeps what is there: of two processes that start together, the first one's secret counts. @returns whether it was written */
export async function writeOnce(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, `${text}\n`, { flag: 'wx', mode: OWNER_ONLY, flush: true })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** At every moment the file is the old one or the new one, whole. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, `${text}\n`, { mode: OWNER_ONLY, flush: true })
  await rename(`${file}.new`, file)
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
