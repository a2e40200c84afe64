import type { Context } from '../context.js'

const DIGITS = 8

/** A code of eight digits, to be typed from a letter or from paper, as it is shown: `1234 5678`. */
export function newDigitCode(ctx: Pick<Context, 'randomBytes'>): string {
  // 48 bits: none of the codes is noticeably likelier than another.
  const number = Buffer.from(ctx.randomBytes(6)).readUIntBE(0, 6) % 10 ** DIGITS
  const digits = String(number).padStart(DIGITS, '0')
  return `${digits.slice(0, 4)} ${digits.slice(4)}`
}

/**
 * What the store keeps of a code; of one link only. However it is spaced when it is typed, it is the same.
 *
 * @param of what the link is: 'company-code', 'guardian-code'
 */
export function digitCodeFingerprint(
  { vault }: Pick<Context, 'vault'>,
  of: 'company-code' | 'guardian-code',
  { linkId, code }: Readonly<{ linkId: string; code: string }>,
): string {
  return vault.fingerprint(`${of}:${linkId}:${code.replaceAll(/\D/g, '')}`)
}
