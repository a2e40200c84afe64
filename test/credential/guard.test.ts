import { describe, expect, test } from 'vitest'
import { guardBadge } from '../../src/credential/guard.js'
import { buildBadge, buildEndorsement } from '../../src/credential/build-credential.js'
import { badgeValues, endorsementValues, signedBadge } from '../support/badges.js'

const PROOF = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofValue: 'z1' }
// The guard looks at no signature. To sign would need the guard.
const endorsement: any = { ...buildEndorsement(endorsementValues()), proof: [PROOF] }
const badge: any = { ...buildBadge(badgeValues({ endorsements: [endorsement] })), proof: [PROOF] }

const OB = 'https://purl.imsglobal.org/spec/ob/v3p0'

/** Name, what is done to a sound badge, the check and the code that must say so. */
const CASES: [string, (badge: any) => void, string, string][] = [
  [
    'JL-01 a context of the internal network',
    (b) => b['@context'].push('http://169.254.169.254/latest/meta-data'),
    'context',
    'unknown_context',
  ],
  [
    'JL-02 a context of somebody else',
    (b) => b['@context'].push('https://attacker.example/ctx.json'),
    'context',
    'unknown_context',
  ],
  [
    'JL-03 an inline context',
    (b) => b['@context'].push({ '@vocab': 'urn:x:' }),
    'context',
    'context',
  ],
  ['JL-06 contexts in reverse', (b) => b['@context'].reverse(), 'context', 'context'],
  [
    'JL-11 a context inside the subject',
    (b) => (b.credentialSubject['@context'] = { mention: null }),
    'structure',
    'structure',
  ],
  ['JL-12 no context', (b) => delete b['@context'], 'structure', 'structure'],
  ['JL-12 an empty context', (b) => (b['@context'] = []), 'structure', 'structure'],
  ['JL-13 an unknown term', (b) => (b.mention = 'Très bien'), 'structure', 'undefined_term'],
  [
    'JL-14 an unknown term in the achievement',
    (b) => (b.credentialSubject.achievement.mention = 'x'),
    'structure',
    'undefined_term',
  ],
  [
    'JL-14 an unknown term in the evidence',
    (b) => (b.evidence[0].mention = 'x'),
    'structure',
    'undefined_term',
  ],
  [
    'JL-14 an unknown term in the proof',
    (b) => (b.proof[0].mention = 'x'),
    'structure',
    'undefined_term',
  ],
  [
    'JL-17 a relative type',
    (b) => b.type.push('MinistereCredential'),
    'structure',
    'undefined_term',
  ],
  ['JL-18 a keyword', (b) => (b['@mention'] = 'x'), 'structure', 'structure'],
  [
    'JL-19 a node that floats',
    (b) => (b['@included'] = [{ id: 'did:web:education.example' }]),
    'structure',
    'structure',
  ],
  [
    'JL-24 the status hidden in @nest',
    (b) => (b['@nest'] = { credentialStatus: b.credentialStatus }),
    'structure',
    'structure',
  ],
  ['JL-28 a graph', (b) => (b['@graph'] = []), 'structure', 'structure'],
  ['JL-32 validUntil as a list', (b) => (b.validUntil = [b.validUntil]), 'structure', 'structure'],
  [
    'JL-32 validUntil as a value object',
    (b) => (b.validUntil = { '@value': b.validUntil }),
    'structure',
    'structure',
  ],
  [
    'JL-33 two subjects',
    (b) => (b.credentialSubject = [b.credentialSubject, { id: 'urn:x:2' }]),
    'structure',
    'structure',
  ],
  ['JL-34 id and @id', (b) => (b.credentialSubject['@id'] = 'urn:x:2'), 'structure', 'structure'],
  ['JL-39 a plain credential', (b) => (b.type = ['VerifiableCredential']), 'type', 'type'],
  ['PR-01 no proof', (b) => delete b.proof, 'proof', 'unsigned'],
  ['PR-02 no proof in a list', (b) => (b.proof = []), 'proof', 'unsigned'],
  ['PR-03 a proof that is a text', (b) => (b.proof = 'z123'), 'structure', 'structure'],
  ['PR-03 a proof that is null', (b) => (b.proof = null), 'structure', 'structure'],
  [
    'PR-20 a context in the proof',
    (b) => (b.proof[0]['@context'] = { '@vocab': 'urn:x:' }),
    'structure',
    'structure',
  ],
  [
    'JL-13 a term that every object inherits',
    (b) => (b.toString = 'x'),
    'structure',
    'undefined_term',
  ],
  [
    'the same evidence twice',
    (b) => b.evidence.push(structuredClone(b.evidence[0])),
    'structure',
    'structure',
  ],
  ['a type twice', (b) => b.type.push('OpenBadgeCredential'), 'structure', 'structure'],
  ['an issuer without a type', (b) => delete b.issuer.type, 'structure', 'structure'],
  ['a null', (b) => (b.name = null), 'structure', 'structure'],
  [
    'an old context that is published is fine',
    (b) => (b['@context'][1] = `${OB}/context-3.0.9.json`),
    'context',
    'context',
  ],
]

describe('the guard before cryptography', () => {
  test('accepts what we issue', async () => {
    expect(guardBadge(badge)).toEqual([])
    expect(guardBadge(await signedBadge())).toEqual([])
  })

  test.each(CASES)('refuses %s', (_, change, check, code) => {
    const changed = structuredClone(badge)
    change(changed)
    expect(guardBadge(changed)[0]).toMatchObject({ check, code })
  })

  test('a further context that we don’t know is unknown, not wrong', () => {
    const changed = structuredClone(badge)
    changed['@context'].push('https://attacker.example/ctx.json')
    expect(guardBadge(changed)).toMatchObject([{ result: 'unknown', code: 'unknown_context' }])
  })

  test('JL-40 an endorsement is no badge', () => {
    expect(guardBadge(endorsement)).toMatchObject([{ check: 'type', result: 'fail' }])
    expect(guardBadge(endorsement, 'EndorsementCredential')).toEqual([])
  })

  test.each([['a text'], [1], [null], [[]]])('IN-08 refuses %j', (document) => {
    expect(guardBadge(document)).toMatchObject([
      { check: 'structure', result: 'fail', code: 'structure', pointer: '' },
    ])
  })

  test('knows the shapes of the standard alone', () => {
    expect(() => guardBadge(badge, 'Nothing')).toThrow(new RangeError('no shape Nothing'))
  })
})
