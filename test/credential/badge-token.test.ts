import { generateKeyPairSync, sign } from 'node:crypto'
import { compactVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  claimFaults,
  prepareToken,
  PreparedToken,
  signToken,
} from '../../src/credential/badge-token.js'
import { claimsMatch, readJws, type JwsForm } from '../../src/credential/check-jws.js'

const BADGE = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:0e0b6c4a-6c0b-4b6e-8f0e-6b1f7a3d2c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:web:sceau.example:orgs:lycee', type: ['Profile'] },
  validFrom: '2026-11-24T00:00:00Z',
  validUntil: '2029-11-24T00:00:00Z',
  credentialSubject: { id: 'urn:uuid:5b4b6c4a-6c0b-4b6e-8f0e-6b1f7a3d2c12' },
  proof: [{ type: 'DataIntegrityProof', created: '2026-11-24T11:00:00Z', proofValue: 'z' }],
}
const KEY = { kid: 'did:web:sceau.example:orgs:lycee#key', signedAt: new Date('2026-11-24T12:00Z') }
const SECONDS = { from: 1_795_478_400, until: 1_890_172_800, signed: 1_795_521_600 }
const part = (input: string, at: number) =>
  JSON.parse(Buffer.from(input.split('.')[at]!, 'base64url').toString())

describe('OB 3.0, 8.2 the claims of a badge as JWT', () => {
  test('are those of the badge, which goes without its proof', () => {
    const { input } = prepareToken(BADGE, 'ob3', KEY)
    expect(part(input, 0)).toEqual({ alg: 'RS256', kid: KEY.kid, typ: 'JWT' })
    const { proof: _proof, ...content } = BADGE
    expect(part(input, 1)).toEqual({
      ...content,
      iss: BADGE.issuer.id,
      sub: BADGE.credentialSubject.id,
      jti: BADGE.id,
      nbf: SECONDS.from,
      exp: SECONDS.until,
      iat: SECONDS.signed,
    })
  })

  test('have no end when the badge has none', () => {
    const { validUntil: _until, ...endless } = BADGE
    expect(part(prepareToken(endless, 'ob3', KEY).input, 1)).not.toHaveProperty('exp')
  })

  test('of VC-JOSE-COSE have no dates but that of the signature', () => {
    const { input } = prepareToken(BADGE, 'vc-jose', KEY)
    expect(part(input, 0)).toEqual({ alg: 'EdDSA', kid: KEY.kid, typ: 'vc+jwt' })
    const payload = part(input, 1)
    expect(payload).toMatchObject({ iss: BADGE.issuer.id, jti: BADGE.id, iat: SECONDS.signed })
    expect(payload).not.toHaveProperty('nbf')
    expect(payload).not.toHaveProperty('exp')
  })

  test.each(['ob3', 'vc-jose'] as const)(
    'of the form %s are read as equal by our verifier',
    (form) => {
      const read = readJws(`${prepareToken(BADGE, form, KEY).input}.c2ln`)
      expect(read).toMatchObject({ form })
      expect(typeof read === 'object' && claimsMatch(read)).toBe(true)
    },
  )
})

describe('a token that would say something else than its badge is not signed', () => {
  const payload = part(prepareToken(BADGE, 'ob3', KEY).input, 1)
  const jose = part(prepareToken(BADGE, 'vc-jose', KEY).input, 1)

  test.each<[string, JwsForm, object, string]>([
    ['another issuer', 'ob3', { iss: 'did:web:other.example' }, 'token_claims'],
    ['another subject', 'ob3', { sub: 'urn:uuid:other' }, 'token_claims'],
    ['no subject', 'ob3', { sub: undefined }, 'token_claims'],
    ['another id', 'ob3', { jti: 'urn:uuid:other' }, 'token_claims'],
    ['a beginning one second later', 'ob3', { nbf: SECONDS.from + 1 }, 'token_claims'],
    ['a beginning as text', 'ob3', { nbf: String(SECONDS.from) }, 'token_claims'],
    ['no end', 'ob3', { exp: undefined }, 'token_claims'],
    ['no date of the signature', 'ob3', { iat: undefined }, 'token_claims'],
    ['an audience', 'ob3', { aud: 'x' }, 'token_claims'],
    ['a beginning, in VC-JOSE-COSE', 'vc-jose', { nbf: SECONDS.from }, 'token_claims'],
    ['a proof', 'ob3', { proof: BADGE.proof }, 'token_proof'],
    ['a claim vc', 'ob3', { vc: {} }, 'token_proof'],
    ['another content', 'ob3', { name: 'Autre' }, 'token_content'],
    ['another date of the content', 'ob3', { validFrom: '2026-11-23T00:00:00Z' }, 'token_content'],
  ])('%s', (_what, form, change, lint) => {
    const changed = { ...(form === 'ob3' ? payload : jose), ...change }
    const lints = claimFaults(changed, BADGE, form).map((fault) => fault.lint)
    expect(lints).toContain(lint)
    expect(claimFaults(form === 'ob3' ? payload : jose, BADGE, form)).toEqual([])
  })

  test.each([
    ['no id', { id: undefined }, 'jti'],
    ['parts of a second, which nbf can’t say', { validFrom: '2026-11-24T00:00:00.5Z' }, 'nbf'],
    ['an end that is no instant', { validUntil: 'soon' }, 'exp'],
  ])('a badge with %s', (_what, change, claim) => {
    expect(() =>
      prepareToken(JSON.parse(JSON.stringify({ ...BADGE, ...change })), 'ob3', KEY),
    ).toThrow(claim)
  })

  test('nobody else makes what is signed', () => {
    expect(() => new PreparedToken(Symbol('prepared'), {}, {})).toThrow('prepareToken only')
  })
})

test('the same token and key give the same text, which jose verifies', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const prepared = prepareToken(BADGE, 'ob3', KEY)
  const signIt = async (bytes: Uint8Array) => new Uint8Array(sign('sha256', bytes, privateKey))
  const token = await signToken(prepared, signIt)
  expect(await signToken(prepareToken(BADGE, 'ob3', KEY), signIt)).toBe(token)
  const { protectedHeader } = await compactVerify(token, publicKey)
  expect(protectedHeader.alg).toBe('RS256')
})
