import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/credential/digest.js'
import { decodeStatusList, encodeStatusList } from '../../src/credential/status-list.js'
import { lookForList } from '../../src/verifier/believed-list.js'
import type { IssuerKey, Looked, Lookups } from '../../src/verifier/lookups.js'
import {
  KEY,
  LIST,
  lookupsWith,
  NOW,
  proofOf,
  quickWork,
  signed,
  signer,
  stranger,
  unsigned,
  WEB,
} from '../support/quick-lists.js'

type Json = Record<string, any>
const after = (ms: number) => new Date(NOW.getTime() + ms)

type Given = {
  keys?: IssuerKey[]
  now?: Date
  lookups?: Partial<Lookups>
  issuerId?: string
}

/** The list that is believed, or why none is, and what was asked for. */
async function look(
  answers: Looked<unknown>[],
  { keys = [KEY], now = NOW, lookups = {}, issuerId = WEB }: Given = {},
) {
  const [asked, named]: [unknown[], unknown[]] = [[], []]
  const around = lookupsWith(
    {},
    {
      issuerKeys: async (...args) => (named.push(args), { outcome: 'found', value: keys }),
      statusList: async (url, options) => {
        asked.push([url, options])
        return answers[asked.length - 1] ?? { outcome: 'unreachable' }
      },
      ...lookups,
    },
  )
  return { list: await lookForList(LIST, { issuerId, lookups: around, now }), asked, named }
}
const found = (value: unknown, fetchedAt?: Date): Looked<unknown> =>
  fetchedAt ? { outcome: 'found', value, fetchedAt } : { outcome: 'found', value }
const believed = async (value: unknown, given: Given = {}) => {
  const { list } = await look([found(value)], given)
  return typeof list === 'string' ? list : 'believed'
}

describe('a believed list', () => {
  test('tells what it is about, since when, and what was signed when', async () => {
    const { list, asked, named } = await look([found(await signed())])
    const bits = decodeStatusList(encodeStatusList(131_072, [7])) as Uint8Array
    expect(list).toEqual({
      id: LIST,
      purposes: ['revocation'],
      bits,
      validFrom: new Date('2026-06-15T00:00:00Z'),
      signedAt: new Date('2026-06-15T08:00:00Z'),
      digest: sha256(bits).toString('hex'),
    })
    expect(asked).toEqual([[LIST, { fresh: false }]])
    expect(named).toEqual([[WEB, signer.id]])
  })

  test('may have several purposes, and several signatures, of which the last tells the time', async () => {
    const bare = unsigned({}, { statusPurpose: ['revocation', 'message'] })
    const times = ['2026-06-15T07:00:00Z', '2026-06-15T08:30:00Z', undefined]
    const proof = await Promise.all(times.map((created) => proofOf(bare, { created })))
    const { list } = await look([found({ ...bare, proof })])
    expect(list).toMatchObject({
      purposes: ['revocation', 'message'],
      signedAt: new Date('2026-06-15T08:30:00Z'),
    })
    const [one] = proof
    expect((await look([found({ ...bare, proof: one })])).list).toMatchObject({
      signedAt: new Date('2026-06-15T07:00:00Z'),
    })
    expect((await look([found({ ...bare, proof: proof[2] })])).list).toMatchObject({
      signedAt: new Date(0),
    })
  })
})

