import { generate } from '@digitalbazaar/ecdsa-multikey'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { loadContext } from '../../src/credential/contexts.js'
import { AWARDED, badgeValues, company } from '../support/badges.js'

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
