import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/credential/digest.js'
import * as older from '../support/older.js'
import {
  FORM,
  knows,
  NONE,
  plain,
  refreshing,
  said,
  SERVICE,
  verify,
} from '../support/quick-badges.js'
import { LIST, signed, signer, unsigned, WEB } from '../support/quick-lists.js'

type Json = Record<string, any>
let good: Json
beforeAll(async () => {
  good = await signed(plain())
})

describe('the form of a badge', () => {
  test.each<[string, () => unknown, string[]]>([
    ['no JSON', () => 'bonjour', ['fail:*', 'fail:*', NONE, NONE, NONE]],
    ['a list', () => '[]', ['pass:format', 'fail:structure', NONE, NONE, NONE]],
    [
      'no context',
      () => ({ ...good, '@context': [] }),
      ['pass:format', 'fail:structure', NONE, NONE, NONE],
    ],
    [
      'an unknown context',
      () => ({ ...good, '@context': [...good['@context'], 'https://x.example/v1'] }),
      ['pass:format', NONE, 'unknown:unknown_context', 'pass:type', NONE],
    ],
    [
      'another type',
      () => ({ ...good, type: ['VerifiableCredential'] }),
      ['pass:format', NONE, NONE, 'fail:type', NONE],
    ],
    [
      'no signature',
      () => plain(),
      ['pass:format', NONE, 'pass:context', 'pass:type', 'fail:unsigned'],
    ],
    [
      'no subject',
      () => ({ ...good, credentialSubject: undefined }),
      ['pass:format', 'fail:structure', 'pass:context', 'pass:type', NONE],
    ],
  ])('%s says how far it was right, and nothing further', async (_, make, expected) => {
    const { report, asked } = await verify(make(), { knows })
    const start = said(report).slice(0, 5)
    expect(
      start.map((one, at) => (expected[at] === 'fail:*' ? one.replace(/:.*/, ':*') : one)),
    ).toEqual(expected)
    expect(said(report).slice(5, 8)).toEqual([NONE, NONE, NONE])
    expect(report).toMatchObject({ trusted: false, badge: null, endorsements: [] })
    expect(report.verdict).toBe(
      expected.some((one) => one.startsWith('fail')) ? 'invalid' : 'indeterminate',
    )
    expect(asked).toEqual([])
    for (const { message } of report.checks) expect(message.length).toBeGreaterThan(5)
  })
})

describe('a token', () => {
  const seed = sha256('test key of lists').toString('hex')
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const token = (claims: Json) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: signer.id, typ: 'vc+jwt' })
      .sign(privateKey)
  const outcome = async (jws: string) => said((await verify(jws)).report).slice(1, 8)
  const passed = ['pass:proof', 'pass:issuer_binding', 'pass:validity', 'pass:status']

  test('is checked as what it holds', async () => {
    const { report } = await verify(await token(plain()))
    expect(said(report).slice(0, 8)).toEqual([...FORM, ...passed])
    expect(report).toMatchObject({ verdict: 'valid', format: 'vc-jwt', badge: { id: good.id } })
  })

  test('around a badge with a signature of its own wants both good', async () => {
    expect(await outcome(await token(good))).toEqual([...FORM.slice(1), ...passed])
    const inner = await token({ ...good, name: 'Autre' })
    expect((await outcome(inner)).slice(3, 5)).toEqual(['fail:proof', NONE])
    const outer = await token(good)
    expect((await outcome(`${outer.slice(0, -8)}AAAAAAAA`)).slice(3, 5)).toEqual([
      'fail:proof',
      NONE,
    ])
    const unsigned = await token({ ...good, proof: [] })
    expect((await outcome(unsigned)).slice(3, 4)).toEqual(['fail:unsigned'])
  })
})

