import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { encode } from 'cborg'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/credential/digest.js'
import { readDerivedProof } from '../../src/credential/suites/derived-proof.js'
import { selective } from '../../src/credential/suites/ecdsa-sd-2023.js'
import type { Signed } from '../../src/credential/suites/suite.js'

type Json = Record<string, any>
type Pair = { publicKey: KeyObject; privateKey: KeyObject }
const ISSUER = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY = { type: 'P-256', key: ISSUER.publicKey } as const
const signP256 = (bytes: Uint8Array | string, { privateKey }: Pair) =>
  new Uint8Array(sign('sha256', Buffer.from(bytes), { key: privateKey, dsaEncoding: 'ieee-p1363' }))

/** A P-256 key as Multikey bytes. */
function multikeyOf({ publicKey }: Pair): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const odd = Buffer.from(y, 'base64url').at(-1)! & 1
  return Uint8Array.from([0x80, 0x24, 2 + odd, ...Buffer.from(x, 'base64url')])
}
const spell = (parts: unknown, header = 'd95d01') =>
  `u${Buffer.concat([Buffer.from(header, 'hex'), encode(parts)]).toString('base64url')}`
const bytes = (size: number, fill = 7) => new Uint8Array(size).fill(fill)

describe('a derived proof is read', () => {
  const label = bytes(32, 1)
  const parts = [bytes(64), bytes(35), [bytes(64)], new Map([[0, label]]), [0, 2]]
  const withPart = (at: number, value: unknown) => spell(parts.with(at, value as never))

  test('with its five parts', () => {
    expect(readDerivedProof(spell(parts))).toEqual({
      baseSignature: bytes(64),
      publicKey: bytes(35),
      signatures: [bytes(64)],
      labels: new Map([['_:c14n0', `_:u${Buffer.from(label).toString('base64url')}`]]),
      mandatory: [0, 2],
    })
    const bare = spell([bytes(64), bytes(35), [], new Map(), []])
    expect(readDerivedProof(bare)).toMatchObject({ signatures: [], mandatory: [] })
  })

  test.each<[string, unknown]>([
    ['a short base signature', withPart(0, bytes(63))],
    ['a text for it', withPart(0, 'x'.repeat(64))],
    ['a list for it', withPart(0, Array(64).fill(7))],
    ['a short key', withPart(1, bytes(34))],
    ['a long signature', withPart(2, [bytes(64), bytes(65)])],
    ['one signature for a list', withPart(2, bytes(64))],
    ['a short name', withPart(3, new Map([[0, bytes(31)]]))],
    ['a name below zero', withPart(3, new Map([[-1, label]]))],
    ['a name of a text', withPart(3, new Map([['0', label]]))],
    [
      'a name twice',
      withPart(
        3,
        new Map([
          [0, label],
          [1, label],
        ]),
      ),
    ],
    ['no names', withPart(3, [])],
    ['places down', withPart(4, [2, 0])],
    ['a place twice', withPart(4, [1, 1])],
    ['a place below zero', withPart(4, [-1])],
    ['half a place', withPart(4, [0.5])],
    ['a place beyond all numbers', withPart(4, [2n ** 60n])],
    ['a place for a list', withPart(4, 1)],
    ['a part less', spell(parts.slice(0, 4))],
    ['a part more', spell([...parts, 0])],
    ['another header', spell(parts, 'd95d02')],
    ['a short header', 'u2V0'],
    ['another base', spell(parts).replace('u', 'z')],
    ['no base', spell(parts).slice(1)],
    ['a letter more', `${spell(parts)}A`],
    ['a padding', `${spell(parts)}=`],
    ['a number', 7],
    ['nothing', undefined],
    ['nothing at all', ''],
  ])('and refused with %s', (_, value) => {
    expect(readDerivedProof(value)).toBeUndefined()
  })

  test('and refused as what its holder alone should have', () => {
    expect(readDerivedProof(spell(parts, 'd95d00'))).toBe('base_proof')
  })

  test('in one spelling of its numbers and lists', () => {
    const hex = Buffer.from(spell(parts).slice(1), 'base64url').toString('hex')
    const spelled = (other: string) => `u${Buffer.from(other, 'hex').toString('base64url')}`
    expect(readDerivedProof(spelled(hex))).toBeTypeOf('object')
    for (const other of [
      `${hex.replace('d95d0185', 'd95d019f')}ff`,
      hex.replace('d95d0185', 'd95d019805'),
      hex.replace('d95d01855840', 'd95d0185590040'),
      hex.replace(/820002$/, '82001802'),
      hex.replace(/820002$/, '8200f7'),
      hex.replace(/820002$/, '8200f97c00'),
      hex.replace(/820002$/, '8200f97e00'),
      hex.replace(/820002$/, '82001b7fffffffffffffff'),
      `${hex}00`,
      hex.slice(0, -2),
    ]) {
      expect(other).not.toBe(hex)
      expect(readDerivedProof(spelled(other)), other.slice(-12)).toBeUndefined()
    }
  })

  test('up to 64 kB of letters, which is more than any badge needs', () => {
    const many = parts.with(2, Array(742).fill(bytes(64)) as never)
    const places = Array.from({ length: 16 }, (_, at) => 24 + at)
    const fits = spell(many.with(4, places))
    const does = spell(many.with(4, places.with(15, 256)))
    expect([fits.length, does.length]).toEqual([65_536, 65_537])
    expect(readDerivedProof(fits)).toBeTypeOf('object')
    expect(readDerivedProof(does)).toBeUndefined()
  })
})

