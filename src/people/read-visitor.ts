import type { Request, RequestHandler, Response } from 'express'
import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { inScope } from '../store/scope.js'
import { cookieOf, languageOf, rememberVisitor } from '../web/visitor.js'
import { noteLeaked } from './leaked-token.js'
import { menuOf } from './menu.js'
import { scopeOf } from './scope-of.js'
import { giveSession, sessionTokenOf } from './session-cookies.js'
import { readSession, renewSession, sessionCookie, type Session } from './sessions.js'
import { parseToken, readToken } from './tokens.js'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/**
 * Learns, before anything else, who asks and in which language: a person by the cookie of their
 * session, a program by `Authorization: Bearer`. Comes after static files, before all else, which runs in their scope.
 */
export function readVisitor(ctx: Context): RequestHandler {
  return async (req, res, next) => {
    await refuseTokenInQuery(ctx, req)
    const session = req.headers.authorization ? undefined : await sessionOf(ctx, req)
    const actor = session?.actor ?? (await bearerOf(ctx, req))
    // What somebody was shown stays on no shared machine; what is for everybody says so itself.
    if (actor) res.set('Cache-Control', 'no-store')
    rememberVisitor(req, {
      actor,
      name: session?.name,
      csrfToken: session?.csrfToken,
      menu: session ? menuOf(session.actor.assignments) : [],
      language: rememberLanguage(ctx, req, res),
      notice: takeNotice(req, res),
      demo: ctx.config.demo,
      path: req.originalUrl,
    })
    inScope(await scopeOf(ctx, actor), next)
  }
}

/**
 * For addresses that other software calls with headers of its own: what is no token of ours says nothing
 * there, so a public operation stays public. One of ours that is not good is still refused.
 */
export const passOverOtherTokens: RequestHandler = (req, _res, next) => {
  if (parseToken(bearerIn(req) ?? '') === undefined) delete req.headers.authorization
  next()
}

const bearerIn = (req: Request) => /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]

async function sessionOf(ctx: Context, req: Request): Promise<Session | undefined> {
  const token = sessionTokenOf(ctx, req)
  const session = token === undefined ? undefined : await readSession(ctx, token)
  // A form goes on with the secret that it came with: the next page brings the new one.
  if (token === undefined || !session?.outdated || req.method !== 'GET') return session
  const fresh = await ctx.db.transaction().execute((trx) => renewSession(ctx, trx, token))
  if (fresh === undefined) return undefined
  giveSession(ctx, req, fresh)
  return readSession(ctx, fresh)
}

/** @throws {DomainError} sign-in-required for a token that is not good: never silently a stranger */
async function bearerOf(ctx: Context, req: Request): Promise<Actor | undefined> {
  if (req.headers.authorization === undefined) return undefined
  const token = bearerIn(req)
  const actor = token === undefined ? undefined : await readToken(ctx, token)
  if (actor) return actor
  throw new DomainError('sign-in-required', {
    fr: 'Ce jeton d’accès n’est pas bon : inconnu, expiré ou révoqué. Demandez-en un autre.',
    en: 'This access token is not good: unknown, expired or revoked. Ask for another.',
  })
}

/** Of one address. */
const MOST_LEAKED = 5

/** An address is written to logs and histories: a token in it has leaked, whatever else was sent. @throws {DomainError} sign-in-required */
async function refuseTokenInQuery(ctx: Context, req: Request): Promise<void> {
  const values = Object.values(req.query).flat()
  const leaked = values.flatMap((value) =>
    typeof value === 'string' && parseToken(value) ? value : [],
  )
  if (leaked.length === 0 && req.query.access_token === undefined) return
  for (const token of leaked.slice(0, MOST_LEAKED)) await noteLeaked(ctx, token)
  throw new DomainError('sign-in-required', {
    fr: 'Un jeton ne va jamais dans une adresse. Révoquez celui-ci et envoyez le nouveau dans « Authorization: Bearer … ».',
    en: 'A token never goes into an address. Revoke this one and send the new one in “Authorization: Bearer …”.',
  })
}

function rememberLanguage(ctx: Context, req: Request, res: Response) {
  const language = languageOf(req)
  if (req.query.lang === language) {
    const { options } = sessionCookie(ctx.config.publicUrl)
    res.cookie('lang', language, { ...options, maxAge: YEAR_MS })
  }
  return language
}

/** The sentence that a form left for the next page; it is shown once. */
function takeNotice(req: Request, res: Response): string | undefined {
  const cookie = cookieOf(req, 'notice')
  if (cookie === undefined || req.method !== 'GET') return undefined
  res.clearCookie('notice', { path: '/' })
  try {
    // Encoded by whoever set it, and again by Express.
    return decodeURIComponent(decodeURIComponent(cookie)).slice(0, 500)
  } catch {
    return undefined
  }
}
