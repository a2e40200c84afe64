import { createPublicKey, verify } from 'node:crypto'
import { sha256 } from '../credential/digest.js'

/**
 * A text with the signature of a named key under it.
 *
 * @see https://c2sp.org/signed-note
 */
export type NoteKey = Readonly<{
  /** Without space or plus: `sceau.example/log` */
  name: string
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array
}>

/** Of the signature: Ed25519 as that specification has it. */
const ED25519 = Buffer.of(1)

/** @param text ends with a newline */
export async function signNote(
  text: string,
  key: NoteKey,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const signature = Buffer.concat([keyId(key), await sign(Buffer.from(text))])
  return `${text}\n— ${key.name} ${signature.toString('base64')}\n`
}

/** The text of a note that one of these keys has signed. @returns undefined for any other */
export function openNote(note: string, keys: readonly NoteKey[]): string | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return undefined
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  const isSigned = lines.some((line) => {
    const [, name, base64 = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = Buffer.from(base64, 'base64')
    return keys.some(
      (key) =>
        key.name === name &&
        keyId(key).equals(bytes.subarray(0, 4)) &&
        verify(null, Buffer.from(text), toKey(key), bytes.subarray(4)),
    )
  })
  return isSigned ? text : undefined
}

/** What others write down to know the key: `name+id+key`. */
export function toVkey(key: NoteKey): string {
  const encoded = Buffer.concat([ED25519, key.publicKey]).toString('base64')
  return `${key.name}+${keyId(key).toString('hex')}+${encoded}`
}

function keyId({ name, publicKey }: NoteKey): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), ED25519, publicKey])).subarray(0, 4)
}

function toKey({ publicKey }: NoteKey) {
  const x = Buffer.from(publicKey).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
