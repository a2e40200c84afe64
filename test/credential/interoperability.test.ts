import { DataIntegrityProof as BazaarProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as bazaarSuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue as bazaarIssue, verifyCredential as bazaarVerify } from '@digitalbazaar/vc'
import { DataIntegrityProof } from '@digitalcredentials/data-integrity'
import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite'
import { securityLoader } from '@digitalcredentials/security-document-loader'
import { verifyCredential as dccVerify } from '@digitalcredentials/vc'
import { verifyCredential as coreVerify } from '@digitalcredentials/verifier-core'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadContext } from '../../src/credential/contexts.js'
import { AWARDED, school, signedBadge } from '../support/badges.js'

type Json = Record<string, any>
let badge: Json
let tampered: Json
/** Changed inside one of the endorsements in it. */
let tamperedInside: Json[]
beforeAll(async () => {
  badge = await signedBadge()
  tampered = structuredClone(badge)
  tampered.credentialSubject.achievement.name = 'Une autre compétence'
  tamperedInside = ['award', 'definition'].map((which) => {
    const changed = structuredClone(badge)
    const { achievement } = changed.credentialSubject
    const [endorsement] = which === 'award' ? changed.endorsement : achievement.endorsement
    endorsement.credentialSubject.endorsementComment = 'Autre chose'
    return changed
  })
})

/** Nothing may ask the network: what others need is in their packages, or in the badge. */
const noNetwork = () =>
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in this test')))
afterEach(() => vi.unstubAllGlobals())

const checkStatus = async () => ({ verified: true })

describe('a badge of ours is read by other software', () => {
  test('with the company’s endorsement of the award and of the definition in it', () => {
    expect(badge.endorsement).toHaveLength(1)
    expect(badge.credentialSubject.achievement.endorsement).toHaveLength(1)
  })

  test('and is, letter for letter, what @digitalbazaar/vc would have signed', async () => {
    const { proof: _proof, ...unsigned } = badge
    const signer = {
      id: school.id,
      algorithm: 'Ed25519',
      sign: ({ data }: { data: Uint8Array }) => school.sign(data),
    }
    const date = `${AWARDED.toISOString().slice(0, 19)}Z`
    const issued = await bazaarIssue({
      credential: unsigned,
      suite: new BazaarProof({ signer, date, cryptosuite: bazaarSuite }),
      documentLoader: loadContext,
      now: AWARDED,
    })
    expect([issued.proof].flat()).toEqual(badge.proof)
  })

  test('@digitalbazaar/vc agrees with us, on the good one and on the tampered one', async () => {
    noNetwork()
    const key = {
      type: 'Multikey',
      id: school.id,
      controller: school.did,
      publicKeyMultibase: school.publicKeyMultibase,
    }
    const documents: Record<string, object> = {
      [school.id]: { '@context': 'https://w3id.org/security/multikey/v1', ...key },
      [school.did]: {
        '@context': 'https://www.w3.org/ns/did/v1',
        id: school.did,
        assertionMethod: [school.id],
        verificationMethod: [key],
      },
    }
    const documentLoader = async (url: string) =>
      documents[url]
        ? { contextUrl: null, documentUrl: url, document: documents[url] }
        : loadContext(url)
    const verify = (credential: object) =>
      bazaarVerify({
        credential,
        suite: new BazaarProof({ cryptosuite: bazaarSuite }),
        documentLoader,
        now: AWARDED,
        checkStatus,
      })
    expect((await verify(badge)).verified).toBe(true)
    for (const bad of [tampered, ...tamperedInside])
      expect((await verify(bad)).verified).toBe(false)
  })

  test('@digitalcredentials/vc agrees with us', async () => {
    noNetwork()
    const documentLoader = securityLoader().build()
    const verify = (credential: object) =>
      dccVerify({
        credential,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader,
        now: AWARDED,
        checkStatus,
      })
    expect((await verify(badge)).verified).toBe(true)
    for (const bad of [tampered, ...tamperedInside])
      expect((await verify(bad)).verified).toBe(false)
  })

  test('@digitalcredentials/verifier-core finds the signature valid without the network', async () => {
    noNetwork()
    const verify = async (credential: Json) => {
      const answer: Json = await coreVerify({
        credential: credential as never,
        knownDIDRegistries: [],
      })
      return answer.log?.find(({ id }: Json) => id === 'valid_signature')?.valid as
        boolean | undefined
    }
    expect(await verify(structuredClone(badge))).toBe(true)
    for (const bad of [tampered, ...tamperedInside]) expect(await verify(bad)).not.toBe(true)
  })
})
