import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pkcs11Settings } from '../../src/config.js'

const MODULES = [
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/softhsm/libsofthsm2.so',
]
export const PIN = '271828'

export type SoftToken = Readonly<{
  folder: string
  settings: Pkcs11Settings
  /** The whole token is gone, as when the machine with it is off. */
  takeAway(): void
  bringBack(): void
  remove(): void
}>

/** A real SoftHSM2 with one empty token. @throws {Error} where it is not installed: a test that needs it fails */
export function makeSoftToken(label = 'sceau test'): SoftToken {
  const module = MODULES.find((file) => existsSync(file))
  if (module === undefined) throw new Error('SoftHSM2 is missing: apt-get install softhsm2 opensc')
  const folder = mkdtempSync(join(tmpdir(), 'sceau-hsm-'))
  const tokens = join(folder, 'tokens')
  mkdirSync(tokens)
  const conf = join(folder, 'softhsm2.conf')
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\n`)
  // SoftHSM2 is told of it in no other way; the process that speaks to it inherits it.
  process.env.SOFTHSM2_CONF = conf
  execFileSync('softhsm2-util', [
    ...['--init-token', '--free', '--label', label],
    ...['--so-pin', '31415926', '--pin', PIN],
  ])
  const pinFile = join(folder, 'pin')
  writeFileSync(pinFile, `${PIN}\n`, { mode: 0o600 })
  return {
    folder,
    settings: { module, token: label, pinFile },
    takeAway: () => {
      renameSync(tokens, `${tokens}-away`)
      mkdirSync(tokens)
    },
    bringBack: () => {
      rmSync(tokens, { recursive: true })
      renameSync(`${tokens}-away`, tokens)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** What Debian's own tool sees in the token. */
export function pkcs11Tool({ settings: { module, token } }: SoftToken, ...args: string[]): string {
  return execFileSync(
    'pkcs11-tool',
    ['--module', module, '--token-label', token, '--login', '--pin', 'env:TOKEN_PIN', ...args],
    {
      env: { ...process.env, TOKEN_PIN: PIN },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
}

/** The processes of ours that speak to a token. */
export function tokenProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === process.pid && commandOf(name).includes('token-process'))
    .map(Number)
}

export const commandOf = (pid: number | string): string => read(`/proc/${pid}/cmdline`)
export const environmentOf = (pid: number): string => read(`/proc/${pid}/environ`)
const parentOf = (pid: string): number =>
  Number(/^PPid:\t(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1])

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
