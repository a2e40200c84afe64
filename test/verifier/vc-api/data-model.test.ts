import { describe, expect, test } from 'vitest'
import { signGeneral } from '../../support/general-signing.js'
import {
  credential,
  faults,
  issuer,
  olderCredential,
  V1,
  V2,
  verify,
  EXAMPLES_V2,
} from './world.js'

type Json = Record<string, any>
const URN = 'urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-0f8f1f3b2a10'
const TYPES = { ExampleType: 'https://example.org/#ExampleType' }
const withTypes = (changes: Json) => credential({ '@context': [V2, TYPES], ...changes })
const typed = { id: URN, type: 'ExampleType' }

async function judge(document: Json): Promise<string[]> {
  return faults(await verify(await signGeneral(document, issuer), { checks: [] }))
}

/** Section and demand of VCDM 2.0; a document that keeps it, and documents that don't. */
const DEMANDS: [string, Json[], [string, Json][]][] = [
  [
    '4.3 the value of the @context property MUST be an ordered set where the first item is a URL with the value https://www.w3.org/ns/credentials/v2',
    [credential(), credential({ '@context': [V2, EXAMPLES_V2] })],
    [
      ['context /@context', credential({ '@context': undefined })],
      ['context /@context', credential({ '@context': V2 })],
      ['context /@context', credential({ '@context': [EXAMPLES_V2, V2] })],
      ['context /@context', credential({ '@context': [EXAMPLES_V2] })],
    ],
  ],
  [
    '4.3 subsequent items in the ordered set MUST be composed of any combination of URLs and/or objects, where each is processable as a JSON-LD Context',
    [credential({ '@context': [V2, TYPES] }), credential({ '@context': [V2, {}, EXAMPLES_V2] })],
    [
      ['context /@context/1', credential({ '@context': [V2, 123] })],
      ['context /@context/1', credential({ '@context': [V2, null] })],
      ['context /@context/1', credential({ '@context': [V2, [TYPES]] })],
      ['context /@context/1', credential({ '@context': [V2, 'https ://not-a-url/v1'] })],
      ['unknown_context /@context/1', credential({ '@context': [V2, 'https://example.com'] })],
      [
        'unknown_context /@context/1/@import',
        credential({ '@context': [V2, { '@import': 'https://example.com' }] }),
      ],
      [
        'unknown_context /credentialSubject/@context',
        credential({ credentialSubject: { '@context': 'https://example.com', id: URN } }),
      ],
      ['undefined_term ', credential({ '@context': [V2, { ExampleType: 5 }] })],
    ],
  ],
  [
    '4.4 if present, the value of the id property MUST be a single URL',
    [credential({ id: URN }), credential({ id: 'https://example.org/credentials/3732' })],
    [
      ['id /id', credential({ id: null })],
      ['id /id', credential({ id: 'example' })],
      ['id /id', credential({ id: [URN, `${URN}2`] })],
      [
        'id /credentialSubject/id',
        credential({ credentialSubject: { id: ['did:example:a', 'did:example:b'] } }),
      ],
    ],
  ],
  [
    '4.5 verifiable credentials MUST contain a type property; the value MUST be one or more terms and/or absolute URL strings',
    [
      withTypes({ type: ['VerifiableCredential', 'ExampleType'] }),
      credential({ type: ['https://example.org/#T', 'VerifiableCredential'] }),
      credential({ type: 'VerifiableCredential' }),
    ],
    [
      ['type /type', credential({ type: undefined })],
      ['type /type', credential({ type: [] })],
      ['type /type', withTypes({ type: ['ExampleType'] })],
      ['type /type', credential({ type: ['VerifiableCredential', 5] })],
      ['undefined_term ', credential({ type: ['VerifiableCredential', 'UnmappedType'] })],
      [
        'undefined_term ',
        credential({
          '@context': [V2, { T: 'https ://not-a-url#T' }],
          type: ['VerifiableCredential', 'T'],
        }),
      ],
    ],
  ],
  [
    '4.6 and 11.1 name and description MUST be a string or a language value object, which MUST NOT have other members',
    [
      credential({ name: 'Dog', description: { '@value': 'Chien', '@language': 'fr' } }),
      credential({
        name: [
          { '@value': 'Dog', '@language': 'en' },
          { '@value': 'Chien', '@language': 'fr', '@direction': 'ltr' },
        ],
      }),
      credential({ issuer: { id: issuer.did, name: { '@value': 'A', '@language': 'en' } } }),
    ],
    [
      ['language_value /name', credential({ name: 5 })],
      [
        'language_value /name',
        credential({ name: { '@value': 'Dog', '@language': 'en', url: URN } }),
      ],
      ['language_value /description', credential({ description: { '@language': 'en' } })],
      ['language_value /name', credential({ name: { '@value': 'Dog', '@direction': 'up' } })],
      [
        'language_value /issuer/name',
        credential({ issuer: { id: issuer.did, name: { '@value': 'A', x: 1 } } }),
      ],
    ],
  ],
  [
    '4.7 the value of the issuer property MUST be either a URL or an object containing an id property whose value is a URL',
    [credential({ issuer: { id: issuer.did } })],
    [
      ['issuer /issuer', credential({ issuer: undefined })],
      ['issuer /issuer', credential({ issuer: null })],
      ['issuer /issuer', credential({ issuer: 'not a url' })],
      ['issuer /issuer', credential({ issuer: { name: 'A' } })],
      ['issuer /issuer', credential({ issuer: { id: null } })],
      ['issuer /issuer', credential({ issuer: [issuer.did] })],
    ],
  ],
  [
    '4.8 each object of credentialSubject MUST be the subject of one or more claims',
    [credential({ credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] })],
    [
      ['credential_subject /credentialSubject', credential({ credentialSubject: undefined })],
      ['credential_subject /credentialSubject', credential({ credentialSubject: {} })],
      ['credential_subject /credentialSubject', credential({ credentialSubject: [] })],
      [
        'credential_subject /credentialSubject/1',
        credential({ credentialSubject: [{ id: 'did:example:a' }, {}] }),
      ],
      ['credential_subject /credentialSubject', credential({ credentialSubject: 'did:example:a' })],
    ],
  ],
  [
    '4.9 validFrom and validUntil MUST be XMLSCHEMA11-2 dateTimeStamp values, validFrom the same or earlier',
    [
      credential({
        validFrom: '2026-01-01T00:00:00.123Z',
        validUntil: '2030-01-01T00:00:00-05:00',
      }),
      credential({ validFrom: '2026-11-24T10:00:00Z' }),
    ],
    [
      ['dates /validFrom', credential({ validFrom: 'Sat 25 Feb 2023 07:16:31 PM CST' })],
      ['dates /validFrom', credential({ validFrom: '2026-02-30T00:00:00Z' })],
      ['dates /validUntil', credential({ validUntil: '2030-01-01' })],
      [
        'dates /validUntil',
        credential({ validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }),
      ],
      ['not_yet_valid /validFrom', credential({ validFrom: '2026-11-24T11:02:00Z' })],
      ['expired /validUntil', credential({ validUntil: '2026-11-24T10:58:00Z' })],
    ],
  ],
  [
    '4.10 the type of a credentialStatus is REQUIRED; its id is a URL if present',
    [
      withTypes({ credentialStatus: typed }),
      withTypes({ credentialStatus: { type: 'ExampleType' } }),
    ],
    [
      ['type /credentialStatus', withTypes({ credentialStatus: { id: URN } })],
      ['type /credentialStatus', withTypes({ credentialStatus: { type: 2 } })],
      ['id /credentialStatus/id', withTypes({ credentialStatus: { ...typed, id: 'not a url' } })],
      [
        'id /credentialStatus/id',
        withTypes({ credentialStatus: { ...typed, id: [URN, `${URN}2`] } }),
      ],
    ],
  ],
  [
    '4.11 each credentialSchema MUST specify its type and an id property that MUST be a URL',
    [
      withTypes({ credentialSchema: typed }),
      withTypes({ credentialSchema: [typed, { ...typed, id: `${URN}2` }] }),
    ],
    [
      ['type /credentialSchema', withTypes({ credentialSchema: { id: URN } })],
      ['id /credentialSchema/id', withTypes({ credentialSchema: { type: 'ExampleType' } })],
      ['id /credentialSchema/id', withTypes({ credentialSchema: { ...typed, id: 5 } })],
      ['type /credentialSchema/1', withTypes({ credentialSchema: [typed, { id: URN }] })],
    ],
  ],
  [
    '5.2 a JSON-LD context that redefines a protected term is an error, and so is a term without a meaning',
    [
      credential({
        credentialSubject: { id: URN, known: 1 },
        '@context': [V2, { known: 'https://example.org/#k' }],
      }),
    ],
    [
      [
        'undefined_term ',
        credential({ '@context': [V2, { VerifiableCredential: 'https://example.org/#Bad' }] }),
      ],
      ['undefined_term ', credential({ credentialSubject: { id: URN, unknown: 1 } })],
      ['undefined_term ', credential({ issuanceDate: '2026-01-01T00:00:00Z' })],
    ],
  ],
  [
    '5.3 each relatedResource has an id, unique among them, and MUST contain a digestSRI or a digestMultibase',
    [
      credential({
        relatedResource: [
          { id: V2, digestMultibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ' },
        ],
      }),
      credential({
        relatedResource: {
          id: V2,
          digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
        },
      }),
      credential({
        relatedResource: {
          id: 'https://example.org/x',
          digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw',
          mediaType: 'application/json',
        },
      }),
    ],
    [
      [
        'related_resource /relatedResource/0',
        credential({ relatedResource: ['https://example.org/x'] }),
      ],
      [
        'related_resource /relatedResource',
        credential({ relatedResource: { digestSRI: 'sha256-AAAA' } }),
      ],
      [
        'related_resource /relatedResource',
        credential({ relatedResource: { id: 'https://example.org/x' } }),
      ],
      [
        'related_resource /relatedResource/0',
        credential({
          relatedResource: [1, 2].map(() => ({
            id: 'https://example.org/x',
            digestSRI: 'sha256-AAAA',
          })),
        }),
      ],
      [
        'related_resource_digest /relatedResource',
        credential({
          relatedResource: {
            id: V2,
            digestMultibase: 'uAAAc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ',
          },
        }),
      ],
    ],
  ],
  ...(['5.4 refreshService', '5.5 termsOfUse', '5.6 evidence'] as const).map(
    (demand): [string, Json[], [string, Json][]] => {
      const property = demand.split(' ')[1]!
      return [
        `${demand}: each value MUST specify its type`,
        [withTypes({ [property]: { type: 'ExampleType' } }), withTypes({ [property]: [typed] })],
        [
          [`type /${property}`, withTypes({ [property]: { id: URN } })],
          [`type /${property}`, withTypes({ [property]: 'ExampleType' })],
          [`type /${property}/1`, withTypes({ [property]: [typed, { id: URN }] })],
          [`id /${property}/id`, withTypes({ [property]: { ...typed, id: 'x' } })],
        ],
      ]
    },
  ),
]

