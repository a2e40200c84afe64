import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bakePng, unbakePng } from '../../../src/credential/bake-png.js'
import { bakeSvg, unbakeSvg } from '../../../src/credential/bake-svg.js'
import { claimsMatch, isCompactJws, readJws } from '../../../src/credential/check-jws.js'
import { didKeyToMultibase, didWebToUrl } from '../../../src/credential/did.js'
import { guardBadge } from '../../../src/credential/guard.js'
import { fromBase58, toBase58 } from '../../../src/credential/multibase.js'
import { readMultikey } from '../../../src/credential/multikey.js'
import { decodeStatusList, valueAt } from '../../../src/credential/status-list.js'
import { readStrictJson } from '../../../src/credential/strict-json.js'
import { DomainError } from '../../../src/errors.js'
import { readAsked } from '../../../src/verifier/asked.js'
import { readBadge } from '../../../src/verifier/read-input.js'
import { tokenOf } from '../agreement/badges.js'
import { reportOn } from '../../support/fresh.js'
import { freshBadge } from '../../support/fresh.js'
import { edit, placesOf } from '../../support/leaves.js'
import { lookupsOf } from '../../support/lookups.js'
import { toInstant } from '../../../src/credential/instant.js'

/** Ten thousand in `npm run test:deep`. */
const RUNS = Number(process.env.SCEAU_PROPERTY_RUNS ?? 300)
const SEED = 20_260_615
const MINUTES = 10 * 60_000

type Made = Awaited<ReturnType<typeof freshBadge>>
let genuine: Made
let text: string
let token: string
let png: Buffer
let svg: string
let before: number
beforeAll(async () => {
  genuine = await freshBadge()
  text = JSON.stringify(genuine.badge)
  token = await tokenOf(genuine.signer, { ...genuine.badge, proof: undefined })
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  png = bakePng(await picture.png().toBuffer(), text)
  svg = bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>', text)
  await verify(text)
  collectGarbage()
  before = process.memoryUsage().heapUsed
})
afterAll(() => {
  expect(({} as any).polluted).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
  // What is still held when nobody needs it any more would be a leak.
  collectGarbage()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 << 20)
})

const verify = (input: unknown) => reportOn(input, lookupsOf({ lists: genuine.lists }))

function collectGarbage(): void {
  setFlagsFromString('--expose_gc')
  ;(runInNewContext('gc') as () => void)()
}

/** No input may cost a second of processor time, or 256 MiB. */
async function cheaply<Answer>(work: () => Answer): Promise<Awaited<Answer>> {
  const [start, memory] = [process.cpuUsage(), process.memoryUsage.rss()]
  const answer = await work()
  const { user, system } = process.cpuUsage(start)
  expect(process.memoryUsage.rss() - memory).toBeLessThan(256 << 20)
  expect((user + system) / 1e6).toBeLessThan(1)
  return answer
}
/** The property, for as many values as the run has time for. */
const always = <One>(arbitrary: fc.Arbitrary<One>, holds: (one: One) => unknown, share = 1) =>
  fc.assert(
    fc.asyncProperty(arbitrary, async (one) => {
      await cheaply(() => holds(one))
    }),
    { numRuns: Math.ceil(RUNS * share), seed: SEED },
  )

const wild = fc.string({ unit: 'binary', maxLength: 200 })
/** Words and signs that mean something to a reader of badges. */
const telling = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '@context',
  '@id',
  '@graph',
  '@nest',
  'id',
  'type',
  'proof',
  'issuer',
  'credentialSubject',
  'achievement',
  'credentialStatus',
  'polluted',
)
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    wild,
    telling,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(telling, wild), tie('any'), { maxKeys: 5 }),
  ),
})).any

