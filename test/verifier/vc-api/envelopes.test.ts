import { describe, expect, test } from 'vitest'
import type { Signer } from '../../../src/credential/sign-credential.js'
import { signGeneral } from '../../support/general-signing.js'
import { credential, faults, holder, issuer, presentation, V2, verify, verifyVp } from './world.js'

type Json = Record<string, any>

async function tokenOf(payload: Json, signer: Signer = issuer, header: Json = {}): Promise<string> {
  const parts = [{ alg: 'EdDSA', typ: 'vc+jwt', kid: issuer.id, ...header }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = await signer.sign(Buffer.from(parts))
  return `${parts}.${Buffer.from(signature).toString('base64url')}`
}

async function envelope(token: Promise<string>, changes: Json = {}): Promise<Json> {
  return {
    '@context': V2,
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${await token}`,
    ...changes,
  }
}
const judge = async (token: Promise<string>, changes: Json = {}) =>
  faults(await verify(await envelope(token, changes)))

describe('an enveloped credential (VCDM 2.0, 4.13.1)', () => {
  test('verifies by the signature of its token', async () => {
    expect(await judge(tokenOf(credential()))).toEqual([])
    expect(await judge(tokenOf(credential(), holder))).toContain('proof /id')
  })

  test.each<[string, Json, string]>([
    ['@context MUST be present', { '@context': [] }, 'context /@context'],
    [
      'and define its terms',
      { '@context': ['https://www.w3.org/ns/credentials/examples/v2'] },
      'context /@context',
    ],
    ['id MUST be a data: URL', { id: 'eyJhbGciOiJFUzI1NiJ9.e30.AA' }, 'id /id'],
    ['of a token', { id: 'data:text/plain,hello' }, 'id /id'],
    [
      'type MUST be EnvelopedVerifiableCredential',
      { type: 'VerifiableCredential' },
      'issuer /issuer',
    ],
    ['alone', { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }, 'type /type'],
    ['MUST be there', { type: undefined }, 'type /type'],
  ])('%s', async (_, changes, fault) => {
    expect(await judge(tokenOf(credential()), changes)).toContain(fault)
  })

  test('what is in it keeps the rules of the model, and its claims agree', async () => {
    expect(await judge(tokenOf(credential({ credentialSubject: {} })))).toEqual([
      'credential_subject /id',
    ])
    expect(await judge(tokenOf(credential({ unknown: 1 })))).toEqual(['undefined_term /id'])
    expect(await judge(tokenOf({ ...credential(), iss: holder.did }))).toEqual([
      'claims_mismatch /id',
    ])
    expect(await judge(tokenOf(credential(), issuer, { alg: 'none' }))).toEqual(['alg /id'])
  })

  test('that is signed by itself too has two good signatures', async () => {
    expect(await judge(tokenOf(await signGeneral(credential(), issuer)))).toEqual([])
    expect(await judge(tokenOf(await signGeneral(credential(), holder)))).toEqual([
      'issuer_binding /id',
    ])
  })

  test('in a presentation is verified likewise', async () => {
    const held = [await envelope(tokenOf(credential()))]
    const shown = async (verifiableCredential: Json[]) =>
      faults(
        await verifyVp(
          await signGeneral(presentation({ verifiableCredential }), holder, {
            proofPurpose: 'authentication',
          }),
        ),
      )
    expect(await shown(held)).toEqual([])
    expect(await shown([{ ...held[0], type: undefined }])).not.toEqual([])
  })
})

describe('an enveloped presentation (VCDM 2.0, 4.13.2; VC-JOSE-COSE, 3.1.2)', () => {
  const vpToken = (payload: Json = presentation(), signer = holder, header: Json = {}) =>
    tokenOf(payload, signer, { typ: 'vp+jwt', kid: signer.id, ...header })
  const envelopeOf = async (token: Promise<string>, changes: Json = {}) => ({
    '@context': V2,
    type: 'EnvelopedVerifiablePresentation',
    id: `data:application/vp+jwt,${await token}`,
    ...changes,
  })
  const ask = async (token: Promise<string>, options: Json = {}, changes: Json = {}) =>
    faults(await verifyVp(await envelopeOf(token, changes), options))

  test('verifies by the signature of its token, with every credential in it', async () => {
    const held = await signGeneral(credential(), issuer)
    const enveloped = await envelope(tokenOf(credential()))
    const shown = presentation({ holder: holder.did, verifiableCredential: [held, enveloped] })
    expect(await ask(vpToken(shown))).toEqual([])
    expect(await ask(vpToken(shown, holder, { cty: 'vp' }))).toEqual([])
    const foreign = await signGeneral(credential(), holder)
    expect(await ask(vpToken({ ...shown, verifiableCredential: [held, foreign] }))).toEqual([
      'issuer_binding /id',
    ])
    const outcome = await verifyVp(await envelopeOf(vpToken()))
    expect(outcome).toMatchObject({ errors: [], warnings: [{ code: 'no_holder', pointer: '/id' }] })
  })

  test('is signed by the holder that it names, whom its claims name too', async () => {
    const named = presentation({ holder: holder.did })
    expect(await ask(vpToken({ ...named, iss: holder.did }))).toEqual([])
    expect(await ask(vpToken(named, issuer))).toContain('issuer_binding /id')
    expect(await ask(vpToken({ ...named, iss: issuer.did }))).toContain('claims_mismatch /id')
    const [head, body] = (await vpToken(named)).split('.')
    expect(await ask(Promise.resolve(`${head}.${body}.${'A'.repeat(86)}`))).not.toEqual([])
    expect(await ask(vpToken(named, holder, { kid: undefined }))).not.toEqual([])
    expect(await ask(vpToken({ ...named, exp: 1_700_000_000 }))).toEqual(['proof_time /id'])
  })

  test('PR-22 answers the challenge and the domain that are expected', async () => {
    const token = vpToken({ ...presentation(), nonce: 'abc', aud: 'a.example' })
    expect(await ask(token)).toEqual([])
    expect(await ask(token, { challenge: 'abc', domain: 'a.example' })).toEqual([])
    expect(await ask(token, { challenge: 'abd' })).toEqual(['proof_challenge /id'])
    expect(await ask(token, { domain: ['a.example', 'b.example'] })).toEqual(['proof_domain /id'])
    expect(await ask(vpToken(), { challenge: 'abc', domain: 'a.example' })).toEqual([
      'proof_domain /id',
      'proof_challenge /id',
    ])
  })

  test.each<[string, Json, string]>([
    ['@context MUST be present', { '@context': [] }, 'context /@context'],
    [
      'and define its terms',
      { '@context': ['https://www.w3.org/ns/credentials/examples/v2'] },
      'context /@context',
    ],
    ['id MUST be a data: URL', { id: 'eyJhbGciOiJFUzI1NiJ9.e30.AA' }, 'id /id'],
    ['of a presentation', { id: 'data:application/vc+jwt,e30.e30.AA' }, 'id /id'],
    ['type MUST be its own', { type: ['VerifiablePresentation'] }, 'context /@context'],
    [
      'alone',
      { type: ['EnvelopedVerifiablePresentation', 'VerifiablePresentation'] },
      'type /type',
    ],
  ])('%s', async (_, changes, fault) => {
    expect(await ask(vpToken(), {}, changes)).toContain(fault)
  })

  test('what is in it keeps the rules of the model, and is no other thing', async () => {
    expect(await ask(vpToken(presentation({ type: ['Other'] })))).toEqual(['type /id'])
    expect(await ask(vpToken(presentation({ unknown: 1 })))).toEqual(['undefined_term /id'])
    expect(await ask(tokenOf(presentation(), holder, { kid: holder.id }))).toEqual(['type /id'])
    // VC-JOSE-COSE, 3.3: the claims vc and vp MUST NOT be present.
    expect(await ask(vpToken({ vp: presentation() }))).toEqual(['structure /id'])
    expect(await ask(vpToken({ vp: presentation() }, holder, { typ: 'JWT' }))).toEqual(['type /id'])
    const twice = await signGeneral(presentation(), holder)
    expect(await ask(vpToken(twice))).toEqual(['proof /id'])
    // What nobody but the presentation secures is its holder's, or nothing.
    const own = credential({ issuer: holder.did })
    expect(await ask(vpToken(presentation({ verifiableCredential: [own] })))).toEqual([
      'unsigned /id',
    ])
    const named = presentation({ holder: holder.did, verifiableCredential: [own] })
    expect(await ask(vpToken(named))).toEqual([])
    expect(await judge(vpToken(credential(), issuer))).toEqual(['type /id'])
  })
})
