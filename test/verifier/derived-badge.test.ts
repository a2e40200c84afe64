import { generate } from '@digitalbazaar/ecdsa-multikey'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as wholeSuite } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import { derive, issue, verifyCredential } from '@digitalbazaar/vc'
import { decode } from 'cborg'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBadge, buildStatusList } from '../../src/credential/build-credential.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { loadContext } from '../../src/credential/contexts.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues, company, LISTS, signedEndorsement } from '../support/badges.js'
import { edit, leavesOf } from '../support/leaves.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { p256Key, signSelectively, toProofValue, type Parts } from '../support/selective.js'

type Json = Record<string, any>
const POSITION = 94_567
/** What an issuer wants shown, and what a reader needs beside it. */
const MANDATORY = ['/issuer', '/validFrom', '/validUntil']
const ACHIEVEMENT = '/credentialSubject/achievement'
const NEEDED = ['id', 'type', 'name', 'description', 'criteria', 'alignment'].map(
  (term) => `${ACHIEVEMENT}/${term}`,
)
const SHOWN = ['/id', '/type', '/credentialSubject/type', ...NEEDED]

let key: Awaited<ReturnType<typeof generate>>
let did: string
let base: Json
let derived: Json
let documents: Json

const signer = (cryptosuite: object) =>
  new DataIntegrityProof({ signer: key.signer(), date: '2026-06-15T09:00:00Z', cryptosuite })
const issued = (credential: object) =>
  issue({
    credential,
    suite: signer(createSignCryptosuite({ mandatoryPointers: MANDATORY })),
    documentLoader: loadContext,
    now: AWARDED,
  })
const show = async (selectivePointers: readonly string[], verifiableCredential: Json = base) =>
  (await derive({
    verifiableCredential,
    suite: new DataIntegrityProof({
      cryptosuite: createDiscloseCryptosuite({ selectivePointers }),
    }),
    documentLoader: loadContext,
  })) as Json
const documentLoader = async (url: string) =>
  documents[url]
    ? { contextUrl: null, documentUrl: url, document: documents[url] }
    : loadContext(url)
const theirs = async (credential: Json) =>
  (
    await verifyCredential({
      credential,
      suite: new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
      documentLoader,
      now: AWARDED,
      checkStatus: async () => ({ verified: true }),
    })
  ).verified
const ours = async (document: Json) => {
  const results = await checkProofs(document, (method) => method.split('#')[1], AWARDED)
  return results.every(({ result }) => result === 'pass')
}
const verify = (document: Json, lists: Json = {}) =>
  verifyBadge(Buffer.from(JSON.stringify(document)), {
    lookups: lookupsOf({ lists }),
    now: AWARDED,
    language: 'en',
  })
const check = (report: Report, name: CheckName) => report.checks.find((one) => one.name === name)

beforeAll(async () => {
  const made = await generate({ curve: 'P-256' })
  did = `did:key:${made.publicKeyMultibase}`
  const id = `${did}#${made.publicKeyMultibase}`
  key = Object.assign(made, { id, controller: did })
  const method = {
    type: 'Multikey',
    id,
    controller: did,
    publicKeyMultibase: made.publicKeyMultibase,
  }
  documents = {
    [id]: { '@context': 'https://w3id.org/security/multikey/v1', ...method },
    [did]: {
      '@context': 'https://www.w3.org/ns/did/v1',
      id: did,
      assertionMethod: [id],
      verificationMethod: [method],
    },
  }
  const credential = buildBadge(badgeValues({ issuer: { id: did, name: 'Lycée DÉMO' } }))
  base = await issued(credential)
  derived = await show(SHOWN)
})

describe('a badge that its holder shows in part, as others make it', () => {
  test('is valid, and tells that it is a part', async () => {
    expect(await theirs(derived)).toBe(true)
    const report = await verify(derived)
    expect(report).toMatchObject({
      verdict: 'valid',
      badge: { name: base.credentialSubject.achievement.name },
      warnings: [{ code: 'partial' }],
    })
    expect(check(report, 'issuer_binding')).toMatchObject({ result: 'pass' })
    expect(derived).not.toHaveProperty('evidence')
    expect(check(report, 'status')).toMatchObject({ code: 'status_not_shown' })
  })

  test('is valid whole too', async () => {
    const whole = await show(
      Object.keys(base)
        .filter((term) => !['@context', 'proof'].includes(term))
        .map((term) => `/${term}`),
    )
    expect(await ours(whole)).toBe(true)
    expect(await theirs(whole)).toBe(true)
  })

  test('keeps the endorsements in it whole', async () => {
    // Made by ourselves: others lose the names of the graphs that proofs are.
    const issuer = p256Key('an issuer of parts')
    const values = { issuer: { id: issuer.did, name: 'Lycée DÉMO' } }
    const endorsements = [await signedEndorsement()]
    const { credentialStatus: _status, ...badge } = buildBadge(
      badgeValues({ ...values, endorsements }),
    ) as Json
    const shown = await signSelectively(badge, issuer)
    const lists = { [LISTS.company]: await signedList(company, LISTS.company) }
    expect(await verify(shown, lists)).toMatchObject({
      verdict: 'valid',
      endorsements: [{ verdict: 'valid' }],
    })
    for (const path of leavesOf(shown.endorsement, ['endorsement'])) {
      const changed = structuredClone(shown)
      edit(changed, path, () => undefined)
      expect(await verify(changed, lists), path.join('/')).toMatchObject({ verdict: 'invalid' })
    }
  })

  test('does not go without what makes it a badge', async () => {
    const report = await verify(
      await show(SHOWN.filter((pointer) => !pointer.endsWith('/criteria'))),
    )
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(check(report, 'structure')).toMatchObject({ result: 'fail', code: 'structure' })
  })

  test('in its holder’s own copy is not for others, and says so', async () => {
    const report = await verify(base)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null })
    expect(check(report, 'proof')).toMatchObject({ result: 'fail', code: 'base_proof' })
  })

  test('is invalid when the list that it shows says so', async () => {
    const list = await issue({
      credential: buildStatusList({
        id: LISTS.school,
        issuer: did,
        entries: 131_072,
        revoked: [POSITION],
        validFrom: '2026-06-15T00:00:00Z',
        validUntil: '2026-06-22T00:00:00Z',
      }),
      suite: signer(wholeSuite),
      documentLoader: loadContext,
      now: AWARDED,
    })
    const open = await show([...SHOWN, '/credentialStatus'])
    const lists = { [LISTS.school]: list }
    expect(check(await verify(open), 'status')).toMatchObject({ code: 'status_unavailable' })
    expect(check(await verify(open, lists), 'status')).toMatchObject({ code: 'revoked' })
  })
})

