import { readFileSync } from 'node:fs'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { Checks, Table } from '../../src/web/components/blocks.js'
import { Choices } from '../../src/web/components/choices.js'
import { Field, Form, Select, type FormState } from '../../src/web/components/form.js'
import { Progress, Steps, WaitingList } from '../../src/web/components/journey.js'
import { Pagination } from '../../src/web/components/links.js'
import { Shape, State, Verdict, type Tone } from '../../src/web/components/status.js'
import { Layout } from '../../src/web/layout.js'
import { sayIn } from '../../src/web/say.js'
import { ComponentsPage } from '../../src/web/views/components-page.js'
import type { Visitor } from '../../src/web/visitor.js'

const say = sayIn('fr')
const visitor: Visitor = {
  actor: undefined,
  name: undefined,
  csrfToken: undefined,
  menu: [],
  language: 'fr',
  notice: undefined,
  path: '/verify?code=AB12',
}
const refused: FormState = {
  say,
  csrfToken: 'token-1',
  problem: {
    words: { fr: 'Une réponse manque.', en: 'An answer is missing.' },
    fields: { day: { fr: 'Choisissez un jour.', en: 'Choose a day.' } },
    values: { day: 'hier', kind: 'b', present: ['a', 'c'], password: 'hunter2' },
    status: 400,
  },
}
const OPTIONS = ['a', 'b', 'c'].map((value) => ({ value, label: value }))
const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}<%=7*7%>'

describe('what strangers wrote', () => {
  test.each<[string, VNode]>([
    ['a verdict', <Verdict tone="invalid">{HOSTILE}</Verdict>],
    ['a table', <Table caption={HOSTILE} head={[HOSTILE]} rows={[[HOSTILE]]} empty="" />],
    ['a field', <Field state={refused} name="x" label={HOSTILE} value={HOSTILE} />],
    [
      'a title',
      <Layout visitor={visitor} title={HOSTILE}>
        {HOSTILE}
      </Layout>,
    ],
  ])('XS-01 is shown literally in %s', (_, view) => {
    const html = renderToString(view)
    expect(html).not.toMatch(/<script|<img src=x/)
    expect(html).toContain('&lt;script>alert(1)&lt;/script>')
    expect(html).toContain('{{7*7}}${7*7}')
  })
})

describe('a state', () => {
  const TONES: readonly Tone[] = ['valid', 'invalid', 'unknown', 'plain']

  test('has a shape of its own, whatever its colour', () => {
    const shapes = TONES.map((tone) => renderToString(<Shape tone={tone} />))
    expect(new Set(shapes).size).toBe(TONES.length)
  })

  test.each(TONES)('%s is said by a word and a shape', (tone) => {
    const html = renderToString(<State tone={tone}>Le mot</State>)
    expect(html).toContain('Le mot')
    expect(html).toMatch(/<svg[^>]*aria-hidden="true"/)
  })

  test('of a check stands beside its title', () => {
    const html = renderToString(
      <Checks checks={[{ title: 'Les dates', tone: 'invalid', word: 'Refusé', message: 'm' }]} />,
    )
    expect(html).toMatch(/Les dates.*<svg.*Refusé/)
  })

  test('of a step is told in words', () => {
    const html = renderToString(
      <Steps
        say={say}
        steps={[
          { title: 'Proposé', when: 'done' },
          { title: 'Endossé', when: 'now' },
          { title: 'Délivré', when: 'later' },
        ]}
      />,
    )
    expect(html.replace(/<[^>]+>/g, ' ')).toMatch(
      /Proposé\s+fait.*Endossé\s+en cours.*Délivré\s+à venir/,
    )
    expect(html.match(/aria-current="step"/g)).toHaveLength(1)
  })
})

describe('a form', () => {
  test('carries the token of the session', () => {
    const html = renderToString(<Form state={refused}>…</Form>)
    expect(html).toContain('<input type="hidden" name="_csrf" value="token-1"/>')
  })

  test('that was refused says what is wrong first, with a link to the field', () => {
    const html = renderToString(
      <Form state={refused}>
        <Field state={refused} name="day" label="Jour" hint="Le jour de la séance" type="date" />
      </Form>,
    )
    expect(html).toMatch(/role="alert".*Une réponse manque\..*href="#field-day"/)
    expect(html).toContain('aria-describedby="hint-day error-day" aria-invalid="true"')
  })

  test('keeps what was typed and chosen, but never a password', () => {
    const html = renderToString(
      <>
        <Select state={refused} name="kind" label="Genre" options={OPTIONS} value="a" />
        <Choices state={refused} name="present" legend="P" kind="several" options={OPTIONS} />
        <Field state={refused} name="password" label="Mot de passe" type="password" />
      </>,
    )
    expect(html).toMatch(/<option value="b" selected/)
    expect(html.match(/value="([ac])" checked/g)).toHaveLength(2)
    expect(html).not.toContain('hunter2')
  })

  test('with nothing ticked comes back with nothing ticked', () => {
    const emptied = { ...refused, problem: { ...refused.problem!, values: {} } }
    const html = renderToString(
      <Choices
        state={emptied}
        name="p"
        legend="P"
        kind="several"
        options={OPTIONS}
        chosen={['a']}
      />,
    )
    expect(html).not.toContain('checked')
  })
})

