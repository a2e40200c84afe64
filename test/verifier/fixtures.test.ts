import { readdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeFixtures, type Tools } from '../../scripts/make-fixtures.mjs'
import type { Fetched, Outside } from '../../src/context.js'
import { bakePng } from '../../src/credential/bake-png.js'
import { bakeSvg } from '../../src/credential/bake-svg.js'
import * as build from '../../src/credential/build-credential.js'
import { didDocument } from '../../src/credential/did.js'
import { toMultikey } from '../../src/credential/multikey.js'
import * as prepare from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'

type Index = { clock: string; known: Record<string, string>; served: Record<string, string> }
type Files = ReadonlyMap<string, string | Buffer>
type Expected = Pick<Report, 'verdict' | 'trusted'> & {
  /** The checks that neither pass nor are without object, with their codes. */
  but: Partial<Record<CheckName, string>>
}

const VALID: Expected = { verdict: 'valid', trusted: true, but: {} }
const EXAMPLES: Record<string, Expected> = {
  'valid.json': VALID,
  'valid.png': VALID,
  'valid.svg': VALID,
  'expired.json': { verdict: 'invalid', trusted: true, but: { validity: 'expired' } },
  'revoked.json': { verdict: 'invalid', trusted: true, but: { status: 'revoked' } },
  'impostor.json': {
    verdict: 'invalid',
    trusted: false,
    but: { issuer_binding: 'issuer_binding' },
  },
  'unknown-issuer.json': { verdict: 'valid', trusted: false, but: { trust: 'unknown_issuer' } },
  'unreachable-issuer.json': {
    verdict: 'indeterminate',
    trusted: false,
    but: {
      issuer_binding: 'issuer_unreachable',
      status: 'status_untrusted',
      trust: 'unknown_issuer',
    },
  },
  'unreachable-list.json': {
    verdict: 'indeterminate',
    trusted: true,
    but: { status: 'status_unavailable' },
  },
  'withdrawn-endorsement.json': {
    verdict: 'valid',
    trusted: true,
    but: { endorsements: 'endorsements' },
  },
}

const committed: Files = new Map(
  readdirSync('docs/examples', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice('docs/examples/'.length))
    .map((name) => [name, readFileSync(`docs/examples/${name}`)]),
)
const tools: Tools = {
  ...build,
  ...prepare,
  signCredential,
  didDocument,
  toMultikey,
  bakePng,
  bakeSvg,
  toPng: (svg) => sharp(Buffer.from(svg)).png().toBuffer(),
}
const fresh: Files = await makeFixtures(tools)

describe.each([
  ['the examples in docs/examples', committed],
  ['examples of fresh keys', fresh],
])('%s', (_, files) => {
  const index = JSON.parse(String(files.get('index.json'))) as Index

  test('are those of this test, with what a resolver serves for them', () => {
    const names = [...Object.keys(EXAMPLES), 'tampered.json', 'index.json']
    expect([...files.keys()].sort()).toEqual([...names, ...Object.values(index.served)].sort())
  })

  test.each(Object.entries(EXAMPLES))('%s', async (name, { but, ...expected }) => {
    const report = await verify(files, index, name)
    expect(report).toMatchObject(expected)
    expect(remarkable(report)).toEqual(but)
  })

  test('tampered.json fails in its proof, and nothing of it is shown', async () => {
    const report = await verify(files, index, 'tampered.json')
    expect(report).toMatchObject({ verdict: 'invalid', badge: null, endorsements: [] })
    const failed = report.checks.filter(({ result }) => result === 'fail')
    expect(failed).toMatchObject([{ name: 'proof', code: 'proof' }])
  })

  test('the endorsement in each of them is that of the company, and only one is withdrawn', async () => {
    for (const name of Object.keys(EXAMPLES)) {
      const { endorsements } = await verify(files, index, name)
      const verdict = name === 'withdrawn-endorsement.json' ? 'invalid' : 'valid'
      expect(endorsements, name).toMatchObject([
        { target: 'award', verdict, endorser: { name: 'Composites du Lac DÉMO' } },
      ])
    }
  })

  test('hold no key that signs, and name nobody real', () => {
    for (const [name, content] of files) {
      expect(String(content), name).not.toMatch(/private|secret|"d":|BEGIN/i)
      for (const [, host] of String(content).matchAll(/(?:https:\/\/|did:web:)([\w.-]+)/g))
        expect(host, name).toMatch(/\.example$|^www\.w3\.org$|^w3id\.org$|^purl\.imsglobal\.org$/)
    }
  })
})

test('two runs share no key, and no place in a list serves two badges', async () => {
  expect(fresh.get('served/did-school.json')).not.toEqual(committed.get('served/did-school.json'))
  const places = [...fresh]
    .filter(([name]) => /^(?!index|tampered|served).*\.json$/.test(name))
    .map(
      ([, content]) =>
        JSON.parse(String(content)) as { id: string; credentialStatus: { id: string } },
    )
  expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
  expect(new Set(places.map(({ credentialStatus }) => credentialStatus.id)).size).toBe(
    places.length,
  )
})

function verify(files: Files, index: Index, name: string): Promise<Report> {
  const outside: Outside = {
    fetchText: async (url): Promise<Fetched> => {
      const body = files.get(index.served[url] ?? '')
      return body === undefined
        ? { outcome: 'unreachable', reason: 'not served' }
        : { outcome: 'found', body: Buffer.from(body), contentType: 'application/json' }
    },
  }
  const lookups: Lookups = {
    ...outsideLookups(outside),
    knows: async (issuerId) => {
      const name = index.known[issuerId]
      return name === undefined ? undefined : { name, standing: 'counts' }
    },
  }
  const now = new Date(index.clock)
  return verifyBadge(Buffer.from(files.get(name) ?? ''), { lookups, now, language: 'fr' })
}

function remarkable({ checks }: Report): Expected['but'] {
  const open = checks.filter(({ result }) => result === 'fail' || result === 'unknown')
  return Object.fromEntries(open.map(({ name, code }) => [name, code]))
}
