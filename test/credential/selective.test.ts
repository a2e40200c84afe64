import { Token, Type, decode, encode } from 'cborg'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { sha256 } from '../../src/credential/digest.js'
import { expectCheap } from '../support/cheap.js'
import { AWARDED, badgeValues } from '../support/badges.js'
import {
  p256Key,
  signSelectively,
  signP256,
  toProofValue,
  type Parts,
} from '../support/selective.js'

type Json = Record<string, any>
const issuer = p256Key('an issuer of parts')
const unsigned = (change: (badge: Json) => void = () => undefined) => {
  const badge = structuredClone(
    buildBadge(badgeValues({ issuer: { id: issuer.did, name: 'Lycée DÉMO' } })),
  ) as Json
  change(badge)
  return badge
}
const check = async (document: Json) => {
  const keyOf = (method: string) => method.split('#')[1]
  const results = await checkProofs(document, keyOf, AWARDED)
  return results.map(({ result, code }) => (result === 'pass' ? 'pass' : code))[0]
}
type Change = (parts: Parts) => unknown
const withParts = async (change: Change) =>
  check(await signSelectively(unsigned(), issuer, { change }))

describe('a badge of which its holder shows parts', () => {
  test('is good as it was signed', async () => {
    expect(await withParts((parts) => parts)).toBe('pass')
  })

  test('is good when all, or nothing, had to be shown', async () => {
    for (const isMandatory of [() => true, () => false])
      expect(await check(await signSelectively(unsigned(), issuer, { isMandatory }))).toBe('pass')
  })

  const another = p256Key('another')
  const bytes = (size: number, fill = 7) => new Uint8Array(size).fill(fill)
  const changes: [string, Change][] = [
    ['a signature less', ([a, b, c, d, e]) => [a, b, c.slice(1), d, e]],
    ['a signature more', ([a, b, c, d, e]) => [a, b, [...c, c[0]], d, e]],
    [
      'two signatures changed round',
      ([a, b, [one, two, ...c], d, e]) => [a, b, [two, one, ...c], d, e],
    ],
    ['no signatures', ([a, b, , d, e]) => [a, b, [], d, e]],
    ['a signature of 63 bytes', ([a, b, [, ...c], d, e]) => [a, b, [bytes(63), ...c], d, e]],
    ['a signature of zeros', ([a, b, [, ...c], d, e]) => [a, b, [bytes(64, 0), ...c], d, e]],
    ['a signature out of range', ([a, b, [, ...c], d, e]) => [a, b, [bytes(64, 255), ...c], d, e]],
    ['a base signature of zeros', ([, b, c, d, e]) => [bytes(64, 0), b, c, d, e]],
    ['a base signature of 65 bytes', ([a, b, c, d, e]) => [Uint8Array.of(...a, 0), b, c, d, e]],
    ['the key of somebody else', ([a, , c, d, e]) => [a, another.multikey, c, d, e]],
    [
      'a key off its curve',
      ([a, , c, d, e]) => [a, Uint8Array.of(0x80, 0x24, 2, ...bytes(32, 255)), c, d, e],
    ],
    [
      'a key of another form',
      ([a, b, c, d, e]) => [a, Uint8Array.of(0x80, 0x24, 4, ...b.slice(3)), c, d, e],
    ],
    [
      'a key of another kind',
      ([a, b, c, d, e]) => [a, Uint8Array.of(0xe7, 0x01, ...b.slice(2)), c, d, e],
    ],
    ['a key of 34 bytes', ([a, b, c, d, e]) => [a, b.slice(0, 34), c, d, e]],
    ['names changed round', ([a, b, c, d, e]) => [a, b, c, rotated(d), e]],
    ['a name less', ([a, b, c, d, e]) => [a, b, c, new Map([...d].slice(1)), e]],
    ['a name more', ([a, b, c, d, e]) => [a, b, c, new Map([...d, [99, bytes(32)]]), e]],
    ['a name of 31 bytes', ([a, b, c, d, e]) => [a, b, c, new Map([...d, [0, bytes(31)]]), e]],
    [
      'a name for a text',
      ([a, b, c, d, e]) => [a, b, c, new Map<unknown, unknown>([...d, ['1', bytes(32)]]), e],
    ],
    ['a name below zero', ([a, b, c, d, e]) => [a, b, c, new Map([...d, [-1, bytes(32)]]), e]],
    ['names in a list', ([a, b, c, d, e]) => [a, b, c, [...d.values()], e]],
    ['a place less', ([a, b, c, d, e]) => [a, b, c, d, e.slice(1)]],
    ['a place moved', ([a, b, c, d, e]) => [a, b, c, d, e.map((place) => place + 1)]],
    ['a place twice', ([a, b, c, d, e]) => [a, b, c, d, [...e, ...e]]],
    ['a place that is not there', ([a, b, c, d, e]) => [a, b, c, d, [...e, 4_000]]],
    ['a place below zero', ([a, b, c, d, e]) => [a, b, c, d, [-1, ...e]]],
    ['half a place', ([a, b, c, d, e]) => [a, b, c, d, [0.5, ...e]]],
    ['a part less', (parts) => parts.slice(0, 4)],
    ['a part more', (parts) => [...parts, []]],
    ['no list', (parts) => new Map([[0, parts]])],
  ]
  test.each(changes)('is refused with %s', async (_, change) => {
    expect(await withParts(change)).toBe('proof')
  })

  test('is refused with places in another order, though they are the same', async () => {
    const isMandatory = (quad: string) => quad.includes('#type>')
    const change: Change = ([a, b, c, d, e]) => [a, b, c, d, [...e].reverse()]
    expect(await check(await signSelectively(unsigned(), issuer, { isMandatory }))).toBe('pass')
    const document = await signSelectively(unsigned(), issuer, { isMandatory, change })
    expect(await check(document)).toBe('proof')
  })

  test.each<[string, Parameters<typeof signSelectively>[2]]>([
    ['names of 31 bytes', { label: (index) => sha256(`l${index}`).subarray(1) }],
    [
      'names for texts',
      { change: ([a, b, c, d, e]) => [a, b, c, new Map([...d].map(([k, v]) => [`${k}`, v])), e] },
    ],
    [
      'the place after the last',
      { change: ([a, b, c, d, e]) => [a, b, c, d, [...e, c.length + e.length]] },
    ],
    ['a header of another kind', { change: (parts) => toProofValue(parts, 'd95d02') }],
  ])('is refused with %s, though all was signed so', async (_, choices) => {
    expect(await check(await signSelectively(unsigned(), issuer, choices))).toBe('proof')
  })

  test('PR-16 is refused with more signatures than 64 kB hold', async () => {
    const many = (count: number) =>
      unsigned((badge) => {
        badge.credentialSubject.achievement.tag = Array.from({ length: count }, (_, at) => `t${at}`)
      })
    expect(await check(await signSelectively(many(500), issuer))).toBe('pass')
    expect(await check(await signSelectively(many(800), issuer))).toBe('proof')
  })

  test('is refused when two nodes carry one name: their statements would be of one', async () => {
    const document = await signSelectively(unsigned(), issuer, { label: () => bytes(32) })
    expect(await check(document)).toBe('proof')
  })

  test('is refused when the holder signs every statement anew with a key of their own', async () => {
    const own = p256Key()
    const forged = await signSelectively(unsigned(), issuer, {
      change: ([a, , , d, e], others) => [
        a,
        own.multikey,
        others.map((quad) => signP256(quad, own)),
        d,
        e,
      ],
    })
    expect(await check(forged)).toBe('proof')
  })

  test('is refused with the signature of one statement under another', async () => {
    const other = await signSelectively(
      unsigned((badge) => (badge.credentialSubject.achievement.name = 'Autre')),
      issuer,
    )
    const badge = await signSelectively(unsigned(), issuer)
    expect(await check({ ...badge, proof: other.proof })).toBe('proof')
    expect(await check({ ...other, proof: badge.proof })).toBe('proof')
  })
})

