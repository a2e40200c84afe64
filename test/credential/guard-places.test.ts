import { describe, expect, test } from 'vitest'
import { OB_CURRENT, OUR_CONTEXTS, VC_V1, VC_V2 } from '../../src/credential/contexts.js'
import { guardBadge } from '../../src/credential/guard.js'
import { fullBadge } from '../support/full-badge.js'

const PROOF = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofValue: 'z1' }
const endorsement: any = {
  '@context': OUR_CONTEXTS,
  id: 'urn:uuid:endorsement',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  issuer: { id: 'did:web:mentor.example', type: ['Profile'], name: 'Mentor' },
  validFrom: '2026-05-01T00:00:00Z',
  credentialSubject: { id: 'urn:x', type: ['EndorsementSubject'], endorsementComment: 'Vu.' },
  proof: [PROOF],
}
// Terms of use have no type that a context knows.
const { termsOfUse: _, ...rest } = fullBadge()
const full: any = { ...rest, proof: PROOF }

type Change = (badge: any) => void
const found = (change: Change, from = full, root?: string) => {
  const changed = structuredClone(from)
  change(changed)
  return guardBadge(changed, root).map(({ check, result, code, pointer }) =>
    [check, result, code, pointer].join(' '),
  )
}
const wrong = (pointer: string, code = 'structure') => `structure fail ${code} ${pointer}`
const ISSUER = 'did:web:lycee.example'
const endorsed = (change: Change = () => {}) => {
  const [inner, outer] = [structuredClone(endorsement), structuredClone(endorsement)]
  outer.id = 'urn:uuid:other'
  change(outer)
  return (b: any) => {
    b.credentialSubject.achievement.endorsement = [inner]
    b.endorsement = [outer]
  }
}

describe('the place that the guard names', () => {
  const OUTER = '/endorsement/0'
  test.each<[string, Change, string[]]>([
    ['nothing in a full badge', () => {}, []],
    ['no context', (b) => delete b['@context'], [wrong('/@context')]],
    ['a context that is a text', (b) => (b['@context'] = VC_V2), [wrong('/@context')]],
    [
      'a further context',
      (b) => b['@context'].push('urn:x'),
      ['context unknown unknown_context /@context'],
    ],
    ['a wrong context', (b) => b['@context'].shift(), ['context fail context /@context']],
    ['no type', (b) => delete b.type, ['type fail type /type']],
    ['one type', (b) => (b.type = 'OpenBadgeCredential'), ['type fail type /type']],
    [
      'one type made of two',
      (b) => (b.type = 'VerifiableCredentialOpenBadgeCredential'),
      ['type fail type /type'],
    ],
    [
      'the type of a badge alone',
      (b) => (b.type = ['OpenBadgeCredential']),
      ['type fail type /type'],
    ],
    [
      'a graph without a type',
      (b) => {
        delete b.type
        b['@graph'] = []
      },
      [wrong('/@graph')],
    ],
    [
      'a graph in a credential of another kind',
      (b) => {
        b.type = ['VerifiableCredential']
        b['@graph'] = []
      },
      ['type fail type /type'],
    ],
    ['no proof', (b) => delete b.proof, ['proof fail unsigned /proof']],
    ['an empty list of proofs', (b) => (b.proof = []), ['proof fail unsigned /proof']],
    ['an empty text as proof', (b) => (b.proof = ''), [wrong('/proof')]],
    ['a long text as proof', (b) => (b.proof = 'z1234567'), [wrong('/proof')]],
    [
      'four proofs',
      (b) => (b.proof = [1, 2, 3, 4].map((nonce) => ({ ...PROOF, nonce: `${nonce}` }))),
      [],
    ],
    [
      'five proofs',
      (b) => (b.proof = [1, 2, 3, 4, 5].map((nonce) => ({ ...PROOF, nonce: `${nonce}` }))),
      [wrong('/proof', 'too_large')],
    ],
    ['a missing term', (b) => delete b.issuer.id, [wrong('/issuer/id')]],
    [
      'a date of the older model',
      (b) => (b.issuanceDate = b.validFrom),
      [wrong('/issuanceDate', 'undefined_term')],
    ],
    [
      'the older model',
      (b) => {
        b['@context'] = [VC_V1, OB_CURRENT]
        b.issuanceDate = b.validFrom
      },
      [],
    ],
    [
      'an unknown term in a list',
      (b) => (b.evidence[1].x = 1),
      [wrong('/evidence/1/x', 'undefined_term')],
    ],
    ['a keyword in a list', (b) => (b.evidence[1]['@x'] = 1), [wrong('/evidence/1/@x')]],
    ['an empty list', (b) => (b.evidence = []), [wrong('/evidence')]],
    ['a list of a text that is one', (b) => (b.name = ['x']), [wrong('/name')]],
    ['two equal values', (b) => (b.evidence[1] = b.evidence[0]), [wrong('/evidence')]],
    ['a text as evidence', (b) => (b.evidence[1] = 'x'), [wrong('/evidence/1')]],
    ['a number as text', (b) => (b.name = 5), [wrong('/name')]],
    [
      'a text as number',
      (b) => (b.credentialSubject.creditsEarned = '2'),
      [wrong('/credentialSubject/creditsEarned')],
    ],
    [
      'a number without end',
      (b) => (b.credentialSubject.creditsEarned = Infinity),
      [wrong('/credentialSubject/creditsEarned')],
    ],
    [
      'a text as flag',
      (b) => (b.credentialSubject.identifier[0].hashed = 'true'),
      [wrong('/credentialSubject/identifier/0/hashed')],
    ],
    ['a whole number as position', (b) => (b.credentialStatus.statusListIndex = 5), []],
    [
      'a part of a position',
      (b) => (b.credentialStatus.statusListIndex = 5.5),
      [wrong('/credentialStatus/statusListIndex')],
    ],
    [
      'a flag as position',
      (b) => (b.credentialStatus.statusListIndex = true),
      [wrong('/credentialStatus/statusListIndex')],
    ],
    [
      'an empty list of types',
      (b) => (b.issuer.type = []),
      [wrong('/issuer/type', 'undefined_term')],
    ],
    [
      'a type that is a number',
      (b) => (b.issuer.type = [7]),
      [wrong('/issuer/type', 'undefined_term')],
    ],
    [
      'a stranger beside a type',
      (b) => b.issuer.type.push('Person'),
      [wrong('/issuer/type', 'undefined_term')],
    ],
    ['a type twice', (b) => b.issuer.type.push('Profile'), [wrong('/issuer/type')]],
    ['a further type', (b) => b.issuer.type.push('AchievementSubject'), []],
    [
      'a further type alone',
      (b) => (b.issuer.type = ['AchievementSubject']),
      [wrong('/issuer/type')],
    ],
    ['an endorsement', endorsed(), []],
    ['an endorsement of the issuer', endorsed((e) => (e.credentialSubject.id = ISSUER)), []],
    ['a context that is none', (b) => b['@context'].push({}), ['context fail context /@context']],
    [
      'an endorsement with no context',
      endorsed((e) => (e['@context'] = [])),
      [wrong(`${OUTER}/@context`)],
    ],
    [
      'an endorsement with a further context',
      endorsed((e) => (e['@context'] = [...OUR_CONTEXTS, 'urn:x'])),
      [`context unknown unknown_context ${OUTER}/@context`],
    ],
    [
      'an endorsement with a wrong context',
      endorsed((e) => (e['@context'] = [OB_CURRENT])),
      [`context fail context ${OUTER}/@context`],
    ],
  ])('is right for %s', (_, change, findings) => {
    expect(found(change)).toEqual(findings)
  })
})

