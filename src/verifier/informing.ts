import type { Words } from '../words.js'
import type { Endorsement } from './check-endorsements.js'
import type { Json } from '../credential/values.js'
import { NOT_MADE, type Found, type FoundChecks, type Warning } from './found.js'

/** The checks that inform and warn, and never turn a verdict. */
export function informing(
  document: Json,
  endorsements: readonly Endorsement[],
  trust: Found,
): FoundChecks {
  const { credentialSchema, refreshService } = document
  const verdicts = endorsements.map(({ verdict, target }) =>
    // A good one that speaks of something else is no endorsement of this badge.
    target === null && verdict === 'valid' ? 'invalid' : verdict,
  )
  const worst = verdicts.includes('invalid')
    ? 'fail'
    : verdicts.includes('indeterminate')
      ? 'unknown'
      : 'pass'
  return {
    refresh: refreshService === undefined ? absent('refresh') : NOT_MADE,
    schema: credentialSchema === undefined ? absent('schema') : NOT_FOLLOWED,
    endorsements:
      verdicts.length === 0
        ? absent('endorsements')
        : {
            result: worst,
            code: 'endorsements',
            words: ENDORSED[worst],
            warnings: endorsements.flatMap(withdrawalOf),
          },
    trust,
  }
}

/** The badge stays what it is; who reads it must know that somebody stands by it no more. */
function withdrawalOf({ checks, endorser, target }: Endorsement): Warning[] {
  const { result, code } = checks.find(({ name }) => name === 'status') ?? {}
  if (result !== 'fail' || code !== 'revoked') return []
  const { name } = endorser
  return [
    {
      code: 'endorsement_withdrawn',
      words:
        target === 'achievement'
          ? {
              fr: `« ${name} » a retiré son endossement de la définition de ce badge.`,
              en: `“${name}” has withdrawn its endorsement of this badge’s definition.`,
            }
          : {
              fr: `« ${name} » a retiré son endossement de ce badge.`,
              en: `“${name}” has withdrawn its endorsement of this badge.`,
            },
    },
  ]
}

const NOT_FOLLOWED: Found = {
  ...NOT_MADE,
  words: {
    fr: 'Ce badge nomme une page qui décrit sa forme. Nous vérifions sa forme nous-mêmes, sans cette page.',
    en: 'This badge names a page that describes its form. We check its form ourselves, without that page.',
  },
}
const ENDORSED: Readonly<Record<'pass' | 'unknown' | 'fail', Words>> = {
  pass: {
    fr: 'Chaque endossement a été vérifié comme un badge.',
    en: 'Each endorsement was checked like a badge.',
  },
  unknown: {
    fr: 'Un endossement n’a pas pu être vérifié.',
    en: 'An endorsement could not be checked.',
  },
  fail: {
    fr: 'Un endossement n’est pas valable, ou a été retiré.',
    en: 'An endorsement is not valid, or was withdrawn.',
  },
}

function absent(code: string): Found {
  return {
    result: 'not_applicable',
    code,
    words: { fr: 'Ce badge n’en a pas.', en: 'This badge has none.' },
  }
}