describe('a credential of VCDM 2.0', () => {
  test.each(DEMANDS)('%s', async (_, right, wrong) => {
    for (const document of right) expect(await judge(document)).toEqual([])
    for (const [fault, document] of wrong)
      expect(await judge(document), JSON.stringify(document)).toContain(fault)
  })

  test('7.1 verifiers MUST produce errors when non-conforming documents are detected', async () => {
    const outcome = await verify({ type: ['NonconformingDocument'] })
    expect(faults(outcome)).toEqual(
      expect.arrayContaining(['context /@context', 'type /type', 'issuer /issuer']),
    )
    expect(outcome.errors.every(({ words }) => words.fr !== '' && words.en !== '')).toBe(true)
  })
})

describe('what decides', () => {
  const VOCABULARY = 'https://www.w3.org/2018/credentials#'

  test.each(['validUntil', 'credentialStatus'])(
    'JL-23 “%s” under another name is refused',
    async (name) => {
      const until = {
        '@value': '2020-01-01T00:00:00Z',
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
      }
      const held = name === 'validUntil' ? until : { id: URN }
      for (const document of [
        credential({ [`${VOCABULARY}${name}`]: held }),
        credential({ '@context': [V2, { hidden: `${VOCABULARY}${name}` }], hidden: held }),
        credential({ '@context': [V2, { vc: VOCABULARY }], [`vc:${name}`]: held }),
        // One of the same name elsewhere does not make up for it.
        credential({
          '@context': [V2, { [name]: 'https://example.org/#other', vc: VOCABULARY }],
          [`vc:${name}`]: held,
          credentialSubject: { id: URN, [name]: 'x' },
        }),
      ])
        expect(await judge(document)).toEqual(['other_name '])
    },
  )
})

