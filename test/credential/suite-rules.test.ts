import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toBase58 } from '../../src/credential/multibase.js'
import type { KeyType } from '../../src/credential/multikey.js'
import { digestFor, isSignedBy, quadsOf, type Signed } from '../../src/credential/suites/suite.js'
import { ALL_SUITES, BADGE_SUITES, SUITES, suiteNameOf } from '../../src/credential/suites/table.js'
import { asGraph, asJson, signsWhole } from '../../src/credential/suites/whole-document.js'
import { DomainError } from '../../src/errors.js'

type Json = Record<string, any>
type Pair = { publicKey: KeyObject; privateKey: KeyObject }
const PAIRS: Record<KeyType, Pair> = {
  Ed25519: generateKeyPairSync('ed25519'),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
}
const TYPES = Object.keys(PAIRS) as KeyType[]
const keyOf = (type: KeyType) => ({ type, key: PAIRS[type].publicKey })
const HASHES = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384' } as const
const signWith = (type: KeyType, bytes: Uint8Array | string) =>
  new Uint8Array(
    sign(HASHES[type], Buffer.from(bytes), {
      key: PAIRS[type].privateKey,
      dsaEncoding: 'ieee-p1363',
    }),
  )
const overloaded = new DomainError('overloaded', { fr: 'Trop.', en: 'Too much.' })

describe('one signature', () => {
  test.each(TYPES)('of %s is good for its bytes and its key alone', (type) => {
    const signature = signWith(type, 'abc')
    expect(isSignedBy(keyOf(type), Buffer.from('abc'), signature)).toBe(true)
    expect(isSignedBy(keyOf(type), Buffer.from('abd'), signature)).toBe(false)
    const others = TYPES.filter((other) => other !== type)
    for (const other of others)
      expect(isSignedBy(keyOf(other), Buffer.from('abc'), signature)).toBe(false)
  })

  test('is hashed by the size of its key', () => {
    expect(TYPES.map(digestFor)).toEqual(['sha256', 'sha256', 'sha384'])
  })
})

describe('the canonical form', () => {
  const of = (canonize: Signed['canonize']) => quadsOf({ canonize }, {}, 'sha256')

  test('is none for a document without one, or of nothing', async () => {
    expect(await of(async () => 'quads')).toBe('quads')
    expect(await of(async () => '')).toBeUndefined()
    expect(await of(async () => Promise.reject(new Error('no term')))).toBeUndefined()
  })

  test('that could not be made now is no answer', async () => {
    await expect(of(async () => Promise.reject(overloaded))).rejects.toBe(overloaded)
  })
})

describe('the suites', () => {
  test('are six, four of them for badges, each with its keys', () => {
    expect(Object.fromEntries(ALL_SUITES.map((name) => [name, SUITES[name].keys]))).toEqual({
      'eddsa-rdfc-2022': ['Ed25519'],
      'ecdsa-rdfc-2019': ['P-256', 'P-384'],
      'ecdsa-sd-2023': ['P-256'],
      Ed25519Signature2020: ['Ed25519'],
      'eddsa-jcs-2022': ['Ed25519'],
      'ecdsa-jcs-2019': ['P-256', 'P-384'],
    })
    expect(BADGE_SUITES).toEqual(ALL_SUITES.filter((name) => !name.includes('jcs')))
  })

  test('go by their name, the older one by its type', () => {
    const type = 'DataIntegrityProof'
    for (const cryptosuite of ALL_SUITES)
      expect(suiteNameOf({ type, cryptosuite })).toBe(
        cryptosuite === 'Ed25519Signature2020' ? undefined : cryptosuite,
      )
    expect(suiteNameOf({ type: 'Ed25519Signature2020' })).toBe('Ed25519Signature2020')
    for (const cryptosuite of ['Ed25519Signature2020', 'eddsa-rdfc-2022', null, ''])
      expect(suiteNameOf({ type: 'Ed25519Signature2020', cryptosuite })).toBeUndefined()
    for (const other of ['Proof', '', undefined, ['DataIntegrityProof']])
      expect(suiteNameOf({ type: other, cryptosuite: 'eddsa-rdfc-2022' })).toBeUndefined()
    for (const cryptosuite of ['toString', '', undefined, ['eddsa-rdfc-2022']])
      expect(suiteNameOf({ type, cryptosuite })).toBeUndefined()
  })
})

