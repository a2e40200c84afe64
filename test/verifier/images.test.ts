import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bakePng, unbakePng } from '../../src/credential/bake-png.js'
import { bakeSvg, unbakeSvg } from '../../src/credential/bake-svg.js'
import { OFFLINE } from '../../src/verifier/lookups.js'
import { readBadge } from '../../src/verifier/read-input.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { verifyFiles } from '../../src/verifier/verify-files.js'
import { expectCheap } from '../support/cheap.js'
import { AWARDED, signedBadge } from '../support/badges.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle r="4"/></svg>'
let png: Buffer
let text: string
beforeAll(async () => {
  png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  text = JSON.stringify(await signedBadge())
})
const verify = (input: Uint8Array | string) =>
  verifyBadge(Buffer.from(input), { lookups: OFFLINE, now: AWARDED, language: 'fr' })

describe('whatever bytes come in, an answer goes out', () => {
  test('RL-35 for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect((await verify(bytes)).verdict).toBe('invalid')
      }),
      { numRuns: 300 },
    )
  })

  test('RL-35 for any bytes behind the beginning of a PNG or an SVG', async () => {
    const starts = [png.subarray(0, 8), png.subarray(0, 33), Buffer.from('<svg '), Buffer.from(SVG)]
    const bytes = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 500 }))
    await fc.assert(
      fc.asyncProperty(bytes, async (parts) => {
        expect(await readBadge(Buffer.concat(parts))).toHaveProperty('fault.words.fr')
      }),
      { numRuns: 500 },
    )
  })

  test('PN-03 a baked PNG that is cut anywhere, or has one other byte, holds no other badge', () => {
    const baked = bakePng(png, text)
    fc.assert(
      fc.property(fc.nat(baked.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        expect(unbakePng(baked.subarray(0, at))).toEqual({ kind: 'png' })
        const changed = Buffer.from(baked)
        changed[at] = changed[at]! ^ difference
        expect(unbakePng(changed)).toEqual({ kind: 'png' })
      }),
      { numRuns: 500 },
    )
  })

  test('PN-03 a chunk may say any length', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (length) => {
        const claimed = Buffer.from(png)
        claimed.writeUInt32BE(length, 33)
        fc.pre(length !== png.readUInt32BE(33))
        expect(unbakePng(claimed)).toEqual({ kind: 'png' })
      }),
    )
    for (const length of [0x7fffffff, 0x80000000, 0xffffffff]) {
      const claimed = Buffer.from(png)
      claimed.writeUInt32BE(length, 33)
      expect(unbakePng(claimed)).toEqual({ kind: 'png' })
    }
  })

  test('a compressed text is read, whatever it says; one that is cut is not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(20), (said, cut) => {
        const packed = deflateSync(Buffer.from(said))
        expect(unbakePng(withText(packed))).toEqual({ kind: 'credential', text: said })
        const short = packed.subarray(0, Math.max(0, packed.length - 5 - cut))
        expect(unbakePng(withText(short))).toEqual({ kind: 'png' })
      }),
      { numRuns: 200 },
    )
  })

  test('SV-06 two badges in one SVG are one too many, wherever the second stands', () => {
    const baked = bakeSvg(SVG, '{"a":1}')
    const second = '<openbadges:credential>{"b":2}</openbadges:credential>'
    for (const place of ['<circle', '</svg>'])
      expect(unbakeSvg(baked.replace(place, `${second}${place}`))).toEqual({ kind: 'ambiguous' })
  })

  test.each([
    ['SV-01 an outer file', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    [
      'SV-02 a billion laughs',
      `<!DOCTYPE svg [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')}]>`,
    ],
    ['SV-02 an entity of parameters', '<!DOCTYPE svg [<!ENTITY % x "y">%x;]>'],
  ])('%s is refused before it is read', async (_, declaration) => {
    const hostile = `${declaration}${bakeSvg(SVG, text)}`
    const report = await verify(hostile)
    expect(report.verdict).toBe('invalid')
    expect(report.checks.find(({ name }) => name === 'format')).toMatchObject({ code: 'svg_dtd' })
    await expectCheap(50, () => verify(hostile))
  })

  test('SV-02 an entity without a declaration is no text', async () => {
    const report = await verify(SVG.replace('<circle', '&xxe;<circle'))
    expect(report.checks.find(({ name }) => name === 'format')).toMatchObject({ code: 'svg' })
  })

  test('SV-03 scripts beside a badge are not its business: only the badge is taken', () => {
    const hostile = SVG.replace('<circle', '<script>alert(1)</script><circle onload="x()"')
    expect(unbakeSvg(bakeSvg(hostile, '{"a":1}'))).toEqual({ kind: 'credential', text: '{"a":1}' })
  })

  test('SV-09 many nodes, or many bytes, cost little', async () => {
    const many = (count: number) =>
      bakeSvg(SVG.replace('<circle', `${'<g/>'.repeat(count)}<circle`), '{}')
    expect(unbakeSvg(many(10_000))).toMatchObject({ kind: 'credential' })
    for (const hostile of [many(200_000), `<svg>${' '.repeat(3 << 20)}</svg>`]) {
      expect(unbakeSvg(hostile)).toEqual({ kind: 'svg' })
      await expectCheap(1_000, () => unbakeSvg(hostile))
    }
  })

  test('PN-08 what hangs on behind the end of a PNG, or stands in other texts, is not read', () => {
    const polyglot = Buffer.concat([bakePng(png, '{"a":1}'), Buffer.from('PK\u0003\u0004<script>')])
    expect(unbakePng(polyglot)).toEqual({ kind: 'credential', text: '{"a":1}' })
  })
})

describe('sceau verify on folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('IN-09 takes every badge file of every folder, by its content, in the order of names', async () => {
    mkdirSync(join(folder, 'classe'))
    const files: [string, string | Buffer][] = [
      ['a.json', text],
      ['b.PNG', bakePng(png, text)],
      ['c.svg', bakeSvg(SVG, text)],
      ['classe/d.png', text],
      ['classe/e.json', png],
      ['classe/f.jwt', 'x.y.z'],
      ['notes.txt', 'passed over'],
    ]
    for (const [name, content] of files) writeFileSync(join(folder, name), content)
    const around = { lookups: () => OFFLINE, now: AWARDED, language: 'fr' as const }
    const reports = await verifyFiles([folder, join(folder, 'notes.txt')], around)
    expect(
      reports.map((one) => [
        one.file.slice(folder.length + 1),
        'report' in one ? one.report.verdict : one.error,
      ]),
    ).toEqual([
      ['a.json', 'indeterminate'],
      ['b.PNG', 'indeterminate'],
      ['c.svg', 'indeterminate'],
      ['classe/d.png', 'indeterminate'],
      ['classe/e.json', 'invalid'],
      ['classe/f.jwt', 'invalid'],
      ['notes.txt', 'invalid'],
    ])
    const absent = join(folder, 'absent')
    expect(await verifyFiles([absent], around)).toEqual([{ file: absent, error: 'missing' }])
  })
})

/** A badge text as a compressed chunk right after the header. */
function withText(packed: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from('iTXtopenbadgecredential\0\u0001\0\0\0', 'latin1'),
    packed,
  ])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(body.length - 4)
  frame.writeUInt32BE(crc32(body), 4)
  const chunk = [frame.subarray(0, 4), body, frame.subarray(4)]
  return Buffer.concat([png.subarray(0, 33), ...chunk, png.subarray(33)])
}
