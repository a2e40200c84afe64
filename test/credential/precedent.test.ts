import { describe, expect, test } from 'vitest'
import { toByteText } from '../../src/credential/byte-text.js'
import { lint, type LintFault } from '../../src/credential/lint.js'
import { kindAt } from '../../src/credential/model.js'
import { Precedent } from '../../src/credential/precedent.js'
import { BadgeStencil } from '../../src/credential/stencil/badge-stencil.js'
import { BADGE_HOLES, ENDORSEMENT_HOLES } from '../../src/credential/stencil/holes.js'
import { company, expected, LISTS, reservedIn, signedBadge } from '../support/badges.js'
import { diceOf, name, text, type Dice } from '../support/made-up-credentials.js'

type Json = Record<string, any>

const VARIANTS = 400
/** What must not be signed, or not there. */
const ODD = [
  'Bravo à Zoé KERGUÉLEN',
  'née le 2009-04-17',
  'zoe@exemple.org',
  'zoe.martin@lycee-exemple.fr',
  'https://entreprise.exemple/stagiaires/zoe-kerguelen',
  'Appelez le 06 12 34 56 78',
  '000000001AA',
  'Pièce\u202e conforme',
  'demi \ud800 lettre',
  'U+FFFD \ufffd',
  '2026-06-15T00:00:00Z',
  '2026-06-15',
  'pas une date',
  '94567',
  '<b>HTML</b>',
  '',
]

describe('a precedent', () => {
  test(`of a badge says of ${VARIANTS} others what the whole lint says of them`, async () => {
    const first = await unsigned()
    const stencil = (await BadgeStencil.cut({ text: JSON.stringify(first) }))!
    expect(await faultsOf(first, stencil)).toEqual([])
    const seen = { spared: 0, passed: 0, refused: 0 }
    for (let seed = 1; seed <= VARIANTS; seed++) {
      const other = changed(first, diceOf(seed))
      const known = stencil.know(toByteText(JSON.stringify(other)))
      const isSpared = known?.likeness.precedent.read(known.likeness.texts) !== undefined
      const faults = await faultsOf(other, stencil)
      expect(faults, `seed ${seed}`).toEqual(await faultsOf(other))
      seen[faults.length === 0 ? 'passed' : 'refused'] += 1
      if (isSpared) seen.spared += 1
    }
    // Enough of each for the test to say something.
    expect(seen.spared).toBeGreaterThan(VARIANTS / 4)
    expect(seen.passed).toBeGreaterThan(VARIANTS / 10)
    expect(seen.refused).toBeGreaterThan(VARIANTS / 4)
  })

  test('is none before one has passed, nor when one has failed', async () => {
    const first = await unsigned()
    const stencil = (await BadgeStencil.cut({ text: JSON.stringify(first) }))!
    const { likeness } = stencil.know(toByteText(JSON.stringify(first)))!
    expect(likeness.precedent.read(likeness.texts)).toBeUndefined()
    const spoilt = structuredClone(first)
    spoilt.evidence[0].name = 'zoe@exemple.org'
    expect(await faultsOf(spoilt, stencil)).toHaveLength(1)
    expect(likeness.precedent.read(likeness.texts)).toBeUndefined()
    await faultsOf(first, stencil)
    expect(likeness.precedent.read(likeness.texts)).toBeDefined()
  })

  test('holds what all have in common against each student', async () => {
    const first = await unsigned()
    const stencil = (await BadgeStencil.cut({ text: JSON.stringify(first) }))!
    await faultsOf(first, stencil)
    const named = { forbidden: ['Stratifier'] }
    expect(await faultsOf(first, stencil, named)).toEqual([
      { lint: 'no_personal_data', detail: 'a text holds personal data of the student' },
    ])
    // Two words that stand side by side only where one text ends and the next begins.
    expect(await faultsOf(first, stencil, { forbidden: ['apparent urn'] })).toEqual([])
  })

  test('knows of every hole what must stand there', () => {
    for (const place of BADGE_HOLES)
      expect(kindAt('AchievementCredential', place), place.join()).toMatch(
        /^(?:text|instant|number-or-text)$/,
      )
    for (const place of ENDORSEMENT_HOLES)
      expect(kindAt('EndorsementCredential', place), place.join()).toMatch(
        /^(?:text|instant|number-or-text)$/,
      )
    expect(kindAt('AchievementCredential', ['nothing', 'of', 'it'])).toBeUndefined()
  })

  test('is none where a text is not of the kind of its place, or its place is not known', () => {
    const of = (place: string) =>
      new Precedent({ root: 'AchievementCredential', places: [[place]], common: [] })
    const [instant, unknown] = [of('validFrom'), of('unheard')]
    for (const one of [instant, unknown]) one.pass()
    expect(instant.read(['2026-06-15T00:00:00Z'])).toBeDefined()
    expect(instant.read(['2026-06-15'])).toBeUndefined()
    expect(instant.read([])).toBeUndefined()
    expect(unknown.read(['x'])).toBeUndefined()
  })
})

async function unsigned(): Promise<Json> {
  const { proof: _, ...badge } = await signedBadge()
  return badge
}

/** With the stencil as a batch does it, or looked at whole. */
async function faultsOf(
  credential: Json,
  stencil?: BadgeStencil,
  changes = {},
): Promise<LintFault[]> {
  const said = JSON.stringify(credential)
  const known = stencil?.know(toByteText(said))
  return lint(
    credential,
    expected({ reserved: reservedIn(credential), ...changes }),
    known && { ...known, isDefined: true, bytes: Buffer.byteLength(said) },
  )
}

/** Up to three changes: of a text that may differ, of one that may not, of whether two ids are one. */
function changed(first: Json, dice: Dice): Json {
  const other = structuredClone(first)
  const { evidence, endorsement } = other
  const changes: (() => unknown)[] = [
    () => (evidence[dice(2)].name = odd(dice)),
    () => (evidence[dice(2)].description = odd(dice)),
    () => (evidence[dice(2)].id = name(dice)),
    () => (evidence[1].id = evidence[0].id),
    () => (endorsement[dice(endorsement.length)].credentialSubject.endorsementComment = odd(dice)),
    () => (endorsement[dice(endorsement.length)].validFrom = odd(dice)),
    () => (endorsement[0].proof[0].created = odd(dice)),
    () => (endorsement[0].proof[0].proofValue = `z${name(dice)}`),
    () => (endorsement[0].credentialStatus.id = `${LISTS.company}#${dice(200_000)}`),
    () => (other.validUntil = odd(dice)),
    () => (other.credentialSubject.id = name(dice)),
    () => (other.credentialStatus.id = `${LISTS.school}#${dice(5)}`),
    () => (other.name = odd(dice)),
    () => (other.credentialSubject.achievement.image.id = `https://a.example/${dice(9)}.png`),
    () => (other.issuer = dice(2) ? company.did : { ...other.issuer, name: odd(dice) }),
  ]
  // Nearly always one of the first ten.
  for (let count = dice(3); count >= 0; count--)
    changes[dice(8) === 0 ? dice(changes.length) : dice(10)]!()
  return other
}

function odd(dice: Dice): string {
  return dice(3) === 0 ? text(dice) : (ODD[dice(ODD.length * 2)] ?? 'Mentorat de stage, avril 2026')
}