describe('a credential of VCDM 1.1', () => {
  test('4.6 it verifies with a warning, and MUST have an issuanceDate', async () => {
    const outcome = await verify(await signGeneral(olderCredential(), issuer))
    expect(faults(outcome)).toEqual([])
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['older_model'])
    expect(await judge(olderCredential({ issuanceDate: undefined }))).toContain(
      'dates /issuanceDate',
    )
    expect(await judge(olderCredential({ issuanceDate: 'today' }))).toContain('dates /issuanceDate')
  })

  test('4.8 not after its expirationDate, which is not before its issuanceDate', async () => {
    const until = (expirationDate: string) => judge(olderCredential({ expirationDate }))
    expect(await until('2030-01-01T00:00:00Z')).toEqual([])
    expect(await until('2026-02-01T00:00:00Z')).toEqual(['expired /expirationDate'])
    expect(await until('2025-12-31T00:00:00Z')).toEqual(['dates /expirationDate'])
  })

  test('5.4 and 4.9 the status and the schema MUST have an id', async () => {
    const contexts = [...olderCredential()['@context'], TYPES]
    for (const property of ['credentialStatus', 'credentialSchema']) {
      const document = olderCredential({
        '@context': contexts,
        [property]: { type: 'ExampleType' },
      })
      expect(await judge(document)).toContain(`id /${property}/id`)
    }
  })

  test('its examples of the W3C are understood, and the words of 2.0 are not', async () => {
    const contexts = [
      V1,
      'https://www.w3.org/2018/credentials/examples/v1',
      'https://w3id.org/security/data-integrity/v1',
    ]
    const degree = { type: 'BachelorDegree', name: 'Bachelor' }
    const subject = { id: 'did:example:subject', degree }
    expect(
      await judge(
        olderCredential({
          '@context': contexts,
          type: ['VerifiableCredential', 'UniversityDegreeCredential'],
          credentialSubject: subject,
        }),
      ),
    ).toEqual([])
    expect(await judge(olderCredential({ relatedResource: { id: V2 } }))).toEqual([
      'undefined_term ',
    ])
  })
})
