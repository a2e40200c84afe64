import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.js'

/** 256 random bits: 43 characters of base64url. */
export function newSecret(ctx: Pick<Context, 'randomBytes'>): string {
  return Buffer.from(ctx.randomBytes(32)).toString('base64url')
}

/** What we keep of a secret. A fast hash is enough: nobody guesses 256 bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** @param kept a hash of ours: both have the same length */
export function isSecretOf(kept: string, secret: string): boolean {
  const [expected, given] = [Buffer.from(kept), Buffer.from(hashOf(secret))]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
