import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  claimsMatch,
  isCompactJws,
  isSignedBy,
  isSignedByJwk,
  isTimelyJws,
  readJws,
  type JwsForm,
  type ReadJws,
} from '../../src/credential/check-jws.js'
import { OB_CURRENT, VC_V1, VC_V2 } from '../../src/credential/contexts.js'
import { readJwk } from '../../src/credential/jwk.js'
import { LIMITS } from '../../src/credential/limits.js'
import { claimsOf } from '../support/tokens.js'

type Json = Record<string, any>

const BADGE = {
  '@context': [VC_V2, OB_CURRENT],
  id: 'urn:badge',
  issuer: { id: 'did:web:lycee.example' },
  credentialSubject: { id: 'urn:student' },
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
}
const { validFrom: _from, validUntil: _until, ...DATELESS } = BADGE
const OLDER = {
  ...DATELESS,
  '@context': [VC_V1, OB_CURRENT],
  issuanceDate: '2026-01-01T00:00:00Z',
  expirationDate: '2027-01-01T00:00:00Z',
}
const CLAIMS = claimsOf(BADGE)
const LAST_SECOND = 253_402_300_799
const JOSE = { typ: 'vc+jwt' }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (payload: unknown, header: Json = {}) =>
  readJws(`${part({ alg: 'ES256', ...header })}.${part(payload)}.AAAA`)
const credentialOf = (payload: unknown, header: Json = {}) => {
  const jws = read(payload, header)
  return typeof jws === 'string' ? jws : jws.credential
}

