import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { generate } from '@digitalbazaar/ecdsa-multikey'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite as ecdsaSd,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { derive, issue, signPresentation } from '@digitalbazaar/vc'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/credential/digest.js'
import { fromBase58, toBase58 } from '../../../src/credential/multibase.js'
import { canonizeWithJsonLd } from '../../../src/verifier/vc-api/canonize.js'
import { loadGeneralContext } from '../../../src/verifier/vc-api/contexts.js'
import { signGeneral } from '../../support/general-signing.js'
import {
  credential,
  faults,
  holder,
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
const ASKED = { checks: ['proof'] }
const judge = async (document: unknown, options: Json = ASKED) =>
  faults(await verify(document, options))

const signer = {
  id: issuer.id,
  algorithm: 'Ed25519',
  sign: ({ data }: { data: Uint8Array }) => issuer.sign(data),
}
const issuedWith = (suite: object, document: Json): Promise<Json> =>
  issue({ credential: document, suite, documentLoader: loadGeneralContext, now: NOW })
const issued = (document: Json): Promise<Json> =>
  issuedWith(new DataIntegrityProof({ signer, date: DATE, cryptosuite: eddsaRdfc }), document)

async function didKeyOf(curve: 'P-256' | 'P-384') {
  const key = await generate({ curve })
  const did = `did:key:${key.publicKeyMultibase}`
  const id = `${did}#${key.publicKeyMultibase}`
  const signer = key.signer() as { sign(of: { data: Uint8Array }): Promise<Uint8Array> }
  return { did, signer: { ...signer, id } }
}

/** Words of its own, protected, with scopes inside scopes; nothing in it has an id. */
const SAILING = {
  '@protected': true,
  AchievementCredential: 'urn:example:AchievementCredential',
  Sailing: {
    '@id': 'urn:example:Sailing',
    '@context': {
      '@protected': true,
      id: '@id',
      type: '@type',
      number: 'urn:example:number',
      sails: {
        '@id': 'urn:example:sails',
        '@context': { '@protected': true, size: 'urn:example:size', year: 'urn:example:year' },
      },
    },
  },
  achievements: { '@id': 'urn:example:achievements', '@type': '@id' },
}
const sail = (size: number, year: number) => ({ size, year })
const sailing = {
  achievements: [
    { type: 'Sailing', number: 'Earth', sails: [sail(5.5, 2023), sail(6.1, 2023), sail(7, 2020)] },
    { type: 'Sailing', number: 'Mars', sails: [sail(5.9, 2022), sail(4.9, 2023)] },
  ],
}
const type = ['VerifiableCredential', 'AchievementCredential']

describe('vc-data-model-2.0-test-suite', () => {
  const DOMAIN = 'github.com/w3c/vc-data-model-2.0-test-suite'
  const shown = async (changes: Json): Promise<Json> =>
    signPresentation({
      presentation: presentation(changes),
      suite: new DataIntegrityProof({ signer, date: DATE, cryptosuite: eddsaRdfc }),
      domain: DOMAIN,
      challenge: 'u123',
      documentLoader: loadGeneralContext,
    })
  const accepts = async (changes: Json, options: Json = { checks: [] }) =>
    faults(await verifyVp(await shown(changes), options))

  test('4.13 several credentials, issued by whoever shows them, and no holder', async () => {
    const held = await Promise.all(
      ['did:example:subject', 'did:example:other'].map((id) =>
        issued(credential({ credentialSubject: { id }, validFrom: '2023-02-27T05:15:42Z' })),
      ),
    )
    expect(await accepts({ verifiableCredential: held })).toEqual([])
    expect(
      await accepts({ verifiableCredential: held }, { challenge: 'u123', domain: DOMAIN }),
    ).toEqual([])
    const { proof: _proof, ...unsigned } = held[0]!
    expect(await accepts({ verifiableCredential: [unsigned] })).toContain('holder /holder')
  })

  test('4.13 the holder is a URL or an object with one, and signs', async () => {
    const held = [await issued(credential())]
    for (const named of [issuer.did, { id: issuer.did }])
      expect(await accepts({ holder: named, verifiableCredential: held })).toEqual([])
    expect(await accepts({ holder: 'did:example:acme', verifiableCredential: held })).not.toEqual(
      [],
    )
  })

  test('4.4 and 4.5 it may have an id and further types', async () => {
    expect(await accepts({ id: 'urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-0f8f1f3b2a10' })).toEqual([])
    const own = { ExamplePresentation: 'https://example.org/#ExamplePresentation' }
    expect(
      await accepts({
        '@context': [V2, own],
        type: ['VerifiablePresentation', 'ExamplePresentation'],
      }),
    ).toEqual([])
  })

  test('7.1 a value of its proof that is none is an error', async () => {
    const { proof, ...document } = await shown({})
    const wrong = { ...document, proof: { ...proof, proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' } }
    expect(faults(await verifyVp(wrong, { checks: [] }))).toEqual(['proof /proof'])
  })

  test('5.3 a digest of what the base context was before is an error', async () => {
    const relatedResource = [
      {
        id: V2,
        mediaType: 'application/ld+json',
        digestSRI: 'sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg',
      },
    ]
    expect(await judge(await issued(credential({ relatedResource })))).toEqual([
      'related_resource_digest /relatedResource/0',
    ])
  })
})

describe('data-integrity-test-suite-assertion', () => {
  const signed = (options: Json, changes: Json = {}) =>
    signGeneral(credential(changes), issuer, options)

  test('2.1 created a year ago, without an offset, or not at all', async () => {
    for (const created of ['2025-11-24T10:00:00Z', '2026-11-24T10:59:00', undefined])
      expect(await judge(await signed({ created }))).toEqual([])
  })

  test('2.1 expires without an offset is UTC, and no date is an error', async () => {
    expect(await judge(await signed({ expires: '2026-11-24T11:00:00' }))).toEqual([
      'proof_expired /proof',
    ])
    expect(await judge(await signed({ expires: 'invalidDate' }))).toEqual([
      'proof_time /proof/expires',
    ])
  })

  test('2.4.2 a @base by which a type had a meaning, taken away after signing', async () => {
    const base = { '@base': 'https://invalid.example.com/' }
    const changes = { '@context': [V2, base], type: ['VerifiableCredential', 'Undefined'] }
    const document = await signed({}, changes)
    expect(await judge({ ...document, '@context': [V2] })).toEqual(['undefined_term '])
  })

  test('2.4.2 a type and a term that nothing defines, signed or added', async () => {
    const { credentialSubject, ...document } = await signed({})
    const subject = { ...credentialSubject, undefinedTerm: 'x' }
    expect(await judge({ ...document, credentialSubject: subject })).toEqual(['undefined_term '])
  })

  test('4.4 a proof for authentication is none of a credential, whatever is asked', async () => {
    const options = { proofPurpose: 'authentication', domain: 'a.example', challenge: '1235' }
    for (const asked of [{}, { domain: 'a.example' }, { domain: 'a.example', challenge: '1235' }])
      expect(await judge(await signed(options), { ...ASKED, ...asked })).toEqual([
        'proof_purpose /proof',
      ])
  })

  test('2.1.2 a proof whose previous one is missing, or is named by no text', async () => {
    const [first, second] = await Promise.all([
      signed({ id: 'urn:uuid:test:first:proof' }),
      signed({ previousProof: ['urn:uuid:test:missing:proof'] }),
    ])
    const both = { ...first, proof: [first.proof, second.proof] }
    expect(await judge(both)).toEqual(['proof /proof/1'])
    const number = { ...both, proof: [first.proof, { ...second.proof, previousProof: 456_321 }] }
    expect(await judge(number)).toEqual(['previous_proof /proof/1/previousProof'])
  })

  test('2.1.1 two proofs of one key are a set; one that is changed fails it', async () => {
    const [first, second] = await Promise.all([
      signed({}),
      signed({ created: '2026-11-24T10:30:00Z' }),
    ])
    const set = { ...first, proof: [first.proof, second.proof] }
    expect(await judge(set)).toEqual([])
    const changed = { ...first.proof, proofValue: 'invalidProofValue' }
    expect(await judge({ ...set, proof: [changed, second.proof] })).not.toEqual([])
  })
})

describe('vc-di-eddsa-test-suite and vc-di-ed25519signature2020-test-suite', () => {
  const longer = (proofValue: string) => {
    const bytes = fromBase58(proofValue.slice(1), 136)!
    return `z${toBase58(Uint8Array.from([...bytes, ...Array<number>(32).fill(9)]))}`
  }

  test('3.3 a signature of 96 bytes is none of Ed25519', async () => {
    const document = await issued(credential({ credentialSubject: { name: 'ExampleClaim' } }))
    expect(await judge(document)).toEqual([])
    const proof = { ...document.proof, proofValue: longer(document.proof.proofValue) }
    expect(await judge({ ...document, proof })).toEqual(['proof /proof'])
  })

  test('Ed25519Signature2020, which names its context itself', async () => {
    const document = await issuedWith(
      new Ed25519Signature2020({ signer, date: DATE }),
      olderCredential({
        '@context': [V1, 'https://w3id.org/security/suites/ed25519-2020/v1'],
        id: 'urn:uuid:86294362-4254-4f36-854f-3952fe42555d',
        issuanceDate: '2020-03-16T22:37:26.544Z',
      }),
    )
    expect(await judge(document)).toEqual([])
    const proof = { ...document.proof, proofValue: longer(document.proof.proofValue) }
    expect(await judge({ ...document, proof })).toEqual(['proof /proof'])
  })
})

describe('vc-di-ecdsa-test-suite', () => {
  test.each(['P-256', 'P-384'] as const)(
    'ecdsa-rdfc-2019 with %s, in both models',
    async (curve) => {
      const key = await didKeyOf(curve)
      const suite = () =>
        new DataIntegrityProof({
          signer: key.signer,
          date: DATE,
          cryptosuite: ecdsaRdfc,
        })
      const changes = { issuer: key.did, credentialSubject: sailing, type }
      for (const document of [
        credential({ ...changes, '@context': [V2, SAILING] }),
        olderCredential({ ...changes, '@context': [V1, SAILING] }),
        credential({ ...changes, '@context': [V2, { '@context': SAILING }] }),
      ])
        expect(await judge(await issuedWith(suite(), document))).toEqual([])
    },
  )

  test('2.1.2 a chain: each proof signs the one that it names, by a text or a list', async () => {
    const key = await didKeyOf('P-256')
    const document = credential({ issuer: key.did, credentialSubject: { name: 'Alice' } })
    const hash = async (one: Json) => sha256(await canonizeWithJsonLd(one, 'sha256'))
    const proofOf = async (previous: Json[], options: Json): Promise<Json> => {
      const proof = {
        type: 'DataIntegrityProof',
        cryptosuite: 'ecdsa-rdfc-2019',
        proofPurpose: 'assertionMethod',
        verificationMethod: key.signer.id,
        ...options,
      }
      const secured = previous.length === 0 ? document : { ...document, proof: previous }
      const hashes = [
        await hash({ ...proof, '@context': document['@context'] }),
        await hash(secured),
      ]
      const value = await key.signer.sign({ data: Buffer.concat(hashes) })
      return { ...proof, proofValue: `z${toBase58(value)}` }
    }
    const first = await proofOf([], { id: 'urn:uuid:1' })
    for (const previousProof of ['urn:uuid:1', ['urn:uuid:1']]) {
      const second = await proofOf([first], { id: 'urn:uuid:2', previousProof })
      const chain = { ...document, proof: [first, second] }
      expect(await judge(chain)).toEqual([])
      expect(await judge({ ...chain, proof: [second, first] })).toEqual([])
      const renamed = { ...chain, proof: [first, { ...second, id: 'urn:uuid:3' }] }
      expect(await judge(renamed)).toEqual(['proof /proof/1'])
      expect(await judge({ ...chain, proof: [{ ...first, id: 'urn:uuid:4' }, second] })).toEqual([
        'proof /proof/0',
        'proof /proof/1',
      ])
    }
  })

  test.each<[string, string[]]>([
    ['the subject', ['/credentialSubject']],
    ['what is deep inside', ['/credentialSubject/achievements/0/number']],
    ['all of a list', ['/credentialSubject/achievements/0/sails']],
    [
      'some of a list',
      ['/credentialSubject/achievements/0/sails/0', '/credentialSubject/achievements/0/sails/2'],
    ],
    [
      'a list without its first',
      ['/credentialSubject/achievements/1/sails/1', '/credentialSubject/achievements/0/sails/1'],
    ],
  ])(
    'ecdsa-sd-2023 shows %s, of nodes without id, in both models',
    async (_, selectivePointers) => {
      const key = await didKeyOf('P-256')
      const changes = { issuer: key.did, credentialSubject: sailing, type }
      for (const [document, mandatoryPointers] of [
        [credential({ ...changes, '@context': [V2, SAILING] }), ['/issuer']],
        [olderCredential({ ...changes, '@context': [V1, SAILING] }), ['/issuer', '/issuanceDate']],
      ] as const) {
        const base = await issuedWith(
          new DataIntegrityProof({
            signer: key.signer,
            date: DATE,
            cryptosuite: ecdsaSd({ mandatoryPointers: [...mandatoryPointers] }),
          }),
          document,
        )
        expect(await judge(base)).toEqual(['base_proof /proof'])
        const shown: Json = await derive({
          verifiableCredential: base,
          suite: new DataIntegrityProof({
            cryptosuite: createDiscloseCryptosuite({ selectivePointers }),
          }),
          documentLoader: loadGeneralContext,
        })
        expect(await judge(shown)).toEqual([])
        const other = { ...shown.credentialSubject, id: 'urn:invalid' }
        expect(await judge({ ...shown, credentialSubject: other })).toEqual(['proof /proof'])
        expect(await judge({ ...shown, proof: { ...shown.proof, proofValue: 'a' } })).toEqual([
          'proof_value /proof/proofValue',
        ])
      }
    },
  )
})

test('a proof of somebody else in a set is refused: every key is the issuer’s', async () => {
  const [own, foreign] = await Promise.all([
    signGeneral(credential(), issuer),
    signGeneral(credential(), holder),
  ])
  expect(await judge({ ...own, proof: [own.proof, foreign.proof] })).toEqual([
    'issuer_binding /proof/1',
  ])
})