describe('we agree with others about changed parts', () => {
  const bothRefuse = async (document: Json, what: string) => {
    expect(await ours(document), what).toBe(false)
    expect(await theirs(document), what).toBe(false)
  }

  test('PR-21 any value changed or taken away, a statement added', async () => {
    for (const path of leavesOf(derived).filter(([first]) => first !== '@context')) {
      for (const change of [(value: unknown) => `${String(value)}x`, () => undefined]) {
        const changed = structuredClone(derived)
        edit(changed, path, change)
        await bothRefuse(changed, path.join('/'))
      }
    }
    for (const more of [{ name: 'Autre' }, { awardedDate: '2026-06-15T00:00:00Z' }])
      await bothRefuse({ ...derived, ...more }, JSON.stringify(more))
  }, 120_000)

  const cases: [string, (parts: Parts, other: Parts) => unknown][] = [
    ['a signature dropped', ([a, b, c, d, e]) => [a, b, c.slice(1), d, e]],
    ['a signature doubled', ([a, b, c, d, e]) => [a, b, [c[0], ...c], d, e]],
    ['signatures turned round', ([a, b, c, d, e]) => [a, b, [...c].reverse(), d, e]],
    [
      'names changed round',
      ([a, b, c, d, e]) => [
        a,
        b,
        c,
        new Map([...d.keys()].reverse().map((key, at) => [key, [...d.values()][at]])),
        e,
      ],
    ],
    ['a place dropped', ([a, b, c, d, e]) => [a, b, c, d, e.slice(1)]],
    ['a place added', ([a, b, c, d, e]) => [a, b, c, d, withFreePlace(e)]],
    ['another key', ([a, , c, d, e], [, b]) => [a, b, c, d, e]],
    ['another key with its signatures', ([a, , , d, e], [, b, c]) => [a, b, c, d, e]],
    ['another base signature', ([, b, c, d, e], [a]) => [a, b, c, d, e]],
  ]
  test.each(cases)('%s', async (what, change) => {
    const credential = buildBadge(badgeValues({ issuer: { id: did, name: 'Lycée DÉMO' } }))
    const again = await show(SHOWN, await issued(credential))
    const proofValue = toProofValue(change(partsOf(derived), partsOf(again)))
    await bothRefuse({ ...derived, proof: { ...derived.proof, proofValue } }, what)
  })

  test('but for what is written in two ways, where we take one', async () => {
    const looser: [string, (parts: Parts) => unknown][] = [
      ['places in another order', ([a, b, c, d, e]) => [a, b, c, d, [...e].reverse()]],
      ['a place that is not there', ([a, b, c, d, e]) => [a, b, c, d, [...e, 4_000]]],
      [
        'a name for nobody',
        ([a, b, c, d, e]) => [a, b, c, new Map([...d, [99, new Uint8Array(32)]]), e],
      ],
    ]
    for (const [what, change] of looser) {
      const proofValue = toProofValue(change(partsOf(derived)))
      const document = { ...derived, proof: { ...derived.proof, proofValue } }
      expect(await ours(document), what).toBe(false)
      expect(await theirs(document), what).toBe(true)
    }
  })

  test('and but for a text that looks like a node, which others let anybody change', async () => {
    const badge = buildBadge(badgeValues({ issuer: { id: did, name: 'Lycée DÉMO' } })) as Json
    const { achievement } = badge.credentialSubject
    const described = (description: string) => ({
      ...badge,
      credentialSubject: {
        ...badge.credentialSubject,
        achievement: { ...achievement, description },
      },
    })
    const shown = await show(SHOWN, await issued(described('Niveau _:un atteint')))
    const changed = structuredClone(shown)
    changed.credentialSubject.achievement.description = 'Niveau _:deux atteint'
    expect(await theirs(changed)).toBe(true)
    expect(await ours(changed)).toBe(false)
  })
})

function withFreePlace(places: number[]): number[] {
  const free = Array.from({ length: places.length + 1 }, (_, at) => at)
  return [...places, free.find((place) => !places.includes(place))!].sort((a, b) => a - b)
}

function partsOf({ proof }: Json): Parts {
  const bytes = Buffer.from((proof.proofValue as string).slice(1), 'base64url')
  return decode(bytes.subarray(3), { useMaps: true }) as Parts
}