describe('the form of a token', () => {
  test('is three parts, of 96 KiB together at most', () => {
    const long = (length: number) => `AA.${'A'.repeat(length - 6)}.AA`
    expect(isCompactJws(long(LIMITS.jwtBytes))).toBe(true)
    expect(isCompactJws(long(LIMITS.jwtBytes + 1))).toBe(false)
    for (const text of ['AA.AA', 'AA.AA.AA.AA', 'AA..AA', ' AA.AA.AA', 'AA.AA.AA\n', 'AA.AA.A='])
      expect(isCompactJws(text)).toBe(false)
  })

  test('tells header, credential and claims apart', () => {
    const whole = read({ ...BADGE, ...CLAIMS, iat: 0, aud: 'x' }, { kid: '#1', typ: 'JWT' })
    expect(whole).toEqual({
      form: 'ob3',
      header: { alg: 'ES256', kid: '#1', typ: 'JWT' },
      credential: BADGE,
      claims: { ...CLAIMS, iat: 0, aud: 'x' },
    })
    expect(read(BADGE)).toMatchObject({ form: 'ob3' })
    expect(read(BADGE, JOSE)).toMatchObject({ form: 'vc-jose', credential: BADGE })
    expect(read(BADGE, { typ: 'vc+ld+jwt' })).toMatchObject({ form: 'vc-jose' })
  })

  test('has one spelling: other last letters of the same bytes are refused', () => {
    const header = part({ alg: 'ES256' })
    expect(readJws(`${header}.e30.AAAA`)).toMatchObject({ credential: {} })
    expect(readJws(`${header}.e31.AAAA`)).toBe('structure')
    expect(readJws('e30.e30.AAAA')).toBe('alg')
    expect(readJws('e31.e30.AAAA')).toBe('structure')
  })

  test.each([[[]], [null], ['x'], [7]])('whose header or payload is %j is refused', (value) => {
    expect(read(value)).toBe('structure')
    expect(readJws(`${part(value)}.${part(BADGE)}.AAAA`)).toBe('structure')
  })

  test('that is no JSON, or no token, is refused', () => {
    for (const text of ['x', 'AAAA.e30.AAAA', `${part({ alg: 'ES256' })}.AAAA.AAAA`])
      expect(readJws(text)).toBe('structure')
    const [header, payload] = [part({ alg: 'ES256' }), part(BADGE)]
    for (const rest of ['', '.', '.A=', '.AAAA.AAAA'])
      expect(readJws(`${header}.${payload}${rest}`)).toBe('structure')
  })

  test('is of an algorithm and a type that we know', () => {
    for (const alg of ['none', 'HS256', undefined, null, ['ES256']])
      expect(read(BADGE, { alg })).toBe('alg')
    for (const typ of ['jwt', '', null, 7]) expect(read(BADGE, { typ })).toBe('type')
  })

  test.each<[string, Json]>([
    ['an unknown member', { x: 1 }],
    ['crit', { crit: [] }],
    ['cty outside VC-JOSE-COSE', { cty: 'vc' }],
    ['iss outside VC-JOSE-COSE', { iss: 'did:web:lycee.example' }],
    ['an unknown member of VC-JOSE-COSE', { ...JOSE, x: 1 }],
    ['a kid without a letter', { kid: '' }],
    ['a kid that is a number', { kid: 7 }],
    ['a key that is a text', { jwk: 'x' }],
    ['a key that is a list', { jwk: [] }],
    ['a key that is null', { jwk: null }],
    ['a private key', { jwk: { kty: 'OKP', d: 'AAAA' } }],
    ['an issuer that is a number', { ...JOSE, iss: 7 }],
    ['another content', { ...JOSE, cty: 'vp' }],
    ['content that is null', { ...JOSE, cty: null }],
  ])('refuses the header with %s', (_, header) => {
    expect(read(BADGE, header)).toBe('structure')
  })

  test('takes the headers that its form has', () => {
    const key = { kid: 'x', jwk: { kty: 'OKP' } }
    expect(read(BADGE, key)).toMatchObject({ header: key })
    for (const cty of ['vc', 'vc+ld+json', undefined])
      expect(read(BADGE, { ...JOSE, ...key, cty, iss: 'x' })).toMatchObject({ form: 'vc-jose' })
  })

  test.each(['nbf', 'exp', 'iat'])('%s is an instant of this calendar', (name) => {
    for (const value of [0, 0.5, LAST_SECOND])
      expect(read({ ...BADGE, [name]: value })).toMatchObject({ claims: { [name]: value } })
    for (const value of ['1', -1, LAST_SECOND + 1, null, [1]])
      expect(read({ ...BADGE, [name]: value })).toBe('structure')
  })

  test.each(['iss', 'sub', 'jti'])('%s is a text', (name) => {
    expect(read({ ...BADGE, [name]: 'x' })).toMatchObject({ claims: { [name]: 'x' } })
    for (const value of [7, null, ['x'], { id: 'x' }])
      expect(read({ ...BADGE, [name]: value })).toBe('structure')
  })

  test('an audience is a text, or some', () => {
    for (const aud of ['x', [], ['x', 'y']]) expect(read({ ...BADGE, aud })).not.toBe('structure')
    for (const aud of [7, null, ['x', 7], [['x']]])
      expect(read({ ...BADGE, aud })).toBe('structure')
  })
})

