import { deflateSync, crc32 } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { bakePng, unbakePng } from '../../src/credential/bake-png.js'
import { bakeSvg, unbakeSvg } from '../../src/credential/bake-svg.js'

let png: Buffer
beforeAll(async () => {
  png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
})

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle r="4"/></svg>'

describe('a badge in a PNG', () => {
  test('PN-09 comes back byte for byte, whatever its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(unbakePng(bakePng(png, text))).toEqual({ kind: 'credential', text })
      }),
    )
  })

  test('is seen by an independent reader, and the picture is the same', async () => {
    const baked = bakePng(png, '{"é":"✓"}')
    const { comments } = await sharp(baked).metadata()
    expect(comments).toMatchObject([{ keyword: 'openbadgecredential', text: '{"é":"✓"}' }])
    expect(await sharp(baked).raw().toBuffer()).toEqual(await sharp(png).raw().toBuffer())
  })

  test('replaces the badge that was there', () => {
    expect(unbakePng(bakePng(bakePng(png, 'one'), 'two'))).toEqual({
      kind: 'credential',
      text: 'two',
    })
  })

  test('PN-01 a text that inflates to 256 MiB is refused', () => {
    const bomb = Buffer.concat([
      Buffer.from('openbadgecredential\0\u0001\0\0\0', 'latin1'),
      deflateSync(Buffer.alloc(64 << 20)),
    ])
    expect(unbakePng(withChunk('iTXt', bomb))).toEqual({ kind: 'png' })
  })

  test('PN-02 two badges are ambiguous', () => {
    const second = Buffer.from('openbadgecredential\0\0\0\0\0other', 'latin1')
    expect(unbakePng(withChunk('iTXt', second, bakePng(png, 'one')))).toEqual({ kind: 'ambiguous' })
  })

  test('PN-03 a wrong checksum, a cut file and a badge after the end are refused', () => {
    const baked = bakePng(png, 'text')
    const flipped = Buffer.from(baked)
    flipped[60] = flipped[60]! ^ 1
    expect(unbakePng(flipped)).toEqual({ kind: 'png' })
    expect(unbakePng(baked.subarray(0, baked.length - 5))).toEqual({ kind: 'png' })
    const after = Buffer.concat([
      png,
      chunk('iTXt', Buffer.from('openbadgecredential\0\0\0\0\0late', 'latin1')),
    ])
    expect(unbakePng(after)).toEqual({ kind: 'png' })
  })

  test('PN-05 an Open Badges 2.0 image is told apart', () => {
    const old = Buffer.from('openbadges\0\0\0\0\0https://example.org/assertion', 'latin1')
    expect(unbakePng(withChunk('iTXt', old))).toEqual({
      kind: 'older',
      text: 'https://example.org/assertion',
    })
  })

  test('PN-06 a flood of pixels is refused by its header', () => {
    const flood = Buffer.from(png)
    flood.writeUInt32BE(30_000, 16)
    flood.writeUInt32BE(30_000, 20)
    flood.writeUInt32BE(crc32(flood.subarray(12, 29)), 29)
    expect(unbakePng(flood)).toEqual({ kind: 'png' })
  })
})

describe('a badge in an SVG', () => {
  test('comes back as it went in, even with the end of a CDATA section in it', () => {
    const text = JSON.stringify({ name: 'Fin ]]> de section ✓ <b>' })
    const unbaked = unbakeSvg(bakeSvg(SVG, text))
    expect(unbaked).toMatchObject({ kind: 'credential' })
    expect(JSON.parse((unbaked as { text: string }).text)).toEqual(JSON.parse(text))
  })

  test.each([
    ['SV-01 a DTD', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG}`, 'svg_dtd'],
    [
      'SV-06 the element twice',
      bakeSvg(SVG, '1').replace('</svg>', '<openbadges:credential>2</openbadges:credential></svg>'),
      'ambiguous',
    ],
    [
      'SV-06 a wrong namespace',
      bakeSvg(SVG, '1').replace('imsglobal.org/ob/v3p0', 'example.org/x'),
      'none',
    ],
    [
      'SV-06 inside a comment',
      SVG.replace('<circle', '<!-- <openbadges:credential>1</openbadges:credential> --><circle'),
      'none',
    ],
    ['SV-09 a depth of 10,000', `${'<g>'.repeat(10_000)}`, 'svg'],
    ['what is no SVG', '<html><body/></html>', 'svg'],
  ])('%s is refused', (_, svg, kind) => {
    expect(unbakeSvg(svg)).toEqual({ kind })
  })

  test('SV-07 a JWT in the attribute verify is read', () => {
    const svg = bakeSvg(SVG, '').replace(
      '<openbadges:credential>',
      '<openbadges:credential verify="a.b.c">',
    )
    expect(unbakeSvg(svg)).toEqual({ kind: 'credential', text: 'a.b.c' })
  })
})

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, sum])
}

/** A chunk put right after the header. */
function withChunk(type: string, data: Buffer, image = png): Buffer {
  return Buffer.concat([image.subarray(0, 33), chunk(type, data), image.subarray(33)])
}
