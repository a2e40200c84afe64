import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { guardBadge } from '../../../src/credential/guard.js'
import type { Lookups } from '../../../src/verifier/lookups.js'
import { faultsOf, reportOn } from '../../support/fresh.js'
import { lookupsOf } from '../../support/lookups.js'
import {
  contentOf,
  issuer,
  plans,
  signedBy,
  statusLists,
  tokenOf,
  type Json,
  type Plan,
} from './badges.js'
import { DIFFERENCES, valueAt, type Case } from './differences.js'
import { CLUMSY, HARMLESS, TAMPERING, type Operator } from './operators.js'
import { otherVerdict } from './other.js'

/** So many badges, half of them tampered with; all two thousand in `npm run test:deep`. */
const BADGES = Number(process.env.SCEAU_AGREEMENT_BADGES ?? 200)
const SEED = 20_260_615
const made = fc.sample(plans, { numRuns: BADGES, seed: SEED })
const ALL: Readonly<Record<string, Operator>> = { ...TAMPERING, ...HARMLESS, ...CLUMSY }

let lookups: Lookups
beforeAll(async () => {
  lookups = lookupsOf({ lists: await statusLists() })
})

type Made = Readonly<{ operator: string; document: Json | undefined; content: Json }>

/** Every second badge is as it was signed. @returns no document where nobody could sign it */
async function badgeOf(plan: Plan, at: number): Promise<Made> {
  const names = Object.keys(ALL)
  const operator = at % 2 === 0 ? names[plan.operator % names.length]! : 'nothing'
  const content = await contentOf(plan)
  const isClumsy = operator in CLUMSY
  if (isClumsy) ALL[operator]!(content, plan.picks)
  const signed = await signedBy(issuer, content, plan.proofs).catch(() => undefined)
  if (!signed) return { operator, document: undefined, content }
  if (isClumsy) return { operator, document: signed, content }
  const document = structuredClone(signed)
  // A badge that has no place for a change stays as it was signed.
  return ALL[operator]!(document, plan.picks) === false
    ? { operator: 'nothing', document: signed, content }
    : { operator, document, content }
}

function caseOf(document: Json, ours: Case['ours'], theirs: boolean): Case {
  const [finding] = guardBadge(document)
  const alone = () =>
    Promise.all(
      [document.proof]
        .flat()
        .map(async (proof) => (await reportOn({ ...document, proof: [proof] }, lookups)).verdict),
    )
  return {
    document,
    ours,
    theirs,
    finding,
    value: valueAt(document, finding?.pointer ?? ''),
    alone,
  }
}

async function reasonOf(one: Case): Promise<string | undefined> {
  for (const { name, holds } of DIFFERENCES) if (await holds(one)) return name
  return undefined
}

const count = (counts: Map<string, number>, name: string) =>
  counts.set(name, (counts.get(name) ?? 0) + 1)
const print = (title: string, counts: Map<string, number>) => {
  if (process.env.SCEAU_AGREEMENT_BADGES === undefined) return
  const lines = [...counts].sort(([, a], [, b]) => b - a).map(([name, n]) => `${n}\t${name}`)
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`)
}

describe(`${BADGES} badges, half of them tampered with`, () => {
  test('we and @digitalbazaar/vc agree, but for reasons that were reviewed', async () => {
    const counts = new Map<string, number>()
    const unlisted: string[] = []
    for (const [at, plan] of made.entries()) {
      const { operator, document } = await badgeOf(plan, at)
      if (!document) {
        expect(Object.keys(CLUMSY)).toContain(operator)
        count(counts, 'can’t be signed')
        continue
      }
      const ours = await reportOn(document, lookups)
      const theirs = await otherVerdict(document)
      if (operator === 'nothing') expect(ours.verdict, JSON.stringify(document)).toBe('valid')
      if (operator in HARMLESS) expect(theirs).toBe(true)
      if ((ours.verdict === 'valid') === theirs) {
        count(counts, `both say ${theirs ? 'valid' : 'not valid'}`)
        continue
      }
      const reason = await reasonOf(caseOf(document, ours, theirs))
      if (reason === undefined)
        unlisted.push(
          `${operator}: ours ${ours.verdict} (${faultsOf(ours).join()}), theirs ${theirs}`,
        )
      count(counts, reason ?? 'unlisted')
    }
    print(`${BADGES} badges: we and @digitalbazaar/vc`, counts)
    expect(unlisted).toEqual([])
    for (const { name, perThousand } of DIFFERENCES)
      expect(counts.get(name) ?? 0, name).toBeLessThanOrEqual(
        Math.ceil((perThousand * BADGES) / 1000) + 2,
      )
  }, 600_000)

  test('the same badge as a token and with a proof inside gets the same verdict', async () => {
    const counts = new Map<string, number>()
    for (const [at, plan] of made.entries()) {
      const { operator, document, content } = await badgeOf(plan, at)
      if (operator in TAMPERING || operator in HARMLESS) {
        if (operator !== 'nothing') continue
      }
      const token = await reportOn(await tokenOf(issuer, content), lookups)
      const embedded = document ? (await reportOn(document, lookups)).verdict : 'can’t be signed'
      const said = JSON.stringify([operator, faultsOf(token)])
      if (document) expect(token.verdict, said).toBe(embedded)
      else expect(token.verdict, said).not.toBe('valid')
      count(counts, `both say ${embedded}`)
    }
    print('the same badge with a proof inside and as a token', counts)
    expect(counts.get('both say valid')).toBeGreaterThan(BADGES / 3)
  }, 600_000)

  test('a token with one changed leaf is as invalid as a badge with it', async () => {
    for (const [at, plan] of made.entries()) {
      if (at % 10 > 0) continue
      const content = await contentOf(plan)
      const token = await tokenOf(issuer, content)
      const [header, , signature] = token.split('.')
      TAMPERING['change a leaf']!(content, plan.picks)
      const [, payload] = (await tokenOf(issuer, content)).split('.')
      const report = await reportOn([header, payload, signature].join('.'), lookups)
      expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    }
  }, 600_000)
})

test('every reason of the list says what it is, whose verdict is right, and how often it may come', () => {
  expect(new Set(DIFFERENCES.map(({ name }) => name)).size).toBe(DIFFERENCES.length)
  for (const { why, perThousand } of DIFFERENCES) {
    expect(why.length).toBeGreaterThan(20)
    expect(perThousand).toBeLessThanOrEqual(60)
  }
})
