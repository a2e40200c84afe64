import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { readJws } from '../../src/credential/check-jws.js'
import { OB_CURRENT, VC_V2 } from '../../src/credential/contexts.js'
import { toMultikey } from '../../src/credential/multikey.js'
import { checkToken, methodOf } from '../../src/verifier/bind-token.js'
import type { Keys } from '../../src/verifier/check-issuer.js'
import type { IssuerKey } from '../../src/verifier/lookups.js'

type Json = Record<string, any>
type Pair = { privateKey: CryptoKey; jwk: Json }

const WEB = 'did:web:lycee.example'
const NOW = new Date('2026-06-15T09:00:00Z')
const AT = NOW.getTime() / 1000
const CREDENTIAL = { '@context': [VC_V2, OB_CURRENT], issuer: WEB, credentialSubject: {} }
const WEAK = { kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32).toString('base64url') }
const UNREACHABLE: Keys = { outcome: 'unreachable' }

let ec: Pair
let other: Pair
let ed: Pair
let multikey: string
beforeAll(async () => {
  const pair = async (alg: string) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    return { privateKey, jwk: { ...(await exportJWK(publicKey)) } }
  }
  ec = await pair('ES256')
  other = await pair('ES256')
  ed = await pair('EdDSA')
  multikey = toMultikey(Buffer.from(String(ed.jwk.x), 'base64url'))
})

const key = (name: string, publicKeyJwk: Json | undefined, more: Partial<IssuerKey> = {}) => ({
  id: `${WEB}#${name}`,
  controller: WEB,
  ...(publicKeyJwk && { publicKeyJwk }),
  ...more,
})
const found = (...value: IssuerKey[]): Keys => ({ outcome: 'found', value })
/** What is said of proof and binding: `result code`. */
async function check(keys: Keys, header: Json, { by = ec, alg = 'ES256', claims = {} } = {}) {
  const jws = await new SignJWT({ ...CREDENTIAL, ...claims })
    .setProtectedHeader({ alg, typ: 'vc+jwt', ...header })
    .sign(by.privateKey)
  const read = readJws(jws)
  if (typeof read === 'string') throw new Error(read)
  const { proof, issuer_binding: binding } = await checkToken({ jws, read }, WEB, keys, NOW)
  return [`${proof.result} ${proof.code}`, `${binding.result} ${binding.code}`]
}
const VALID = ['pass proof', 'pass issuer_binding']
const STRANGE = ['fail proof', 'fail issuer_binding']

test('a kid is a name of its own, or a fragment of the issuer', () => {
  const named = (kid: unknown) =>
    methodOf({ form: 'ob3', header: { kid }, credential: {}, claims: {} }, WEB)
  expect(['#1', 'x', 'x#1', undefined, 7].map(named)).toEqual([
    `${WEB}#1`,
    'x',
    'x#1',
    undefined,
    undefined,
  ])
})