describe('two things of one id', () => {
  const CREATOR = '/credentialSubject/achievement/creator'
  const creator = (value: unknown) => (b: any) => (b.credentialSubject.achievement.creator = value)
  const named = { id: ISSUER, type: ['Profile'], name: 'Another' }

  test('say the same, or one of them nothing', () => {
    expect(found(creator(structuredClone(full.issuer)))).toEqual([])
    expect(found(creator({ id: ISSUER, type: ['Profile'] }))).toEqual([])
    expect(found(creator(named))).toEqual([wrong(CREATOR)])
    expect(found((b) => (b.evidence[1].id = b.evidence[0].id))).toEqual([wrong('/evidence/1')])
  })

  test('a bare name of an issuer says that there is no more to say', () => {
    const bare = { ...full, issuer: ISSUER }
    expect(found(() => {}, bare)).toEqual([])
    expect(found(creator(ISSUER), bare)).toEqual([])
    expect(found(creator(named), bare)).toEqual([wrong(CREATOR)])
    expect(found(creator(named), { ...full, issuer: { id: ISSUER, type: ['Profile'] } })).toEqual([
      wrong(CREATOR),
    ])
    expect(found(creator(named), { ...full, issuer: 'did:web:other.example' })).toEqual([])
  })

  test('an issuer of an endorsement says the same at each place', () => {
    const { id, type, name } = endorsement.issuer
    const twice = endorsed((e) => (e.issuer = { id, type, name: `${name} DÉMO` }))
    const last = (b: any) => {
      twice(b)
      b.credentialSubject.achievement.endorsement[0].issuer = { id, type }
    }
    for (const change of [twice, last])
      expect(found(change)).toEqual([wrong('/endorsement/0/issuer')])
  })

  test('who awards a badge to themselves is named by the issuer alone', () => {
    const self = (b: any) => (b.credentialSubject.id = ISSUER)
    expect(found(self)).toEqual([])
    const named = (b: any) => {
      self(b)
      b.credentialSubject.name = 'Another'
    }
    expect(found(named)).toEqual([wrong('/credentialSubject')])
  })
})

describe('a status list', () => {
  const list: any = {
    '@context': [VC_V2],
    id: 'https://lycee.example/status/1',
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: ISSUER,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: 'u',
    },
    proof: PROOF,
  }
  const foundIn = (change: Change) => found(change, list, 'StatusList')

  test('has contexts and a type of its own', () => {
    expect(foundIn(() => {})).toEqual([])
    expect(foundIn((b) => b['@context'].push('urn:x'))).toEqual([
      'context unknown unknown_context /@context',
    ])
    expect(foundIn((b) => (b['@context'] = ['urn:x']))).toEqual(['context fail context /@context'])
    expect(found(() => {}, list)).toEqual(['type fail type /type'])
    expect(found(() => {}, full, 'StatusList')).toEqual(['type fail type /type'])
  })
})