describe('lists', () => {
  test('a cell with nothing in it is marked, so that a phone leaves it out', () => {
    const table = <Table caption="c" head={['a', 'b', 'c']} rows={[['x', '–', 'z']]} empty="" />
    expect(renderToString(table).match(/class="nothing"/g)).toHaveLength(1)
  })

  test('say so when they are empty', () => {
    expect(
      renderToString(<Table caption="c" head={['h']} rows={[]} empty="Aucun badge." />),
    ).toContain('Aucun badge.')
    expect(
      renderToString(
        <WaitingList items={[{ count: 0, sentence: 's', href: '/' }]} empty="Rien n’attend." />,
      ),
    ).toContain('Rien n’attend.')
  })

  test('of a single page have no way to others, and of several only to those that are', () => {
    const at = (page: number, pages: number) =>
      renderToString(<Pagination say={say} page={page} pages={pages} hrefOf={(n) => `?p=${n}`} />)
    expect(at(1, 1)).toBe('')
    expect(at(1, 3)).not.toContain('prev')
    expect(at(2, 3)).toMatch(/\?p=1.*Page 2 sur 3.*\?p=3/)
    expect(at(3, 3)).not.toContain('next')
  })

  test('of progress never pass the whole', () => {
    const html = renderToString(
      <Progress id="p" label="l" value={600} max={480} text="10 h sur 8 h" />,
    )
    expect(html).toContain('value="480"')
    expect(html).toContain('10 h sur 8 h')
  })
})

describe.each(['fr', 'en'] as const)('the page of all components in %s', (language) => {
  const html = renderToString(<ComponentsPage visitor={{ ...visitor, language }} />)

  test('gives every input a label', () => {
    const inputs = [...html.matchAll(/<(?:input|select|textarea|progress)\b([^>]*)>/g)].map(
      ([, a]) => a!,
    )
    expect(inputs.length).toBeGreaterThan(10)
    for (const attributes of inputs) {
      const id = /\bid="([^"]+)"/.exec(attributes)?.[1]
      const wrapped = /type="(?:radio|checkbox)"/.test(attributes)
      expect(wrapped || html.includes(`for="${id}"`), attributes).toBe(true)
    }
  })

  test('has each id once, and nothing refers to an id that is not there', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids).toEqual([...new Set(ids)])
    const named = [...html.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g)]
    expect(named.flatMap(([, list]) => list!.split(' ')).filter((id) => !ids.includes(id))).toEqual(
      [],
    )
  })

  test('XS-07 needs nothing that the content security policy forbids', () => {
    expect(html).not.toMatch(/ style="|<style|<script| on\w+="/)
  })

  test('uses only classes that the style sheet knows', () => {
    const css = readFileSync('assets/sceau.css', 'utf8')
    const used = [...html.matchAll(/ class="([^"]+)"/g)].flatMap(([, list]) => list!.split(' '))
    const bare = ['info', 'later', 'copy', 'primary', 'prose']
    const unknown = [...new Set(used)].filter((name) => !css.includes(`.${name}`))
    expect(unknown.filter((name) => !bare.includes(name))).toEqual([])
  })
})

describe('the layout', () => {
  test('keeps the page when the language changes', () => {
    const html = renderToString(
      <Layout visitor={visitor} title="t">
        …
      </Layout>,
    )
    expect(html).toContain('href="/verify?code=AB12&amp;lang=en" lang="en"')
  })

  test('is hidden from search engines unless the page says otherwise', () => {
    const page = (indexed: boolean) =>
      renderToString(
        <Layout visitor={visitor} title="t" indexed={indexed}>
          …
        </Layout>,
      )
    expect(page(false)).toContain('noindex')
    expect(page(true)).not.toContain('noindex')
  })
})
