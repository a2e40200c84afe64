import { readFileSync } from 'node:fs'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { PictureLink, PictureList } from '../../src/web/components/certificate.js'
import { ErrorSummary } from '../../src/web/components/form.js'
import { Filter, LinkList } from '../../src/web/components/links.js'
import { Layout } from '../../src/web/layout.js'
import { sayIn } from '../../src/web/say.js'
import type { MenuLink, Visitor } from '../../src/web/visitor.js'

const say = sayIn('fr')
const link = (href: string): MenuLink => ({
  href,
  words: { fr: `Page ${href}`, en: href },
  about: { fr: '', en: '' },
})
const visitorAt = (path: string, ...menu: string[]): Visitor => ({
  actor: undefined,
  name: undefined,
  csrfToken: undefined,
  menu: menu.map(link),
  language: 'fr',
  notice: undefined,
  path,
})
const headerAt = (path: string, ...menu: string[]) =>
  renderToString(
    <Layout visitor={visitorAt(path, ...menu)} title="t">
      …
    </Layout>,
  )

describe('the header', () => {
  test('shows a stranger the way to verify, and no other', () => {
    const [nav] = /<nav.*?<\/nav>/.exec(headerAt('/'))!
    expect(nav.match(/href="[^"]+"/g)).toEqual(['href="/verify"'])
  })

  test('shows the pages of the roles, marks the one that is here, and its part', () => {
    const html = headerAt('/dossiers?page=2', '/dossiers', '/badges')
    expect(html).toContain('<a href="/dossiers" aria-current="page">')
    expect(html).not.toContain('<a href="/badges" aria-current')
    const inside = headerAt('/dossiers/x1', '/dossiers', '/badges')
    expect(inside).toContain('<a href="/dossiers" aria-current="true">')
    expect(headerAt('/dossiersx', '/dossiers')).not.toContain('<a href="/dossiers" aria-current')
  })

  test.each(['//', '//evil.example/x', '/\\evil.example', 'http://evil.example/'])(
    'leads to no other site from the address %s',
    (path) => {
      expect(headerAt(path, '/dossiers')).not.toMatch(/href="(?:[a-z]+:)?(?:\/\/|\/\\)/)
    },
  )

  test('lets a page bring a script of its own, from here', () => {
    const html = renderToString(
      <Layout visitor={visitorAt('/docs')} title="t" head={<script src="/assets/docs.js" />}>
        …
      </Layout>,
    )
    expect(html).toMatch(/<script src="\/assets\/docs\.js"><\/script><\/head>/)
    expect(headerAt('/')).not.toContain('<script')
  })
})

test('a list of links says beside each what one does there, if there is something to say', () => {
  const html = renderToString(
    <LinkList
      links={[
        { href: '/a', title: 'A', about: 'le début' },
        { href: '/b', title: 'B' },
      ]}
    />,
  )
  expect(html).toContain('<a href="/a">A</a><span class="soft"> le début</span>')
  expect(html).toContain('<a href="/b">B</a></li>')
})

test('a filter has a name, and marks the part that is shown', () => {
  const links = [
    { href: '?of=open', title: 'En cours' },
    { href: '?of=all', title: 'Tous' },
  ]
  const html = renderToString(<Filter label="Montrer :" here="?of=all" links={links} />)
  expect(html).toContain('aria-label="Montrer :"')
  expect(html.match(/aria-current/g)).toHaveLength(1)
  expect(html).toContain('<a href="?of=all" aria-current="true">Tous</a>')
})

describe('a badge in a row', () => {
  test('is named once: the picture beside its name has nothing to add', () => {
    const html = renderToString(<PictureLink src="/a.png" name="Souder" href="/b" note="mars" />)
    expect(html).toMatch(/ alt(?:="")? /)
    expect(html.match(/Souder/g)).toHaveLength(1)
    expect(html).toContain('<a href="/b">Souder</a>')
    expect(html).toContain('mars')
  })

  test('without an address is no link', () => {
    const html = renderToString(<PictureList badges={[{ src: '/a.png', name: 'Souder' }]} />)
    expect(html).not.toContain('<a')
    expect(html.match(/<li>/g)).toHaveLength(1)
  })
})

describe('what is wrong with a form', () => {
  const words = { fr: 'Choisissez un jour.', en: 'Choose a day.' }
  const summary = (fields: Record<string, typeof words>, whole = words) =>
    renderToString(
      <ErrorSummary
        state={{
          say,
          csrfToken: undefined,
          problem: { words: whole, fields, values: {}, status: 400 },
        }}
      />,
    )

  test('is said once where one field is the whole story, with the way to it', () => {
    const html = summary({ day: words })
    expect(html.match(/Choisissez un jour/g)).toHaveLength(1)
    expect(html).toContain('<a href="#field-day">')
  })

  test('is said of each field where there are several', () => {
    expect(summary({ day: words, end: words }).match(/<li>/g)).toHaveLength(2)
    expect(summary({ day: words }, { fr: 'Un champ est faux.', en: '' })).toContain('<li>')
    expect(summary({})).not.toContain('<ul>')
  })

  test('has the focus when the page opens', () => {
    expect(summary({})).toMatch(/tabindex="-1" autofocus/)
  })
})

describe('on paper', () => {
  const css = readFileSync('assets/sceau.css', 'utf8')
  const print = css.slice(css.indexOf('@media print'))

  test('a page is ink on white, whatever the screen prefers', () => {
    expect(print).toContain('--paper: #ffffff')
    expect(css).toContain('@media screen and (prefers-color-scheme: dark)')
    expect(css).not.toContain('@media (prefers-color-scheme: dark)')
  })

  test('has nothing to press, and shows what was folded', () => {
    const [hidden] = /\.skip,[^{]*\{\s*display: none/.exec(print)!
    for (const name of ['.actions', '.top nav', '.filter', '.foot', 'form'])
      expect(hidden).toContain(name)
    expect(print).toMatch(/details::details-content \{\s*content-visibility: visible/)
  })
})
