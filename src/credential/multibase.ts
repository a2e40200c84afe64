const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]))

/**
 * Base58 (Bitcoin's alphabet). Decoding is quadratic, so the caller says how long a text it
 * expects: a longer one is refused before it costs anything.
 *
 * @returns undefined for a text that is too long or has a letter outside the alphabet
 */
export function fromBase58(text: string, maxChars: number): Uint8Array | undefined {
  if (text.length > maxChars) return undefined
  const bytes: number[] = []
  for (const letter of text) {
    let carry = VALUES.get(letter)
    if (carry === undefined) return undefined
    for (let at = 0; at < bytes.length; at++) {
      carry += (bytes[at] ?? 0) * 58
      bytes[at] = carry & 0xff
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff)
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  return Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes.reverse()])
}

export function toBase58(bytes: Uint8Array): string {
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let at = 0; at < digits.length; at++) {
      carry += (digits[at] ?? 0) << 8
      digits[at] = carry % 58
      carry = Math.floor(carry / 58)
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58)
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const ones = '1'.repeat(zeros === -1 ? bytes.length : zeros)
  return (
    ones +
    digits
      .reverse()
      .map((digit) => ALPHABET[digit])
      .join('')
  )
}
