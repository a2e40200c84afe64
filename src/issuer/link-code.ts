import type { Context } from '../context.js'
import { CODE_BYTES, toShortCode } from '../verifier/short-code.js'
import { giveCode, type ShareLink } from './store/share-links.js'

type Kept = Readonly<{ code_fingerprint: string; code_sealed: string }>

/** What the store keeps of a new short code: neither half tells it without the vault. */
export function newCode(ctx: Context): Kept {
  const code = toShortCode(ctx.randomBytes(CODE_BYTES))
  return { code_fingerprint: codeFingerprint(ctx, code), code_sealed: ctx.vault.seal(code) }
}

/** @param code as we write it */
export function codeFingerprint(ctx: Context, code: string): string {
  return ctx.vault.fingerprint(`share-code:${code}`)
}

export function codeOf(ctx: Context, link: Pick<ShareLink, 'code_sealed'>): string | null {
  return link.code_sealed === null ? null : ctx.vault.open(link.code_sealed)
}

/**
 * Gives those of a student's open links that were opened before there were codes one each.
 *
 * @returns whether one was without
 */
export async function giveMissingCodes(
  ctx: Context,
  links: readonly ShareLink[],
): Promise<boolean> {
  const without = links.filter(({ code_fingerprint }) => code_fingerprint === null)
  for (const { id } of without) await giveCode(ctx.db, id, newCode(ctx))
  return without.length > 0
}