describe('the keys that an issuer lists', () => {
  test('sign by the name that the token gives', async () => {
    expect(await check(found(key('ec', ec.jwk)), { kid: '#ec' })).toEqual(VALID)
    const multi = key('ed', undefined, { publicKeyMultibase: multikey })
    expect(await check(found(multi), { kid: '#ed' }, { by: ed, alg: 'EdDSA' })).toEqual(VALID)
  })

  test('are all tried for a name that says nothing', async () => {
    const keys = found(key('other', other.jwk), key('ec', ec.jwk))
    for (const kid of ['main', WEB, '#gone', 'xdid:web:x', 'a https://x', 'didactic', 'https'])
      expect(await check(keys, { kid }), kid).toEqual(VALID)
    expect(await check(keys, { jwk: ec.jwk })).toEqual(VALID)
  })

  test('are tried as far as the fiftieth where none is named; that it may be a later one is unknown', async () => {
    const others = Array.from({ length: 50 }, (_, at) => key(`o${at}`, other.jwk))
    expect(await check(found(...others.slice(1), key('ec', ec.jwk)), { kid: 'main' })).toEqual(
      VALID,
    )
    const many = found(...others, key('ec', ec.jwk))
    expect(await check(many, { kid: 'main' })).toEqual(['unknown proof', 'unknown not_checked'])
    expect(await check(many, { kid: '#ec' })).toEqual(VALID)
  })

  test('are not tried for the name of a key elsewhere', async () => {
    const elsewhere = ['https://x.example/k', 'http://x.example/k', 'did:web:x.example#1']
    for (const kid of [...elsewhere, `${WEB}.evil#1`])
      expect(await check(found(key('ec', ec.jwk)), { kid }), kid).toEqual(STRANGE)
  })

  test('say what is wrong when the named one did not sign', async () => {
    const fault = async (...named: IssuerKey[]) => {
      const [proof, binding] = await check(found(...named, key('ec', ec.jwk)), { kid: '#1' })
      expect(binding).toBe('unknown not_checked')
      return proof
    }
    expect(await fault(key('1', other.jwk))).toBe('fail proof')
    expect(await fault(key('1', ed.jwk))).toBe('fail alg')
    expect(await fault(key('1', undefined))).toBe('fail alg')
    expect(await fault(key('1', WEAK))).toBe('fail weak_key')
    expect(await fault(key('1', other.jwk), key('1', ed.jwk))).toBe('fail proof')
    expect(await fault(key('1', other.jwk), key('1', WEAK))).toBe('fail weak_key')
  })

  test('count until they end, by what the token says of its time in seconds', async () => {
    const ending = found(key('ec', ec.jwk, { expires: '2026-06-15T08:00:00Z' }))
    const at = (iat: number | undefined) => check(ending, { kid: '#ec' }, { claims: { iat } })
    expect(await at(AT - 3_601)).toEqual(VALID)
    for (const iat of [AT - 3_600, undefined])
      expect(await at(iat)).toEqual(['pass proof', 'fail key_retired'])
  })

  test('are the issuer’s own', async () => {
    const foreign = key('ec', ec.jwk, { controller: 'did:web:x.example' })
    expect(await check(found(foreign), { kid: '#ec' })).toEqual([
      'pass proof',
      'fail issuer_binding',
    ])
  })
})

describe('the key that a token brings along', () => {
  test('shows that it was not changed, never whose it is', async () => {
    for (const keys of [found(), found(key('other', other.jwk))])
      expect(await check(keys, { jwk: ec.jwk })).toEqual(['pass proof', 'fail issuer_binding'])
    const [proof, binding] = await check(UNREACHABLE, { jwk: ec.jwk, kid: '#ec' })
    expect(proof).toBe('pass proof')
    expect(binding).toMatch(/^unknown /)
    const byName = await check(UNREACHABLE, { kid: `#${multikey}` }, { by: ed, alg: 'EdDSA' })
    expect(byName[0]).toBe('pass proof')
  })

  test('is believed before the one in its name', async () => {
    const [proof] = await check(UNREACHABLE, { jwk: ec.jwk, kid: `#${multikey}` })
    expect(proof).toBe('pass proof')
  })

  test('fails when it did not sign, or anybody could have', async () => {
    expect((await check(UNREACHABLE, { jwk: other.jwk }))[0]).toBe('fail proof')
    expect((await check(UNREACHABLE, { jwk: WEAK }))[0]).toBe('fail weak_key')
    expect((await check(UNREACHABLE, { kid: `#${multikey}` }))[0]).toBe('fail proof')
  })

  test('must be there while the issuer shows none', async () => {
    expect(await check(UNREACHABLE, {})).toEqual(['fail proof', 'unknown not_checked'])
    expect(await check(found(key('ec', ec.jwk)), {})).toEqual(['fail proof', 'unknown not_checked'])
    const [proof, binding] = await check(UNREACHABLE, { kid: '#ec' })
    expect(proof).toBe('unknown proof')
    expect(binding).toMatch(/^unknown /)
    expect(await check({ outcome: 'bad_syntax' }, { kid: '#ec' })).toEqual([
      'fail proof',
      'fail did_syntax',
    ])
  })

  test.each([[null], ['x'], [7]])('is none when it is %j', async (jwk) => {
    const read = { form: 'ob3', header: { alg: 'ES256', jwk }, credential: {}, claims: {} } as const
    const said = await checkToken({ jws: 'x', read }, WEB, found(), NOW)
    expect(said.issuer_binding.result).toBe('unknown')
  })
})

test('claims that say something else, then an impossible time, outweigh a good signature', async () => {
  const by = (claims: Json) => check(found(key('ec', ec.jwk)), { kid: '#ec' }, { claims })
  expect(await by({ iss: WEB, exp: AT + 9 })).toEqual(VALID)
  expect(await by({ exp: AT - 99 })).toEqual(['fail proof_time', 'pass issuer_binding'])
  expect(await by({ iss: 'did:web:x.example', exp: AT - 99 })).toEqual([
    'fail claims_mismatch',
    'pass issuer_binding',
  ])
})
