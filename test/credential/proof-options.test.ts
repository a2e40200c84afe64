import { beforeAll, describe, expect, test } from 'vitest'
import { canonize } from '../../src/credential/canonical.js'
import { checkProofs, type ProofOptions } from '../../src/credential/check-proof.js'
import { VC_V2 } from '../../src/credential/contexts.js'
import { sha256 } from '../../src/credential/digest.js'
import { toJcs } from '../../src/credential/jcs.js'
import { toBase58 } from '../../src/credential/multibase.js'
import { ALL_SUITES } from '../../src/credential/suites/table.js'
import { DomainError } from '../../src/errors.js'
import { AWARDED, school, signedBadge } from '../support/badges.js'
import { signAnything } from '../support/raw-signature.js'

type Json = Record<string, any>
const keyOf = () => school.publicKeyMultibase
const check = async (document: Json, options?: ProofOptions) => {
  const results = await checkProofs(document, keyOf, AWARDED, options)
  return results.map(({ result, code }) => (result === 'pass' ? 'pass' : code))
}

describe('a presentation', () => {
  const presentation = {
    '@context': [VC_V2],
    type: ['VerifiablePresentation'],
    holder: school.did,
  }
  const shown = (options: Json) =>
    signAnything(presentation, school, { proofPurpose: 'authentication', ...options })
  const asked = (options: ProofOptions = {}) => ({ purpose: 'authentication', ...options }) as const

  test('PR-10 is signed to authenticate, a badge to assert; neither counts as the other', async () => {
    const made = await shown({})
    expect(await check(made, asked())).toEqual(['pass'])
    expect(await check(made)).toEqual(['proof_purpose'])
    expect(await check(await signedBadge(), asked())).toEqual(['proof_purpose'])
  })

  test('PR-22 answers just the challenge that was asked', async () => {
    const made = await shown({ challenge: 'abc' })
    expect(await check(made, asked({ challenge: 'abc' }))).toEqual(['pass'])
    expect(await check(made, asked())).toEqual(['pass'])
    for (const challenge of ['abd', '', 'ABC'])
      expect(await check(made, asked({ challenge }))).toEqual(['proof_challenge'])
    expect(await check(await shown({}), asked({ challenge: 'abc' }))).toEqual(['proof_challenge'])
  })

  const [one, two] = ['https://one.example', 'https://two.example'] as const
  test.each([
    [one, one, 'pass'],
    [one, [one], 'pass'],
    [[one], one, 'pass'],
    [[one, two], [two, one], 'pass'],
    [[one, two], one, 'proof_domain'],
    [one, [one, two], 'proof_domain'],
    [one, two, 'proof_domain'],
    [[one, two], [one, 'https://three.example'], 'proof_domain'],
    [undefined, one, 'proof_domain'],
    [one, [], 'proof_domain'],
    [one, '', 'proof_domain'],
  ] as const)('PR-22 made for %s, expected for %s: %s', async (domain, expected, code) => {
    const made = await shown(domain === undefined ? {} : { domain })
    expect(await check(made, asked({ domain: expected }))).toEqual([code])
    expect(await check(made, asked())).toEqual(['pass'])
  })
})

describe('the canonical form may be made elsewhere', () => {
  let badge: Json
  beforeAll(async () => {
    badge = await signedBadge()
  })

  test('once for a document, however many proofs it has', async () => {
    const asked: object[] = []
    const canonizeHere: typeof canonize = (document, digest) => {
      asked.push(document)
      return canonize(document, digest)
    }
    const [proof] = badge.proof
    const document = { ...badge, proof: [proof, { ...proof, id: 'urn:x' }, { ...proof }] }
    expect(await check(document, { canonize: canonizeHere })).toEqual(['pass', 'proof', 'pass'])
    expect(asked.filter((one) => 'credentialSubject' in one)).toHaveLength(1)
    expect(asked).toHaveLength(4)
  })

  test('that there is none is a fault of the document', async () => {
    const failing = async () => Promise.reject(new Error('no such term'))
    expect(await check(badge, { canonize: failing })).toEqual(['undefined_term'])
  })

  test('a document that says nothing to the signature is refused', async () => {
    expect(await check(badge, { canonize: async () => '' })).toEqual(['undefined_term'])
  })

  test('that it could not be made now is no verdict, and is passed on', async () => {
    const words = { fr: 'Trop de travail.', en: 'Too much work.' }
    const overloaded = async () => Promise.reject(new DomainError('overloaded', words))
    await expect(check(badge, { canonize: overloaded })).rejects.toThrow(DomainError)
  })
})

describe('what is no proof', () => {
  test.each([[null], ['z123'], [1], [[]], [{}], [{ type: 'DataIntegrityProof' }]])(
    'PR-03 %j fails',
    async (proof) => {
      const badge = await signedBadge()
      expect(await check({ ...badge, proof: [proof] })).toEqual(['proof'])
    },
  )

  test('PR-01, PR-02 a document without one has no result: its caller must not take that for good', async () => {
    const { proof: _proof, ...unsigned } = await signedBadge()
    expect(await check(unsigned)).toEqual([])
    expect(await check({ ...unsigned, proof: [] })).toEqual([])
  })

  test('only the suites that the caller names count', async () => {
    const badge = await signedBadge()
    expect(await check(badge, { suites: ['ecdsa-rdfc-2019'] })).toEqual(['proof'])
    expect(await check(badge, { suites: [] })).toEqual(['proof'])
    expect(await check(badge, { suites: ['eddsa-rdfc-2022'] })).toEqual(['pass'])
  })

  test('PR-12 a suite under another type, or the older type as a suite, even if signed so', async () => {
    const badge = await signedBadge()
    const crossed = await signAnything(badge, school, { cryptosuite: 'Ed25519Signature2020' })
    expect(await check(crossed)).toEqual(['proof'])
    const { proof: _proof, ...unsigned } = badge
    const signedAs = async (type: string) => {
      const options = {
        type,
        cryptosuite: 'eddsa-jcs-2022',
        verificationMethod: school.id,
        proofPurpose: 'assertionMethod',
      }
      const hashes = [options, unsigned].map((one) => sha256(toJcs(one)))
      const signature = await school.sign(Buffer.concat(hashes))
      const proof = { ...options, proofValue: `z${toBase58(signature)}` }
      return check({ ...unsigned, proof }, { suites: ALL_SUITES })
    }
    expect(await signedAs('DataIntegrityProof')).toEqual(['pass'])
    for (const type of ['OtherProof', 'Ed25519Signature2020', 'constructor'])
      expect(await signedAs(type)).toEqual(['proof'])
  })
})