describe('no list is believed', () => {
  test.each<[string, () => unknown]>([
    ['that is nothing', () => null],
    ['that is a number', () => 7],
    ['that is a text', () => 'x.y.z'],
    ['that is a list', async () => [await signed()]],
    ['without a proof', () => unsigned()],
    ['with an empty set of proofs', () => ({ ...unsigned(), proof: [] })],
    ['of another type', () => signed(unsigned({ type: ['VerifiableCredential'] }))],
    ['of another issuer', () => signed(unsigned({ issuer: 'did:web:other.example' }))],
    ['signed with the key of a stranger', () => signed(unsigned(), {}, stranger)],
    [
      'signed under the name of a stranger',
      () => signed(unsigned(), { verificationMethod: stranger.id }, stranger),
    ],
    ['signed for something else', () => signed(unsigned(), { proofPurpose: 'authentication' })],
    [
      'whose signature is of tomorrow',
      () => signed(unsigned(), { created: '2026-06-16T00:00:00Z' }),
    ],
    ['changed since', async () => ({ ...(await signed()), validUntil: '2026-06-23T00:00:00Z' })],
    ['with a number for its key', () => signed(unsigned(), { verificationMethod: 7 })],
    [
      'with a second proof that is bad',
      async () => {
        const good = await signed()
        return {
          ...good,
          proof: [...good.proof, { ...good.proof[0], created: '2026-06-15T08:00:01Z' }],
        }
      },
    ],
    [
      'with a second proof of a stranger',
      async () => {
        const good = await signed()
        const options = { verificationMethod: stranger.id }
        return { ...good, proof: [...good.proof, await proofOf(unsigned(), options, stranger)] }
      },
    ],
    ['whose bits are none', () => signed(unsigned({}, { encodedList: 'uAAAA' }))],
  ])('%s', async (_, make) => {
    expect(await believed(await make())).toBe('status_untrusted')
  })

  test('by a key that was revoked, nor for another issuer', async () => {
    const list = await signed()
    expect(await believed(list, { keys: [{ ...KEY, revoked: '2026-06-15T08:30:00Z' }] })).toBe(
      'status_untrusted',
    )
    expect(await believed(list, { keys: [] })).toBe('status_untrusted')
    expect(await believed(list, { issuerId: 'did:web:other.example' })).toBe('status_untrusted')
  })

  test('that is too short', async () => {
    const encodedList = encodeStatusList(1_024, [])
    expect(await believed(await signed(unsigned({}, { encodedList })))).toBe('status_length')
  })
})

describe('the age of a list', () => {
  test.each<[string, Json, number, string]>([
    ['a minute old, good for a minute', { ttl: 60_000 }, 60_000, 'believed'],
    ['a minute and a bit', { ttl: 60_000 }, 60_001, 'status_stale'],
    ['of any age without a ttl', {}, 9e9, 'believed'],
    ['of any age with a word for a ttl', { ttl: '1' }, 9e9, 'status_untrusted'],
  ])('%s', async (_, subject, age, code) => {
    const list = await signed(unsigned({}, subject))
    const { list: read } = await look([found(list, after(-age))])
    expect(typeof read === 'string' ? read : 'believed').toBe(code)
  })

  test('is none while nobody says when it was fetched', async () => {
    expect(await believed(await signed(unsigned({}, { ttl: 0 })))).toBe('believed')
  })

  test('out of date, it is asked for once more, anew', async () => {
    const stale = found(await signed(unsigned({ validUntil: '2026-06-15T08:00:00Z' })))
    const good = found(await signed())
    const renewed = await look([stale, good])
    expect(renewed.list).toMatchObject({ id: LIST })
    expect(renewed.asked).toEqual([
      [LIST, { fresh: false }],
      [LIST, { fresh: true }],
    ])
    expect((await look([stale])).list).toBe('status_stale')
    expect((await look([stale, stale, good])).list).toBe('status_stale')
    expect((await look([stale, found(null)])).list).toBe('status_untrusted')
  })

  test('that can’t be had is unavailable, and asked for once', async () => {
    const { list, asked } = await look([])
    expect(list).toBe('status_unavailable')
    expect(asked).toHaveLength(1)
  })
})

