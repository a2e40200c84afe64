import type { Words } from '../words.js'
import type { Lookups } from './lookups.js'
import { CHECK_NAMES, type Check, type Verdict } from './report.js'
import { issuerIdOf, nameOfIssuer } from './signed-content.js'
import { combineVerdict } from './verdict.js'
import { checkCredential } from './verify-badge.js'

type Json = Readonly<Record<string, unknown>>

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
  const endorsements = held.flatMap(({ endorsement }) => listOf(endorsement))
  const targets = new Map<unknown, Endorsement['target']>([
    [badge.id, 'award'],
    [achievement.id, 'achievement'],
    [issuerIdOf(badge), 'issuer'],
  ])
  return Promise.all(endorsements.map((one) => checkEndorsement(one, targets, lookups, now)))
}

async function checkEndorsement(
  endorsement: Json,
  targets: ReadonlyMap<unknown, Endorsement['target']>,
  lookups: Lookups,
  now: Date,
): Promise<Endorsement> {
  const found = await checkCredential(
    { format: 'data-integrity', document: endorsement },
    endorsement,
    { lookups, now },
    'EndorsementCredential',
  )
  const checks = CHECK_NAMES.slice(0, 8).map((name): Check => ({
    name,
    ...(found[name] ?? NOT_CHECKED),
  }))
  const { id, endorsementComment } = endorsement.credentialSubject as Json
  return {
    endorser: { id: issuerIdOf(endorsement), name: nameOfIssuer(endorsement) },
    target: targets.get(id) ?? null,
    comment: typeof endorsementComment === 'string' ? endorsementComment : '',
    verdict: combineVerdict(checks),
    checks,
    words: NOT_CHECKED.words,
  }
}

const NOT_CHECKED = {
  result: 'unknown',
  code: 'not_checked',
  words: { fr: 'Pas vérifié.', en: 'Not checked.' },
} as const

function listOf(value: unknown): Json[] {
  return (value === undefined ? [] : Array.isArray(value) ? value : [value]) as Json[]
}
