import { expect, test } from 'vitest'
import { THEMES } from '../../src/credential/themes.data.js'
import { digestOfDefinition } from '../../src/templates/definition.js'
import { EXAMPLE_DEFINITIONS } from '../../src/templates/examples.js'
import { drawPicture } from '../../src/templates/picture.js'

test('seven examples are shipped, each another badge with another picture', () => {
  expect(EXAMPLE_DEFINITIONS).toHaveLength(7)
  expect(new Set(EXAMPLE_DEFINITIONS.map(digestOfDefinition)).size).toBe(7)
  expect(new Set(EXAMPLE_DEFINITIONS.map(({ picture }) => drawPicture(picture))).size).toBe(7)
})

test.each(EXAMPLE_DEFINITIONS.map((one) => [one.name, one] as const))(
  '%s claims nothing verified, names the diploma (OB-03) and has a known theme (OB-04)',
  (_, { alignments, complements, theme }) => {
    expect(alignments.filter(({ verified }) => verified)).toEqual([])
    expect(complements).toMatchObject({ rncp: 'RNCP38566', cfd: '40022503' })
    expect(THEMES).toContain(theme)
  },
)

test('OB-02 every example asks for a session or a placement with the company itself', () => {
  for (const { rule } of EXAMPLE_DEFINITIONS) {
    expect(rule.some(({ ownCompany }) => ownCompany)).toBe(true)
  }
})

test('the badge about looking for a placement rests on career sessions, and aligns to nothing', () => {
  const career = EXAMPLE_DEFINITIONS.find(({ theme }) => theme === 'CARRIERE')
  expect(career?.rule).toMatchObject([{ kind: 'mentoring', sessionKind: 'CARRIERE' }])
  expect(career?.alignments).toEqual([])
})
