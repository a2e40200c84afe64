import { transcode } from 'node:buffer'
import { hash } from 'node:crypto'
import { toJcs } from './jcs.js'

/** SHA-256 of the UTF-8 bytes of the JCS form, as 64 lower-case hex digits. */
export function digestOf(value: unknown): string {
  return sha256(toJcs(value)).toString('hex')
}

export function sha256(data: string | Uint8Array): Buffer {
  return hash('sha256', data, 'buffer')
}

/**
 * The UTF-8 bytes of a text. For one with letters beyond Latin-1 (’ is one) this way is three times faster than
 * `Buffer.from(text)`, which has its own answer for half a letter.
 */
export function toUtf8(text: string): Uint8Array {
  try {
    return transcode(Buffer.from(text, 'utf16le'), 'utf16le', 'utf8')
  } catch {
    return Buffer.from(text)
  }
}

/**
 * The digest under which a badge names a fact. The salt is its own for each badge, so that two
 * badges of one student share nothing.
 *
 * @param salt 128 random bits, base64url
 */
export function factDigest(fact: Readonly<Record<string, unknown>>, salt: string): string {
  return digestOf({ ...fact, salt })
}

/** What a company commits to: a template version, some facts, and a subject. */
export function dossierDigest(dossier: {
  template: { id: string; version: number; digest: string }
  facts: readonly { kind: string; digest: string }[]
  subject: string
}): string {
  const facts = dossier.facts
    .map(({ kind, digest }) => ({ kind, digest }))
    .sort((a, b) => (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0))
  return digestOf({ template: dossier.template, facts, subject: dossier.subject })
}

/**
 * A digest as a URI that names a thing by its content.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6920 RFC 6920}
 */
export function toNi(hexDigest: string): string {
  if (!/^[0-9a-f]{64}$/.test(hexDigest)) throw new RangeError('Not a SHA-256 digest in hex.')
  return `ni:///sha-256;${Buffer.from(hexDigest, 'hex').toString('base64url')}`
}
