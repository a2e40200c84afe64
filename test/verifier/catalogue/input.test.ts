import { beforeAll, describe, expect, test } from 'vitest'
import { isCompactJws } from '../../../src/credential/check-jws.js'
import { didKeyToMultibase, didWebToUrl } from '../../../src/credential/did.js'
import { expectCheap } from '../../support/cheap.js'
import { checkOf, faultsOf, freshBadge, reportOn } from '../../support/fresh.js'
import { lookupsOf } from '../../support/lookups.js'
import { toInstant } from '../../../src/credential/instant.js'

type Made = Awaited<ReturnType<typeof freshBadge>>

let genuine: Made
let text: string
beforeAll(async () => {
  genuine = await freshBadge()
  text = JSON.stringify(genuine.badge)
})
const verify = (input: unknown) => reportOn(input, lookupsOf({ lists: genuine.lists }))
async function unread(input: string | Uint8Array, code: string): Promise<void> {
  const report = await verify(input)
  expect(report).toMatchObject({ verdict: 'invalid', badge: null })
  expect(checkOf(report, 'format')).toMatchObject({ result: 'fail', code })
}

describe('JSON that is not read', () => {
  test('IN-01 nested 100,000 deep, quickly', async () => {
    for (const deep of [
      '['.repeat(100_000),
      '{"a":'.repeat(40_000),
      `${'['.repeat(65)}${']'.repeat(65)}`,
    ]) {
      await unread(deep, 'too_deep')
      await expectCheap(200, () => verify(deep))
    }
    expect(faultsOf(await verify(`${'['.repeat(64)}${']'.repeat(64)}`))).toEqual([
      'structure:structure',
    ])
  })

  test.each<[string, () => string]>([
    ['20 MB', () => `{"a":"${'x'.repeat(20 << 20)}"}`],
    [
      'a million keys',
      () => `{${Array.from({ length: 1_000_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
    ],
    ['one text of 5 MB', () => JSON.stringify({ name: 'x'.repeat(5 << 20) })],
    [
      'a list of 10,000 types',
      () =>
        JSON.stringify({
          type: Array.from({ length: 10_000 }, (_, n) => `MinistereBadge${n}-${n}`),
        }),
    ],
    ['30,000 numbers', () => `[${Array(30_000).fill('1').join(',')}]`],
    ['a text of 70,000 letters', () => JSON.stringify({ name: 'x'.repeat(70_000) })],
  ])('IN-02 %s', async (_, made) => unread(made(), 'too_large'))

  test.each<[string, (text: string) => string]>([
    [
      'side by side',
      (json) => json.replace('"validUntil":', '"validUntil":"2035-01-01T00:00:00Z","validUntil":'),
    ],
    ['far apart', (json) => json.replace(/}$/, ',"validFrom":"2020-01-01T00:00:00Z"}')],
    [
      'once with an escape',
      (json) => json.replace(/}$/, ',"valid\\u0046rom":"2020-01-01T00:00:00Z"}'),
    ],
    ['deep inside', (json) => json.replace('"narrative":', '"narrative":"x","narrative":')],
  ])('IN-03 a key twice, %s', async (_, change) => {
    expect(change(text)).not.toBe(text)
    await unread(change(text), 'duplicate_key')
  })

  test.each(['\\ud800', '\\udfff', '\\udc00\\ud800'])(
    'IN-05 a name with half a character (%s)',
    async (half) => unread(text.replace('"name":"', `"name":"${half}`), 'unicode'),
  )

  test.each<[string, () => string | Uint8Array]>([
    ['bytes that are no UTF-8', () => Buffer.from(text, 'latin1')],
    ['a lead byte at the end', () => Buffer.concat([Buffer.from(text), Buffer.from([0xc3])])],
    ['UTF-16', () => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a second end', () => `${text}}`],
    ['a second document', () => `${text}${text}`],
    ['a comment', () => `${text} // vu`],
    ['a comment inside', () => text.replace('{', '{/* vu */')],
    ['single quotes', () => text.replaceAll('"', "'")],
    ['NaN', () => text.replace('"type"', '"creditsEarned":NaN,"type"')],
    ['no end', () => text.slice(0, -1)],
    ['nothing', () => ''],
    ['two byte order marks', () => `\ufeff\ufeff${text}`],
  ])('IN-06 %s', async (_, made) => unread(made(), 'json'))

  test('IN-06 a byte order mark alone is tolerated', async () => {
    expect(await verify(Buffer.from(`\ufeff${text}`))).toMatchObject({ verdict: 'valid' })
    expect(await verify(`\n ${text}\n`)).toMatchObject({ verdict: 'valid' })
  })

  test.each(['[]', '[{}]', '"badge"', '1', 'null', 'true'])(
    'IN-08 %s for a badge',
    async (json) => {
      const report = await verify(json)
      expect(report.verdict).toBe('invalid')
      expect(faultsOf(report)).toEqual(['structure:structure'])
    },
  )

  test.each<[string, Uint8Array]>([
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ')],
    ['a ZIP', Buffer.from('504b0304140000000800', 'hex')],
    ['a page', Buffer.from('<html><body>{}</body></html>')],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600', 'hex')],
    ['a gzip of a badge', Buffer.from('1f8b0800000000000003', 'hex')],
  ])('IN-09 %s is no badge', async (_, bytes) => {
    const report = await verify(bytes)
    expect(report).toMatchObject({ verdict: 'invalid', format: 'unknown', badge: null })
  })
})

describe('IN-15 a long text in every field that has a form', () => {
  const long = `${'a'.repeat(50_000)}!`

  test.each<[string, (badge: any) => void]>([
    ['an e-mail address', (one) => (one.issuer.email = `${long}@example.org`)],
    ['a date', (one) => (one.validUntil = `2031-06-15T00:00:00.${'0'.repeat(50_000)}!`)],
    ['the name of the issuer', (one) => (one.issuer.id = `did:web:${long}.example`)],
    ['a did:key', (one) => (one.issuer.id = `did:key:z${long}`)],
    ['an address', (one) => (one.issuer.url = `https://${long}.example/`)],
    ['a language', (one) => (one.credentialSubject.achievement.inLanguage = long)],
    [
      'the place in a status list',
      (one) => (one.credentialStatus.statusListIndex = '1'.repeat(50_000)),
    ],
    [
      'the method of its proof',
      (one) => (one.proof[0].verificationMethod = `did:web:${long}#${long.slice(9_000)}`),
    ],
  ])('%s', async (_, change) => {
    const document = structuredClone(genuine.badge)
    change(document)
    expect((await verify(document)).verdict).not.toBe('valid')
    await expectCheap(50, () => verify(document))
  })

  test('rules that read such texts', async () => {
    const dates = `2026-06-15T00:00:00.${'0'.repeat(50_000)}!`
    const tokens = `${'a'.repeat(50_000)}.${'a'.repeat(40_000)}!`
    const work = () => {
      expect(toInstant(dates)).toBeNaN()
      expect(didWebToUrl(`did:web:${long}`)).toBeUndefined()
      expect(didWebToUrl(`did:web:${'a.'.repeat(25_000)}!`)).toBeUndefined()
      expect(didWebToUrl(`did:web:a.example:${'.'.repeat(50_000)}`)).toBeUndefined()
      expect(didKeyToMultibase(`did:key:z${long}`)).toBeUndefined()
      expect(isCompactJws(tokens)).toBe(false)
    }
    await expectCheap(50, work)
  })
})
