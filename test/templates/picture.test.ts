import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { Definition } from '../../src/templates/definition.js'
import { layOut, undrawable } from '../../src/templates/lettering.js'
import { drawPicture, pictureTitle } from '../../src/templates/picture.js'
import { rememberPngs, renderPng } from '../../src/templates/picture-png.js'
import { validate } from '../../src/web/validate.js'
import { aDefinition } from '../support/definitions.js'

const picture = { shape: 'seal', colour: 'brick', icon: 'leaf', text: 'Zéro déchet' } as const

describe('the text of a picture', () => {
  test('is drawn as outlines: no font, no link, no script, no style', () => {
    const svg = drawPicture(picture)
    expect(svg).not.toMatch(/<text|font|href|<script|style=|url\(/)
    expect(svg).not.toBe(drawPicture({ ...picture, text: '' }))
  })

  test('goes on two lines when its letters are then larger', () => {
    expect(layOut('Zéro', 120)?.map(({ letters }) => letters)).toEqual(['ZÉRO'])
    const lines = layOut('Moins de rebuts', 120)
    expect(lines?.map(({ letters }) => letters)).toEqual(['MOINS DE', 'REBUTS'])
    for (const { width } of lines ?? []) expect(width).toBeLessThanOrEqual(120)
  })

  test('is refused at its field when it could not be read or drawn', () => {
    const refusalOf = (text: string) => {
      try {
        validate(Definition, { ...aDefinition, picture: { ...aDefinition.picture, text } })
        return []
      } catch (error) {
        return (error as DomainError).fields.map(({ pointer }) => pointer)
      }
    }
    expect(refusalOf('Infusion')).toEqual([])
    expect(refusalOf('Anticonstitutionnellement')).toEqual(['/picture/text'])
    expect(refusalOf('焊接')).toEqual(['/picture/text'])
    expect(undrawable('焊 <a>')).toEqual(['焊', '<', '>'])
  })

  test('is told to whoever does not see the picture', () => {
    expect(pictureTitle(picture).fr).toBe(
      'Un sceau rouge cire avec une feuille et le texte « Zéro déchet »',
    )
    expect(pictureTitle({ ...picture, text: '' }).en).toBe('A wax red seal with a leaf')
  })
})

describe('a picture as PNG', () => {
  test('has the size that is asked for, and shows ground and ink', async () => {
    const { data, info } = await sharp(await renderPng(drawPicture(picture), 200))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 200, height: 200, channels: 4 })
    const colours = new Set<string>()
    for (let at = 0; at < data.length; at += 4)
      colours.add(data.subarray(at, at + 4).toString('hex'))
    expect(colours).toContain('8c1d2bff')
    expect(colours).toContain('ffffffff')
    expect(data[3]).toBe(0)
  })

  test('is made once while it is remembered', async () => {
    const render = rememberPngs(1)
    const svg = drawPicture(picture)
    const first = render(svg, 64)
    expect(render(svg, 64)).toBe(first)
    await render(svg, 32)
    expect(render(svg, 64)).not.toBe(first)
    expect(await render(svg, 64)).toEqual(await first)
  })
})
