import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { createSignCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadContext } from '../../../src/credential/contexts.js'
import { fromBase58, toBase58 } from '../../../src/credential/multibase.js'
import { AWARDED } from '../../support/badges.js'
import { expectCheap } from '../../support/cheap.js'
import { checkOf, faultsOf, freshBadge, freshSigner, reportOn } from '../../support/fresh.js'
import { edit, type Path } from '../../support/leaves.js'
import { lookupsOf } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'

type Json = Record<string, any>
type Made = Awaited<ReturnType<typeof freshBadge>>

let genuine: Made
beforeAll(async () => {
  genuine = await freshBadge()
})
const verify = (document: unknown, { lists }: Pick<Made, 'lists'> = genuine) =>
  reportOn(document, lookupsOf({ lists }))
const withProof = (changes: Json) => ({
  ...genuine.badge,
  proof: [{ ...genuine.badge.proof[0], ...changes }],
})
async function refused(document: unknown, fault: string): Promise<void> {
  const report = await verify(document)
  expect(report).toMatchObject({ verdict: 'invalid', badge: null })
  expect(faultsOf(report)).toContain(fault)
}

describe('a badge without a proof that counts', () => {
  test('PR-01 without any', () => refused({ ...genuine.badge, proof: undefined }, 'proof:unsigned'))
  test('PR-02 with an empty list', () => refused({ ...genuine.badge, proof: [] }, 'proof:unsigned'))
  test.each([null, 'z3FXQ', 1])('PR-03 with %j for a proof', (proof) =>
    refused({ ...genuine.badge, proof }, 'structure:structure'),
  )

  test('PR-05 with a second proof by a wrong key, of another DID', async () => {
    const stranger = freshSigner()
    const [good] = genuine.badge.proof
    const forged = { ...good, verificationMethod: stranger.id }
    for (const proof of [
      [good, forged],
      [forged, good],
    ])
      await refused({ ...genuine.badge, proof }, 'proof:proof')
  })

  test('PR-05 with a good second proof of somebody who is not its issuer', async () => {
    const stranger = freshSigner()
    const { proof } = await signAnything(genuine.badge, stranger)
    const both = { ...genuine.badge, proof: [...genuine.badge.proof, ...proof] }
    await expect(verify(both)).resolves.toMatchObject({ verdict: 'invalid' })
    expect(faultsOf(await verify(both))).toEqual(['issuer_binding:issuer_binding'])
  })

  test('PR-08 with a chain whose first link is not there', async () => {
    const { badge } = await freshBadge(undefined, { previousProof: 'urn:uuid:missing' })
    await refused(badge, 'proof:proof')
    await refused(withProof({ previousProof: 'urn:uuid:missing' }), 'proof:proof')
  })
})

