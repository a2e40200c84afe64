import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('assets/sceau.css', 'utf8')
const [light, dark] = [...css.matchAll(/:root \{[^}]*--paper: #[^}]*\}/g)].map(([block]) =>
  colours(block),
)

/** Text on its ground: 4.5 (WCAG 2.2, 1.4.3). What one must see to use it: 3 (1.4.11). */
const TEXT = [
  ['ink', 'paper'],
  ['ink', 'sheet'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'sheet'],
  ['seal', 'paper'],
  ['seal', 'sheet'],
  ['seal-ink', 'seal'],
  ['seal-ink', 'seal-deep'],
  ...['valid', 'invalid', 'unknown', 'info'].flatMap((state) => [
    [state, 'paper'],
    [state, 'sheet'],
    [state, `${state}-paper`],
    ['ink', `${state}-paper`],
  ]),
  // Links in notices.
  ['seal', 'info-paper'],
  ['seal', 'valid-paper'],
  ['seal', 'unknown-paper'],
] as [string, string][]
const CONTROLS: [string, string][] = [
  ['control', 'paper'],
  ['control', 'sheet'],
  ['focus', 'paper'],
  ['focus', 'sheet'],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_, scheme) => {
  test.each(TEXT)('%s can be read on %s', (ink, ground) => {
    expect(contrast(scheme!, ink, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(CONTROLS)('%s can be seen on %s', (ink, ground) => {
    expect(contrast(scheme!, ink, ground)).toBeGreaterThanOrEqual(3)
  })
})

describe('the style sheet', () => {
  test('computes contrast as WCAG does', () => {
    const scheme = { black: '#000000', white: '#ffffff', grey: '#767676' }
    expect(contrast(scheme, 'black', 'white')).toBeCloseTo(21, 5)
    expect(contrast(scheme, 'grey', 'white')).toBeCloseTo(4.54, 2)
  })

  test('names a colour in its tokens only', () => {
    const rules = css.replace(/:root \{[^}]*\}/g, '')
    expect(rules.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull()
  })

  test('has both schemes with the same colours', () => {
    expect(Object.keys(dark!).sort()).toEqual(Object.keys(light!).sort())
  })

  test('loads nothing from elsewhere, and only files that are there', () => {
    const files = [...css.matchAll(/url\('([^']+)'\)/g)].map(([, file]) => file!)
    expect(files).toHaveLength(4)
    for (const file of files) expect(statSync(`assets/${file}`).size).toBeGreaterThan(0)
  })

  test('stays under 40 kB, and with the fonts of a first page under 115 kB', () => {
    expect(statSync('assets/sceau.css').size).toBeLessThan(40_000)
    const fonts = readdirSync('assets/fonts').filter((file) => file.includes('-latin-wght-'))
    expect(fonts).toHaveLength(2)
    const bytes = fonts.map((file) => statSync(`assets/fonts/${file}`).size)
    const total = bytes.reduce((sum, size) => sum + size, statSync('assets/sceau.css').size)
    expect(total).toBeLessThan(115_000)
  })
})

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  )
}

function contrast(scheme: Record<string, string>, ink: string, ground: string): number {
  const [dim, bright] = [luminance(scheme[ink]!), luminance(scheme[ground]!)].sort((a, b) => a - b)
  return (bright! + 0.05) / (dim! + 0.05)
}

/** @see {@link https://www.w3.org/TR/WCAG22/#dfn-relative-luminance} */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
