import { createPrivateKey, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonize } from '../../src/credential/canonical.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { sha256 } from '../../src/credential/digest.js'
import { toBase58 } from '../../src/credential/multibase.js'

/** The signing vector of the 1EdTech implementation guide for Open Badges 3.0, with its published key. */
const KEY = 'z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'
const SEED = '6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4'
const METHOD = `https://example.edu/issuers/565049#${KEY}`
const PROOF_VALUE =
  'z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr'
const DOCUMENT = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
  id: 'http://example.com/credentials/3527',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: {
    id: 'https://example.edu/issuers/565049',
    type: ['Profile'],
    url: 'https://www.imsglobal.org',
    name: 'Example Corp',
  },
  validFrom: '2010-01-01T00:00:00Z',
  name: 'Teamwork Badge',
  credentialSubject: {
    id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://example.com/achievements/21st-century-skills/teamwork',
      type: ['Achievement'],
      criteria: {
        narrative:
          'Team members are nominated for this badge by their peers and recognized upon review by Example Corp management.',
      },
      description:
        'This badge recognizes the development of the capacity to collaborate within a group environment.',
      name: 'Teamwork',
    },
  },
}
const PROOF = {
  type: 'DataIntegrityProof',
  created: '2010-01-01T19:23:24Z',
  verificationMethod: METHOD,
  cryptosuite: 'eddsa-rdfc-2022',
  proofPurpose: 'assertionMethod',
}

describe('the signing vector of the implementation guide', () => {
  test('its document and its proof options have the published hashes', async () => {
    expect(sha256(await canonize(DOCUMENT)).toString('hex')).toBe(
      '87f65a76d40146205e3b3e06cb0fbd153f97f9ce70372390f52566bb7f9e0773',
    )
    const options = { ...PROOF, '@context': DOCUMENT['@context'] }
    expect(sha256(await canonize(options)).toString('hex')).toBe(
      'd34009cea0dbc1ca941e09dc01c8c9d3e3ce3c5b853f67ee44698dcea10f5d19',
    )
  })

  test('its signature is reproduced byte for byte', async () => {
    const options = sha256(await canonize({ ...PROOF, '@context': DOCUMENT['@context'] }))
    const hash = Buffer.concat([options, sha256(await canonize(DOCUMENT))])
    const der = Buffer.from(`302e020100300506032b657004220420${SEED}`, 'hex')
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    expect(`z${toBase58(sign(null, hash, key))}`).toBe(PROOF_VALUE)
  })

  test('its signature is good, and no other value is', async () => {
    const now = new Date('2026-01-01T00:00:00Z')
    const check = (proofValue: string) =>
      checkProofs({ ...DOCUMENT, proof: [{ ...PROOF, proofValue }] }, () => KEY, now)
    expect(await check(PROOF_VALUE)).toMatchObject([{ result: 'pass' }])
    expect(await check(PROOF_VALUE.replace('Cr', 'Cs'))).toMatchObject([
      { result: 'fail', code: 'proof' },
    ])
    expect(await check('z')).toMatchObject([{ result: 'fail', code: 'proof' }])
  })
})
