import type { Context } from '../context.js'

/** In which forms a signed badge is taken away. */
export const FILE_FORMS = ['json', 'jwt', 'png', 'svg'] as const
export type FileForm = (typeof FILE_FORMS)[number]
/** The same, and as a sheet of paper, which is not signed. */
export type LinkForm = FileForm | 'pdf'
export const LINK_FORMS: readonly LinkForm[] = [...FILE_FORMS, 'pdf']

/** What stands after `/b/`: a token, 128 bits of base64url, and perhaps the form that is wanted. */
const NAMED = /^(?<token>[\w-]{22})(?:\.(?<form>json|jwt|png|svg|pdf))?$/

export type Named = Readonly<{ token: string; form: LinkForm | undefined }>

export function readName(name: string): Named | undefined {
  const { token, form } = NAMED.exec(name)?.groups ?? {}
  return token === undefined ? undefined : { token, form: LINK_FORMS.find((one) => one === form) }
}

export function linkUrl(ctx: Context, token: string): string {
  return `${ctx.config.publicUrl}/b/${token}`
}

/**
 * What stands after `/b/` in an address of ours, however it was copied: with or without its
 * scheme, with a query behind it.
 *
 * @returns undefined for an address that is not of a page of ours
 */
export function nameInOurUrl(publicUrl: string, text: string): string | undefined {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (/\s/.test(text) || !URL.canParse(address)) return undefined
  const { host, pathname } = new URL(address)
  const pages = new URL(`${publicUrl}/b/`)
  const ours = host === pages.host && pathname.startsWith(pages.pathname)
  return ours ? pathname.slice(pages.pathname.length) : undefined
}
