import { readFileSync } from 'node:fs'
import { sha256 } from '../credential/digest.js'

const PACKAGE = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as Readonly<{ version: string }>

/** What made a report, and which version of it: another one may judge the same badge otherwise. */
export const ENGINE = `Sceau ${PACKAGE.version}`

/** `sha256:` and the SHA-256 of the bytes in hex: what `sha256sum` says of the same file. */
export function fingerprintOf(bytes: Uint8Array): string {
  return `sha256:${sha256(bytes).toString('hex')}`
}