describe('what informs', () => {
  test('the refresh service of a good badge is asked, and a newer one is told of', async () => {
    const shown = refreshing()
    const badge = await signed(shown)
    const newer = await signed({ ...shown, validFrom: '2026-06-15T08:00:00Z' })
    const { report, asked } = await verify(badge, { documents: { [SERVICE]: newer } })
    expect(said(report)[8]).toBe('unknown:newer_exists')
    expect(report.warnings).toMatchObject([{ code: 'newer_exists' }])
    expect(report.verdict).toBe('valid')
    expect(asked).toContain('document')
    const same = await verify(badge, { documents: { [SERVICE]: badge } })
    expect(said(same.report)[8]).toBe('pass:refreshed_same')
  })

  test('warnings stand in one order: of trust, of checks, of what is shown, of what is newer', async () => {
    const credentialStatus = [
      { ...plain().credentialStatus },
      {
        type: 'BitstringStatusListEntry',
        id: `${LIST}#7`,
        statusPurpose: 'message',
        statusListIndex: '7',
        statusListCredential: LIST,
      },
    ]
    const shown: Json = { ...refreshing(), credentialStatus }
    const { id: _id, ...withoutId } = shown
    const both = await signed(unsigned({}, { statusPurpose: ['revocation', 'message'] }))
    const statusList = async () => ({ outcome: 'found', value: both }) as const
    const resembles = async () => ({ name: 'Lycée DEMO', domain: 'vrai.example' })
    const { report } = await verify(await signed(withoutId), { statusList, resembles })
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'look_alike',
      'status_message',
      'no_identifier',
    ])
    const newer = await signed({ ...shown, validFrom: '2026-06-15T08:00:00Z' })
    const named = await verify(await signed(shown), {
      statusList,
      resembles,
      documents: { [SERVICE]: newer },
      language: 'fr',
    })
    expect(named.report.warnings.map(({ code }) => code)).toEqual([
      'look_alike',
      'status_message',
      'newer_exists',
    ])
    expect(named.report.warnings[1]?.message).toContain('L’émetteur')
  })

  test('an endorsement is told of with its checks, in the language of the reader', async () => {
    const endorsement = {
      '@context': plain()['@context'],
      id: 'urn:uuid:4b0f3a58-6f0e-4b1c-8a3f-3f7f0e2f5b77',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: { id: WEB, type: ['Profile'], name: 'Lycée DÉMO' },
      name: 'Endossement',
      validFrom: '2026-06-15T00:00:00Z',
      credentialSubject: { id: plain().id, type: ['EndorsementSubject'] },
    }
    const { report } = await verify(
      await signed({ ...plain(), endorsement: [await signed(endorsement)] }),
    )
    expect(said(report)[10]).toBe('pass:endorsements')
    const [one] = report.endorsements
    expect(one).toMatchObject({ target: 'award', verdict: 'valid', endorser: { id: WEB } })
    expect(Object.keys(one ?? {}).toSorted()).toEqual([
      'checks',
      'comment',
      'endorser',
      'target',
      'verdict',
    ])
    expect(one?.checks[0]).toEqual({
      name: 'format',
      result: 'pass',
      code: 'format',
      message: 'We can read this kind of badge.',
    })
  })
})

describe('a badge of the older standard', () => {
  test('is looked for among those known here, and told of as such', async () => {
    const { report, asked } = await verify(older.hosted(), {
      documents: older.served(),
      knows: async () => ({ name: 'Club DÉMO des soudeurs', standing: 'counts' }),
    })
    expect(report).toMatchObject({ verdict: 'valid', trusted: true, format: 'ob2-hosted' })
    expect(report.badge).toMatchObject({ id: older.HOSTED })
    expect(report.warnings.map(({ code }) => code)).toEqual(['older_standard'])
    expect(said(report).slice(8)).toEqual([
      'not_applicable:refresh',
      'not_applicable:schema',
      'not_applicable:endorsements',
      'pass:trust',
    ])
    expect(asked).toContain('knows')
  })

  test('that nobody confirms is looked for nowhere', async () => {
    const { report, asked } = await verify(older.hosted(), { knows })
    expect(report).toMatchObject({ trusted: false, badge: null, endorsements: [] })
    expect(report.verdict).not.toBe('valid')
    expect(said(report).slice(8)).toEqual([NONE, NONE, NONE, NONE])
    expect(asked).not.toContain('knows')
  })
})
