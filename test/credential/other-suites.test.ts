import { generate } from '@digitalbazaar/ecdsa-multikey'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { createSignCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { createSignCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { ED25519_2020, loadContext, OB_CURRENT, VC_V1 } from '../../src/credential/contexts.js'
import { ALL_SUITES } from '../../src/credential/suites/table.js'
import { AWARDED, badgeValues, company, school } from '../support/badges.js'
import { edit, leavesOf } from '../support/leaves.js'

const issuedWith = async (curve: 'P-256' | 'P-384') => {
  const key = await generate({ curve, controller: 'did:web:other.example' })
  const suite = new DataIntegrityProof({
    signer: key.signer(),
    date: '2026-06-15T09:00:00Z',
    cryptosuite,
  })
  const credential = buildBadge(badgeValues())
  const badge = await issue({ credential, suite, documentLoader: loadContext, now: AWARDED })
  return { badge, key }
}

describe.each(['P-256', 'P-384'] as const)('ecdsa-rdfc-2019 with %s, as others sign', (curve) => {
  test('is good with its key, and bad once a word has changed', async () => {
    const { badge, key } = await issuedWith(curve)
    const keyOf = () => key.publicKeyMultibase
    expect(await checkProofs(badge, keyOf, AWARDED)).toMatchObject([{ result: 'pass' }])
    const tampered = { ...badge, name: 'Autre' }
    expect(await checkProofs(tampered, keyOf, AWARDED)).toMatchObject([
      { result: 'fail', code: 'proof' },
    ])
  })

  test('ED-06 is bad with a key of another kind', async () => {
    const { badge } = await issuedWith(curve)
    const keyOf = () => company.publicKeyMultibase
    expect(await checkProofs(badge, keyOf, AWARDED)).toMatchObject([{ code: 'key_type' }])
  })

  test('is bad with another key of its curve, and with one of the other curve', async () => {
    const { badge } = await issuedWith(curve)
    for (const other of ['P-256', 'P-384'] as const) {
      const key = await generate({ curve: other })
      const results = await checkProofs(badge, () => key.publicKeyMultibase, AWARDED)
      expect(results).toMatchObject([{ result: 'fail', code: 'proof' }])
    }
  })
})

const DATE = '2026-06-15T09:00:00Z'
const signerOfSchool = {
  id: school.id,
  algorithm: 'Ed25519',
  sign: ({ data }: { data: Uint8Array }) => school.sign(data),
}
const signedWith = (suite: object, credential: object = buildBadge(badgeValues())) =>
  issue({ credential, suite, documentLoader: loadContext, now: AWARDED })
const isGood = async (document: Record<string, unknown>, key: string) => {
  const results = await checkProofs(document, () => key, AWARDED, { suites: ALL_SUITES })
  return results.every(({ result }) => result === 'pass')
}
const isBadWhereverChanged = async (document: Record<string, unknown>, key: string) => {
  for (const path of leavesOf(document)) {
    for (const change of [(value: unknown) => `${String(value)}x`, () => undefined]) {
      const changed = structuredClone(document)
      edit(changed, path, change)
      // Which method it names is signed; here each key is tried whatever the name.
      expect(await isGood(changed, key), path.join('/')).toBe(false)
    }
  }
}

describe('suites of JSON text, as others sign', () => {
  test('eddsa-jcs-2022 is good, and bad with any value changed or taken away', async () => {
    const cryptosuite = eddsaJcs()
    const suite = new DataIntegrityProof({ signer: signerOfSchool, date: DATE, cryptosuite })
    const badge = await signedWith(suite)
    expect(await isGood(badge, school.publicKeyMultibase)).toBe(true)
    expect(await isGood(badge, company.publicKeyMultibase)).toBe(false)
    await isBadWhereverChanged(badge, school.publicKeyMultibase)
  })

  test.each(['P-256', 'P-384'] as const)('ecdsa-jcs-2019 with %s too', async (curve) => {
    const key = await generate({ curve, controller: 'did:web:other.example' })
    const cryptosuite = ecdsaJcs()
    const suite = new DataIntegrityProof({ signer: key.signer(), date: DATE, cryptosuite })
    const badge = await signedWith(suite)
    expect(await isGood(badge, key.publicKeyMultibase)).toBe(true)
    await isBadWhereverChanged(badge, key.publicKeyMultibase)
  })
})

test('Ed25519Signature2020 under VCDM 1.1, as others sign, is good and bad wherever changed', async () => {
  const { validFrom, validUntil, ...rest } = buildBadge(badgeValues())
  const credential = {
    ...rest,
    '@context': [VC_V1, OB_CURRENT, ED25519_2020],
    credentialStatus: undefined,
    issuanceDate: validFrom,
    expirationDate: validUntil,
  }
  const suite = new Ed25519Signature2020({ signer: signerOfSchool, date: DATE })
  const badge = await signedWith(suite, JSON.parse(JSON.stringify(credential)) as object)
  expect(badge.proof).toMatchObject({ type: 'Ed25519Signature2020' })
  expect(await isGood(badge, school.publicKeyMultibase)).toBe(true)
  await isBadWhereverChanged(badge, school.publicKeyMultibase)
})