describe('what was found good lately', () => {
  const counting = () => {
    const { work, made } = quickWork()
    return { lookups: { work }, made }
  }

  test('is not tried again within the minute, and is after it', async () => {
    const list = await signed(unsigned({ name: 'kept' }))
    const { lookups, made } = counting()
    const times = [NOW, NOW, after(59_999), after(60_000)]
    const counts = []
    for (const now of times) {
      expect(await believed(list, { lookups, now })).toBe('believed')
      counts.push(made())
    }
    expect(counts).toEqual([2, 2, 2, 4])
  })

  test('is not good under another key of the same name', async () => {
    const list = await signed(unsigned({ name: 'rekeyed' }))
    expect(await believed(list)).toBe('believed')
    const other = { ...KEY, publicKeyMultibase: stranger.publicKeyMultibase }
    expect(await believed(list, { keys: [other] })).toBe('status_untrusted')
    expect(await believed(list, { keys: [{ ...KEY, controller: 'did:web:other.example' }] })).toBe(
      'status_untrusted',
    )
    expect(await believed(list)).toBe('believed')
  })

  test('does not make another list good, nor another signature', async () => {
    const list = await signed(unsigned({ name: 'copied' }))
    expect(await believed(list)).toBe('believed')
    const bits = { ...list.credentialSubject, encodedList: encodeStatusList(131_072, []) }
    expect(await believed({ ...list, credentialSubject: bits })).toBe('status_untrusted')
    const proofValue = `${list.proof[0].proofValue.slice(0, -1)}${list.proof[0].proofValue.endsWith('2') ? '3' : '2'}`
    expect(await believed({ ...list, proof: [{ ...list.proof[0], proofValue }] })).toBe(
      'status_untrusted',
    )
  })

  test('is out of time when its proof, or its key, is', async () => {
    const list = await signed(unsigned({ name: 'ending' }), { expires: '2026-06-15T09:10:00Z' })
    expect(await believed(list)).toBe('believed')
    expect(await believed(list, { now: after(12 * 60_000) })).toBe('status_untrusted')
    expect(await believed(list, { keys: [{ ...KEY, revoked: NOW.toISOString() }] })).toBe(
      'status_untrusted',
    )
  })

  test('was good: what was bad is tried again', async () => {
    const list = await signed(unsigned({ name: 'bad' }), {}, stranger)
    const { lookups, made } = counting()
    for (const counted of [2, 4]) {
      expect(await believed(list, { lookups })).toBe('status_untrusted')
      expect(made()).toBe(counted)
    }
  })
})

describe('a list as a token', () => {
  const seed = sha256('test key of lists').toString('hex')
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const token = (claims: Json = {}, header: Json = {}) =>
    new SignJWT({ ...unsigned(), ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: signer.id, typ: 'vc+jwt', ...header })
      .sign(privateKey)

  test('tells by iat when it was signed, if it says so', async () => {
    const iat = Date.parse('2026-06-15T08:00:00Z') / 1000
    const { list, named } = await look([found(await token({ iat }))])
    expect(list).toMatchObject({ id: LIST, signedAt: new Date('2026-06-15T08:00:00Z') })
    expect(named).toEqual([[WEB, signer.id]])
    expect((await look([found(await token())])).list).toMatchObject({ signedAt: new Date(0) })
  })

  test('is believed on the same terms', async () => {
    const good = await token()
    expect(await believed(good)).toBe('believed')
    for (const other of [
      await token({ issuer: 'did:web:other.example' }),
      await token({ type: ['VerifiableCredential'] }),
      await token({ proof: [await proofOf(unsigned())] }),
      await token({}, { typ: 'statuslist+jwt' }),
      await token({ exp: Date.parse('2026-06-15T08:00:00Z') / 1000 }),
      `${good.slice(0, -8)}AAAAAAAA`,
      'x',
      '',
    ])
      expect(await believed(other)).toBe('status_untrusted')
    expect(await believed(good, { keys: [] })).toBe('status_untrusted')
    const foreign = [{ ...KEY, controller: 'did:web:other.example' }]
    expect(await believed(good, { keys: foreign })).toBe('status_untrusted')
    const late = await token({ validUntil: '2026-06-15T08:00:00Z' })
    expect(await believed(late)).toBe('status_stale')
  })
})
