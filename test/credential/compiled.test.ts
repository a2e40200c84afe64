import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonizeGenerally } from '../../src/credential/canonical.js'
import { canonizeCompiled } from '../../src/credential/compiled/canonize.js'
import {
  loadContext,
  OB_CURRENT,
  OB_EXTENSIONS,
  VC_V1,
  VC_V2,
} from '../../src/credential/contexts.js'
import { signedBadge, signedEndorsement } from '../support/badges.js'
import { fullBadge } from '../support/full-badge.js'
import { edit, placesOf, type Path } from '../support/leaves.js'

type Json = Record<string, any>

/** How many documents are made up; many more when the environment asks for it. */
const RUNS = Number(process.env.DEEP_RUNS ?? 150)

const STATUS_LIST = {
  '@context': [VC_V2],
  id: 'https://lycee.example/status/1',
  type: ['VerifiableCredential', 'BitstringStatusListCredential'],
  issuer: 'did:web:lycee.example',
  validFrom: '2026-05-01T00:00:00Z',
  credentialSubject: {
    id: 'https://lycee.example/status/1#list',
    type: 'BitstringStatusList',
    statusPurpose: 'revocation',
    encodedList: 'uH4sIAAAAAAAAA',
  },
}

let documents: Json[]
let terms: string[]
beforeAll(async () => {
  const badge = await signedBadge()
  const endorsement = await signedEndorsement()
  const { proof, ...unsigned } = badge
  const options = { ...([proof].flat()[0] as Json), '@context': badge['@context'] }
  const { validFrom, validUntil, ...undated } = fullBadge()
  const older = {
    ...undated,
    '@context': [VC_V1, OB_CURRENT, OB_EXTENSIONS],
    issuanceDate: validFrom,
    expirationDate: validUntil,
    credentialStatus: { id: 'https://lycee.example/list', type: '1EdTechRevocationList' },
  }
  documents = [
    badge,
    unsigned,
    endorsement,
    options,
    fullBadge(),
    fullBadge([endorsement]),
    older,
    STATUS_LIST,
  ]
  const published = await Promise.all([VC_V2, OB_CURRENT, OB_EXTENSIONS].map(loadContext))
  terms = [...new Set(published.flatMap(({ document }) => termsOf(document)))]
})

describe('the compiled canonical form', () => {
  test('is that of jsonld.js for badges, endorsements and proofs, with either hash', async () => {
    for (const document of documents) {
      for (const digest of ['sha256', 'sha384'] as const) {
        const compiled = await canonizeCompiled(document, digest)
        expect(compiled).toBeDefined()
        expect(compiled).toBe(await canonizeGenerally(document, digest))
      }
    }
  })

  test('is that of jsonld.js, or none, for made up changes of them', async () => {
    let given = 0
    const change = fc.record({
      at: fc.nat(),
      from: fc.nat(),
      what: fc.constantFrom('value', 'delete', 'copy', 'add', 'rename', 'type', 'id', 'twice'),
      value: values(),
      term: fc.nat(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (which, changes) => {
          const document = structuredClone(documents[which % documents.length]!)
          for (const one of changes) apply(document, one)
          const compiled = await canonizeCompiled(document, 'sha256')
          if (compiled === undefined) return
          given += 1
          expect(compiled).toBe(await canonizeGenerally(document, 'sha256'))
        },
      ),
      { numRuns: RUNS, seed: Number(process.env.DEEP_SEED ?? 1), endOnFailure: true },
    )
    // Enough of them were answered for the test to say something.
    expect(given).toBeGreaterThan(RUNS / 10)
  }, 600_000)

  test('is that of jsonld.js, or none, for names that JavaScript or a reader of IRIs takes otherwise', async () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'then', '0', '-1', '']
    const iris = [
      'urn:x:\u00a0',
      'urn:x:\u2003',
      'urn:x:\u0085',
      'urn:x:😀',
      'HTTP://A.b/',
      '_:b',
      '1a:b',
    ]
    const shortened = ['schema:x', 'ext://x', 'xsd:string', ':x', '#x', '//a.example', 'urn:']
    const badge = documents[1]!
    const places = [['id'], ['type', 1], ['credentialSubject', 'achievement', 'id']] as const
    for (const name of [...names, ...iris, ...shortened]) {
      const changed = places.map((path) => {
        const document = structuredClone(badge)
        const holder = path.slice(0, -1).reduce<Json>((held, key) => held[key] as Json, document)
        holder[path.at(-1)!] = name
        return document
      })
      // As a reader of JSON makes it: a name of its own, whatever the name.
      const named = JSON.parse(`{${JSON.stringify(name)}:"x",${JSON.stringify(badge).slice(1)}`)
      for (const document of [...changed, named]) {
        const compiled = await canonizeCompiled(document, 'sha256')
        if (compiled !== undefined)
          expect(compiled).toBe(await canonizeGenerally(document, 'sha256'))
      }
    }
  })

  test.each<[string, (badge: Json) => void]>([
    ['an unknown term', (badge) => (badge.mention = 'x')],
    ['a null', (badge) => (badge.name = null)],
    ['an empty list', (badge) => (badge.evidence = [])],
    ['a keyword', (badge) => (badge['@included'] = [{ id: 'urn:x:1', name: 'x' }])],
    ['a value object', (badge) => (badge.name = { '@value': 'x' })],
    ['a relative identifier', (badge) => (badge.id = 'badge-1')],
    ['a labelled blank node', (badge) => (badge.id = '_:b0')],
    ['two names of one keyword', (badge) => (badge['@id'] = 'urn:x:1')],
    ['a relative type', (badge) => badge.type.push('Mention')],
    ['a context written into the document', (badge) => badge['@context'].push({ a: 'urn:a:b' })],
    ['an unknown context', (badge) => badge['@context'].push('https://attacker.example/c.json')],
    ['contexts that contradict each other', (badge) => badge['@context'].unshift(VC_V1)],
    [
      'a number that jsonld.js rounds away',
      (badge) => (badge.credentialSubject.creditsEarned = 1e-7),
    ],
    [
      'nodes that only their neighbours tell apart',
      (badge) => {
        const [one] = badge.credentialSubject.achievement.resultDescription
        badge.credentialSubject.achievement.resultDescription.push({ ...one, id: 'urn:x:9' })
      },
    ],
  ])('leaves to jsonld.js: %s', async (_what, change) => {
    const document = fullBadge()
    change(document)
    expect(await canonizeCompiled(document, 'sha256')).toBeUndefined()
  })

  test('takes types one by one: a list is not its text', async () => {
    const badge = fullBadge()
    await canonizeCompiled(
      { ...badge, type: ['VerifiableCredential', 'OpenBadgeCredential'] },
      'sha256',
    )
    for (const type of ['VerifiableCredential,OpenBadgeCredential', [['VerifiableCredential']], {}])
      expect(await canonizeCompiled({ ...badge, type }, 'sha256')).toBeUndefined()
  })

  test('says a repeated statement once', async () => {
    const badge = fullBadge()
    badge.credentialSubject.achievement.tag = ['atelier', 'atelier', 'composites']
    badge.credentialSubject.achievement.creator = badge.issuer.parentOrg
    expect(await canonizeCompiled(badge, 'sha256')).toBe(await canonizeGenerally(badge, 'sha256'))
  })

  test('takes many documents at once', async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ ...fullBadge(), id: `urn:uuid:${n}` }))
    const together = await Promise.all(many.map((one) => canonizeCompiled(one, 'sha256')))
    expect(new Set(together).size).toBe(many.length)
    expect(together[7]).toBe(await canonizeGenerally(many[7]!, 'sha256'))
  })

  test('takes time that grows with the size of a document, not with its square', async () => {
    const sized = (count: number) => ({
      ...fullBadge(),
      evidence: Array.from({ length: count }, (_, n) => ({ type: ['Evidence'], name: `n${n}` })),
    })
    await canonizeCompiled(sized(10), 'sha256')
    const costOf = async (document: object) => {
      const before = process.cpuUsage()
      await canonizeCompiled(document, 'sha256')
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const small = await costOf(sized(500))
    // Eight times the size; sixty-four times the cost would be a square.
    expect(await costOf(sized(4_000))).toBeLessThan(Math.max(small, 2_000) * 32)
  })
})

