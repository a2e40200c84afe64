import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { format } from 'prettier'
import { beforeAll, describe, expect, test } from 'vitest'
import { keysOfController } from '../../src/verifier/issuer-documents.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { lookupsOf } from '../support/lookups.js'
import { makeGolden, sha256Hex, type Golden, type Inputs } from './make.js'
import { ORIGINS } from './origins.data.js'

/** `npm run golden` writes the files anew; without it the test holds the code to them. */
const WRITE = process.env.GOLDEN === 'write'
const FOLDER = 'docs/golden'
const FILES = ['badge', 'answers', 'inputs'] as const

type Leaf = Readonly<{ path: string; value: string }>

let made: Golden
let committed: Golden
beforeAll(async () => {
  made = await makeGolden()
  if (WRITE) {
    for (const name of FILES)
      writeFileSync(`${FOLDER}/${name}.json`, await asFile(JSON.stringify(made[name]), 'json'))
    writeFileSync(`${FOLDER}/README.md`, await asFile(describeGolden(made), 'markdown'))
  }
  committed = Object.fromEntries(
    FILES.map((name) => [name, JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'))]),
  ) as Golden
})

describe('the golden badge of docs/golden', () => {
  test('is what the service issues today, byte for byte', () => {
    expect(made.badge).toEqual(committed.badge)
    expect(made.inputs).toEqual(committed.inputs)
    expect(made.answers).toEqual(committed.answers)
  })

  test('is valid with both kinds of endorsement, by the answers beside it', async () => {
    const report = await verifyBadge(Buffer.from(JSON.stringify(committed.badge)), {
      lookups: lookupsOf({ lists: committed.answers, keys: keysIn(committed) }),
      now: new Date('2026-11-24T12:00:00Z'),
      language: 'en',
    })
    expect(report.verdict).toBe('valid')
    expect(report.endorsements.map(({ target, verdict }) => [target, verdict]).sort()).toEqual([
      ['achievement', 'valid'],
      ['award', 'valid'],
    ])
  })

  test('has no id, key or digest whose origin is not told', () => {
    const untold = leavesOf(committed.badge).filter(
      (leaf) => isIdentifying(leaf) && originOf(leaf) === undefined,
    )
    expect(untold).toEqual([])
    expect(
      ORIGINS.filter(
        ([path]) => !leavesOf(committed.badge).some((leaf) => path.test(shapeOf(leaf))),
      ),
    ).toEqual([])
  })

  test('has the digests of what stands in inputs.json, reckoned without our code', () => {
    const { inputs, badge } = committed
    for (const { values, salt, digest } of inputs.facts)
      expect(sha256Hex(canonicalize({ ...values, salt }) ?? '')).toBe(digest)
    expect(sha256Hex(canonicalize(inputs.definition) ?? '')).toBe(inputs.template.digest)
    expect(digestOfDossierIn(inputs)).toBe(inputs.dossierDigest)
    const text = JSON.stringify(badge)
    for (const digest of [
      ...inputs.facts.map((fact) => fact.digest),
      inputs.dossierDigest,
      inputs.template.digest,
    ])
      expect(text).toContain(Buffer.from(digest, 'hex').toString('base64url'))
  })

  test('is told leaf by leaf in README.md', async () => {
    expect(existsSync(`${FOLDER}/README.md`)).toBe(true)
    expect(readFileSync(`${FOLDER}/README.md`, 'utf8')).toBe(
      await asFile(describeGolden(committed), 'markdown'),
    )
  })
})

function digestOfDossierIn({ template, facts, subject }: Inputs): string {
  const named = facts
    .map(({ values, digest }) => ({ kind: values.kind, digest }))
    .toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
  return sha256Hex(canonicalize({ template, facts: named, subject }) ?? '')
}

function keysIn({ answers }: Golden) {
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([id]) => id.startsWith('did:'))
      .map(([id, document]) => [id, keysOfController(document as Record<string, unknown>, id)]),
  )
}

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, below]) => leavesOf(below, `${path}/${key}`))
  return [{ path, value: String(value) }]
}

function shapeOf({ path }: Leaf): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/*')
}

/** What identifies or commits: the rest of a badge are words, types, dates and contexts. */
function isIdentifying({ path, value }: Leaf): boolean {
  if (/\/(@context|type|url|targetUrl)(\/|$)/.test(path)) return false
  return /^(urn:|did:|ni:|https?:)/.test(value) || /(proofValue|Index|Digest|digest)$/.test(path)
}

function originOf(leaf: Leaf) {
  return ORIGINS.find(([path]) => path.test(shapeOf(leaf)))
}

function describeGolden({ badge, inputs }: Golden): string {
  const rows = leavesOf(badge).flatMap((leaf) => {
    const origin = isIdentifying(leaf) ? originOf(leaf) : undefined
    if (!origin) return []
    const value =
      leaf.value.length > 60 ? `${leaf.value.slice(0, 44)}…${leaf.value.slice(-8)}` : leaf.value
    return [`| \`${leaf.path}\` | \`${value}\` | ${origin[1]} | ${origin[2]} |`]
  })
  const facts = inputs.facts.map(
    ({ values, salt, digest }) => `| ${String(values.kind)} | \`${salt}\` | \`${digest}\` |`,
  )
  return `# One badge, leaf by leaf

[badge.json](badge.json) is a badge as the service signs it, with both kinds of endorsement in it: the company's of the badge
definition, and its endorsement of this award. [answers.json](answers.json) holds what a verifier asks for: the DID documents of
the lycée and of the company, and their status lists. [inputs.json](inputs.json) holds the values that the digests are made from;
a real service keeps them to itself. Everything is fictional, and the keys are test keys that anybody can make.

A test makes the same badge by the same acts as the service, compares it with these files, reckons the digests with other code
and holds this page against them. The acts that lead to it, who may do each, and what one transaction holds, stand in
[ARCHITECTURE.md](../../ARCHITECTURE.md#how-a-badge-is-issued). \`npm run golden\` writes them anew after a change that is meant.

## Every id, key and digest in it

| where | value | what it names | where it comes from |
| --- | --- | --- | --- |
${rows.join('\n')}

## The facts behind the evidence

| kind | salt, for this badge only | digest, hex |
| --- | --- | --- |
${facts.join('\n')}

The definition has the digest \`${inputs.template.digest}\`, the dossier \`${inputs.dossierDigest}\`.
`
}

async function asFile(text: string, parser: 'json' | 'markdown'): Promise<string> {
  return format(text, { parser, semi: false, singleQuote: true, printWidth: 100 })
}