describe('a proof that was made for something else, or otherwise', () => {
  test.each(['authentication', 'capabilityInvocation', undefined])(
    'PR-10 for the purpose %j',
    async (proofPurpose) => {
      const { badge } = await freshBadge(undefined, { proofPurpose })
      await refused(JSON.parse(JSON.stringify(badge)), 'proof:proof_purpose')
    },
  )

  test('PR-11 an rdfc signature announced as jcs', () =>
    refused(withProof({ cryptosuite: 'eddsa-jcs-2022' }), 'proof:proof'))

  test('PR-11 a jcs signature announced as rdfc, and as itself', async () => {
    const { badge, signer } = genuine
    const { proof: _proof, ...credential } = badge
    const suite = new DataIntegrityProof({
      signer: { ...signer, algorithm: 'Ed25519', sign: ({ data }: any) => signer.sign(data) },
      date: '2026-06-15T09:00:00Z',
      cryptosuite: createSignCryptosuite(),
    })
    const other = await issue({ credential, suite, documentLoader: loadContext, now: AWARDED })
    // This suite copies the contexts into the proof, where no term of ours is.
    const { '@context': _context, ...proof } = other.proof as Json
    await refused({ ...other, proof }, 'proof:proof')
    await refused({ ...other, proof: { ...proof, cryptosuite: 'eddsa-rdfc-2022' } }, 'proof:proof')
  })

  test('PR-12 a signature of 2022 announced as one of 2020', () =>
    refused(withProof({ type: 'Ed25519Signature2020', cryptosuite: undefined }), 'proof:proof'))

  test.each([
    ['63 bytes', `z${toBase58(new Uint8Array(63).fill(7))}`],
    ['65 bytes', `z${toBase58(new Uint8Array(65).fill(7))}`],
    ['no bytes', ''],
    ['the letter z alone', 'z'],
    ['letters outside base58', 'z0OIl'],
    ['another base', 'uAAAA'],
  ])('PR-15 a value of %s', (_, proofValue) => refused(withProof({ proofValue }), 'proof:proof'))

  test('PR-16 a value of 200,000 letters, or of as many as are read at all, costs nothing', async () => {
    for (const letters of [200_000, 65_000]) {
      const document = withProof({ proofValue: `z${'2'.repeat(letters)}` })
      expect(await verify(document)).toMatchObject({ verdict: 'invalid' })
      await expectCheap(50, () => verify(document))
    }
  })

  test.each([undefined, '2026-06-15T09:00:01Z', '2026-06-15T08:59:59Z'])(
    'PR-17 its date replaced by %j',
    (created) => refused(withProof({ created }), 'proof:proof'),
  )

  test.each<[string, Json]>([
    ['in two hours', { created: '2026-06-15T11:00:00Z' }],
    ['and expired yesterday', { expires: '2026-06-14T09:00:00Z' }],
  ])('PR-18 signed %s', async (_, dates) => {
    const { badge } = await freshBadge(undefined, dates)
    await refused(badge, 'proof:proof_time')
  })

  test('PR-20 with a context of its own and a new field', () =>
    refused(withProof({ '@context': { '@vocab': 'urn:x:' }, rank: '1' }), 'structure:structure'))

  test('PR-22 a domain and a challenge count only as they were signed, and say nothing of anybody', async () => {
    const options = { domain: 'https://ministere.example', challenge: 'abc' }
    const made = await freshBadge(undefined, options)
    const report = await verify(made.badge, made)
    expect(report.verdict).toBe('valid')
    expect(JSON.stringify(report)).not.toContain('ministere.example')
    for (const change of [{ challenge: 'abd' }, { domain: undefined }]) {
      const proof = [{ ...made.badge.proof[0], ...change }]
      expect(faultsOf(await verify({ ...made.badge, proof }, made))).toEqual(['proof:proof'])
    }
  })
})

/** What a report shows, by its place in the badge. */
const SHOWN: Path[] = [
  ['id'],
  ['name'],
  ['validFrom'],
  ['validUntil'],
  ['issuer', 'id'],
  ['issuer', 'name'],
  ['issuer', 'url'],
  ['credentialSubject', 'id'],
  ...['id', 'name', 'description', 'version', 'inLanguage', 'achievementType'].map((name): Path => [
    'credentialSubject',
    'achievement',
    name,
  ]),
  ['credentialSubject', 'achievement', 'criteria', 'narrative'],
  ['credentialSubject', 'achievement', 'image', 'id'],
  ['credentialSubject', 'achievement', 'image', 'caption'],
  ['credentialSubject', 'achievement', 'creator', 'id'],
  ...['targetName', 'targetUrl', 'targetFramework', 'targetCode', 'targetType'].map(
    (name): Path => ['credentialSubject', 'achievement', 'alignment', 0, name],
  ),
  ['evidence', 0, 'id'],
  ['evidence', 0, 'name'],
  ['evidence', 1, 'description'],
  ['credentialStatus', 'id'],
  ['credentialStatus', 'statusListIndex'],
  ['credentialStatus', 'statusListCredential'],
  ['credentialStatus', 'statusPurpose'],
]

test.each(SHOWN.map((path) => [path.join('/'), path] as const))(
  'PR-21 one byte changed in %s',
  async (_, path) => {
    const document = structuredClone(genuine.badge)
    edit(document, path, (value) => {
      const text = String(value)
      const last = text.charCodeAt(text.length - 1)
      return `${text.slice(0, -1)}${String.fromCharCode(last ^ 1)}`
    })
    expect(JSON.stringify(document)).not.toBe(JSON.stringify(genuine.badge))
    const report = await verify(document)
    expect(report).toMatchObject({ verdict: 'invalid', badge: null, endorsements: [] })
  },
)

