import { generate } from '@digitalbazaar/ecdsa-multikey'
import { createSignCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite as ecdsaSd,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { createSignCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { derive, issue, signPresentation } from '@digitalbazaar/vc'
import { describe, expect, test } from 'vitest'
import { loadGeneralContext } from '../../../src/verifier/vc-api/contexts.js'
import { VECTORS } from '../../support/w3c-vectors.js'
import { signGeneral } from '../../support/general-signing.js'
import {
  credential,
  DATA_INTEGRITY,
  faults,
  issuer,
  NOW,
  olderCredential,
  presentation,
  V1,
  V2,
  verify,
  verifyVp,
} from './world.js'

type Json = Record<string, any>
const DATE = '2026-11-24T10:00:00Z'
const TERMS = { note: 'https://example.org/#note' }
const subject = { id: 'did:example:subject', note: 'x' }

const signer = {
  id: issuer.id,
  algorithm: 'Ed25519',
  sign: ({ data }: { data: Uint8Array }) => issuer.sign(data),
}
const issuedWith = (suite: object, document: Json) =>
  issue({ credential: document, suite, documentLoader: loadGeneralContext, now: NOW })

/** A key of the curve, under the did:key that it is. */
async function didKeyOf(curve: 'P-256' | 'P-384') {
  const { publicKeyMultibase } = await generate({ curve })
  expect(publicKeyMultibase).toBeDefined()
  const key = await generate({ curve })
  const did = `did:key:${key.publicKeyMultibase}`
  return { did, signer: { ...key.signer(), id: `${did}#${key.publicKeyMultibase}` } }
}

async function goodAndBad(document: Json): Promise<void> {
  expect(faults(await verify(document))).toEqual([])
  const changed = { ...document.credentialSubject, note: 'y' }
  expect(faults(await verify({ ...document, credentialSubject: changed }))).toEqual([
    'proof /proof',
  ])
}

const document2 = (did = issuer.did) =>
  credential({ '@context': [V2, TERMS], issuer: did, credentialSubject: subject })
const document1 = (did = issuer.did) =>
  olderCredential({
    '@context': [V1, DATA_INTEGRITY, TERMS],
    issuer: did,
    credentialSubject: subject,
  })

describe('what another library signed, with a context written into it', () => {
  const ED25519 = [
    ['eddsa-rdfc-2022', () => eddsaRdfc],
    ['eddsa-jcs-2022', eddsaJcs],
  ] as const
  test.each(ED25519)('%s, in both models', async (_, cryptosuite) => {
    for (const document of [document2(), document1()]) {
      const suite = new DataIntegrityProof({ signer, date: DATE, cryptosuite: cryptosuite() })
      await goodAndBad(await issuedWith(suite, document))
    }
  })

  const ECDSA = [
    ['ecdsa-rdfc-2019', 'P-256', () => ecdsaRdfc],
    ['ecdsa-rdfc-2019', 'P-384', () => ecdsaRdfc],
    ['ecdsa-jcs-2019', 'P-256', ecdsaJcs],
    ['ecdsa-jcs-2019', 'P-384', ecdsaJcs],
  ] as const
  test.each(ECDSA)('%s with %s', async (_, curve, cryptosuite) => {
    const key = await didKeyOf(curve)
    const options = { signer: key.signer, date: DATE, cryptosuite: cryptosuite() }
    for (const document of [document2(key.did), document1(key.did)])
      await goodAndBad(await issuedWith(new DataIntegrityProof(options), document))
  })

  test('ecdsa-sd-2023: the derived proof verifies, the base proof never', async () => {
    const key = await didKeyOf('P-256')
    const cryptosuite = ecdsaSd({ mandatoryPointers: ['/issuer'] })
    const base = await issuedWith(
      new DataIntegrityProof({ signer: key.signer, date: DATE, cryptosuite }),
      document2(key.did),
    )
    expect(faults(await verify(base))).toEqual(['base_proof /proof'])
    const shown = createDiscloseCryptosuite({ selectivePointers: ['/credentialSubject'] })
    const derived = await derive({
      verifiableCredential: base,
      suite: new DataIntegrityProof({ cryptosuite: shown }),
      documentLoader: loadGeneralContext,
    })
    await goodAndBad(derived)
  })

  test('Ed25519Signature2020, in both models', async () => {
    const context = 'https://w3id.org/security/suites/ed25519-2020/v1'
    for (const document of [
      credential({ '@context': [V2, context, TERMS], credentialSubject: subject }),
      olderCredential({ '@context': [V1, context, TERMS], credentialSubject: subject }),
    ])
      await goodAndBad(await issuedWith(new Ed25519Signature2020({ signer, date: DATE }), document))
  })

  test('a presentation with a challenge', async () => {
    const suite = new DataIntegrityProof({ signer, date: DATE, cryptosuite: eddsaRdfc })
    const held = await issuedWith(
      new DataIntegrityProof({ signer, date: DATE, cryptosuite: eddsaRdfc }),
      document2(),
    )
    const signed = await signPresentation({
      presentation: presentation({ holder: issuer.did, verifiableCredential: [held] }),
      suite,
      challenge: '123',
      documentLoader: loadGeneralContext,
    })
    expect(faults(await verifyVp(signed, { challenge: '123' }))).toEqual([])
    expect(faults(await verifyVp(signed, { challenge: '124' }))).toEqual(['proof_challenge /proof'])
  })
})

describe('a chain of proofs', () => {
  test('verifies with its first link, and not without', async () => {
    const first = await signGeneral(document2(), issuer, { id: 'urn:uuid:1' })
    const { proof, ...unsecured } = first
    const linked = await signGeneral({ ...unsecured, linked: undefined }, issuer, {
      previousProof: 'urn:uuid:1',
    })
    // Made without the link being signed: no chain.
    expect(faults(await verify({ ...unsecured, proof: [proof, linked.proof] }))).toEqual([
      'proof /proof/1',
    ])
    expect(faults(await verify({ ...unsecured, proof: [linked.proof] }))).toEqual([
      'proof /proof/0',
    ])
  })

  const vectors = Object.entries(VECTORS).filter(
    ([, document]) => !JSON.stringify(document).includes('w3id.org/citizenship'),
  )
  test('there are vectors of the W3C', () => expect(vectors.length).toBeGreaterThan(3))

  test.each(vectors)(
    '%s: nothing speaks against the vector but whose key it is',
    async (_, one) => {
      const outcome = await verify(one)
      expect(faults(outcome).filter((fault) => !fault.startsWith('issuer_binding'))).toEqual([])
    },
  )
})
