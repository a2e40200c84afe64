import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { Definition, digestOfDefinition } from '../../src/templates/definition.js'
import { FRAMEWORK_NAMES, FRAMEWORKS } from '../../src/templates/frameworks.js'
import { validate } from '../../src/web/validate.js'
import { aDefinition } from '../support/definitions.js'

const refused = (changes: object): string[] => {
  try {
    validate(Definition, { ...aDefinition, ...changes })
    return []
  } catch (error) {
    return (error as DomainError).fields.map(({ pointer }) => pointer)
  }
}
const to = (framework: string, code: string, changes: object = {}) => ({
  alignments: [
    { framework, code, name: 'x', url: 'https://x.example', verified: false, ...changes },
  ],
})

describe('an alignment', () => {
  test.each(FRAMEWORK_NAMES)('to %s leads to the official address', (framework) => {
    const { example, urlOf } = FRAMEWORKS[framework]
    expect(refused(to(framework, example, { url: urlOf(example) }))).toEqual([])
    expect(refused(to(framework, example))).toEqual(['/alignments/0/url'])
  })

  test.each([
    ['RNCP', '38566'],
    ['RNCP', 'RNCP385661'],
    ['RS', 'RNCP5487'],
    ['CFD', '4002250'],
    ['ROME', 'O1101'],
    ['OGR', 'H3203'],
    ['GreenComp', '4.4'],
    ['GreenComp', '5.1'],
  ])('to %s %s is refused by its form', (framework, code) => {
    expect(refused(to(framework, code))).toEqual(['/alignments/0/code'])
  })

  test('can’t be called verified by a company', () => {
    const [rome] = aDefinition.alignments
    expect(refused({ alignments: [{ ...rome, verified: true }] })).toEqual([
      '/alignments/0/verified',
    ])
  })
})

test('OB-03 the diploma is named by its RNCP number or its code', () => {
  const label = 'Bac pro Plastiques et composites'
  expect(refused({ complements: { label, rncp: null, cfd: null } })).toEqual(['/complements/rncp'])
  expect(refused({ complements: { label, rncp: null, cfd: '40022503' } })).toEqual([])
})

test('hours are counted by halves', () => {
  const rule = { kind: 'mentoring', sessionKind: 'ANY', ownCompany: true }
  expect(refused({ rule: [{ ...rule, hours: 1.5 }] })).toEqual([])
  expect(refused({ rule: [{ ...rule, hours: 1.3 }] })).toEqual(['/rule/0/hours'])
})

test('a text is kept in one form, however it was typed', () => {
  const typed = {
    ...aDefinition,
    name: '  Re\u0301gler une presse ',
    criteria: `${aDefinition.criteria}\r\nEncore une ligne.\r\n`,
  }
  const read = validate(Definition, typed)
  expect(read.name).toBe('R\u00e9gler une presse')
  expect(read.criteria).not.toContain('\r')
  expect(digestOfDefinition(validate(Definition, read))).toBe(digestOfDefinition(read))
})