/** A good badge with a few places replaced by anything. */
const nearBadge = fc
  .array(fc.tuple(fc.nat(10_000), fc.option(value, { nil: undefined })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((changes) => () => {
    const document = structuredClone(genuine.badge)
    for (const [pick, other] of changes) {
      const places = placesOf(document)
      const place = places[pick % places.length]
      if (place) edit(document, place, () => other)
    }
    return document
  })
/** A good text or file with a few bytes replaced, cut out or put in. */
const nearBytes = (of: () => string | Uint8Array) =>
  fc
    .array(fc.tuple(fc.nat(1_000_000), fc.uint8Array({ maxLength: 6 }), fc.nat(8)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => () => {
      let bytes = Buffer.from(of())
      for (const [pick, put, cut] of changes) {
        const at = pick % (bytes.length + 1)
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
      }
      return bytes
    })

async function answers(input: unknown): Promise<void> {
  const report = await verify(input)
  expect(['valid', 'invalid', 'indeterminate']).toContain(report.verdict)
  // Nothing of a badge is shown before its signature is good.
  if (report.checks.find(({ name }) => name === 'proof')?.result !== 'pass')
    expect(report.badge).toBeNull()
}

describe('whatever comes in, an answer goes out, at a small price', () => {
  test('any bytes', () => always(fc.uint8Array({ maxLength: 4_000 }), answers), MINUTES)
  test('any text', () => always(wild, answers), MINUTES)
  test('any JSON', () => always(value, (one) => answers(JSON.stringify(one) ?? '')), MINUTES)
  test(
    'a badge with a few other values',
    () => always(nearBadge, (make) => answers(make())),
    MINUTES,
  )
  test(
    'a badge with a few other bytes',
    () =>
      always(
        nearBytes(() => text),
        (make) => answers(make()),
      ),
    MINUTES,
  )
  test(
    'a token with a few other bytes',
    () =>
      always(
        nearBytes(() => token),
        (make) => answers(make()),
      ),
    MINUTES,
  )
  test(
    'a PNG with a few other bytes',
    () =>
      always(
        nearBytes(() => png),
        (make) => answers(make()),
      ),
    MINUTES,
  )
  test(
    'an SVG with a few other bytes',
    () =>
      always(
        nearBytes(() => svg),
        (make) => answers(make()),
      ),
    MINUTES,
  )

  test('a badge with a value inside that reaches for every object', async () => {
    const hostile = text.replace('{', '{"__proto__":{"polluted":true},')
    await answers(hostile)
    await answers(text.replace('"proof":', '"constructor":{"prototype":{"polluted":1}},"proof":'))
    expect(({} as any).polluted).toBeUndefined()
  })
})

describe('a value that can’t be written as text', () => {
  const NO_TEXT = { toString: null, valueOf: null }

  test('is an answer, wherever it stands in a badge', async () => {
    for (const badge of withInstead(JSON.parse(text), NO_TEXT)) await answers(JSON.stringify(badge))
  })

  test('is one as its context, its type, or in an older badge', async () => {
    for (const older of [
      { '@context': NO_TEXT },
      { '@context': [NO_TEXT], type: 'Assertion' },
      ...withInstead(OLDER, NO_TEXT),
    ])
      await answers(JSON.stringify(older))
  })
})

const OLDER = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://badges.example.org/assertions/1',
  badge: 'https://badges.example.org/classes/1',
  recipient: { type: 'email', hashed: true, identity: 'sha256$00' },
  verification: { type: 'HostedBadge' },
  issuedOn: '2026-01-01T00:00:00Z',
}

/** A document with another value in the place of each of its values, one at a time. */
function* withInstead(of: unknown, instead: unknown): Generator<unknown> {
  yield instead
  if (typeof of !== 'object' || of === null) return
  for (const [key, value] of Object.entries(of))
    for (const changed of withInstead(value, instead))
      yield Array.isArray(of) ? of.with(Number(key), changed) : { ...of, [key]: changed }
}

describe('each reader by itself', () => {
  test(
    'a question is a question, or refused in words of ours',
    () =>
      always(
        fc.oneof(
          fc.uint8Array({ maxLength: 500 }),
          value.map((one) => Buffer.from(JSON.stringify({ credential: one }) ?? '')),
          value.map((one) => Buffer.from(JSON.stringify(one) ?? '')),
        ),
        (bytes) => {
          try {
            const asked = readAsked(bytes)
            expect(Object.keys(asked)).toHaveLength(1)
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError)
          }
        },
      ),
    MINUTES,
  )

  test(
    'bytes are told apart, however they begin',
    () =>
      always(
        fc.tuple(
          fc.constantFrom('', '{', '[', '<svg ', '<?xml ', '<!DOCTYPE ', 'eyJ'),
          fc.uint8Array({ maxLength: 2_000 }),
        ),
        async ([start, bytes]) =>
          expect(await readBadge(Buffer.concat([Buffer.from(start), bytes]))).toBeTypeOf('object'),
      ),
    MINUTES,
  )

  test(
    'strict JSON reads what a parser reads, or refuses it',
    () =>
      always(value, (one) => {
        const json = JSON.stringify(one) ?? ''
        const read = readStrictJson(json)
        if (read.ok) expect(read.value).toEqual(JSON.parse(json))
        else expect(read.fault.words.fr).not.toBe('')
      }),
    MINUTES,
  )

  test(
    'strict JSON agrees with a parser on what is JSON at all',
    () =>
      always(
        nearBytes(() => text),
        (make) => {
          const written = make().toString('utf8')
          const read = readStrictJson(written)
          if (read.ok) expect(() => JSON.parse(written.replace(/^\ufeff/, ''))).not.toThrow()
        },
      ),
    MINUTES,
  )

  test(
    'the guard finds faults in anything, and throws at nothing',
    () =>
      always(value, (one) => {
        for (const root of ['AchievementCredential', 'EndorsementCredential', 'StatusList'])
          expect(guardBadge(one, root).length).toBeGreaterThan(0)
      }),
    MINUTES,
  )

  test(
    'images hold one badge or a reason',
    () =>
      always(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(unbakePng(Buffer.concat([png.subarray(0, 8), bytes]))).toEqual({ kind: 'png' })
        expect(unbakeSvg(Buffer.from(bytes).toString('latin1')).kind).not.toBe('credential')
      }),
    MINUTES,
  )

  test(
    'a token is taken apart, or refused by a code',
    () =>
      always(
        fc.oneof(
          wild,
          nearBytes(() => token).map((make) => make().toString('latin1')),
        ),
        (jws) => {
          const read = readJws(jws)
          if (typeof read === 'string') expect(['structure', 'alg', 'type']).toContain(read)
          else expect([isCompactJws(jws), typeof claimsMatch(read)]).toEqual([true, 'boolean'])
        },
      ),
    MINUTES,
  )

  const did = fc.oneof(
    wild,
    fc
      .tuple(fc.constantFrom('did:web:', 'did:key:', 'did:key:z', 'did:web:a.example:'), wild)
      .map((parts) => parts.join('')),
    fc.webAuthority().map((host) => `did:web:${host}`),
  )
  test(
    'a did:web is an https address of a public name, or nothing',
    () =>
      always(did, (name) => {
        const url = didWebToUrl(name)
        if (url !== undefined) {
          const { protocol, hostname, username, pathname, search, hash } = new URL(url)
          expect([protocol, username, search, hash]).toEqual(['https:', '', '', ''])
          expect(hostname).toMatch(/^[a-z0-9.-]+\.[a-z][a-z0-9-]*$/)
          expect(pathname).toMatch(/\/did\.json$/)
          expect(url).toBe(new URL(url).href.replace(/:443(?=\/)/, ''))
        }
        expect(didKeyToMultibase(name) ?? 'z').toMatch(/^z/)
      }),
    MINUTES,
  )

  test(
    'a key is a key, or refused by a code',
    () =>
      always(
        fc.oneof(
          wild,
          fc.uint8Array({ maxLength: 60 }).map((bytes) => `z${toBase58(bytes)}`),
        ),
        (multibase) => {
          const read = readMultikey(multibase)
          if (typeof read === 'string')
            expect(['key_syntax', 'key_type', 'weak_key']).toContain(read)
          else expect(read.key.type).toBe('public')
        },
      ),
    MINUTES,
  )

  test(
    'base58 comes back as it went in; a text that is too long is never begun',
    () =>
      always(fc.oneof(wild, fc.uint8Array({ maxLength: 90 }).map(toBase58)), (written) => {
        const bytes = fromBase58(written, 136)
        if (bytes) expect(toBase58(bytes)).toBe(written)
        expect(fromBase58('2'.repeat(1_000_000), 136)).toBeUndefined()
      }),
    MINUTES,
  )

  test(
    'a status list has bits, or a code; a place outside it has none',
    () =>
      always(
        fc.oneof(
          wild,
          fc.base64String({ maxLength: 400 }).map((packed) => `uH4s${packed}`),
        ),
        (encoded) => {
          const bits = decodeStatusList(encoded)
          if (typeof bits === 'string')
            expect(['status_untrusted', 'status_length']).toContain(bits)
          else expect(valueAt(bits, bits.length * 8, 1)).toBeUndefined()
        },
      ),
    MINUTES,
  )

  test(
    'an instant is a number, NaN, or none',
    () =>
      always(fc.oneof(wild, value, fc.date().map(String)), (one) => {
        expect(['number', 'undefined']).toContain(typeof toInstant(one))
      }),
    MINUTES,
  )
})
