import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { bakePng, unbakePng } from '../../../src/credential/bake-png.js'
import { bakeSvg, unbakeSvg } from '../../../src/credential/bake-svg.js'
import { expectCheap } from '../../support/cheap.js'
import {
  checkOf,
  freshBadge,
  growth,
  LIST,
  listOf,
  POSITION,
  reportOn,
} from '../../support/fresh.js'
import { lookupsOf } from '../../support/lookups.js'

type Made = Awaited<ReturnType<typeof freshBadge>>

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle r="4"/></svg>'
const NAMESPACE = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
let png: Buffer
let genuine: Made
let text: string
beforeAll(async () => {
  png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  genuine = await freshBadge()
  text = JSON.stringify(genuine.badge)
})
const verify = (input: string | Uint8Array) => reportOn(input, lookupsOf({ lists: genuine.lists }))
async function unread(input: string | Uint8Array, code: string): Promise<void> {
  const report = await verify(input)
  expect(report).toMatchObject({ verdict: 'invalid', badge: null })
  expect(checkOf(report, 'format')).toMatchObject({ result: 'fail', code })
}

describe('PNG', () => {
  test('PN-01 a text of 256 MiB in a small packet is not unpacked', async () => {
    const packed = deflateSync(Buffer.alloc(256 << 20))
    const bomb = withChunk('iTXt', Buffer.concat([keyword('\u0001\0\0\0'), packed]))
    await unread(bomb, 'png')
    await expectCheap(500, () => verify(bomb))
    expect(await growth(() => verify(bomb))).toBeLessThan(32 << 20)
  })

  test('PN-02 two badges, one genuine and one revoked', async () => {
    const other = await freshBadge()
    const lists = { [LIST]: await listOf(other.signer, [POSITION]) }
    expect(await reportOn(other.badge, lookupsOf({ lists }))).toMatchObject({ verdict: 'invalid' })
    const second = Buffer.concat([keyword('\0\0\0\0'), Buffer.from(JSON.stringify(other.badge))])
    await unread(withChunk('iTXt', second, bakePng(png, text)), 'ambiguous')
  })

  test('PN-03 a badge behind the end, or before the header', async () => {
    const chunk = chunkOf('iTXt', Buffer.concat([keyword('\0\0\0\0'), Buffer.from(text)]))
    await unread(Buffer.concat([png, chunk]), 'png')
    await unread(Buffer.concat([png.subarray(0, 8), chunk, png.subarray(8)]), 'png')
  })

  test('PN-03 a wrong checksum, an impossible length, a file that is cut', async () => {
    const baked = bakePng(png, text)
    const flipped = Buffer.from(baked)
    flipped[100] = flipped[100]! ^ 1
    await unread(flipped, 'png')
    for (const length of [0x7fffffff, 0x80000000]) {
      const claimed = Buffer.from(baked)
      claimed.writeUInt32BE(length, 33)
      await unread(claimed, 'png')
    }
    for (const cut of [1, 12, 13, baked.length - 40])
      await unread(baked.subarray(0, baked.length - cut), 'png')
  })

  test.each([
    [30_000, 30_000],
    [0, 0],
    [0, 8],
    [0xffffffff, 1],
  ])('PN-06 %i × %i pixels are refused by the header', async (width, height) => {
    const flood = bakePng(png, text)
    flood.writeUInt32BE(width, 16)
    flood.writeUInt32BE(height, 20)
    flood.writeUInt32BE(crc32(flood.subarray(12, 29)), 29)
    await unread(flood, 'png')
    await expectCheap(50, () => verify(flood))
  })

  test('PN-08 a ZIP behind it, or a page in another text: its badge is read, and nothing else', async () => {
    const page = withChunk(
      'tEXt',
      Buffer.from('Comment\0<script>alert(1)</script>'),
      bakePng(png, text),
    )
    const polyglot = Buffer.concat([page, Buffer.from('504b0304', 'hex'), Buffer.from('<script>')])
    const report = await verify(polyglot)
    expect(report).toMatchObject({ verdict: 'valid' })
    expect(JSON.stringify(report)).not.toContain('<script')
  })

  test('PN-09 32 kB with emoji come back byte for byte', () => {
    const long = JSON.stringify({ name: '🦉é✓漢'.repeat(2_600) })
    expect(Buffer.byteLength(long)).toBeGreaterThan(30_000)
    expect(unbakePng(bakePng(png, long))).toEqual({ kind: 'credential', text: long })
  })
})

