import { readJws } from '../credential/check-jws.js'
import { LIMITS } from '../credential/limits.js'
import type { Words } from '../words.js'
import { checkCredential } from './check-credential.js'
import { NOT_MADE, type FoundChecks } from './found.js'
import type { Around, Lookups } from './lookups.js'
import { documentOf, type ReadCredential } from './read-input.js'
import type { Check, Verdict } from './report.js'
import { issuerIdOf, nameOfIssuer } from './signed-content.js'
import { combineVerdict, MANDATORY } from './verdict.js'
import { isObject, listOf, textOf, wordOf, type Json } from '../credential/values.js'

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
export async function checkEndorsements(badge: Json, around: Around): Promise<Endorsement[]> {
  const subject = badge.credentialSubject as Json
  const achievement = subject.achievement as Json
  const issuer = badge.issuer
  const held = [badge, achievement, ...(isObject(issuer) ? [issuer] : [])]
  const given = [
    ...held.flatMap(({ endorsement }) => listOf(endorsement).map(embedded)),
    ...held.flatMap(({ endorsementJwt }) => listOf(endorsementJwt).map(inToken)),
  ]
  const targets = new Map<unknown, Endorsement['target']>([
    [badge.id, 'award'],
    [achievement.id, 'achievement'],
    [issuerIdOf(badge), 'issuer'],
  ])
  const inside = { ...around, lookups: withinBadge(badge, around.lookups) }
  const checked = await Promise.all(
    given.slice(0, LIMITS.endorsements).map((one) => checkEndorsement(one, targets, inside)),
  )
  return given.length > LIMITS.endorsements ? [...checked, NOT_LOOKED_AT] : checked
}

/** What stands in a badge is as old as the badge at the least: the log is asked for that. */
function withinBadge(badge: Json, lookups: Lookups): Lookups {
  const { logged } = lookups
  return logged ? { ...lookups, logged: (issuerId) => logged(issuerId, badge) } : lookups
}

/** @returns undefined for a token that is none */
function inToken(jws: unknown): ReadCredential | undefined {
  const read = readJws(wordOf(jws))
  return typeof read === 'string' ? undefined : { format: 'vc-jwt', jws: wordOf(jws), read }
}

function embedded(endorsement: unknown): ReadCredential {
  return { format: 'data-integrity', document: endorsement as Json }
}

async function checkEndorsement(
  read: ReadCredential | undefined,
  targets: ReadonlyMap<unknown, Endorsement['target']>,
  around: Around,
): Promise<Endorsement> {
  if (!read) return UNREADABLE
  const document = documentOf(read)
  const found = await checkCredential(read, around, 'EndorsementCredential')
  const checks = checksOf(found)
  // The guard has looked at what is embedded, but not yet at what a token holds.
  if (found.type?.result !== 'pass' || found.structure?.result !== 'pass')
    return { ...NOBODYS, verdict: combineVerdict(checks), checks }
  const { id, endorsementComment } = document.credentialSubject as Json
  return {
    endorser: { id: issuerIdOf(document), name: nameOfIssuer(document) },
    target: targets.get(id) ?? null,
    comment: textOf(endorsementComment) ?? '',
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
