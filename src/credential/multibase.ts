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

/** Digits that one division gives, three pairs: a remainder times 65,536 is then still a safe integer. */
const AT_ONCE = 6
const DIVISOR = 58 ** AT_ONCE

export function toBase58(bytes: Uint8Array): string {
  const words = inWords(bytes)
  let digits = ''
  for (let start = 0; start < words.length;) {
    let rest = 0
    for (let at = start; at < words.length; at++) {
      const value = rest * 0x1_0000 + (words[at] ?? 0)
      const quotient = Math.floor(value / DIVISOR)
      words[at] = quotient
      rest = value - quotient * DIVISOR
    }
    digits = inDigits(rest) + digits
    while (start < words.length && words[start] === 0) start++
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + digits.replace(/^1+/, '')
}

/** A big-endian number in words of 16 bits. */
function inWords(bytes: Uint8Array): Uint16Array {
  const words = new Uint16Array(Math.ceil(bytes.length / 2))
  const odd = bytes.length % 2
  for (let at = 0; at < bytes.length; at++) {
    const word = (at + odd) >> 1
    words[word] = ((words[word] ?? 0) << 8) | (bytes[at] ?? 0)
  }
  return words
}

const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second))
const PAIR = 58 ** 2

/** Two by two, from a list: a third of the time of one by one. */
function inDigits(value: number): string {
  const high = Math.floor(value / (PAIR * PAIR))
  const rest = value - high * PAIR * PAIR
  const middle = Math.floor(rest / PAIR)
  return (PAIRS[high] ?? '') + (PAIRS[middle] ?? '') + (PAIRS[rest - middle * PAIR] ?? '')
}