describe('keys and Ed25519', () => {
  const WEB = 'did:web:lycee.example'
  /** A badge of a did:web whose document lists this key, signed by whoever says so. */
  const under = async (publicKeyMultibase: string, proofValue?: string) => {
    const signer = { ...freshSigner(WEB), id: `${WEB}#key` }
    const { badge } = await freshBadge((one) => {
      one.issuer.id = WEB
      delete one.credentialStatus
    })
    const document = await signAnything(badge, signer)
    if (proofValue !== undefined) document.proof[0].proofValue = proofValue
    const key = { id: `${WEB}#key`, controller: WEB, publicKeyMultibase }
    const lookups = lookupsOf({ keys: { [WEB]: { outcome: 'found', value: [key] } } })
    return { document, lookups }
  }
  const failing = async (key: string, proofValue?: string) => {
    const { document, lookups } = await under(key, proofValue)
    const report = await reportOn(document, lookups)
    expect(report.verdict).toBe('invalid')
    return faultsOf(report)
  }
  const multikey = (...bytes: number[]) => `z${toBase58(Uint8Array.from(bytes))}`

  test('ED-01 the identity for a key, with the one signature that fits every text', async () => {
    const identity = multikey(0xed, 0x01, 1, ...Array<number>(31).fill(0))
    const constant = multikey(1, ...Array<number>(63).fill(0))
    expect(await failing(identity, constant)).toEqual(['proof:weak_key'])
  })

  test('ED-03 the same signature with S + L', async () => {
    const bytes = fromBase58(genuine.badge.proof[0].proofValue.slice(1), 136)!
    let s = 2n ** 252n + 27742317777372353535851937790883648493n
    for (let at = 0; at < 32; at++) s += BigInt(bytes[32 + at]!) << BigInt(8 * at)
    const malleable = Uint8Array.from(bytes)
    for (let at = 0; at < 32; at++) malleable[32 + at] = Number((s >> BigInt(8 * at)) & 255n)
    await refused(withProof({ proofValue: `z${toBase58(malleable)}` }), 'proof:proof')
  })

  test.each([
    ['X25519', [0xec, 0x01], 32],
    ['P-256', [0x80, 0x24], 33],
    ['secp256k1', [0xe7, 0x01], 33],
  ])('ED-06 a key for %s under an EdDSA suite', async (_, prefix, size) => {
    // The x of the generator of P-256: a point that is on that curve.
    const x = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'
    const raw = size === 33 ? [3, ...Buffer.from(x, 'hex')] : Array<number>(32).fill(9)
    expect(await failing(multikey(...prefix, ...raw))).toEqual(['proof:key_type'])
  })

  test.each([31, 33, 34])('ED-07 a key of %i bytes', async (size) => {
    const faults = await failing(multikey(0xed, 0x01, ...Array<number>(size).fill(7)))
    expect(faults).toEqual(['proof:proof'])
  })

  test('ED-07 a key of 60,000 letters costs nothing', async () => {
    const { document, lookups } = await under(`z${'2'.repeat(60_000)}`)
    const report = await reportOn(document, lookups)
    expect(faultsOf(report)).toEqual(['proof:proof'])
    await expectCheap(50, () => reportOn(document, lookups))
    const method = `${genuine.signer.did}#z${'2'.repeat(100_000)}`
    const named = withProof({ verificationMethod: method })
    expect(await verify(named)).toMatchObject({ verdict: 'invalid' })
    await expectCheap(50, () => verify(named))
  })

  test('ED-11 a key that was revoked before it signed', async () => {
    const signer = freshSigner(WEB)
    const { badge } = await freshBadge((one) => {
      one.issuer.id = WEB
      delete one.credentialStatus
    })
    const document = await signAnything(badge, signer)
    const listing = (revoked?: string) => {
      const { id, publicKeyMultibase } = signer
      const key = { id, controller: WEB, publicKeyMultibase, ...(revoked && { revoked }) }
      return lookupsOf({ keys: { [WEB]: { outcome: 'found', value: [key] } } })
    }
    expect(await reportOn(document, listing())).toMatchObject({ verdict: 'valid' })
    const report = await reportOn(document, listing('2026-06-15T08:59:59Z'))
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, 'proof')).toMatchObject({ result: 'pass' })
    expect(faultsOf(report)).toEqual(['issuer_binding:key_revoked'])
  })
})
