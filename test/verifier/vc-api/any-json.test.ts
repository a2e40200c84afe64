import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { signGeneral } from '../../support/general-signing.js'
import { edit, leavesOf } from '../../support/leaves.js'
import { credential, holder, issuer, presentation, V2, verify, verifyVp } from './world.js'

type Json = Record<string, any>

let signed: Json
let shown: Json
beforeAll(async () => {
  const document = credential({
    '@context': [V2, { note: 'https://example.org/#note' }],
    id: 'urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-0f8f1f3b2a10',
    name: { '@value': 'Chien', '@language': 'fr', '@direction': 'ltr' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:subject', note: 'x' },
  })
  signed = await signGeneral(document, issuer)
  shown = await signGeneral(
    presentation({ holder: holder.did, verifiableCredential: [signed] }),
    holder,
    { proofPurpose: 'authentication' },
  )
})

const MEMBERS = ['@context', 'id', 'type', 'issuer', 'holder', 'credentialSubject', 'proof']
const FURTHER = [
  'verifiableCredential',
  'credentialStatus',
  'relatedResource',
  'validUntil',
  'name',
]

describe('any JSON', () => {
  test('in any place has an answer, and none that verifies', async () => {
    const place = fc.constantFrom(...MEMBERS, ...FURTHER)
    await fc.assert(
      fc.asyncProperty(place, fc.jsonValue({ maxDepth: 3 }), async (member, value) => {
        for (const [document, judge] of [
          [signed, verify],
          [shown, verifyVp],
        ] as const) {
          if (JSON.stringify(document[member]) === JSON.stringify(value)) continue
          const { errors } = await judge({ ...document, [member]: value })
          expect(errors.every(({ words }) => words.fr.length > 10)).toBe(true)
          // Nothing at all in place of nothing is no change.
          if (!(saysNothing(value) && document[member] === undefined))
            expect(errors).not.toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })

  test('every value counts: changed or taken away, the signature does not fit', async () => {
    for (const path of leavesOf(signed)) {
      for (const change of [(value: unknown) => `${String(value)}x`, () => undefined]) {
        const changed = structuredClone(signed)
        edit(changed, path, change)
        expect((await verify(changed)).errors, path.join('/')).not.toEqual([])
      }
    }
  })
})

function saysNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.every(saysNothing))
}