describe('SVG', () => {
  test('is read when all is well', async () => {
    expect(await verify(bakeSvg(SVG, text))).toMatchObject({ verdict: 'valid' })
  })

  test('SV-01 an entity for a file is refused, and the file is not read', async () => {
    const attack = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG.replace('<circle', '&x;<circle')}`
    await unread(attack, 'svg_dtd')
    expect(JSON.stringify(await verify(attack))).not.toContain('root:')
  })

  test('SV-02 a billion laughs, and a long entity many times, cost nothing', async () => {
    const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`)
    const quadratic = `<!ENTITY a "${'x'.repeat(100_000)}">`
    for (const [entities, use] of [
      [`<!ENTITY a0 "ha">${laughs.join('')}`, '&a30;'],
      [quadratic, '&a;'.repeat(50_000)],
    ] as const) {
      const attack = `<!DOCTYPE svg [${entities}]>${SVG.replace('<circle', `${use}<circle`)}`
      await unread(attack, 'svg_dtd')
      await expectCheap(50, () => verify(attack))
    }
  })

  test.each([
    '<script>alert(1)</script>',
    '<g onload="alert(1)"/>',
    '<animate onbegin="alert(1)" attributeName="x"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<foreignObject><iframe src="https://attacker.example"/></foreignObject>',
  ])('SV-03 %s beside a badge is nobody’s business: nothing of it is served', async (hostile) => {
    const report = await verify(bakeSvg(SVG.replace('<circle', `${hostile}<circle`), text))
    expect(report).toMatchObject({ verdict: 'valid' })
    expect(JSON.stringify(report)).not.toMatch(/alert|iframe|attacker/)
  })

  test('SV-06 twice, or not right under the root: ambiguous', async () => {
    const element = `<openbadges:credential ${NAMESPACE}><![CDATA[${text}]]></openbadges:credential>`
    await unread(bakeSvg(SVG, text).replace('</svg>', `${element}</svg>`), 'ambiguous')
    const foreign = `<x:defs xmlns:x="https://attacker.example/ns">${element}</x:defs>`
    await unread(SVG.replace('<circle', `${foreign}<circle`), 'ambiguous')
  })

  test('SV-06 in a wrong namespace, or in a comment: no badge at all', async () => {
    await unread(bakeSvg(SVG, text).replace('imsglobal.org/ob/v3p0', 'example.org/x'), 'none')
    const comment = `<!-- <openbadges:credential ${NAMESPACE}>{}</openbadges:credential> -->`
    await unread(SVG.replace('<circle', `${comment}<circle`), 'none')
  })

  test('SV-07 in CDATA, as text, or as a token in the attribute verify: all are read', () => {
    const element = (attributes: string, content: string) =>
      SVG.replace(
        '<circle',
        `<openbadges:credential ${NAMESPACE}${attributes}>${content}</openbadges:credential><circle`,
      )
    const read = { kind: 'credential', text: '{"a":1}' }
    expect(unbakeSvg(element('', '<![CDATA[{"a":1}]]>'))).toEqual(read)
    expect(unbakeSvg(element('', '{"a":1}'))).toEqual(read)
    expect(unbakeSvg(element(' verify="eyJh.eyJh.c2ln"', ''))).toEqual({
      ...read,
      text: 'eyJh.eyJh.c2ln',
    })
  })

  test.each<[string, () => string]>([
    ['5 MB', () => `${SVG.slice(0, -6)}${' '.repeat(5 << 20)}</svg>`],
    [
      '200,000 nodes',
      () => bakeSvg(SVG.replace('<circle', `${'<g/>'.repeat(200_000)}<circle`), text),
    ],
    [
      'a depth of 10,000',
      () => `${SVG.slice(0, -6)}${'<g>'.repeat(10_000)}${'</g>'.repeat(10_000)}</svg>`,
    ],
  ])('SV-09 %s', async (_, made) => {
    const large = made()
    expect(await verify(large)).toMatchObject({ verdict: 'invalid', badge: null })
    await expectCheap(200, () => verify(large))
  })
})

function keyword(rest: string): Buffer {
  return Buffer.from(`openbadgecredential\0${rest}`, 'latin1')
}

function chunkOf(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A chunk put right after the header. */
function withChunk(type: string, data: Buffer, image = png): Buffer {
  return Buffer.concat([image.subarray(0, 33), chunkOf(type, data), image.subarray(33)])
}