describe('a document of which parts are shown', () => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const LABELS = [bytes(32, 9), bytes(32, 3)]
  const [n0, n1] = LABELS.map((label) => `_:u${Buffer.from(label).toString('base64url')}`)
  /** As it is here, and as it was signed: other names, so another order. */
  const HERE = [
    '<urn:s> <urn:p> _:c14n0 .\n',
    '_:c14n0 <urn:q> "_:c14n1 \\"said\\" _:c14n0 ."@fr .\n',
    '_:c14n0 <urn:q> "7"^^<urn:t> _:c14n1 .\n',
    '_:c14n1 <urn:q> <urn:o> <urn:g> .\n',
  ].join('')
  const THERE = [
    `<urn:s> <urn:p> ${n0} .\n`,
    `${n0} <urn:q> "_:c14n1 \\"said\\" _:c14n0 ."@fr .\n`,
    `${n0} <urn:q> "7"^^<urn:t> ${n1} .\n`,
    `${n1} <urn:q> <urn:o> <urn:g> .\n`,
  ].sort()
  const OPTIONS = { type: 'DataIntegrityProof', created: 'x' }
  const CONTEXT = ['c']
  type Choices = {
    here?: string
    there?: string[]
    mandatory?: number[]
    options?: Json
    change?: (parts: unknown[]) => unknown[]
    canonize?: Signed['canonize']
    multikey?: Uint8Array
  }
  const faultOf = async (choices: Choices = {}) => {
    const { here = HERE, there = THERE, mandatory = [0, 1], change = (parts) => parts } = choices
    const multikey = choices.multikey ?? multikeyOf(own)
    const options = choices.options ?? OPTIONS
    const text = JSON.stringify({ ...options, '@context': CONTEXT })
    const musts = there.filter((_, at) => mandatory.includes(at))
    const base = Buffer.concat([sha256(text), multikey, sha256(musts.join(''))])
    const parts = [
      signP256(base, ISSUER),
      multikey,
      there.filter((_, at) => !mandatory.includes(at)).map((quad) => signP256(quad, own)),
      new Map(LABELS.map((label, index) => [index, label])),
      mandatory,
    ]
    return selective.faultOf({
      document: { '@context': CONTEXT, id: 'urn:s' },
      options,
      proofValue: spell(change(parts)),
      key: KEY,
      canonize:
        choices.canonize ??
        (async (one, digest) =>
          digest === 'sha256' ? ('id' in one ? here : JSON.stringify(one)) : 'another hash'),
    })
  }

  test('is good, whichever of them had to be shown', async () => {
    for (const mandatory of [[0, 1], [], [0, 1, 2, 3], [3], [0, 2]])
      expect(await faultOf({ mandatory }), String(mandatory)).toBeUndefined()
  })

  test('has no meaning for a chain, nor without a canonical form', async () => {
    expect(await faultOf({ options: { ...OPTIONS, previousProof: 'x' } })).toBe('proof')
    expect(await faultOf({ options: { ...OPTIONS, previousProof: undefined } })).toBe('proof')
    expect(await faultOf({ canonize: async () => '' })).toBe('undefined_term')
    expect(await faultOf({ canonize: async (one) => ('id' in one ? HERE : '') })).toBe('proof')
  })

  test.each<[string, Choices]>([
    ['a statement changed', { here: HERE.replace('"7"', '"8"') }],
    ['a text changed', { here: HERE.replace('said', 'sad') }],
    ['a name in a text changed', { here: HERE.replace('"_:c14n1', '"_:c14n0') }],
    ['a statement that had to be shown gone', { here: HERE.replace(/^.*\n/, '') }],
    ['a statement more', { here: `${HERE}<urn:s> <urn:p> <urn:evil> .\n` }],
    ['a statement that is none', { here: `${HERE}<urn:s> <urn:p> .\n` }],
    ['a statement with a word more', { here: `${HERE}<urn:s> <urn:p> <urn:o> <urn:g> x .\n` }],
    ['a statement before its begin', { here: `x ${HERE}` }],
    ['a node without a signed name', { here: HERE.replaceAll('c14n1', 'c14n2') }],
    ['a name of no node', { here: HERE.replaceAll('_:c14n1', '<urn:x>') }],
    ['a place behind the last', { change: (parts) => parts.with(4, [0, 1, 4]) }],
    ['another place', { change: (parts) => parts.with(4, [0, 2]) }],
    ['a place less', { change: (parts) => parts.with(4, [0]) }],
    ['a signature less', { change: (parts) => parts.with(2, (parts[2] as []).slice(1)) }],
    ['a signature more', { change: (parts) => parts.with(2, [...(parts[2] as []), bytes(64)]) }],
    [
      'one bad signature',
      { change: (parts) => parts.with(2, (parts[2] as []).with(0, bytes(64) as never)) },
    ],
    ['a bad base signature', { change: (parts) => parts.with(0, bytes(64)) }],
    ['the key of somebody else', { change: (parts) => parts.with(1, multikeyOf(ISSUER)) }],
    ['a key off its curve', { multikey: Uint8Array.of(0x80, 0x24, 5, ...bytes(32)) }],
    ['no list', { change: () => [] }],
  ])('is refused with %s', async (_, choices) => {
    expect(await faultOf(choices)).toBe('proof')
  })

  test('is refused with a place behind the last, though all was signed so', async () => {
    const musts = { mandatory: [0, 1, 4] }
    expect(await faultOf(musts)).toBe('proof')
  })

  test('is refused with a node without a name, though it was signed as one of no name', async () => {
    const there = THERE.map((quad) => quad.replace(String(n1), ''))
    const here = HERE.replaceAll(/^(.*)_:c14n1/gm, '$1_:c14n2')
    const both = { here, there: there.sort(), mandatory: [0, 1, 2, 3] }
    expect(await faultOf(both)).toBe('proof')
  })

  test('is refused with a name of no node beside all others', async () => {
    const labels = new Map([...LABELS, bytes(32, 5)].map((label, index) => [index, label]))
    expect(await faultOf({ change: (parts) => parts.with(3, labels) })).toBe('proof')
  })

  test('is refused with a document key of another kind, though its base is signed so', async () => {
    const short = Uint8Array.of(0xed, 0x01, ...bytes(33))
    const ed25519 = { multikey: short, mandatory: [0, 1, 2, 3] }
    expect(await faultOf(ed25519)).toBe('proof')
    const offCurve = {
      multikey: Uint8Array.of(0x80, 0x24, 5, ...bytes(32)),
      mandatory: [0, 1, 2, 3],
    }
    expect(await faultOf(offCurve)).toBe('proof')
  })

  test('shows its base form to nobody', async () => {
    const base = { proofValue: spell([], 'd95d00'), document: {}, options: {} }
    const signed = { ...base, key: KEY, canonize: async () => 'x' }
    expect(await selective.faultOf(signed)).toBe('base_proof')
  })
})
