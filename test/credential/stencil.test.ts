import { issue as bazaarIssue } from '@digitalbazaar/vc'
import { verifyCredential as coreVerify } from '@digitalcredentials/verifier-core'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fromByteText, toByteText } from '../../src/credential/byte-text.js'
import { buildBadge } from '../../src/credential/build-credential.js'
import { canonizeGenerally } from '../../src/credential/canonical.js'
import { canonizeCompiled, hashCompiled } from '../../src/credential/compiled/canonize.js'
import { loadContext, OB_CURRENT, OB_EXTENSIONS, VC_V2 } from '../../src/credential/contexts.js'
import { sha256 } from '../../src/credential/digest.js'
import { prepareCredential } from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import { BadgeStencil } from '../../src/credential/stencil/badge-stencil.js'
import { BADGE_HOLES, mark } from '../../src/credential/stencil/holes.js'
import { Stencil } from '../../src/credential/stencil/stencil.js'
import {
  AWARDED,
  badgeValues,
  expected,
  reservedIn,
  school,
  signedBadge,
  signedEndorsement,
} from '../support/badges.js'
import { diceOf, madeUp, name, text, type Dice } from '../support/made-up-credentials.js'

type Json = Record<string, any>

/** How many credentials are made up; many more when the environment asks for it. */
const CREDENTIALS = Number(process.env.SCEAU_MADE_UP_CREDENTIALS ?? 2_000)
/** One is made up, two more are made of its stencil. */
const OF_EACH = 3

/** As it is hashed: half a letter is U+FFFD in UTF-8. */
const asHashed = (text: string) => Buffer.from(text).toString()
const byJsonLd = (document: object) =>
  canonizeGenerally(document, 'sha256').then(asHashed, () => 'refused')
