/** Digits and letters without I, L, O and U, which are read or heard as others (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS_A_LETTER = 5
/** 5 bytes are 40 bits: 8 letters. */
export const CODE_BYTES = 5
const HALF = 4

/** A short code for paper and telephone: `7K3M-Q0ZD`. @param bytes five random ones */
export function toShortCode(bytes: Uint8Array): string {
  if (bytes.length !== CODE_BYTES)
    throw new RangeError(`A short code is made of ${CODE_BYTES} bytes.`)
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return withHyphen(
    Array.from(
      { length: bits.length / BITS_A_LETTER },
      (_, at) => LETTERS[parseInt(bits.slice(at * BITS_A_LETTER, (at + 1) * BITS_A_LETTER), 2)],
    ).join(''),
  )
}

/**
 * A short code as somebody typed or heard it: small letters, spaces, any dash, O for 0, I or L for 1.
 *
 * @returns the code as we write it; undefined for a text that can't be one
 */
export function readShortCode(text: string): string | undefined {
  // More room than anybody needs for eight letters, a dash and spaces.
  if (text.length > 40) return undefined
  const letters = text
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(letters) ? withHyphen(letters) : undefined
}

function withHyphen(letters: string): string {
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`
}