describe('a signature over a whole document', () => {
  const suite = signsWhole(TYPES, async () => ({ options: 'o', document: 'd' }))
  const spelled = (signature: Uint8Array) => `z${toBase58(signature)}`
  const base = { document: {}, options: {}, canonize: async () => 'x' }
  const signed = async (type: KeyType, proofValue: unknown) =>
    suite.faultOf({ ...base, key: keyOf(type), proofValue })

  test.each(TYPES)(
    'of %s covers the hashes of options and document, in that order',
    async (type) => {
      const hash = async (text: string) =>
        Buffer.from(
          await crypto.subtle.digest(type === 'P-384' ? 'SHA-384' : 'SHA-256', Buffer.from(text)),
        )
      const [o, d] = await Promise.all(['o', 'd'].map(hash))
      const over = (...hashes: (Buffer | undefined)[]) =>
        signWith(type, Buffer.concat(hashes.filter((one) => one !== undefined)))
      const good = over(o, d)
      expect(await signed(type, spelled(good))).toBeUndefined()
      for (const other of [over(d, o), over(d), over(o), over(o, d, o)])
        expect(await signed(type, spelled(other))).toBe('proof')
      for (const value of [
        `Z${toBase58(good)}`,
        `u${toBase58(good)}`,
        toBase58(good),
        spelled(good.subarray(1)),
        spelled(Uint8Array.of(...good, 0)),
        `${spelled(good)}0`,
        `z${'1'.repeat(100_000)}`,
        'z',
        '',
        undefined,
        null,
        7,
        [spelled(good)],
      ])
        expect(await signed(type, value), String(value).slice(0, 9)).toBe('proof')
    },
  )

  test('hands on why there is nothing to sign', async () => {
    const failing = signsWhole(TYPES, async () => 'undefined_term')
    const proofValue = spelled(new Uint8Array(64))
    expect(await failing.faultOf({ ...base, key: keyOf('P-256'), proofValue })).toBe(
      'undefined_term',
    )
    expect(await failing.faultOf({ ...base, key: keyOf('P-384'), proofValue })).toBe('proof')
  })
})

describe('the two texts of a signature', () => {
  const document = { '@context': ['a', 'b'], id: 'urn:x' }
  const around = { proofValue: '', key: keyOf('P-256') }
  const form = (as: typeof asGraph, options: Json, changes: Partial<Signed> = {}) =>
    as(
      { ...around, document, options, canonize: async (one) => JSON.stringify(one), ...changes },
      'sha256',
    )

  test('as a graph: the options under the context of the document', async () => {
    const asked: unknown[] = []
    const canonize: Signed['canonize'] = async (one, digest) => (
      asked.push(digest),
      JSON.stringify(one)
    )
    expect(await form(asGraph, { type: 'T', '@context': ['other'] }, { canonize })).toEqual({
      document: JSON.stringify(document),
      options: JSON.stringify({ type: 'T', '@context': ['a', 'b'] }),
    })
    expect(asked).toEqual(['sha256', 'sha256'])
    const without =
      (key: string): Signed['canonize'] =>
      async (one) =>
        key in one ? '' : 'quads'
    expect(await form(asGraph, { type: 'T' }, { canonize: without('id') })).toBe('undefined_term')
    expect(await form(asGraph, { type: 'T' }, { canonize: without('type') })).toBe('proof')
  })

  test('as JSON: sorted, and under the contexts of the proof, if it names any', async () => {
    expect(await form(asJson, { type: 'T', a: 1 })).toEqual({
      options: '{"a":1,"type":"T"}',
      document: '{"@context":["a","b"],"id":"urn:x"}',
    })
    expect(await form(asJson, { '@context': ['a'] })).toEqual({
      options: '{"@context":["a"]}',
      document: '{"@context":["a"],"id":"urn:x"}',
    })
    expect(await form(asJson, { '@context': 'a' })).toMatchObject({
      document: '{"@context":"a","id":"urn:x"}',
    })
    const single = { document: { '@context': 'a' } }
    expect(await form(asJson, { '@context': ['a'] }, single)).toMatchObject({
      document: '{"@context":["a"]}',
    })
    expect(await form(asJson, {}, { document: { id: 'x' } })).toMatchObject({
      document: '{"id":"x"}',
    })
  })

  test.each([[['b']], [['b', 'a']], [['a', 'b', 'c']], ['b'], [[{ a: 1 }]], [[['a']]]])(
    'as JSON: a proof under %j is of another document',
    async (context) => {
      expect(await form(asJson, { '@context': context })).toBe('proof')
      const none = { document: { id: 'urn:x' } }
      expect(await form(asJson, { '@context': context }, none)).toBe('proof')
    },
  )

  test('as JSON: contexts are compared by what they say', async () => {
    const inline = { document: { '@context': ['a', { x: 1, y: 2 }] } }
    expect(await form(asJson, { '@context': ['a', { y: 2, x: 1 }] }, inline)).toBeTypeOf('object')
    expect(await form(asJson, { '@context': ['a', { y: 2, x: 2 }] }, inline)).toBe('proof')
  })

  test('as JSON: what has no JSON text can’t have been signed', async () => {
    expect(await form(asJson, { created: NaN })).toBe('proof')
    expect(await form(asJson, {}, { document: { a: Infinity } })).toBe('proof')
  })
})
