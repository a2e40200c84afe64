import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { Definition } from '../../src/templates/definition.js'
import { drawPicture } from '../../src/templates/picture.js'
import { COLOURS, GROUNDS, ICONS, SHAPES } from '../../src/templates/picture.data.js'
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

describe('the definition of a badge', () => {
  test('is accepted as companies write it', () => {
    expect(refused({})).toEqual([])
  })

  test.each([
    ['OB-03 no diploma that it complements', { complements: undefined }, '/complements'],
    [
      'OB-03 a wrong RNCP number',
      { complements: { label: 'Bac pro', rncp: '38566', cfd: null } },
      '/complements/rncp',
    ],
    ['a name that hides characters', { name: 'Stratifier\u202e' }, '/name'],
    ['no requirement', { rule: [] }, '/rule'],
    [
      'HTML, which would never be signed',
      { criteria: 'Voir <b>tout</b> ce que l’on demande.' },
      '/criteria',
    ],
    [
      'a link that is not https',
      { criteria: 'Voir [les critères](http://example.org) du métier.' },
      '/criteria',
    ],
    [
      'somebody’s telephone number',
      { description: 'Appeler le 06 12 34 56 78 pour en savoir plus.' },
      '/description',
    ],
    [
      'a ROME code of another form',
      {
        alignments: [
          {
            framework: 'ROME',
            code: 'Z9',
            name: 'x',
            url: 'https://rome.example',
            verified: false,
          },
        ],
      },
      '/alignments/0/code',
    ],
    [
      'an unknown colour',
      { picture: { ...aDefinition.picture, colour: 'gold' } },
      '/picture/colour',
    ],
  ])('with %s is refused, at the field', (_, changes, pointer) => {
    expect(refused(changes)).toEqual([pointer])
  })
})

describe('the picture of a badge', () => {
  test('is the same text each time, and draws on a machine without fonts', async () => {
    expect(drawPicture(aDefinition.picture)).toBe(drawPicture(aDefinition.picture))
    expect(drawPicture(aDefinition.picture)).not.toContain('<text')
    for (const shape of SHAPES) {
      for (const icon of ICONS) {
        const png = await sharp(Buffer.from(drawPicture({ shape, colour: 'teal', icon })))
          .png()
          .metadata()
        expect(png).toMatchObject({ width: 480, height: 480 })
      }
    }
  })

  test.each(COLOURS)('has white on %s at 4.5:1 or more', (colour) => {
    expect(1.05 / (luminance(GROUNDS[colour]) + 0.05)).toBeGreaterThanOrEqual(4.5)
  })
})

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