describe('a text that looks like a node', () => {
  const text = 'Voir _:c14n0, « _:c14n1 » et "_:b2" \\ _:c14n0 .\n_:c14n3'
  const quoting = unsigned((badge) => (badge.credentialSubject.achievement.description = text))
  let badge: Json
  beforeAll(async () => {
    badge = await signSelectively(quoting, issuer)
  })

  test('is read as a text', async () => {
    expect(await check(badge)).toBe('pass')
  })

  test.each([
    [text.replace('c14n1', 'c14n2')],
    [text.replace('b2', 'b3')],
    [text.replaceAll('c14n0', 'c14n4')],
  ])('can’t be changed: %s', async (description) => {
    const changed = structuredClone(badge)
    changed.credentialSubject.achievement.description = description
    expect(await check(changed)).toBe('proof')
  })
})

describe('the value of a derived proof', () => {
  let value: string
  let parts: Parts
  beforeAll(async () => {
    const badge = await signSelectively(unsigned(), issuer, {
      change: (made) => void (parts = made),
    })
    value = badge.proof[0].proofValue as string
  })
  const withValue = async (proofValue: unknown) => {
    const badge = await signSelectively(unsigned(), issuer)
    return check({ ...badge, proof: [{ ...badge.proof[0], proofValue }] })
  }
  const spelled = (hex: (cbor: string) => string) => {
    const cbor = Buffer.from(value.slice(1), 'base64url').toString('hex')
    return `u${Buffer.from(hex(cbor), 'hex').toString('base64url')}`
  }

  test('has a base form, which is for its holder alone', async () => {
    expect(await withValue(toProofValue(parts, 'd95d00'))).toBe('base_proof')
  })

  test('has one spelling', async () => {
    const badge = await signSelectively(unsigned(), issuer, {
      change: (made) => void (parts = made),
    })
    const same = (proofValue: string) =>
      check({ ...badge, proof: [{ ...badge.proof[0], proofValue }] })
    value = badge.proof[0].proofValue as string
    expect(await same(value)).toBe('pass')
    const tagged = encode(parts, {
      typeEncoders: {
        Uint8Array: (one: Uint8Array) => [new Token(Type.tag, 64), new Token(Type.bytes, one)],
      },
    })
    for (const other of [
      `${value}=`,
      `${value}\n`,
      `${value}A`,
      value.replace(/^u/, 'z'),
      value.replace(/^u/, 'U'),
      value.slice(1),
      // A list without a length, and one whose length takes more bytes than it needs.
      spelled((hex) => `${hex.replace('d95d0185', 'd95d019f')}ff`),
      spelled((hex) => hex.replace('d95d0185', 'd95d019805')),
      spelled((hex) => hex.replace('d95d0185', 'da00005d0185')),
      spelled((hex) => hex.replace('d95d01855840', 'd95d0185590040')),
      spelled((hex) => `${hex}00`),
      spelled((hex) => hex.slice(0, -2)),
      spelled((hex) => hex.slice('d95d01'.length)),
      `u${Buffer.concat([Buffer.from('d95d01', 'hex'), tagged]).toString('base64url')}`,
    ])
      expect(await same(other), other.slice(0, 20)).toBe('proof')
  })

  test('that says one name twice is refused', async () => {
    const [, , , labels] = parts
    const size = labels.size
    const map = Buffer.from(encode(labels))
    const twice = Buffer.concat([Buffer.of(0xa0 + size + 1), map.subarray(1), map.subarray(1, 36)])
    const whole = Buffer.from(value.slice(1), 'base64url')
    const at = whole.indexOf(map)
    const spelt = Buffer.concat([whole.subarray(0, at), twice, whole.subarray(at + map.length)])
    expect((decode(spelt.subarray(3), { useMaps: true }) as Parts)[3].size).toBe(size)
    expect(await withValue(`u${spelt.toString('base64url')}`)).toBe('proof')
  })

  test.each([
    ['nothing', ''],
    ['u alone', 'u'],
    ['a header alone', 'u2V0B'],
    ['a number', 7],
    ['no value', undefined],
    ['PR-16 200,000 letters', `u${'2'.repeat(200_000)}`],
    ['lists in lists', `u2V0B${Buffer.alloc(48_000, 0x81).toString('base64url')}`],
    [
      'a list of four thousand million',
      `u2V0B${Buffer.from('9affffffff', 'hex').toString('base64url')}`,
    ],
    [
      'bytes that are not there',
      `u2V0B${Buffer.from('855b7fffffffffffffff', 'hex').toString('base64url')}`,
    ],
  ])('%s is refused at once', async (_, proofValue) => {
    expect(await withValue(proofValue)).toBe('proof')
    await expectCheap(1_000, () => withValue(proofValue))
  })
})

function rotated(labels: Map<number, Uint8Array>): Map<number, Uint8Array> {
  const values = [...labels.values()]
  return new Map([...labels.keys()].map((key, at) => [key, values[(at + 1) % values.length]!]))
}
