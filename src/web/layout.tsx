import type { ComponentChildren, VNode } from 'preact'
import type { Words } from '../words.js'
import { assetUrl } from './assets.js'
import { sayIn, type Say } from './say.js'
import type { Visitor } from './visitor.js'

export type LayoutProps = {
  visitor: Visitor
  title: string
  /** Search engines may list the page: only those that are about nobody. */
  indexed?: boolean
  description?: string
  /** Style sheets and scripts of this page alone, served by us. */
  head?: ComponentChildren
  children: ComponentChildren
}

export function Layout(props: LayoutProps): VNode {
  const { visitor, title, indexed, description, head, children } = props
  const say = sayIn(visitor.language)
  return (
    <html lang={visitor.language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · Sceau`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {indexed ? null : <meta name="robots" content="noindex, nofollow" />}
        {description ? <meta name="description" content={description} /> : null}
        <link rel="stylesheet" href={assetUrl('sceau.css')} />
        <link rel="icon" href={assetUrl('sceau.svg')} type="image/svg+xml" />
        {head}
      </head>
      <body>
        <a class="skip" href="#main">
          {say({ fr: 'Aller au contenu', en: 'Skip to the content' })}
        </a>
        <Header visitor={visitor} say={say} />
        <Announced visitor={visitor} say={say} />
        <main id="main">
          {visitor.notice ? (
            <div class="notice success" role="status">
              <p>{visitor.notice}</p>
            </div>
          ) : null}
          {children}
        </main>
        <Footer say={say} />
      </body>
    </html>
  )
}

function Header({ visitor, say }: { visitor: Visitor; say: Say }): VNode {
  const signedIn = visitor.menu.length > 0
  return (
    <header class="top">
      {visitor.demo ? <DemoBand say={say} /> : null}
      <div class="top-in">
        <a class="brand" href="/">
          <Seal />
          Sceau
        </a>
        {signedIn ? null : <MainLinks visitor={visitor} say={say} links={PUBLIC} />}
        <div class="who">
          <LanguageSwitch visitor={visitor} />
          {visitor.actor ? (
            <SignedIn visitor={visitor} say={say} />
          ) : (
            <a href="/sign-in">{say({ fr: 'Se connecter', en: 'Sign in' })}</a>
          )}
        </div>
        {signedIn ? (
          <MainLinks visitor={visitor} say={say} links={[...visitor.menu, ...PUBLIC]} />
        ) : null}
      </div>
    </header>
  )
}

/** Text of others, as text: nothing in it becomes a link or markup. */
function Announced({ visitor, say }: { visitor: Visitor; say: Say }): VNode | null {
  const { announced: all = [], csrfToken = '' } = visitor
  // One that has the page to itself is not said twice.
  const announced = all.filter(({ id }) => !visitor.path.startsWith(`/announcements/${id}`))
  if (announced.length === 0) return null
  return (
    <aside class="announced" aria-label={say({ fr: 'Annonces', en: 'Notices' })}>
      {announced.map(({ id, words }) => (
        <div class="notice" role="status" key={id}>
          <p>{say(words)}</p>
          <form method="post" action={`/announcements/${id}`}>
            <input type="hidden" name="_csrf" value={csrfToken} />
            <input type="hidden" name="next" value={visitor.path} />
            <button type="submit" class="button quiet">
              {say({ fr: 'Ne plus montrer', en: 'Show no more' })}
              <span class="visually-hidden"> : {say(words)}</span>
            </button>
          </form>
        </div>
      ))}
    </aside>
  )
}

/** So that nobody takes a fictional badge for a real one. */
function DemoBand({ say }: { say: Say }): VNode {
  return (
    <div class="demo-band">
      <p>
        <strong>{say({ fr: 'DÉMO', en: 'DEMO' })}</strong>{' '}
        {say({
          fr: 'Lycées, entreprises, élèves et badges : tout ici est fictif.',
          en: 'Lycées, companies, students and badges: everything here is fictional.',
        })}{' '}
        <a href="/sign-in">{say({ fr: 'Choisir qui vous jouez', en: 'Choose whom you play' })}</a>
      </p>
    </div>
  )
}

const PUBLIC = [
  { href: '/verify', words: { fr: 'Vérifier un badge', en: 'Verify a badge' } },
] as const

type MainLinksProps = {
  visitor: Visitor
  say: Say
  links: readonly { href: string; words: Words }[]
}

/** A row that wraps: on a phone two or three lines of short names, and nothing to open first. */
function MainLinks({ visitor, say, links }: MainLinksProps): VNode {
  const { pathname } = addressOf(visitor)
  return (
    <nav
      {...(links.length > 1 ? { class: 'menu' } : {})}
      aria-label={say({ fr: 'Principale', en: 'Main' })}
    >
      <ul class="links">
        {links.map(({ href, words }) => (
          <li key={href}>
            <a href={href} {...hereOn(pathname, href)}>
              {say(words)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The link of the page itself, or of the list that it is part of. */
function hereOn(path: string, href: string): { 'aria-current'?: 'page' | 'true' } {
  if (path === href) return { 'aria-current': 'page' }
  return path.startsWith(`${href}/`) ? { 'aria-current': 'true' } : {}
}

function SignedIn({ visitor, say }: { visitor: Visitor; say: Say }): VNode {
  return (
    <form method="post" action="/sign-out">
      <input type="hidden" name="_csrf" value={visitor.csrfToken ?? ''} />
      <span>{visitor.name}</span>
      <a href="/account">{say({ fr: 'Mon compte', en: 'My account' })}</a>
      <button type="submit" class="button quiet">
        {say({ fr: 'Se déconnecter', en: 'Sign out' })}
      </button>
    </form>
  )
}

function LanguageSwitch({ visitor }: { visitor: Visitor }): VNode {
  const other = visitor.language === 'fr' ? 'en' : 'fr'
  const url = addressOf(visitor)
  url.searchParams.set('lang', other)
  return (
    <a href={`${url.pathname}${url.search}`} lang={other} hreflang={other}>
      {other === 'fr' ? 'Français' : 'English'}
    </a>
  )
}

/** An address may be anything that a stranger typed: what is no address counts as the first page. */
export function addressOf({ path }: Pick<Visitor, 'path'>): URL {
  return URL.parse(path, 'http://page.invalid') ?? new URL('http://page.invalid/')
}

function Footer({ say }: { say: Say }): VNode {
  return (
    <footer class="foot">
      <div class="foot-in">
        <ul class="links">
          <li>
            <a href="/about">{say({ fr: 'À propos', en: 'About' })}</a>
          </li>
          <li>
            <a href="/accessibilite">
              {say({ fr: 'Accessibilité : non auditée', en: 'Accessibility: not audited' })}
            </a>
          </li>
          <li>
            <a href="/confidentialite">{say({ fr: 'Confidentialité', en: 'Privacy' })}</a>
          </li>
          <li>
            <a href="/docs">{say({ fr: 'Interface de programmation', en: 'API' })}</a>
          </li>
        </ul>
      </div>
    </footer>
  )
}

/** The mark: a seal pressed in wax, with a check in it. */
export function Seal(): VNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" d={SCALLOPS} />
      <circle cx="16" cy="16" r="9.5" fill="none" stroke="var(--paper)" />
      <path
        d="m11.8 16.4 2.9 2.9 5.6-6.3"
        fill="none"
        stroke="var(--paper)"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** Eighteen lobes on a circle; the same as in assets/sceau.svg. */
const SCALLOPS =
  'M16 2.5A3.1 3.1 0 0 1 20.6 3.3A3.1 3.1 0 0 1 24.7 5.7A3.1 3.1 0 0 1 27.7 9.2A3.1 3.1 0 0 1 29.3 13.7A3.1 3.1 0 0 1 29.3 18.3A3.1 3.1 0 0 1 27.7 22.7A3.1 3.1 0 0 1 24.7 26.3A3.1 3.1 0 0 1 20.6 28.7A3.1 3.1 0 0 1 16 29.5A3.1 3.1 0 0 1 11.4 28.7A3.1 3.1 0 0 1 7.3 26.3A3.1 3.1 0 0 1 4.3 22.8A3.1 3.1 0 0 1 2.7 18.3A3.1 3.1 0 0 1 2.7 13.7A3.1 3.1 0 0 1 4.3 9.3A3.1 3.1 0 0 1 7.3 5.7A3.1 3.1 0 0 1 11.4 3.3A3.1 3.1 0 0 1 16 2.5Z'
