import untouched from '@digitalcredentials/jsonld'
import contexts from 'jsonld/lib/context.js'
import { expect, test } from 'vitest'
import { canonize } from '../../src/credential/canonical.js'
import { loadContext, VC_V1 } from '../../src/credential/contexts.js'
import { signedBadge, signedEndorsement } from '../support/badges.js'

/** How many terms were frozen: that the guard below guards something. */
let frozen = 0
const initial = contexts.getInitialContext({})
const { clone } = initial
// Before the first document: every context comes from this one and has its functions.
initial.clone = function () {
  const copy = clone.call(this)
  for (const term of copy.mappings.values()) {
    if (term !== null && !Object.isFrozen(term)) frozen += 1
    Object.freeze(term)
  }
  return copy
}

test('jsonld.js never writes to a term that contexts share: it would throw, and sign or verify nothing', async () => {
  const badge = await signedBadge()
  const endorsement = await signedEndorsement()
  const [, ...others] = badge['@context'] as string[]
  for (const document of [
    badge,
    endorsement,
    { ...badge, '@context': [VC_V1, ...others] },
    badge,
  ]) {
    const options = { format: 'application/n-quads', documentLoader: loadContext } as const
    const expected = untouched.canonize(document, {
      ...options,
      algorithm: 'URDNA2015',
      safe: true,
      base: null,
    })
    const outcome = (made: Promise<string>) => made.catch(() => 'refused')
    expect(await outcome(canonize(document))).toBe(await outcome(expected))
  }
  expect(frozen).toBeGreaterThan(100)
})
