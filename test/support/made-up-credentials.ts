import { OB_CURRENT, OB_EXTENSIONS, VC_V2 } from '../../src/credential/contexts.js'
import { isList, LEGACY_ONLY, SHAPES, VOCABULARIES } from '../../src/credential/shapes.data.js'

type Json = Record<string, any>
export type Dice = (sides: number) => number

/** The same throws for the same seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed | 0
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const TEXTS = [
  'Confirmé par un mentor de l’entreprise',
  'Atelier',
  '',
  'dit « oui », "oui" \\ non\n\tpuis\r\u0008\u000c',
  '\u0000\u0001\u001f\u007f\u0080',
  '😀 \uffff \ue000',
  'half \ud800',
  'Profile',
  'a" .\n<urn:x:1> <urn:x:2> "b',
  'urn:uuid:1',
  '^^<urn:x>',
]
const IRIS = [
  'urn:uuid:00000000-0000-4000-8000-000000000001',
  'https://a.example/1',
  'https://a.example/é?a=b#c',
  'did:web:lycee.example',
  'ni:///sha-256;TMj55i-LLnEVFofYPZYcw1nVvJM_ZDF7tvHzO90v8uU',
]
const ODD_IRIS = [
  'rel/path',
  '_:b0',
  'name:x',
  'https://a.example/a b',
  '',
  'schema:x',
  'HTTP://a.b/',
]
const NAMES_A_THING =
  /^(?:id|url|tos|targetUrl|verificationMethod|statusListCredential|statusReference|requiredLevel|achievedLevel|previousProof)$/
/** Terms that the data model has, and the pinned contexts have not: jsonld.js refuses them. */
const UNDEFINED = ['additionalName', 'familyName', 'givenName']
const DEEPEST = 5

/** A credential of any form that the data model allows, and of a few that it does not. */
export function madeUp(dice: Dice, kind = 'AchievementCredential'): Json {
  return node(dice, kind, 0)
}

/** A text; one in two of them is never the same again. */
export function text(dice: Dice): string {
  const known = TEXTS[dice(TEXTS.length * 2)]
  return known ?? `${dice(2) ? 'Stage – ' : ''}${dice(1_000_000_000).toString(36)}`
}

export function name(dice: Dice): string {
  if (dice(60) === 0) return ODD_IRIS[dice(ODD_IRIS.length)]!
  const known = IRIS[dice(IRIS.length * 8)]
  return known ?? `urn:uuid:${dice(1_000_000_000).toString(16).padStart(8, '0')}-0000-4000-8000-0`
}

function node(dice: Dice, kind: string, depth: number): Json {
  const { terms, types, alsoTypes = [], required, requiredNow = [], oneType } = SHAPES[kind]!
  const wanted = [...required, ...requiredNow]
  // Documents with much in them cost jsonld.js most of the time of this test.
  const chance = depth === 0 ? 3 : 4 + depth
  const made: Json = {}
  for (const [term, held] of Object.entries(terms)) {
    if (LEGACY_ONLY.includes(term) || held === 'jws' || term === 'refreshService') continue
    const isNode = held in SHAPES
    if (isNode && depth >= DEEPEST) continue
    if (!wanted.includes(term) && term !== 'id' && dice(isNode ? chance + 2 : chance) > 0) continue
    if (UNDEFINED.includes(term) && dice(10) > 0) continue
    if (term === 'id' && !wanted.includes(term) && dice(4) === 0) continue
    if (term === 'type') made[term] = typesOf(dice, types, alsoTypes, oneType)
    else made[term] = values(dice, term, held, depth)
  }
  return made
}

function typesOf(dice: Dice, types: readonly string[], also: readonly string[], one?: true) {
  // Mostly the type of today, whose terms are the ones that stand in the shape.
  const own = types[one && dice(12) ? 0 : dice(types.length)] ?? 'https://a.example/type'
  if (one || (also.length === 0 && dice(3) === 0)) return own
  if (also.includes('VerifiableCredential')) return ['VerifiableCredential', own]
  return dice(4) === 0 ? [own, ...also] : [own]
}

function values(dice: Dice, term: string, kind: string, depth: number): unknown {
  if (kind === 'context') return [VC_V2, OB_CURRENT, ...(dice(12) ? [OB_EXTENSIONS] : [])]
  if (!isList(term, kind)) return value(dice, term, kind, depth)
  return Array.from({ length: 1 + dice(3) }, () => value(dice, term, kind, depth))
}

function value(dice: Dice, term: string, kind: string, depth: number): unknown {
  if (kind in SHAPES) {
    if (kind === 'Profile' && dice(4) === 0) return name(dice)
    return node(dice, kind, depth + 1)
  }
  if (kind in VOCABULARIES)
    return dice(5) ? VOCABULARIES[kind]![dice(VOCABULARIES[kind]!.length)] : 'ext:ROME'
  if (NAMES_A_THING.test(term) || (term === 'resultDescription' && kind === 'text'))
    return name(dice)
  if (term === 'proofPurpose') return 'assertionMethod'
  if (kind === 'number') return [1e-7, 1e21, 0, -3, 100, 2.5][dice(24)] ?? dice(30)
  if (kind === 'number-or-text') return dice(3) ? String(dice(131_072)) : dice(131_072)
  if (kind === 'flag') return dice(2) === 1
  if (kind === 'instant') return `2026-06-${10 + dice(20)}T0${dice(10)}:00:00Z`
  if (kind === 'day') return `2009-04-${10 + dice(20)}`
  if (kind === 'language') return 'fr'
  return text(dice)
}
