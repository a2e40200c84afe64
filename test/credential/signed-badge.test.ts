import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkProofs } from '../../src/credential/check-proof.js'
import { guardBadge } from '../../src/credential/guard.js'
import { AWARDED, company, school, signedBadge, signedEndorsement } from '../support/badges.js'

type Json = Record<string, unknown>
let badge: Json
beforeAll(async () => {
  badge = await signedBadge()
})

const keyOf = (method: string) => method.split('#')[1]
const isGood = async (document: unknown) =>
  guardBadge(document).length === 0 &&
  (await checkProofs(document as Json, keyOf, AWARDED)).every(({ result }) => result === 'pass')

describe('a badge as we issue it', () => {
  test('passes our own guard and its proof is good', async () => {
    expect(guardBadge(badge)).toEqual([])
    expect(await isGood(badge)).toBe(true)
  })

  test('is the same, byte for byte, when it is signed again', async () => {
    expect(JSON.stringify(await signedBadge())).toBe(JSON.stringify(badge))
  })

  test('names its company twice, in one way: another name in one endorsement is refused', async () => {
    const other = structuredClone(badge) as any
    other.endorsement[0].issuer.name = 'Une autre entreprise'
    expect(guardBadge(other)).toMatchObject([
      { code: 'structure', pointer: '/endorsement/0/issuer' },
    ])
  })

  test.each(['achievementcredential.strict', 'achievementcredential.json-ld'])(
    'passes the official schema %s',
    (name) => {
      expect(schemaErrors(name, badge)).toEqual([])
    },
  )

  test('carries an endorsement that passes the official schema', async () => {
    expect(schemaErrors('endorsementcredential.json-ld', await signedEndorsement())).toEqual([])
  })

  test('verifies the endorsements with the key of the company, and with no other', async () => {
    const endorsement = await signedEndorsement()
    const check = (key: string) => checkProofs(endorsement, () => key, AWARDED)
    expect(await check(company.publicKeyMultibase)).toMatchObject([{ result: 'pass' }])
    expect(await check(school.publicKeyMultibase)).toMatchObject([
      { result: 'fail', code: 'proof' },
    ])
  })

  test('PR-21 no leaf can be changed, removed or added without its verification failing', async () => {
    const leaves = leavesOf(badge)
    expect(leaves.length).toBeGreaterThan(80)
    // Both endorsements are in it, with all their leaves.
    const inside = (part: string) => leaves.filter((path) => path.join('/').startsWith(part)).length
    expect(inside('endorsement/0/')).toBeGreaterThan(20)
    expect(inside('credentialSubject/achievement/endorsement/0/')).toBe(inside('endorsement/0/'))
    const survivors: string[] = []
    for (const path of leaves) {
      for (const [how, change] of CHANGES) {
        const changed = structuredClone(badge)
        if (change(changed, path) && (await isGood(changed)))
          survivors.push(`${how} ${path.join('/')}`)
      }
    }
    expect(survivors).toEqual([])
  }, 120_000)

  test('PR-05 a forged proof beside the good one makes it bad', async () => {
    const [good] = badge.proof as Json[]
    const forged = { ...good, verificationMethod: company.id }
    const results = await checkProofs({ ...badge, proof: [good, forged] }, keyOf, AWARDED)
    expect(results.map(({ result }) => result)).toEqual(['pass', 'fail'])
  })

  test.each(['eddsa-jcs-2022', 'constructor', '__proto__', 'Ed25519Signature2020', ''])(
    'PR-11 a signature under the suite %j is bad, not an accident',
    async (cryptosuite) => {
      const [good] = badge.proof as Json[]
      const proof = { ...good, cryptosuite }
      expect(await checkProofs({ ...badge, proof }, keyOf, AWARDED)).toMatchObject([
        { result: 'fail', code: 'proof' },
      ])
    },
  )

  test('PR-10 a proof made for another purpose does not count', async () => {
    const [good] = badge.proof as Json[]
    for (const proofPurpose of ['authentication', undefined]) {
      const results = await checkProofs(
        { ...badge, proof: { ...good, proofPurpose } },
        keyOf,
        AWARDED,
      )
      expect(results).toMatchObject([{ result: 'fail', code: 'proof_purpose' }])
    }
  })
})

type Path = (string | number)[]
const CHANGES: [string, (document: Json, path: Path) => boolean][] = [
  [
    'changed',
    (document, path) =>
      edit(document, path, (value) => (typeof value === 'string' ? `${value}x` : !value)),
  ],
  ['removed', (document, path) => edit(document, path, () => undefined)],
  ['doubled', (document, path) => edit(document, path, (value) => [value, `${String(value)}2`])],
]

function edit(document: Json, path: Path, change: (value: unknown) => unknown): boolean {
  const last = path.at(-1)!
  const holder = path.slice(0, -1).reduce<any>((node, key) => node[key], document)
  const value = change(holder[last])
  if (value !== undefined) holder[last] = value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else delete holder[last]
  return true
}

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, held]) =>
    leavesOf(held, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function schemaErrors(name: string, document: unknown): unknown[] {
  const ajv = new Ajv.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const schema = JSON.parse(readFileSync(`test/fixtures/schemas/${name}.json`, 'utf8')) as object
  const validate = ajv.compile(schema)
  return validate(document) ? [] : (validate.errors ?? [])
}
