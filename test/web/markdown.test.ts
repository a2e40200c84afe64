import { describe, expect, test } from 'vitest'
import { toSafeHtml } from '../../src/web/markdown.js'

describe('Markdown of others', () => {
  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java\nscript:alert(1))',
    '<data:text/html,hello>',
    '<javascript:alert(1)>',
    '[x](http://example.org)',
    '[x](//example.org)',
    '[x](/sign-out)',
    '[x][a]\n\n[a]: vbscript:x',
  ])('XS-02 drops the link of %j', (text) => {
    expect(toSafeHtml(text)).not.toContain('<a')
  })

  test('XS-02 loads no picture', () => {
    expect(toSafeHtml('![x](https://tracker.example/p.png)')).not.toContain('<img')
  })

  test('XS-02 shows tags instead of obeying them', () => {
    const html = toSafeHtml(
      '<iframe src="https://example.org"></iframe>\n\na <b onclick="x()">b</b>',
    )
    expect(html).not.toMatch(/<iframe|<b\b/)
    expect(html).toContain('&lt;iframe')
  })

  test('keeps links to https and mail, without credit to them', () => {
    expect(toSafeHtml('[site](https://example.org "t")')).toBe(
      '<p><a href="https://example.org" title="t" rel="noopener nofollow">site</a></p>\n',
    )
    expect(toSafeHtml('<mailto:a@example.org>')).toContain('href="mailto:a@example.org"')
  })

  test('cannot break out of an attribute', () => {
    expect(toSafeHtml('[x](https://example.org/"onmouseover="x)')).not.toMatch(/ onmouseover=/)
    expect(toSafeHtml('[x](https://example.org "\\"onmouseover=x")')).not.toContain('""onmouseover')
  })

  test('puts its headings below those of the page', () => {
    expect(toSafeHtml('# A\n\n### B')).toBe('<h3>A</h3>\n<h4>B</h4>\n')
  })

  test('is cut at 20,000 characters', () => {
    expect(toSafeHtml('a'.repeat(30_000))).toHaveLength('<p></p>\n'.length + 20_000)
  })
})