function values(): fc.Arbitrary<unknown> {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      'x"y\\z\n\t',
      '\u0000\u007f\u0080',
      '\ud800',
      '😀 \uffff \ue000',
      'Profile',
    ),
    fc.constantFrom(
      'urn:uuid:1',
      'https://a.example/é',
      'https://a.example/a b',
      '_:b0',
      'rel/path',
    ),
    fc.constantFrom(
      'name:foo',
      'xsd:string',
      '@id',
      '@foo',
      'assertionMethod',
      'did:web:lycee.example',
    ),
  )
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0, 1e21, 1e-7),
  )
  const plain = fc.oneof(text, number, fc.boolean(), fc.constant(null))
  const node = fc.dictionary(fc.constantFrom('id', 'type', 'name', 'description', '@value'), plain)
  return fc.oneof(plain, fc.array(plain, { maxLength: 3 }), node, fc.array(node, { maxLength: 2 }))
}

type Change = Readonly<{ at: number; from: number; what: string; value: unknown; term: number }>

function apply(document: Json, { at, from, what, value, term }: Change): void {
  const places = placesOf(document).filter(([first]) => first !== '@context')
  const path: Path | undefined = places[at % places.length]
  const other = places[from % places.length]
  if (!path || !other) return
  const name = terms[term % terms.length]!
  const copied = other.reduce<any>((held, key) => held?.[key], document)
  const holder = path.slice(0, -1).reduce<any>((held, key) => held[key], document)
  if (what === 'value') edit(document, path, () => structuredClone(value))
  else if (what === 'delete') edit(document, path, () => undefined)
  else if (what === 'copy') edit(document, path, () => structuredClone(copied))
  else if (what === 'twice')
    edit(document, path, (held) => [held, structuredClone(held), structuredClone(copied)])
  else if (Array.isArray(holder)) return
  else if (what === 'add') holder[name] = structuredClone(from % 2 ? value : copied)
  else if (what === 'rename') holder[name] = structuredClone(holder[path.at(-1)!])
  else if (what === 'type') holder.type = from % 2 ? name : [name, terms[from % terms.length]]
  else if (from % 3 === 0) delete holder.id
  else holder.id = ['urn:uuid:1', document.id, '_:b1', 'https://a.example/'][from % 4]
}

function termsOf(context: unknown): string[] {
  if (typeof context !== 'object' || context === null) return []
  return Object.entries(context).flatMap(([key, held]) => [
    ...(key.startsWith('@') ? [] : [key]),
    ...termsOf(held),
  ])
}
