import type { Finding } from '../../../src/credential/guard.js'
import type { Report } from '../../../src/verifier/report.js'
import { checkOf, faultsOf } from '../../support/fresh.js'
import type { Json } from './badges.js'

/** One badge on which we and `@digitalbazaar/vc` say different things. */
export type Case = Readonly<{
  document: Json
  ours: Report
  theirs: boolean
  /** What the guard found first, and what stands there. */
  finding: Finding | undefined
  value: unknown
  /** Our verdict on the badge with each of its proofs alone. */
  alone: () => Promise<readonly Report['verdict'][]>
}>

export type Difference = Readonly<{
  name: string
  why: string
  right: 'ours' | 'both'
  holds: (one: Case) => boolean | Promise<boolean>
  /** How many of a thousand badges may differ so: more would be another reason in its clothes. */
  perThousand: number
}>

const fails = (name: string, { ours, theirs }: Case) => theirs && faultsOf(ours).includes(name)
const isStructure = (one: Case) =>
  fails('structure:structure', one) || fails('structure:undefined_term', one)
const lastOf = ({ finding }: Case) => finding?.pointer.split('/').at(-1) ?? ''

/** The reviewed reasons. The first that holds counts; a difference without a reason fails the test. */
export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'one proof of a set is bad',
    why: 'One good proof is enough for the library. A signature that is not good is a claim of somebody who did not sign, so all must pass (PR-05).',
    right: 'ours',
    holds: async (one) =>
      one.theirs &&
      one.ours.verdict === 'invalid' &&
      [one.document.proof].flat().length > 1 &&
      (await one.alone()).includes('valid'),
    perThousand: 60,
  },
  {
    name: 'a context of its own inside',
    why: 'The library puts the contexts of the badge in the place of those of a proof, and follows those inside a node; a reader sees words that no signature covers (JL-11, PR-20).',
    right: 'ours',
    holds: (one) => isStructure(one) && lastOf(one) === '@context',
    perThousand: 20,
  },
  {
    name: 'an inline context',
    why: 'A vocabulary of the badge itself can give any word any meaning. What is not published and pinned is not read (JL-03, JL-23).',
    right: 'ours',
    holds: (one) =>
      fails('context:context', one) &&
      one.document['@context'].some((context: unknown) => typeof context === 'object'),
    perThousand: 30,
  },
  {
    name: 'a context twice',
    why: 'It changes nothing, and nobody writes it: the list of contexts is exact. Indeterminate, not invalid.',
    right: 'both',
    holds: ({ theirs, ours, document }) =>
      theirs &&
      ours.verdict === 'indeterminate' &&
      checkOf(ours, 'context')?.code === 'unknown_context' &&
      new Set(document['@context']).size < document['@context'].length,
    perThousand: 25,
  },
  {
    name: 'a keyword hides content',
    why: 'To the graph nothing has moved, so every proof is good; whoever reads the JSON finds no end date where it belongs (JL-24, JL-32, JL-34).',
    right: 'ours',
    holds: (one) =>
      isStructure(one) &&
      (lastOf(one).startsWith('@') || hasKeyword(one.value) || hasKeyword(parent(one))),
    perThousand: 50,
  },
  {
    name: 'null or an empty list',
    why: 'They are no statement, so no signature covers them; a reader may take them for one.',
    right: 'ours',
    holds: (one) => isStructure(one) && (one.value === null || isEmpty(one.value)),
    perThousand: 25,
  },
  {
    name: 'the same thing twice',
    why: 'A set to the signature, which is the same with one of them; a reader counts two pieces of evidence.',
    right: 'ours',
    holds: (one) =>
      isStructure(one) &&
      Array.isArray(one.value) &&
      new Set(one.value.map((item) => JSON.stringify(item))).size < one.value.length,
    perThousand: 25,
  },
  {
    name: 'one id, two descriptions',
    why: 'To the signature both belong to one node, so a name can be moved from one place to the other (ADR 0003).',
    right: 'ours',
    holds: (one) =>
      isStructure(one) &&
      typeof one.value === 'object' &&
      one.value !== null &&
      'id' in one.value &&
      one.finding?.words.en.includes('two different things') === true,
    perThousand: 20,
  },
  {
    name: 'a required term is missing',
    why: 'The library checks a credential, we check an Open Badge: without a name of the achievement there is nothing to show.',
    right: 'ours',
    holds: (one) => isStructure(one) && one.value === undefined,
    perThousand: 20,
  },
  {
    name: 'several values, or another kind of value, than the model has',
    why: 'Of two names a reader shows one, another reader the other; a number is no name.',
    right: 'ours',
    holds: (one) => isStructure(one) && (Array.isArray(one.value) || typeof one.value === 'number'),
    perThousand: 40,
  },
  {
    name: 'no Open Badge',
    why: 'A good credential of another kind is no badge (JL-39).',
    right: 'both',
    holds: (one) => fails('type:type', one),
    perThousand: 20,
  },
  {
    name: 'no start',
    why: 'Open Badges 3.0 requires validFrom; the data model of credentials does not.',
    right: 'both',
    holds: (one) => fails('validity:dates', one) && one.document.validFrom === undefined,
    perThousand: 20,
  },
  {
    name: 'between one and five minutes beside its dates',
    why: 'The library gives clocks 300 seconds, we give them 60.',
    right: 'both',
    holds: (one) =>
      (fails('validity:expired', one) || fails('validity:not_yet_valid', one)) &&
      ['2026-06-15T08:58:00Z', '2026-06-15T09:02:00Z'].some((instant) =>
        [one.document.validFrom, one.document.validUntil].includes(instant),
      ),
    perThousand: 30,
  },
  {
    name: 'withdrawn by its issuer',
    why: 'The library asks its caller whether a status is good; it reads no list itself.',
    right: 'ours',
    holds: (one) => fails('status:revoked', one),
    perThousand: 20,
  },
]

function hasKeyword(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => key.startsWith('@') && key !== '@context')
  )
}

/** The node that holds the place of the finding: a term can be missing since it was hidden. */
function parent({ document, finding }: Case): unknown {
  return valueAt(document, finding?.pointer.split('/').slice(0, -1).join('/') ?? '')
}

export function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<any>((held, key) => held?.[key], document)
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