describe('the credential in a token', () => {
  test('of today is the payload, and ends when exp says if it names no end', () => {
    const { exp, ...rest } = CLAIMS
    expect(credentialOf({ ...BADGE, ...CLAIMS })).toStrictEqual(BADGE)
    const endless = { ...DATELESS, validFrom: BADGE.validFrom }
    expect(credentialOf({ ...endless, ...rest })).toStrictEqual(endless)
    expect(credentialOf({ ...endless, ...rest, exp: exp + 0.9 })).toStrictEqual({
      ...endless,
      validUntil: '2027-01-01T00:00:00Z',
    })
    expect(credentialOf({ ...BADGE, exp: 7 })).toStrictEqual(BADGE)
    // There exp is the end of the signature, not of the badge.
    expect(credentialOf({ ...endless, exp }, JOSE)).toStrictEqual(endless)
  })

  test('of Open Badges 2.0 gets no end from exp', () => {
    const assertion = { '@context': 'https://w3id.org/openbadges/v2', id: 'urn:x' }
    expect(credentialOf({ ...assertion, exp: 7 })).toStrictEqual(assertion)
  })

  test('of the older model is the claim vc, which the others complete', () => {
    const claims = { ...CLAIMS, exp: CLAIMS.exp + 0.9 }
    expect(credentialOf({ vc: OLDER })).toStrictEqual(OLDER)
    expect(credentialOf({ vc: OLDER, iss: 'x', jti: 'x', nbf: 0, exp: 0, sub: 'x' })).toStrictEqual(
      OLDER,
    )
    const context = { '@context': OLDER['@context'] }
    expect(credentialOf({ vc: { ...context, credentialSubject: {} }, ...claims })).toStrictEqual({
      ...OLDER,
      issuer: OLDER.issuer.id,
    })
    expect(credentialOf({ vc: { ...context, credentialSubject: {} } })).toStrictEqual({
      ...context,
      credentialSubject: {},
    })
    for (const credentialSubject of [[], null, 'x'])
      expect(credentialOf({ vc: { ...context, credentialSubject }, sub: 'x' })).toStrictEqual({
        ...context,
        credentialSubject,
      })
    expect(credentialOf({ vc: context, sub: 'x' })).toStrictEqual(context)
  })

  test.each<[string, Json]>([
    ['vc beside a member of a credential', { vc: OLDER, name: 'x' }],
    ['a badge of today in vc', { vc: BADGE }],
    ['a vc that is a text', { vc: 'x' }],
    ['a vc that is null', { vc: null }],
    ['a vc that is a list', { vc: [OLDER] }],
    ['a badge of the older model outside vc', OLDER],
    ['a presentation', { ...BADGE, vp: {} }],
  ])('is none with %s', (_, payload) => {
    expect(read({ ...payload, iss: 'x' })).toBe('structure')
    expect(read({ ...payload, iss: 'x' }, JOSE)).toBe('structure')
  })

  test('of VC-JOSE-COSE is never in vc', () => {
    expect(read({ vc: OLDER })).not.toBe('structure')
    expect(read({ vc: OLDER }, JOSE)).toBe('structure')
    const second = { ...BADGE, '@context': [VC_V2, VC_V1] }
    expect(credentialOf(second, JOSE)).toStrictEqual(second)
  })
})

describe('the claims of a token', () => {
  const match = (
    claims: Json,
    credential: Json = BADGE,
    form: JwsForm = 'ob3',
    header: Json = {},
  ) => claimsMatch({ form, header, credential, claims })
  const without = (name: string) => ({ ...CLAIMS, [name]: undefined })

  test('match when they say what the badge says', () => {
    expect(match(CLAIMS)).toBe(true)
    expect(match(without('sub'))).toBe(true)
    expect(match(CLAIMS, { ...BADGE, issuer: BADGE.issuer.id })).toBe(true)
    expect(match(CLAIMS, OLDER)).toBe(true)
    expect(match({}, BADGE, 'vc-jose')).toBe(true)
    expect(match(CLAIMS, BADGE, 'vc-jose', { iss: CLAIMS.iss })).toBe(true)
  })

  test.each(['iss', 'sub', 'jti'])('do not match when %s says something else', (name) => {
    for (const form of ['ob3', 'vc-jose'] as const)
      expect(match({ ...CLAIMS, [name]: 'urn:other' }, BADGE, form)).toBe(false)
    expect(match({}, BADGE, 'vc-jose', { iss: 'urn:other' })).toBe(false)
  })

  test.each(['iss', 'jti', 'nbf', 'exp'])('of Open Badges 3.0 need %s', (name) => {
    expect(match(without(name))).toBe(false)
    expect(match(without(name), BADGE, 'vc-jose')).toBe(true)
  })

  test.each(['nbf', 'exp'])('of Open Badges 3.0 have %s from the badge', (name) => {
    for (const by of [1, -1]) {
      const claims = { ...CLAIMS, [name]: CLAIMS[name] + by }
      expect(match(claims)).toBe(false)
      expect(match(claims, OLDER)).toBe(false)
      expect(match(claims, BADGE, 'vc-jose')).toBe(true)
    }
  })

  test('need no name for a badge that has none, and no end for one without', () => {
    const { id: _, ...nameless } = BADGE
    expect(match(without('jti'), nameless)).toBe(true)
    expect(match(CLAIMS, nameless)).toBe(false)
    const endless = { ...DATELESS, validFrom: BADGE.validFrom }
    expect(match(without('exp'), endless)).toBe(true)
    expect(match(CLAIMS, endless)).toBe(false)
    expect(match({ ...without('exp'), nbf: undefined }, DATELESS)).toBe(true)
    expect(match({ ...CLAIMS, nbf: 0.007 }, { ...BADGE, validFrom: 7 })).toBe(false)
    expect(match({ ...CLAIMS, nbf: undefined }, { ...BADGE, validFrom: 7 })).toBe(true)
  })

  test('name no subject of a badge whose subject is no object', () => {
    for (const credentialSubject of [undefined, null, 'x', [{ id: CLAIMS.sub }]]) {
      expect(match(CLAIMS, { ...BADGE, credentialSubject })).toBe(false)
      expect(match(without('sub'), { ...BADGE, credentialSubject })).toBe(true)
    }
  })

  test('count whole seconds, in any zone; the newer names count first', () => {
    const same = {
      validFrom: '2026-01-01T01:00:00.9+01:00',
      validUntil: '2026-12-31T23:00:00-01:00',
    }
    expect(match(CLAIMS, { ...BADGE, ...same })).toBe(true)
    expect(match(CLAIMS, { ...BADGE, validFrom: '2026-01-01T00:00:00' })).toBe(true)
    const both = { issuanceDate: '2020-01-01T00:00:00Z', expirationDate: '2020-01-01T00:00:00Z' }
    expect(match(CLAIMS, { ...BADGE, ...both })).toBe(true)
  })
})

