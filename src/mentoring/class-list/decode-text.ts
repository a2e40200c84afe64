import { brokenAccents, notText } from './file-refusals.js'

/**
 * The text of a file that doesn't say how it is encoded: UTF-16 by its mark, UTF-8 if all of it is, or
 * windows-1252, which has all of ISO-8859-1 and is what French spreadsheets write.
 *
 * @throws {DomainError} invalid-request for what is no text, or whose accents are broken already
 */
export function decodeText(bytes: Uint8Array): string {
  const text = byMark(bytes) ?? decoded('utf-8', bytes) ?? decoded('windows-1252', bytes) ?? ''
  const nul = text.indexOf('\0')
  if (nul !== -1) throw notText(lineAt(text, nul))
  const twice = text.search(TWICE_ENCODED)
  if (twice !== -1) throw brokenAccents(lineAt(text, twice))
  return text
}

/** @returns the line, from 1, in which a character stands; lines end as they do in any of the three systems */
function lineAt(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n?|\n/).length
}

function byMark(bytes: Uint8Array): string | undefined {
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[
    Buffer.from(bytes.subarray(0, 2)).toString('hex')
  ]
  if (encoding === undefined) return undefined
  const text = decoded(encoding, bytes)
  if (text === undefined) throw notText()
  return text
}

function decoded(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * “ZoÃ©”: UTF-8 that somebody read as windows-1252, in the whole file or in a part of it. No French or
 * Portuguese name has Ã or Â before such a sign.
 */
const TWICE_ENCODED = /[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u
