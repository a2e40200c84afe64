import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toBase58 } from '../../../src/credential/multibase.js'
import { readIssuerList, signIssuerList } from '../../../src/verifier/trust/issuer-list.js'
import { ACADEMY, issuerList, LIST_URL, signedIssuerList } from '../../support/issuer-lists.js'
import { signerOf } from '../../support/signers.js'

const NOW = new Date('2026-11-24T11:00:00Z')
const expected = { key: ACADEMY.publicKeyMultibase, url: LIST_URL, now: NOW }
const read = (jws: string, changes: Partial<typeof expected> = {}) =>
  readIssuerList(Buffer.from(jws), { ...expected, ...changes })

/** A token of any header and payload, with a good signature. */
async function token(header: object, payload: unknown = issuerList()): Promise<string> {
  const parts = [header, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = await ACADEMY.sign(Buffer.from(parts.join('.')))
  return [...parts, Buffer.from(signature).toString('base64url')].join('.')
}
const HEADER = { alg: 'EdDSA', typ: 'issuer-list+jwt' }

describe('a list of issuers', () => {
  test('is read as it was signed', async () => {
    expect(await read(await signedIssuerList())).toEqual(issuerList())
    expect(await read(`${await signedIssuerList()}\n`)).toEqual(issuerList())
    expect(await read(await token({ ...HEADER, kid: 'did:web:academie.example#1' }))).toEqual(
      issuerList(),
    )
  })

  test('may be signed with a P-256 key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1
    const point = Uint8Array.from([0x80, 0x24, 2 + odd, ...Buffer.from(x, 'base64url')])
    const parts = [{ ...HEADER, alg: 'ES256' }, issuerList()].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    const signature = sign('sha256', Buffer.from(parts.join('.')), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    })
    const jws = [...parts, signature.toString('base64url')].join('.')
    expect(await read(jws, { key: `z${toBase58(point)}` })).toEqual(issuerList())
    expect(await read(jws)).toBe('form')
  })

  test('holds at most 2,000 issuers', async () => {
    const issuers = Array.from({ length: 2_001 }, (_, at) => ({
      id: `https://a.example/${at}`,
      name: 'A',
    }))
    expect(await read(await signedIssuerList({ issuers }))).toBe('content')
    expect(await read(await signedIssuerList({ issuers: issuers.slice(1) }))).toMatchObject({
      id: LIST_URL,
    })
  })
})

describe('a list is not believed', () => {
  test('that somebody else signed', async () => {
    expect(await read(await signIssuerList(issuerList(), signerOf('forger').sign))).toBe(
      'signature',
    )
  })

  test('that was changed after it was signed', async () => {
    const [header, , signature] = (await signedIssuerList()).split('.')
    const [, payload] = (await signedIssuerList({ issuers: [] })).split('.')
    expect(await read([header, payload, signature].join('.'))).toBe('signature')
  })

  test.each<[string, object]>([
    ['without a type', { alg: 'EdDSA' }],
    ['of the type of a badge', { alg: 'EdDSA', typ: 'vc+jwt' }],
    ['without a signature', { ...HEADER, alg: 'none' }],
    ['with an algorithm of its own choice', { ...HEADER, alg: 'HS256' }],
    ['with a key of its own', { ...HEADER, jwk: { kty: 'OKP' } }],
    ['with an extension', { ...HEADER, crit: ['exp'], exp: 1 }],
  ])('%s', async (_, header) => {
    expect(await read(await token(header))).toBe('form')
  })

  test.each(['', 'a.b', 'a.b.c', '{}', `${'a'.repeat(400_000)}.b.c`])(
    'that is no token: %.20j',
    async (text) => {
      expect(['form', 'too_large']).toContain(await read(text))
    },
  )

  test('with a key in the settings that is none, or can’t sign', async () => {
    expect(await read(await signedIssuerList(), { key: `z${'1'.repeat(48)}` })).toBe('key')
  })

  test('that says a name twice in one object', async () => {
    const text = JSON.stringify(issuerList()).replace('{', '{"id":"https://other.example/",')
    const parts = [JSON.stringify(HEADER), text].map((part) =>
      Buffer.from(part).toString('base64url'),
    )
    const signature = Buffer.from(await ACADEMY.sign(Buffer.from(parts.join('.')))).toString(
      'base64url',
    )
    expect(await read([...parts, signature].join('.'))).toBe('form')
  })

  const issuer = { id: 'https://lycee.example/issuer', name: 'Lycée' }
  test.each<[string, object]>([
    ['a field that we don’t know', { note: 'x' }],
    ['a misspelt end of an entry', { issuers: [{ ...issuer, til: '2026-01-01T00:00:00Z' }] }],
    ['an issuer twice', { issuers: [issuer, issuer] }],
    ['an issuer over http', { issuers: [{ ...issuer, id: 'http://lycee.example/' }] }],
    ['a did:web of an address', { issuers: [{ ...issuer, id: 'did:web:127.0.0.1' }] }],
    ['an unknown kind of issuer', { issuers: [{ ...issuer, id: 'did:ion:abc' }] }],
    ['a name with a bidi override', { issuers: [{ ...issuer, name: 'Lycée \u202eX' }] }],
    ['an empty name', { issuers: [{ ...issuer, name: '' }] }],
    [
      'an entry that ends before it begins',
      {
        issuers: [{ ...issuer, from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }],
      },
    ],
    ['a bare day', { validUntil: '2026-12-31' }],
    ['an end before its start', { validUntil: '2026-05-01T00:00:00Z' }],
    ['a life of more than a year', { validUntil: '2028-01-01T00:00:00Z' }],
    ['a publisher in one language', { publisher: { id: issuer.id, name: { fr: 'A' } } }],
    ['no publisher', { publisher: undefined }],
  ])('that holds %s', async (_, changes) => {
    expect(await read(await token(HEADER, { ...issuerList(), ...changes }))).toBe('content')
  })

  test('that belongs to another address, so that one list can’t stand for another', async () => {
    const url = 'https://academie.example/other.jwt'
    expect(await read(await signedIssuerList(), { url })).toBe('address')
  })

  test('after its end, or before its start', async () => {
    const jws = await signedIssuerList()
    expect(await read(jws, { now: new Date('2026-12-31T00:00:00Z') })).toBe('out_of_date')
    expect(await read(jws, { now: new Date('2026-05-31T23:58:00Z') })).toBe('too_early')
    expect(await read(jws, { now: new Date('2026-05-31T23:59:30Z') })).toMatchObject({
      id: LIST_URL,
    })
  })
})
