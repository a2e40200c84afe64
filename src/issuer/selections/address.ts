import type { Context } from '../../context.js'

/** What stands after `/s/`: a token, 128 bits of base64url, and perhaps the sheet. */
const NAMED = /^(?<token>[\w-]{22})(?<pdf>\.pdf)?$/

export function readSelectionName(name: string): { token: string; pdf: boolean } | undefined {
  const { token, pdf } = NAMED.exec(name)?.groups ?? {}
  return token === undefined ? undefined : { token, pdf: pdf !== undefined }
}

export function selectionUrl(ctx: Context, token: string): string {
  return `${ctx.config.publicUrl}/s/${token}`
}
