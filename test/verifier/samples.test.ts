import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { isCompactJws, readJws } from '../../src/credential/check-jws.js'
import { guardBadge } from '../../src/credential/guard.js'
import { OFFLINE, type Lookups } from '../../src/verifier/lookups.js'
import { checkCredential } from '../../src/verifier/check-credential.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import { readBadge } from '../../src/verifier/read-input.js'
import { CHECK_NAMES, type CheckName, type Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'

/** The folder of the official samples, if this machine has them; INDEX.md tells where they come from. */
const SAMPLES = resolve(process.env.SCEAU_SAMPLES ?? '')
const isThere = existsSync(`${SAMPLES}/INDEX.md`)
const NOW = new Date('2026-07-01T12:00:00Z')

type Expected = readonly [file: string, check: CheckName, code: string]

/** Good badges: offline nothing but the issuer is open. */
const GOOD = [
  'ob30/simple.json',
  'ob30/simple-context-version.json',
  'ob30/simple-json.png',
  'ob30/simple-json.svg',
  'ob30/simple-jwt.png',
  'ob30/simple_v1.json',
  'impl-vector-obv3p0/signed-credential.json',
]

/** Each bad sample, and the check that says so, with its code. */
const BAD: readonly Expected[] = [
  // The key is a did:key, the issuer is a urn:uuid: nobody says that the key is the issuer's.
  ['ob30/simple-did-key-method.json', 'issuer_binding', 'issuer_binding'],
  // Describes its issuer twice, in two ways (ADR 0003); its endorsements name a missing schema.
  ['ob30/complete.json', 'structure', 'structure'],
  ['ob30/simple-noproof.json', 'proof', 'unsigned'],
  ['ob30/simple-err-type.json', 'type', 'type'],
  ['ob30/simple-err-context.json', 'context', 'context'],
  ['ob30/simple-err-issuer.json', 'structure', 'structure'],
  ['ob30/simple-err-credential-subject-type.json', 'structure', 'undefined_term'],
  ['ob30/simple-err-evidence-type.json', 'structure', 'undefined_term'],
  ['ob30/simple-err-expired.json', 'validity', 'expired'],
  ['ob30/simple-err-proof-method.json', 'proof', 'key_type'],
  ['ob30/simple-err-proof-value.json', 'proof', 'proof'],
  // The type of its second proof is in no context.
  ['ob30/simple-multiple-proofs.json', 'structure', 'undefined_term'],
  // Its second context is a draft that was never published.
  ['ob30/simple.jwt', 'context', 'context'],
  // Good credentials, but no badges.
  ['ob30/endorsement-valid.json', 'type', 'type'],
  ['ob30/bit-string-list/testlist', 'type', 'type'],
  ['impl-vector-obv3p0/credential.json', 'proof', 'unsigned'],
  ['impl-vector-obv3p0/proof.json', 'structure', 'structure'],
  ['spec-examples/achievementAlignmentCase.json', 'proof', 'unsigned'],
  ['spec-examples/achievementAlignmentCe.json', 'proof', 'unsigned'],
  ['spec-examples/basicOpenBadgeCredential.json', 'proof', 'unsigned'],
  ['spec-examples/endorsement.json', 'type', 'type'],
  ['spec-examples/fullOpenBadge.json', 'proof', 'unsigned'],
  ['spec-examples/skillAssertionCase.json', 'proof', 'unsigned'],
  ['spec-examples/skillAssertionCtdl.json', 'proof', 'unsigned'],
  ['ob20/basic-assertion-expired.json', 'validity', 'expired'],
]

/** Open Badges 2.0: offline nothing in them is proven; test/verifier/older has them with their issuer. */
const OLDER = [
  'ob20/basic-assertion.json',
  'ob20/simple-badge.png',
  'ob20/simple.jwt',
  'ob20/simple-not-revoked.jwt',
  'ob20/simple-revoked.jwt',
]

const REVOKED = 'ob30/bit-string-list/credential-status-revoked.json'
const LIST = 'ob30/bit-string-list/testlist'

/** What INDEX.md says otherwise than we do, and why we are stricter. */
const STRICTER: Readonly<Record<string, string>> = {
  'ob30/simple-did-key-method.json':
    'VALID there: nobody asks whether the key is the issuer’s; the issuer is a urn, the key a did:key.',
  'ob30/bit-string-list/testlist': 'VALID there as a status list; handed in as a badge it is none.',
  'ob30/endorsement-valid.json': 'VALID there as an endorsement; handed in as a badge it is none.',
}
/** A verdict of INDEX.md, in our words; a warning there is a good badge here, with its warning. */
const inOurWords = (said: string) =>
  /^(?:VALID|WARNING)/.test(said) ? 'valid' : /^INVALID/.test(said) ? 'invalid' : undefined
/** The rows of INDEX.md about Open Badges 3.0, as they stand there. */
function indexed(): [file: string, said: string][] {
  const rows = read('INDEX.md')
    .toString()
    .matchAll(/^\| `(?<file>ob30\/[^`]+)` \| \*\*(?<said>[^*]+)\*\*/gm)
  return [...rows].map(({ groups }) => [groups?.file ?? '', groups?.said ?? ''])
}

const read = (file: string) => readFileSync(`${SAMPLES}/${file}`)
const verify = (file: string, lookups: Lookups = OFFLINE) =>
  verifyBadge(read(file), { lookups, now: NOW, language: 'en' })
const mandatory = ({ checks }: Pick<Report, 'checks'>) => checks.slice(0, 8)
const found = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)

describe.runIf(isThere)('the official samples (SCEAU_SAMPLES)', () => {
  test('are all in the tables of this test, and no other file is', () => {
    const files = readdirSync(SAMPLES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:txt|md)$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(SAMPLES.length + 1))
      .filter((file) => !file.startsWith('ob20/assets/'))
    const tabled = [...GOOD, ...BAD.map(([file]) => file), ...OLDER, REVOKED]
    expect(files.sort()).toEqual([...tabled].sort())
  })

  test('have the verdict of INDEX.md when everybody can be asked, or a stricter one with its reason', async () => {
    const rows = indexed()
    expect(rows.length).toBeGreaterThan(20)
    const stricter: string[] = []
    for (const [file, said] of rows) {
      const { verdict } = await verify(file, await online(file))
      if (inOurWords(said) === 'valid' && verdict !== 'valid') stricter.push(file)
      else if (inOurWords(said)) expect(verdict, file).toBe(inOurWords(said))
      else expect(verdict, file).not.toBe('valid')
    }
    expect(stricter.sort()).toEqual(Object.keys(STRICTER).sort())
  })

  test.each(GOOD)('%s is open in its issuer alone', async (file) => {
    const report = await verify(file)
    expect(report.verdict).toBe('indeterminate')
    const open = mandatory(report).filter(({ result }) => !/pass|not_applicable/.test(result))
    expect(open).toMatchObject([{ name: 'issuer_binding', code: 'issuer_unreachable' }])
  })

  test.each(GOOD)('%s is valid, of nobody known, once its issuer lists the key', async (file) => {
    expect(await verify(file, await online(file))).toMatchObject({
      verdict: 'valid',
      trusted: false,
    })
  })

  test.each(BAD)('%s fails in %s (%s)', async (file, check, code) => {
    // The small internet here is that of Open Badges 3.0.
    const isOlder = file.startsWith('ob20/')
    for (const lookups of [OFFLINE, ...(isOlder ? [] : [await online(file)])]) {
      const report = await verify(file, lookups)
      expect(report.verdict).toBe('invalid')
      const failed = mandatory(report).filter(({ result }) => result === 'fail')
      expect(failed.map(({ name, code }) => [name, code])).toEqual([[check, code]])
    }
  })

  test.each(OLDER)('%s is of the older standard, and open', async (file) => {
    expect(await verify(file)).toMatchObject({ verdict: 'indeterminate', badge: null })
  })

  test('no document that Open Badges 2.0 links to is a valid badge', async () => {
    const files = readdirSync(`${SAMPLES}/ob20/assets`)
    expect(files.length).toBeGreaterThan(30)
    for (const file of files) {
      expect((await verify(`ob20/assets/${file}`)).verdict, file).not.toBe('valid')
    }
  })

  test('the revoked badge is open offline, and revoked with its list at hand', async () => {
    expect(await verify(REVOKED)).toMatchObject({ verdict: 'indeterminate' })
    const report = await verify(REVOKED, await online(REVOKED))
    expect(report.verdict).toBe('invalid')
    expect(found(report, 'status')).toMatchObject({ result: 'fail', code: 'revoked' })
  })

  test.each([
    ['ob30/endorsement-valid.json', 'EndorsementCredential'],
    [LIST, 'StatusList'],
  ])('%s is good as what it is: a %s', async (file, root) => {
    const document = JSON.parse(read(file).toString()) as Record<string, unknown>
    const asked = { format: 'data-integrity' as const, document }
    const checks = await checkCredential(asked, { lookups: OFFLINE, now: NOW }, root)
    const open = CHECK_NAMES.filter((name) => checks[name] && checks[name].result !== 'pass')
    expect(open.filter((name) => checks[name]?.result !== 'not_applicable')).toEqual([
      'issuer_binding',
    ])
  })

  test.each(BAD.filter(([file]) => /^spec.*(?:Alignment|skill|basic)/.test(file)))(
    '%s is well formed, but for its proof',
    (file) => {
      const document = JSON.parse(read(file).toString()) as object
      expect(guardBadge({ ...document, proof: [{ type: 'DataIntegrityProof' }] })).toEqual([])
    },
  )
})

test.runIf(!isThere)(
  'the official samples are not on this machine: they are not tried here',
  () => {
    expect(isThere).toBe(false)
  },
)

/**
 * A small internet for one sample: its issuer publishes the key that the sample names itself, at the
 * issuer's own address or in the JWK set of its host; the one status list stands where it belongs.
 */
async function internetOf(file: string): Promise<Outside> {
  const badge = await readBadge(read(file))
  const method = 'document' in badge ? methodOf(badge.document) : undefined
  const header = 'jws' in badge && isCompactJws(badge.jws) ? readJws(badge.jws) : undefined
  const jwk = typeof header === 'object' ? header.header.jwk : undefined
  const pageAt = (url: string): unknown => {
    if (url.endsWith('/testlist')) return JSON.parse(read(LIST).toString())
    if (url.endsWith('/.well-known/jwks.json')) return jwk && { keys: [jwk] }
    const [controller, fragment = ''] = method?.split('#') ?? []
    return url === controller && documentOf(controller, fragment)
  }
  const fetchText = async (url: string): Promise<Fetched> => {
    const page = pageAt(url)
    if (!page) return { outcome: 'missing', reason: '404' }
    const body = Buffer.from(JSON.stringify(page))
    return { outcome: 'found', body, contentType: 'application/json' }
  }
  return { fetchText }
}
const online = async (file: string): Promise<Lookups> => outsideLookups(await internetOf(file))

function documentOf(controller: string, publicKeyMultibase: string): object {
  const id = `${controller}#${publicKeyMultibase}`
  const method = { id, type: 'Multikey', controller, publicKeyMultibase }
  return { id: controller, verificationMethod: [method], assertionMethod: [id] }
}

function methodOf({ proof }: Readonly<Record<string, unknown>>): string | undefined {
  const proofs = (Array.isArray(proof) ? proof : [proof]) as { verificationMethod?: string }[]
  return proofs.find((one) => one?.verificationMethod?.includes('#'))?.verificationMethod
}