const filled = (stencil: Stencil, document: object) => {
  const bytes = stencil.fill(toByteText(JSON.stringify(document)))
  return bytes && fromByteText(bytes)
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('compiled form and stencil', () => {
  test(`give for ${CREDENTIALS} made up credentials what jsonld.js gives, or nothing`, async () => {
    const seed = Number(process.env.DEEP_SEED ?? 1) * 1_000_003
    const given = { compiled: 0, stencil: 0, refused: 0, neither: 0 }
    let made = 0
    const hold = async (document: Json, byStencil: string | undefined, at: string) => {
      made += 1
      const compiled = await canonizeCompiled(document, 'sha256')
      if (compiled !== undefined) given.compiled += 1
      if (byStencil !== undefined) given.stencil += 1
      const expected = await byJsonLd(document)
      if (compiled !== undefined) expect(asHashed(compiled), at).toBe(expected)
      if (byStencil !== undefined) expect(byStencil, at).toBe(expected)
      const bytes = await hashCompiled(toByteText(JSON.stringify(document)))
      if (bytes !== undefined)
        expect(bytes.toString('hex'), at).toBe(sha256(expected).toString('hex'))
      if (expected === 'refused') given.refused += 1
      else if (compiled === undefined && byStencil === undefined) given.neither += 1
      return compiled !== undefined
    }
    for (let n = 0; made < CREDENTIALS; n++) {
      const dice = diceOf(seed + n)
      const first = madeUp(dice, n % 4 === 3 ? 'EndorsementCredential' : 'AchievementCredential')
      if (!(await hold(first, undefined, `seed ${seed + n}`))) continue
      const stencil = await Stencil.cut(first, BADGE_HOLES)
      for (let again = 1; stencil && again < OF_EACH; again++) {
        const other = refilled(first, dice)
        await hold(other, filled(stencil, other), `seed ${seed + n}`)
      }
    }
    if (process.env.SCEAU_MADE_UP_CREDENTIALS)
      process.stdout.write(`${JSON.stringify({ made, ...given })}\n`)
    // Enough of them were answered for the test to say something. The first of each three has no stencil yet.
    expect(given.compiled).toBeGreaterThan(made * 0.6)
    expect(given.stencil).toBeGreaterThan(made * 0.4)
  }, 7_200_000)

  test('no scheme of an id in a hole is short for something in a context', async () => {
    for (const url of [VC_V2, OB_CURRENT, OB_EXTENSIONS]) {
      const context = JSON.stringify((await loadContext(url)).document)
      for (const scheme of ['urn', 'did', 'ni', 'http', 'https'])
        expect(context).not.toContain(`"${scheme}":`)
    }
  })
})

describe('the stencil of a badge', () => {
  test('fits the badges of its version, with all that N-Quads escape', async () => {
    const badge = unsigned(await signedBadge())
    const stencil = (await Stencil.cut(badge, BADGE_HOLES))!
    const other = structuredClone(badge)
    other.id = 'urn:uuid:5'
    other.endorsement[0].credentialSubject.id = 'urn:uuid:5'
    other.evidence[0].description = 'dit "oui" \\ non\n\u0000\u007f😀 half \ud800'
    expect(filled(stencil, other)).toBe(await byJsonLd(other))
    // Other places of names: the graph of the proof comes before or behind the criteria.
    const names = new Set<string>()
    for (let n = 0; n < 30; n++) {
      other.endorsement[0].proof[0].proofValue = `z${n}`
      const made = filled(stencil, other)
      expect(made).toBe(asHashed((await canonizeCompiled(other, 'sha256'))!))
      names.add(/(_:c14n\d+) <https:\/\/w3id.org\/security#proofValue>/.exec(made!)![1]!)
    }
    expect(names.size).toBeGreaterThan(1)
  })

  test.each<[string, (badge: Json) => void]>([
    ['another name of the badge', (badge) => (badge.name = 'Autre')],
    ['one more fact', (badge) => badge.evidence.push({ ...badge.evidence[0], id: 'urn:x:1' })],
    ['two facts of one id', (badge) => (badge.evidence[1].id = badge.evidence[0].id)],
    ['a fact with the id of the badge', (badge) => (badge.evidence[0].id = badge.id)],
    ['a fact with the id of the issuer', (badge) => (badge.evidence[0].id = badge.issuer.id)],
    ['an endorsement of another badge', (badge) => (badge.id = 'urn:uuid:5')],
    ['a relative id', (badge) => (badge.evidence[0].id = 'fact-1')],
    ['a shortened id', (badge) => (badge.evidence[0].id = 'name:x')],
    ['a labelled node', (badge) => (badge.evidence[0].id = '_:b0')],
    ['an id with a space', (badge) => (badge.evidence[0].id = 'https://a.example/a b')],
    ['a number', (badge) => (badge.credentialStatus.statusListIndex = 5)],
    ['a term more', (badge) => (badge.evidence[0].genre = 'x')],
  ])('does not answer for %s', async (_, change) => {
    const badge = unsigned(await signedBadge())
    const stencil = (await Stencil.cut(badge, BADGE_HOLES))!
    expect(filled(stencil, badge)).toBeDefined()
    const changed = structuredClone(badge)
    change(changed)
    expect(filled(stencil, changed)).toBeUndefined()
  })

  test('is not cut from nodes that only their neighbours tell apart, nor from a text with a mark', async () => {
    const badge = unsigned(await signedBadge())
    const [fact] = badge.credentialSubject.achievement.alignment
    badge.credentialSubject.achievement.alignment = [fact, { ...fact }]
    expect(await Stencil.cut(badge, BADGE_HOLES)).toBeUndefined()
    expect(mark({ id: 'urn:hole:0:' }, BADGE_HOLES)).toBeUndefined()
  })

  test('changes nothing of what is signed, by us or by @digitalbazaar/vc; verifier-core agrees', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(console, 'log').mockReturnValue()
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in this test')))
    const stencil = (await BadgeStencil.cut(await prepared(0)))!
    for (const n of [0, 1, 2, 3]) {
      const one = await prepared(n)
      const signed = await signCredential(one, school, AWARDED, stencil)
      expect(stencil.hashOf(one.bytes)).toBeDefined()
      expect(signed).toBe(await signCredential(one, school, AWARDED))
      const badge = JSON.parse(signed) as Json
      const suite = new DataIntegrityProof({
        signer: {
          id: school.id,
          algorithm: 'Ed25519',
          sign: ({ data }: { data: Uint8Array }) => school.sign(data),
        },
        date: '2026-06-15T09:00:00Z',
        cryptosuite,
      })
      const credential = JSON.parse(one.text) as Json
      const theirs = await bazaarIssue({
        credential,
        suite,
        documentLoader: loadContext,
        now: AWARDED,
      })
      expect([theirs.proof].flat()).toEqual(badge.proof)
      const answer: Json = await coreVerify({ credential: badge as never, knownDIDRegistries: [] })
      expect(answer.log.find(({ id }: Json) => id === 'valid_signature')).toMatchObject({
        valid: true,
      })
    }
  })

  test('leaves a badge that it does not fit to the other way, which signs the same', async () => {
    const stencil = (await BadgeStencil.cut(await prepared(0)))!
    const other = await prepareCredential(
      buildBadge({ ...badgeValues(), validUntil: null }),
      expected(),
    )
    expect(stencil.hashOf(other.bytes)).toBeUndefined()
    expect(await signCredential(other, school, AWARDED, stencil)).toBe(
      await signCredential(other, school, AWARDED),
    )
  })
})

async function prepared(n: number) {
  const id = `urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-00000000000${n}`
  const endorsement = await signedEndorsement({ target: id })
  const values = badgeValues({
    id,
    subject: `urn:uuid:0c4f6c0e-38f4-4d53-8a77-00000000000${n}`,
    endorsements: [endorsement],
    validFrom: `2026-06-15T0${n}:00:00Z`,
  })
  const badge = buildBadge(values)
  return prepareCredential(badge, expected({ reserved: reservedIn(badge) }))
}

function unsigned({ proof: _, ...badge }: Json): Json {
  return badge
}

/** Other values where badges of one template differ; each id that was the same stays the same, nearly always. */
function refilled(document: Json, dice: Dice): Json {
  const ids = new Map<string, string>()
  const change = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => change(one, [...path, '*']))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, held]) => [key, change(held, [...path, key])]),
      )
    const isHole = BADGE_HOLES.some((place) => place.join() === path.join())
    if (!isHole || typeof value !== 'string') return value
    if (!/^(?:id|statusListCredential)$/.test(path.at(-1)!)) return text(dice)
    if (!ids.has(value) || dice(50) === 0) ids.set(value, name(dice))
    return ids.get(value)
  }
  return change(document, []) as Json
}
