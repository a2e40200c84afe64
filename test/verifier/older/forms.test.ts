import sharp from 'sharp'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { groupsOf } from '../../../src/verifier/views/check-groups.js'
import { outsideLookups } from '../../../src/verifier/outside-lookups.js'
import {
  badgeClass,
  checkOf,
  HOSTED,
  hosted,
  key,
  list,
  profile,
  served,
  signed,
  toToken,
  verifyOlder,
} from '../../support/older.js'

/** A PNG with a text under the keyword of that age. */
async function pictureWith(text: string, type: 'tEXt' | 'iTXt'): Promise<Buffer> {
  const background = 'teal'
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer()
  const head = type === 'tEXt' ? 'openbadges\0' : 'openbadges\0\0\0\0\0'
  const body = Buffer.concat([Buffer.from(`${type}${head}`, 'latin1'), Buffer.from(text)])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(body.length - 4)
  frame.writeUInt32BE(crc32(body), 4)
  const chunk = [frame.subarray(0, 4), body, frame.subarray(4)]
  return Buffer.concat([png.subarray(0, 33), ...chunk, png.subarray(33)])
}

const svgWith = (verify: string, body = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="${verify}">${body}</openbadges:assertion></svg>`

describe('a picture of that age', () => {
  test('holds the badge itself, hosted or signed', async () => {
    const inPng = await pictureWith(JSON.stringify(hosted()), 'iTXt')
    expect(await verifyOlder(inPng)).toMatchObject({ verdict: 'valid', format: 'ob2-hosted' })
    const token = await pictureWith(toToken(signed()), 'iTXt')
    expect(await verifyOlder(token)).toMatchObject({ verdict: 'valid', format: 'ob2-signed' })
    const inSvg = svgWith(HOSTED, `<![CDATA[${JSON.stringify(hosted())}]]>`)
    expect(await verifyOlder(inSvg)).toMatchObject({ verdict: 'valid', format: 'ob2-hosted' })
  })

  test('PN-05 that holds only an address is not followed, and says what to do', async () => {
    const asked: string[] = []
    const lookups = outsideLookups({
      fetchText: async (url) => {
        asked.push(url)
        return { outcome: 'missing', reason: '404' }
      },
    })
    for (const picture of [await pictureWith(HOSTED, 'tEXt'), svgWith(HOSTED)]) {
      const report = await verifyOlder(picture, { lookups })
      expect(report).toMatchObject({ verdict: 'indeterminate', format: 'ob2-hosted', badge: null })
      const proof = checkOf(report, 'proof')
      expect(proof).toMatchObject({ result: 'unknown', code: 'link_only' })
      expect(proof?.message).toContain('paste it here')
      expect(JSON.stringify(report)).not.toContain(HOSTED)
    }
    expect(asked).toEqual([])
  })

  test('that holds neither is no badge', async () => {
    expect(await verifyOlder(await pictureWith('hello', 'tEXt'))).toMatchObject({
      verdict: 'invalid',
    })
  })
})

describe('the form of an older badge', () => {
  test.each<[string, object]>([
    ['a badge class', badgeClass()],
    ['an issuer', profile()],
    ['a key', key()],
    ['a revocation list', list([])],
    ['a badge class of its own vocabulary', badgeClass({ '@context': { name: 'schema:name' } })],
  ])('%s is no badge that somebody holds', async (_, document) => {
    const report = await verifyOlder(document)
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, 'type')).toMatchObject({ result: 'fail', code: 'type' })
  })

  test.each<[string, object]>([
    ['without a recipient', { recipient: undefined }],
    ['with a recipient without a name', { recipient: { type: 'email' } }],
    ['without a date', { issuedOn: undefined }],
    ['without a way to verify it', { verification: undefined }],
    ['with two ways to verify it', { verify: { type: 'signed' } }],
    ['with a way that nobody knows', { verification: { type: 'blockchain' } }],
    ['with a list of names', { id: [HOSTED] }],
    ['with a name that is no address', { id: 'urn:uuid:1' }],
    ['with a user in its address', { id: 'https://user:pw@badges.example/1' }],
  ])('%s it is invalid, and nobody is asked but who must be', async (_, changes) => {
    const report = await verifyOlder(hosted(changes))
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(checkOf(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })

  test('a vocabulary that we don’t know leaves it open', async () => {
    const first = hosted({ '@context': 'https://w3id.org/openbadges/v1' })
    const report = await verifyOlder(first)
    expect(report.verdict).toBe('indeterminate')
    expect(checkOf(report, 'context')).toMatchObject({ result: 'unknown', code: 'unknown_context' })
  })

  test('what says of itself that it was revoked is believed', async () => {
    const stripped = { '@context': 'https://w3id.org/openbadges/v2', id: HOSTED, revoked: true }
    for (const document of [stripped, hosted({ revoked: true })])
      expect(checkOf(await verifyOlder(document), 'status')).toMatchObject({ code: 'revoked' })
  })

  test('the name by which its holder is known is shown when it is an id, and nothing else', async () => {
    const withRecipient = async (recipient: object) => {
      const one = hosted({ recipient })
      const { badge } = await verifyOlder(one, { documents: served({ [HOSTED]: one }) })
      return badge?.recipient.id
    }
    expect(await withRecipient({ type: 'id', identity: 'did:key:z6Mk' })).toBe('did:key:z6Mk')
    expect(await withRecipient({ type: 'email', identity: 'lea@example.org' })).toBeNull()
  })

  test('no group of its checks is green before it is proven', async () => {
    const { checks } = await verifyOlder(hosted(), { documents: {} })
    const proof = groupsOf(checks).find(({ name }) => name === 'signature')
    expect(proof?.result).toBe('unknown')
  })
})
