import type { Request } from 'express'
import type { Context } from '../context.js'
import { clientOf } from '../web/rate-limit.js'
import { cookieOf } from '../web/visitor.js'
import { sessionCookie, type Device } from './sessions.js'

export function sessionTokenOf(ctx: Context, req: Request): string | undefined {
  return cookieOf(req, sessionCookie(ctx.config.publicUrl).name)
}

export function giveSession(ctx: Context, req: Request, token: string): void {
  const { name, options } = sessionCookie(ctx.config.publicUrl)
  req.res?.cookie(name, token, { ...options, maxAge: ctx.config.limits.sessionMs })
}

/** Each tells itself apart from those that it descends from: the order counts. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const

/** The family of the browser, and the network up to /24 or /48: enough to know one's own again, and no more. */
export function deviceOf(req: Request): Device {
  const agent = req.get('user-agent') ?? ''
  const browser = BROWSERS.find(([, form]) => form.test(agent))?.[0] ?? null
  const { address, site } = clientOf(req)
  // This machine itself is no network.
  if (req.ip === '::1') return { browser, network: null }
  if (site !== undefined) return { browser, network: `${site}::/48` }
  const parts = address.split('.')
  return { browser, network: parts.length === 4 ? `${parts.slice(0, 3).join('.')}.0/24` : null }
}
