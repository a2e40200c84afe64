import { readJws } from '../credential/check-jws.js'
import { LIMITS } from '../credential/limits.js'
import type { Words } from '../words.js'
import { NOT_MADE, type FoundChecks } from './informing.js'
import type { Lookups } from './lookups.js'
import type { ReadBadge } from './read-input.js'
import type { Check, Verdict } from './report.js'
import { issuerIdOf, nameOfIssuer } from './signed-content.js'
import { combineVerdict, MANDATORY } from './verdict.js'
import { checkCredential } from './verify-badge.js'

type Json = Readonly<Record<string, unknown>>
/** An endorsement as it stands in a badge. */
type Given = Readonly<{
  read: Extract<ReadBadge, { format: 'data-integrity' | 'vc-jwt' }>
  document: Json
}>

export type Endorsement = Readonly<{
  endorser: Readonly<{ id: string; name: string }>
  /** Which thing of this badge it speaks of; null: of none that is shown here. */
  target: 'achievement' | 'award' | 'issuer' | null
  comment: string
  verdict: Verdict
  checks: readonly Check[]
  words: Words
}>

/** Each endorsement in a badge, checked as a credential of its own and held against what it endorses. */
export async function checkEndorsements(
  badge: Json,
  lookups: Lookups,
  now: Date,
): Promise<Endorsement[]> {
  const subject = badge.credentialSubject as Json
  const achievement = subject.achievement as Json
  const issuer = badge.issuer
  const held = [
    badge,
    achievement,
    ...(typeof issuer === 'object' && issuer !== null ? [issuer as Json] : []),
  ]
  const given = [
    ...held.flatMap(({ endorsement }) => listOf(endorsement).map(embedded)),
    ...held.flatMap(({ endorsementJwt }) => listOf(endorsementJwt).map(inToken)),
  ]
  const targets = new Map<unknown, Endorsement['target']>([
    [badge.id, 'award'],
    [achievement.id, 'achievement'],
    [issuerIdOf(badge), 'issuer'],
  ])
  const checked = await Promise.all(
    given.slice(0, LIMITS.endorsements).map((one) => checkEndorsement(one, targets, lookups, now)),
  )
  return given.length > LIMITS.endorsements ? [...checked, NOT_LOOKED_AT] : checked
}

/** @returns undefined for a token that is none */
function inToken(jws: unknown): Given | undefined {
  const read = readJws(String(jws))
  if (typeof read === 'string') return undefined
  return { read: { format: 'vc-jwt', jws: String(jws), read }, document: read.credential }
}

function embedded(endorsement: unknown): Given {
  const document = endorsement as Json
  return { read: { format: 'data-integrity', document }, document }
}

async function checkEndorsement(
  given: Given | undefined,
  targets: ReadonlyMap<unknown, Endorsement['target']>,
  lookups: Lookups,
  now: Date,
): Promise<Endorsement> {
  if (!given) return UNREADABLE
  const { read, document } = given
  const around = { lookups, now }
  const found = await checkCredential(read, document, around, 'EndorsementCredential')
  const checks = checksOf(found)
  // The guard has looked at what is embedded, but not yet at what a token holds.
  if (found.type?.result !== 'pass' || found.structure?.result !== 'pass')
    return { ...NOBODYS, verdict: combineVerdict(checks), checks }
  const { id, endorsementComment } = document.credentialSubject as Json
  return {
    endorser: { id: issuerIdOf(document), name: nameOfIssuer(document) },
    target: targets.get(id) ?? null,
    comment: typeof endorsementComment === 'string' ? endorsementComment : '',
    verdict: combineVerdict(checks),
    checks,
    words: NOT_MADE.words,
  }
}

function checksOf(found: FoundChecks): Check[] {
  return MANDATORY.map((name): Check => ({ name, ...(found[name] ?? NOT_MADE) }))
}

const NOBODYS = {
  endorser: { id: '', name: '' },
  target: null,
  comment: '',
  words: NOT_MADE.words,
} as const
const UNREADABLE: Endorsement = {
  ...NOBODYS,
  verdict: 'invalid',
  checks: checksOf({
    structure: {
      result: 'fail',
      code: 'structure',
      words: {
        fr: 'Cet endossement ne peut pas être lu : n’en tenez pas compte.',
        en: 'This endorsement can’t be read: leave it aside.',
      },
    },
  }),
}
/** Stands for all that are too many. */
const NOT_LOOKED_AT: Endorsement = {
  ...NOBODYS,
  verdict: 'indeterminate',
  checks: checksOf({
    structure: {
      result: 'unknown',
      code: 'too_many',
      words: {
        fr: `Ce badge porte plus de ${LIMITS.endorsements} endossements : les autres n’ont pas été vérifiés.`,
        en: `This badge bears more than ${LIMITS.endorsements} endorsements: the others were not checked.`,
      },
    },
  }),
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
}
