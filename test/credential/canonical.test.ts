import untouched from '@digitalcredentials/jsonld'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonize } from '../../src/credential/canonical.js'
import { loadContext, VC_V1 } from '../../src/credential/contexts.js'
import { signedBadge, signedEndorsement } from '../support/badges.js'
import { edit, leavesOf } from '../support/leaves.js'

/** Another build of jsonld.js. */
const expectedOf = (document: object) =>
  untouched.canonize(document, {
    algorithm: 'URDNA2015',
    format: 'application/n-quads',
    documentLoader: loadContext,
    safe: true,
    base: null,
  })
const outcome = (made: Promise<string>) => made.catch(() => 'refused')

let badge: Record<string, any>
beforeAll(async () => {
  badge = await signedBadge()
})

describe('the canonical form', () => {
  test('is that of another build of jsonld.js, for badges and for what is embedded in them', async () => {
    const endorsement = await signedEndorsement()
    for (const document of [
      badge,
      endorsement,
      { ...badge.proof[0], '@context': badge['@context'] },
    ])
      expect(await canonize(document)).toBe(await expectedOf(document))
  })

  test('is the same again, whatever was canonized or refused in between', async () => {
    const before = await canonize(badge)
    await outcome(canonize({ ...badge, mention: 'x' }))
    await outcome(canonize({ ...badge, '@context': [VC_V1, ...badge['@context'].slice(1)] }))
    await outcome(canonize({ ...badge, '@context': [...badge['@context']].reverse() }))
    expect(await canonize(badge)).toBe(before)
  })

  test('differs, or is refused, wherever that of jsonld.js does: one leaf taken away at a time', async () => {
    for (const path of leavesOf(badge)) {
      const changed = structuredClone(badge)
      edit(changed, path, () => undefined)
      expect(await outcome(canonize(changed)), path.join('/')).toBe(
        await outcome(expectedOf(changed)),
      )
    }
  }, 60_000)

  test('is the same for many documents of different contexts at once as for one after the other', async () => {
    const endorsement = await signedEndorsement()
    const older = { ...badge, '@context': [VC_V1, ...badge['@context'].slice(1)] }
    const documents = Array.from({ length: 12 }, (_, n) => [
      { ...badge, id: `urn:uuid:${n}` },
      { ...endorsement, id: `urn:uuid:e${n}` },
      { ...older, id: `urn:uuid:o${n}` },
      { ...badge, mention: n },
    ]).flat()
    const alone: string[] = []
    for (const document of documents) alone.push(await outcome(canonize(document)))
    const together = await Promise.all(documents.map((document) => outcome(canonize(document))))
    expect(together).toEqual(alone)
    expect(new Set(alone).size).toBeGreaterThan(24)
  })

  test('an unknown context is refused, without asking anybody', async () => {
    const document = { ...badge, '@context': ['https://attacker.example/ctx.json'] }
    await expect(canonize(document)).rejects.toThrow()
  })
})
