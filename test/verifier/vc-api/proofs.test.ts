import { describe, expect, test } from 'vitest'
import { signGeneral } from '../../support/general-signing.js'
import { lookupsOf, signedList } from '../../support/lookups.js'
import { credential, faults, holder, issuer, NOW, V2, verify } from './world.js'

type Json = Record<string, any>

const signed = (options: Json = {}, changes: Json = {}) =>
  signGeneral(credential(changes), issuer, options)
const withProof = async (changes: Json) => {
  const document = await signed()
  return { ...document, proof: { ...document.proof, ...changes } }
}

describe('proofs (Data Integrity, 2.1)', () => {
  test('a good one verifies, alone and in a list', async () => {
    const document = await signed()
    const outcome = await verify(document)
    expect(outcome).toMatchObject({ errors: [], warnings: [] })
    expect(outcome.checks).toEqual([
      'structure',
      'context',
      'type',
      'proof',
      'issuer_binding',
      'validity',
      'status',
    ])
    expect(faults(await verify({ ...document, proof: [document.proof] }))).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'unsigned /proof'],
    ['null', null, 'proof /proof'],
    ['a text', 'proof', 'proof /proof'],
    ['an empty list', [], 'proof /proof'],
    ['a list with a text', ['x'], 'proof /proof/0'],
    ['a list of 9', Array(9).fill({ type: 'DataIntegrityProof' }), 'proof /proof'],
  ])('the “proof” field is %s', async (_, proof, fault) => {
    expect(faults(await verify({ ...(await signed()), proof }))).toContain(fault)
  })

  test.each<[string, Json, string]>([
    ['type is missing', { type: undefined }, 'proof /proof'],
    ['type is unknown', { type: 'UnknownProofType' }, 'undefined_term '],
    ['type is that of an older suite', { type: 'Ed25519Signature2020' }, 'undefined_term '],
    [
      'verificationMethod is missing',
      { verificationMethod: undefined },
      'verification_method /proof/verificationMethod',
    ],
    [
      'verificationMethod is no URL',
      { verificationMethod: 'key-1' },
      'verification_method /proof/verificationMethod',
    ],
    [
      'verificationMethod is a did:key that is none',
      { verificationMethod: 'did:key:invalidVm' },
      'proof /proof',
    ],
    ['proofPurpose is missing', { proofPurpose: undefined }, 'proof_purpose /proof/proofPurpose'],
    ['proofPurpose is another', { proofPurpose: 'authentication' }, 'proof_purpose /proof'],
    ['proofPurpose is unknown', { proofPurpose: 'invalidPurpose' }, 'undefined_term '],
    ['proofValue is missing', { proofValue: undefined }, 'proof_value /proof/proofValue'],
    ['proofValue is null', { proofValue: null }, 'proof_value /proof/proofValue'],
    ['proofValue is of another base', { proofValue: 'mAAAA' }, 'proof_value /proof/proofValue'],
    ['proofValue is short', { proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' }, 'proof /proof'],
    ['cryptosuite is missing', { cryptosuite: undefined }, 'cryptosuite /proof/cryptosuite'],
    ['cryptosuite is no string', { cryptosuite: 5 }, 'cryptosuite /proof/cryptosuite'],
    ['cryptosuite is unknown', { cryptosuite: 'UnknownCryptosuite' }, 'proof /proof'],
    ['created is no date', { created: 'invalidDate' }, 'proof_time /proof/created'],
    ['expires is no date', { expires: 'tomorrow' }, 'proof_time /proof/expires'],
    ['domain is a number', { domain: 5 }, 'proof_domain /proof/domain'],
    ['challenge is a list', { challenge: ['a'] }, 'proof_challenge /proof/challenge'],
    ['nonce is a number', { nonce: 5 }, 'proof_nonce /proof/nonce'],
    ['previousProof is a number', { previousProof: 5 }, 'previous_proof /proof/previousProof'],
    ['previousProof is not there', { previousProof: 'urn:uuid:missing' }, 'proof /proof'],
    ['id is no URL', { id: 'proof-1' }, 'id /proof/id'],
  ])('%s', async (_, changes, fault) => {
    expect(faults(await verify(await withProof(changes)))).toContain(fault)
  })

  test('the multibase header of proofValue is cut off', async () => {
    const { proof, ...document } = await signed()
    const proofValue = proof.proofValue.slice(1)
    expect((await verify({ ...document, proof: { ...proof, proofValue } })).errors).not.toEqual([])
  })

  test('created may be absent, or written without an offset: then it is UTC', async () => {
    for (const created of [undefined, '2026-11-24T10:00:00', '2025-11-24T10:00:00+02:00'])
      expect(faults(await verify(await signed({ created })))).toEqual([])
  })

  test('PR-18 it expires at its second, without grace', async () => {
    const at = async (expires: string) => faults(await verify(await signed({ expires })))
    expect(await at('2026-11-24T11:00:01Z')).toEqual([])
    expect(await at('2026-11-24T11:00:00Z')).toEqual(['proof_expired /proof'])
    expect(await at('2026-11-24T10:59:59')).toEqual(['proof_expired /proof'])
  })

  test('a word added after signing is refused, with a meaning or without', async () => {
    const document = await signed()
    const added = { ...document, credentialSubject: { ...document.credentialSubject, x: 1 } }
    expect(faults(await verify(added))).toEqual(['undefined_term '])
    expect(faults(await verify({ ...document, name: 'Added' }))).toEqual(['proof /proof'])
    const type = [...document.type, 'UndefinedType']
    expect(faults(await verify({ ...document, type }))).toEqual(['undefined_term '])
  })

  test('every proof of a set must be good, and of the issuer', async () => {
    const [good, foreign] = [await signed(), await signGeneral(credential(), holder)]
    const both = (other: Json) => ({ ...good, proof: [good.proof, other] })
    expect(faults(await verify(both({ ...good.proof, id: 'urn:uuid:2' })))).toEqual([
      'proof /proof/1',
    ])
    expect(faults(await verify(both(foreign.proof)))).toEqual(['issuer_binding /proof/1'])
  })
})

describe('what whoever asks expects', () => {
  test('another purpose than that of the proof', async () => {
    const ask = async (expectedProofPurpose: string) =>
      faults(await verify(await signed(), { expectedProofPurpose }))
    expect(await ask('assertionMethod')).toEqual([])
    expect(await ask('authentication')).toEqual(['proof_purpose /proof'])
    expect(await ask('constructor')).toEqual(['proof_purpose /proof'])
  })

  test('PR-22 a domain and a challenge, which are compared when they are asked for', async () => {
    const document = await signed({ domain: 'a.example', challenge: 'abc' })
    const ask = async (options: Json) => faults(await verify(document, options))
    expect(await ask({})).toEqual([])
    expect(await ask({ domain: 'a.example', challenge: 'abc' })).toEqual([])
    expect(await ask({ domain: 'b.example' })).toEqual(['proof_domain /proof'])
    expect(await ask({ domain: 'a.example', challenge: 'abd' })).toEqual(['proof_challenge /proof'])
  })
})

describe('whose key it is', () => {
  test('DI-01 a key of somebody else is refused, however good the signature', async () => {
    const document = await signGeneral(credential(), holder)
    expect(faults(await verify(document))).toEqual(['issuer_binding /proof'])
  })

  test('an issuer whose keys nobody can look up does not verify', async () => {
    const changes = { issuer: 'did:web:issuer.example' }
    const verificationMethod = `did:web:issuer.example#${issuer.publicKeyMultibase}`
    expect(await verify(await signed({ verificationMethod }, changes))).toMatchObject({
      errors: [{ pointer: '/proof' }],
    })
  })

  test('a did:web whose own document lists the key does', async () => {
    const id = 'did:web:issuer.example'
    const method = `${id}#key-1`
    const key = { id: method, controller: id, publicKeyMultibase: issuer.publicKeyMultibase }
    const lookups = lookupsOf({ keys: { [id]: { outcome: 'found', value: [key] } } })
    const document = await signed({ verificationMethod: method }, { issuer: id })
    expect(faults(await verify(document, {}, { lookups }))).toEqual([])
  })
})

describe('the status', () => {
  const LIST = 'https://lists.example/status/1'
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: LIST,
  }
  const judge = async (revoked: number[] | undefined, options: Json) => {
    const dates = { validFrom: '2026-11-20T00:00:00Z', validUntil: '2026-12-20T00:00:00Z' }
    const list = revoked && (await signedList(issuer, LIST, { revoked, ...dates }))
    const lookups = lookupsOf({ lists: list ? { [LIST]: list } : {} })
    const document = await signed({}, { credentialStatus: entry })
    return verify(document, options, { lookups })
  }

  test('ST-01 revoked never verifies, whichever checks are asked for', async () => {
    for (const options of [{}, { checks: ['proof'] }, { checks: [] }])
      expect(faults(await judge([7], options))).toEqual(['revoked /credentialStatus'])
    expect(await judge([8], {})).toMatchObject({ errors: [], warnings: [] })
  })

  test('unknown does not verify, unless the asked-for checks leave it out', async () => {
    for (const options of [{}, { checks: ['proof', 'credentialStatus'] }])
      expect(faults(await judge(undefined, options))).toEqual([
        'status_unavailable /credentialStatus',
      ])
    expect(await judge(undefined, { checks: ['proof'] })).toMatchObject({
      errors: [],
      warnings: [{ code: 'status_unavailable' }],
    })
  })
})

test('what a stranger wrote is in no answer', async () => {
  const canary = 'canary-9f1c'
  const wrong = await signed({}, { '@context': [V2, `https://${canary}.example`] })
  expect(JSON.stringify(await verify(wrong))).not.toContain(canary)
  const dates = { validFrom: canary, name: 5, id: canary }
  expect(JSON.stringify(await verify({ ...wrong, ...dates }, {}, { now: NOW }))).not.toContain(
    canary,
  )
})
