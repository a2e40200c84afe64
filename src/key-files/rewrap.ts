import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { VAULT_FILE, type VaultKeys } from './vault.js'
import {
  exists,
  masterFiles,
  newSecret,
  openMasters,
  replaceFile,
  seal,
  unseal,
  writeOnce,
  type Masters,
  type Settings,
} from './master.js'

/**
 * Makes the next `master.key`, which seals from the next start on; the present one opens until `rewrapFiles`.
 *
 * @returns false when one is there already
 * @throws {Error} where a passphrase takes its place
 */
export async function beginMasterKey(settings: Settings): Promise<boolean> {
  if (settings.keysPassphrase ?? settings.keysPassphraseFile)
    throw new Error(
      'A passphrase opens these keys: change it by KEYS_PASSPHRASE_FILE and KEYS_PASSPHRASE_BEFORE_FILE.',
    )
  await openMasters(settings)
  return writeOnce(masterFiles(settings).next, newSecret())
}

/**
 * Gives the vault a new key to seal with from the next start on; the present one goes on opening until `endSealingKeys`.
 *
 * @returns false when one is on its way out already
 */
export async function beginSealingKey(settings: Settings): Promise<boolean> {
  const masters = await openMasters(settings)
  const keys = await readVault(settings, masters)
  if ((keys.before ?? []).length > 0) return false
  const next = { ...keys, sealing: newSecret(), before: [keys.sealing] }
  await replaceFile(join(settings.keysDir, VAULT_FILE), await seal(masters, next))
  return true
}

/**
 * Seals each file that is not under the first master anew, the others are left as they are: it may be run again
 * after it was ended anywhere.
 *
 * @returns how many were sealed anew
 * @throws {Error} for a file that nothing opens: the masters before stay
 */
export async function rewrapFiles(settings: Settings): Promise<number> {
  const masters = await openMasters(settings)
  const names = (await readdir(settings.keysDir)).filter((name) => name.endsWith('.jwe'))
  let rewrapped = 0
  for (const name of names.toSorted()) {
    const file = join(settings.keysDir, name)
    const text = await readFile(file, 'utf8')
    if (await opens([masters[0]], text)) continue
    const value = await unseal(masters, text).catch((cause: unknown) => {
      throw new Error(`Nothing opens ${name}: restore it or put it away, then try again.`, {
        cause,
      })
    })
    await replaceFile(file, await seal(masters, value))
    rewrapped += 1
  }
  return rewrapped
}

/** Whether a random master is still there that `forgetMasters` would end. */
export async function hasFormerMaster(settings: Settings): Promise<boolean> {
  const { key, next } = masterFiles(settings)
  const passphrase = settings.keysPassphrase ?? settings.keysPassphraseFile
  return exists(passphrase ? key : next)
}

/** Ends the random master before, once no file is under it. */
export async function forgetMasters(settings: Settings): Promise<void> {
  const { key, next } = masterFiles(settings)
  if (await exists(next)) await rename(next, key)
  if (settings.keysPassphrase ?? settings.keysPassphraseFile) await rm(key, { force: true })
}

/**
 * Lets the vault open what the one of a backup has sealed, before a rewrap; the next rewrap puts it under the newest key.
 *
 * @throws {Error} for the vault of another service
 */
export async function adoptSealingKeys(settings: Settings, backup: Settings): Promise<void> {
  const masters = await openMasters(settings)
  const keys = await readVault(settings, masters)
  const then = await readVault(backup, await openMasters(backup))
  if (keys.fingerprinting !== then.fingerprinting)
    throw new Error(
      `${backup.keysDir} has the vault of another service than ${settings.keysDir}: move that folder away, or set KEYS_DIR to another.`,
    )
  const before = keys.before ?? []
  const known = [keys.sealing, ...before]
  const more = [then.sealing, ...(then.before ?? [])].filter((key) => !known.includes(key))
  if (more.length === 0) return
  const both = { ...keys, before: [...before, ...more] }
  await replaceFile(join(settings.keysDir, VAULT_FILE), await seal(masters, both))
}

/** Whether the vault still opens what an earlier key sealed. */
export async function hasFormerSealingKey(settings: Settings): Promise<boolean> {
  const keys = await readVault(settings, await openMasters(settings))
  return (keys.before ?? []).length > 0
}

/** Ends the sealing keys before, once no value is under them. */
export async function endSealingKeys(settings: Settings): Promise<void> {
  const masters = await openMasters(settings)
  const { sealing, fingerprinting } = await readVault(settings, masters)
  const file = join(settings.keysDir, VAULT_FILE)
  await replaceFile(file, await seal(masters, { sealing, fingerprinting }))
}

async function readVault({ keysDir }: Settings, masters: Masters): Promise<VaultKeys> {
  return (await unseal(masters, await readFile(join(keysDir, VAULT_FILE), 'utf8'))) as VaultKeys
}

function opens(masters: Masters, text: string): Promise<boolean> {
  return unseal(masters, text).then(
    () => true,
    () => false,
  )
}