describe('the dates of a signature', () => {
  const NOW = new Date('2026-06-15T09:00:00Z')
  const at = (seconds: number) => NOW.getTime() / 1000 + seconds
  const timely = (form: JwsForm, claims: Json) =>
    isTimelyJws({ form, header: {}, credential: {}, claims } satisfies ReadJws, NOW)

  test('may lie a minute ahead of our clock, and no more', () => {
    for (const form of ['ob3', 'vc-jose'] as const) {
      expect(timely(form, {})).toBe(true)
      expect(timely(form, { iat: at(60) })).toBe(true)
      expect(timely(form, { iat: at(61) })).toBe(false)
    }
  })

  test('are nbf and exp in VC-JOSE-COSE alone', () => {
    expect(timely('vc-jose', { nbf: at(60), exp: at(-60) })).toBe(true)
    for (const claims of [{ nbf: at(61) }, { exp: at(-61) }]) {
      expect(timely('vc-jose', claims)).toBe(false)
      expect(timely('ob3', claims)).toBe(true)
    }
  })
})

describe('the signature of a token', () => {
  const sign = async (alg: string, as = alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const jws = await new SignJWT(BADGE).setProtectedHeader({ alg: as }).sign(privateKey)
    return { jws, header: { alg: as }, jwk: { ...(await exportJWK(publicKey)) } as Json }
  }

  test('is of the key that is asked, and of no other', async () => {
    const [one, other] = [await sign('ES256'), await sign('ES256')]
    expect(await isSignedByJwk(one.jws, one.header, one.jwk)).toBe(true)
    expect(await isSignedByJwk(one.jws, one.header, other.jwk)).toBe(false)
    expect(await isSignedByJwk(one.jws, one.header, { ...one.jwk, d: 'AAAA' })).toBe(false)
    expect(await isSignedByJwk(one.jws, { alg: 'RS256' }, one.jwk)).toBe(false)
  })

  test('JW-03 is of the algorithm of its key, whatever a header says', async () => {
    const { jws, jwk } = await sign('PS256')
    const key = readJwk({ kty: 'RSA', n: jwk.n, e: jwk.e })
    if (typeof key === 'string') throw new Error(key)
    for (const alg of ['PS256', 'RS256']) expect(await isSignedBy(jws, { alg }, key)).toBe(false)
  })
})
