import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  badgeClass,
  CLASS,
  HOSTED,
  hosted,
  ISSUER,
  KEY,
  key,
  LIST,
  list,
  profile,
  served,
  signed,
  toToken,
  verifyOlder,
} from '../../support/older.js'

type Json = Record<string, any>
const DOCUMENTS: [string, Json][] = [
  [HOSTED, hosted()],
  [CLASS, badgeClass()],
  [ISSUER, profile()],
  [KEY, key()],
  [LIST, list([])],
]
const token = toToken(signed())
/** One of the linked documents, with any value in the place of one of its fields. */
const spoiled = fc.constantFrom(...DOCUMENTS).chain(([url, document]) =>
  fc.record({
    url: fc.constant(url),
    document: fc
      .tuple(fc.constantFrom(...Object.keys(document)), fc.jsonValue({ maxDepth: 2 }))
      .map(([term, value]) => ({ ...document, [term]: value })),
  }),
)

describe('whatever others serve, an answer goes out', () => {
  test('RL-35 with any value in any field of any document', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled, async ({ url, document }) => {
        for (const badge of [hosted(), token]) {
          const report = await verifyOlder(badge, { documents: served({ [url]: document }) })
          if (report.badge) expect(report.checks[4]).toMatchObject({ result: 'pass' })
        }
      }),
      { numRuns: 500 },
    )
  })

  test('RL-35 with any document at any address', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DOCUMENTS.map(([url]) => url)),
        fc.jsonValue({ maxDepth: 3 }),
        async (url, document) => {
          const documents = served({ [url]: document })
          const reports = [
            await verifyOlder(hosted(), { documents }),
            await verifyOlder(token, { documents }),
          ]
          const isHosted = [HOSTED, CLASS, ISSUER].includes(url)
          const isSigned = url !== HOSTED
          if (isHosted) expect(reports[0]?.verdict).not.toBe('valid')
          if (isSigned) expect(reports[1]?.verdict).not.toBe('valid')
        },
      ),
      { numRuns: 300 },
    )
  })

  test('PR-21 one other character anywhere in a token breaks it', async () => {
    await fc.assert(
      fc.asyncProperty(
        // Of the last letter not every bit counts.
        fc.nat(token.length - 2),
        fc.constantFrom(...'AZaz09-_.'),
        async (at, letter) => {
          fc.pre(token[at] !== letter)
          const report = await verifyOlder(`${token.slice(0, at)}${letter}${token.slice(at + 1)}`)
          expect(report.badge).toBeNull()
          expect(report.verdict).not.toBe('valid')
        },
      ),
      { numRuns: 200 },
    )
  })

  test('PR-21 one other word in what a file says of an award is found', async () => {
    for (const term of ['id', 'recipient', 'badge', 'issuedOn']) {
      const copy = hosted()
      copy[term] =
        term === 'recipient' ? { ...copy.recipient, salt: 'x' } : `${copy[term]}`.replace(/1/g, '2')
      if (term === 'badge') copy.badge = `${CLASS}s`
      expect(await verifyOlder(copy), term).not.toMatchObject({ verdict: 'valid' })
    }
  })
})
