import type { Request } from 'express'
import type { Actor } from '../context.js'
import { DomainError } from '../errors.js'
import { LANGUAGES, type Language, type Words } from '../words.js'

/** A page of the visitor's roles: its name, and what one does there. */
export type MenuLink = Readonly<{ href: string; words: Words; about: Words }>

/** A short notice to who is signed in. */
export type Shown = Readonly<{ id: string; words: Words }>

/** Who asks, in which language. Set once a request, by the middleware that people/ provides. */
export type Visitor = Readonly<{
  actor: Actor | undefined
  /** For the page's header: the signed-in person's name, shown to nobody else. */
  name: string | undefined
  csrfToken: string | undefined
  /** The pages of their roles; none for a stranger. */
  menu: readonly MenuLink[]
  language: Language
  /** One sentence to show once, after a redirect. */
  notice: string | undefined
  /** Everything here is fictional, and every page says so. */
  demo?: boolean | undefined
  /** What is announced to them, on pages of their own; on public pages nothing is. */
  announced?: readonly Shown[]
  /** Path and query, for links back to this page. */
  path: string
}>

const visitors = new WeakMap<Request, Visitor>()

export function rememberVisitor(req: Request, visitor: Visitor): void {
  visitors.set(req, visitor)
}

export function visitorOf(req: Request): Visitor {
  return (
    visitors.get(req) ?? {
      actor: undefined,
      name: undefined,
      csrfToken: undefined,
      menu: [],
      language: languageOf(req),
      notice: undefined,
      path: req.originalUrl,
    }
  )
}

/** @throws {DomainError} sign-in-required */
export function actorOf(req: Request): Actor {
  const { actor } = visitorOf(req)
  if (actor) return actor
  throw new DomainError('sign-in-required', {
    fr: 'Connectez-vous pour continuer.',
    en: 'Sign in to go on.',
  })
}

/** `?lang=`, then the cookie that remembers it, then Accept-Language; French otherwise. */
export function languageOf(req: Request): Language {
  const asked = typeof req.query.lang === 'string' ? req.query.lang : cookieOf(req, 'lang')
  const known = LANGUAGES.find((language) => language === asked)
  if (known) return known
  const preferred = req.acceptsLanguages([...LANGUAGES])
  return LANGUAGES.find((language) => language === preferred) ?? 'fr'
}

export function cookieOf(req: Request, name: string): string | undefined {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}
