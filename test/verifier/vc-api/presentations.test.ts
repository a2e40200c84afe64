import { describe, expect, test } from 'vitest'
import { signGeneral } from '../../support/general-signing.js'
import { credential, faults, holder, issuer, presentation, V2, verifyVp } from './world.js'

type Json = Record<string, any>
const AUTHENTICATION = { proofPurpose: 'authentication', challenge: 'abc', domain: 'a.example' }

const signed = (changes: Json = {}, options: Json = AUTHENTICATION) =>
  signGeneral(presentation(changes), holder, options)
const judge = async (changes: Json, options: Json = AUTHENTICATION) =>
  faults(await verifyVp(await signed(changes, options)))

describe('a verifiable presentation (VCDM 2.0, 4.13)', () => {
  test('with nothing in it verifies, with a warning that it names nobody', async () => {
    const outcome = await verifyVp(await signed())
    expect(outcome.errors).toEqual([])
    expect(outcome.warnings).toMatchObject([{ code: 'no_holder' }])
    expect(await judge({ verifiableCredential: [] })).toEqual([])
  })

  test('is verified with every credential in it', async () => {
    const good = await signGeneral(credential(), issuer)
    const foreign = await signGeneral(credential(), holder)
    expect(await judge({ verifiableCredential: [good, good] })).toEqual([])
    expect(await judge({ verifiableCredential: good })).toEqual([])
    expect(await judge({ verifiableCredential: [good, foreign] })).toEqual([
      'issuer_binding /verifiableCredential/1/proof',
    ])
    expect(await judge({ verifiableCredential: [{ ...good, validFrom: '2026' }, good] })).toEqual([
      'dates /verifiableCredential/0/validFrom',
    ])
  })

  test.each<[string, Json, string]>([
    ['MUST include a @context', { '@context': undefined }, 'context /@context'],
    [
      'whose first item is that of 2.0',
      { '@context': ['https://w3id.org/security/v2', V2] },
      'context /@context',
    ],
    ['whose items are URLs or objects', { '@context': [V2, 123192875] }, 'context /@context/1'],
    [
      'none of which is fetched',
      { '@context': [V2, 'https://example.com'] },
      'unknown_context /@context/1',
    ],
    ['MUST have a type', { type: undefined }, 'type /type'],
    ['one of which is VerifiablePresentation', { type: ['VerifiableCredential'] }, 'type /type'],
    [
      'all of which have a meaning',
      { type: ['VerifiablePresentation', 'Unknown'] },
      'undefined_term ',
    ],
    ['has a URL as id', { id: 'not a url' }, 'id /id'],
    ['has a URL as holder', { holder: 'z6MkpJySvETLnxhQG9' }, 'holder /holder'],
    ['or an object with one', { holder: { id: 'z6MkpJySvETLnxhQG9' } }, 'holder /holder'],
    [
      'holds objects',
      { verifiableCredential: ['https://example.org/1'] },
      'verifiable_credential /verifiableCredential',
    ],
    [
      'up to 16',
      { verifiableCredential: Array(17).fill({}) },
      'verifiable_credential /verifiableCredential',
    ],
  ])('%s', async (_, changes, fault) => {
    expect(await judge(changes)).toContain(fault)
  })

  test('without a proof is none', async () => {
    const { proof: _proof, ...unsigned } = await signed()
    expect(faults(await verifyVp(unsigned))).toEqual(['unsigned /proof'])
  })

  test('PR-22 answers the challenge and the domain that are expected', async () => {
    const document = await signed()
    const ask = async (options: Json) => faults(await verifyVp(document, options))
    expect(await ask({ challenge: 'abc', domain: 'a.example' })).toEqual([])
    expect(await ask({ challenge: 'xyz' })).toEqual(['proof_challenge /proof'])
    expect(await ask({ domain: ['a.example', 'b.example'] })).toEqual(['proof_domain /proof'])
    expect(await ask({ expectedProofPurpose: 'assertionMethod' })).toEqual(['proof_purpose /proof'])
    expect(await ask({ expectedProofPurpose: 'keyAgreement' })).toEqual(['proof_purpose /proof'])
  })

  test('may be signed as an assertion', async () => {
    expect(await judge({}, {})).toEqual([])
    expect(await judge({}, { proofPurpose: 'capabilityInvocation' })).toEqual([
      'proof_purpose /proof',
    ])
  })

  test('DI-01 is signed with a key of the holder that it names', async () => {
    expect(await judge({ holder: holder.did })).toEqual([])
    expect(await judge({ holder: { id: holder.did } })).toEqual([])
    expect(await judge({ holder: issuer.did })).toEqual(['issuer_binding /proof'])
  })
})

describe('what a holder says of themselves (VCDM 2.0, 4.13.3)', () => {
  const own = credential({ issuer: holder.did })

  test('may be secured by the presentation alone, which MUST then include a holder', async () => {
    expect(await judge({ holder: holder.did, verifiableCredential: [own] })).toEqual([])
    expect(await judge({ verifiableCredential: [own] })).toEqual([
      'holder /holder',
      'unsigned /verifiableCredential/0/proof',
    ])
    const signedToo = await signGeneral(own, holder)
    expect(await judge({ verifiableCredential: [signedToo] })).toEqual([])
    expect(await judge({ holder: holder.did, verifiableCredential: [signedToo] })).toEqual([])
  })

  test('the issuer MUST be the holder', async () => {
    const fault = ['unsigned /verifiableCredential/0/proof']
    expect(await judge({ holder: holder.did, verifiableCredential: [credential()] })).toEqual(fault)
    expect(await judge({ holder: issuer.did, verifiableCredential: [credential()] })).toEqual([
      'issuer_binding /proof',
    ])
  })
})
