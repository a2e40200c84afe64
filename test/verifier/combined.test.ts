import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { bakePng } from '../../src/credential/bake-png.js'
import { buildStatusList } from '../../src/credential/build-credential.js'
import { VC_V2 } from '../../src/credential/contexts.js'
import { LIMITS } from '../../src/credential/limits.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import {
  checkOf,
  faultsOf,
  freshBadge,
  freshSigner,
  LIST,
  reportOn,
  unsignedOf,
  type Fresh,
} from '../support/fresh.js'
import { lookupsOf } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { p256Key, signSelectively } from '../support/selective.js'
import { claimsOf } from '../support/tokens.js'

// Forms and features of a badge, each of them tested elsewhere, put together as an attacker would.

type Json = Record<string, any>
type Made = Awaited<ReturnType<typeof freshBadge>>

let genuine: Made
beforeAll(async () => {
  genuine = await freshBadge()
})
const verify = (input: unknown) => reportOn(input, lookupsOf({ lists: genuine.lists }))

async function tokenOf(payload: Json, signer: Fresh, typ: 'JWT' | 'vc+jwt'): Promise<string> {
  const parts = [{ alg: 'EdDSA', typ, kid: signer.id }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${parts}.${Buffer.from(await signer.sign(Buffer.from(parts))).toString('base64url')}`
}
const older = (badge: Json, signer: Fresh) =>
  tokenOf({ ...badge, ...claimsOf(badge) }, signer, 'JWT')

describe('a token around a badge that has a proof', () => {
  test('is valid when both signatures are the issuer’s', async () => {
    expect(await verify(await older(genuine.badge, genuine.signer))).toMatchObject({
      verdict: 'valid',
    })
  })

  test.each<[string, string, () => Promise<string>]>([
    [
      'that does not fit',
      'proof:proof',
      () => {
        const changed = structuredClone(genuine.badge)
        changed.credentialSubject.achievement.name = 'Chef'
        return older(changed, genuine.signer)
      },
    ],
    [
      'of somebody else',
      'issuer_binding:issuer_binding',
      async () =>
        older(await signAnything(unsignedOf(genuine.signer.did), freshSigner()), genuine.signer),
    ],
    [
      'that is empty',
      'proof:unsigned',
      () => older({ ...genuine.badge, proof: [] }, genuine.signer),
    ],
    [
      'that is null',
      'structure:structure',
      () => older({ ...genuine.badge, proof: null }, genuine.signer),
    ],
  ])('is invalid with a proof %s', async (_, fault, made) => {
    const report = await verify(await made())
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toContain(fault)
  })

  test('is invalid when somebody else made the token', async () => {
    const report = await verify(await older(genuine.badge, freshSigner()))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['issuer_binding:issuer_binding'])
  })
})

describe('an envelope', () => {
  const envelope = (id: string) => ({
    '@context': [VC_V2],
    id,
    type: 'EnvelopedVerifiableCredential',
  })
  const token = () => tokenOf(unsignedOf(genuine.signer.did), genuine.signer, 'vc+jwt')

  test('in a PNG is read as the token in it', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const held = JSON.stringify(envelope(`data:application/vc+jwt,${await token()}`))
    const report = await verify(bakePng(png, held))
    expect(report).toMatchObject({ verdict: 'valid', format: 'vc-jwt' })
  })

  test('in a token, or around JSON, is no badge', async () => {
    const held = envelope(`data:application/vc+jwt,${await token()}`)
    const json = Buffer.from(JSON.stringify(held)).toString('base64')
    for (const input of [
      await tokenOf(held, genuine.signer, 'vc+jwt'),
      envelope(`data:application/vc,${json}`),
      { ...held, credentialSubject: {} },
    ])
      expect(await verify(input)).toMatchObject({ verdict: 'invalid', badge: null })
  })
})

describe('a badge with many entries of status', () => {
  const naming = (count: number) =>
    freshBadge((one) => {
      one.credentialStatus = Array.from({ length: count }, (_, at) => ({
        ...one.credentialStatus,
        id: `${LIST}#${at}`,
        statusListIndex: String(at),
      }))
    })
  /** A list as large as may be, behind a server. */
  async function behindServer(signer: Fresh, revoked: number[] = []): Promise<Outside> {
    const values = { id: LIST, issuer: signer.did, entries: 131_072, revoked }
    const dates = { validFrom: '2026-06-15T00:00:00Z', validUntil: '2026-06-22T00:00:00Z' }
    const list = structuredClone(buildStatusList({ ...values, ...dates })) as Json
    const bits = Buffer.alloc(LIMITS.statusListBytes)
    for (const position of revoked) bits[position >> 3]! |= 0x80 >> (position & 7)
    list.credentialSubject.encodedList = `u${gzipSync(bits).toString('base64url')}`
    const body = Buffer.from(JSON.stringify(await signAnything(list, signer)))
    const found: Fetched = { outcome: 'found', body, contentType: 'application/vc' }
    return { fetchText: async () => found }
  }

  /** Lookups that count how often what a server said of a list is read: checked and unpacked. */
  function countingReadings(outside: Outside) {
    const lookups = outsideLookups(outside)
    const counted = new WeakMap<object, Awaited<ReturnType<Lookups['statusList']>>>()
    let readings = 0
    const statusList: Lookups['statusList'] = async (url, options) => {
      const answer = await lookups.statusList(url, options)
      if (answer.outcome !== 'found') return answer
      const { value, ...rest } = answer
      const counting = counted.get(answer) ?? {
        ...rest,
        get value() {
          readings++
          return value
        },
      }
      counted.set(answer, counting)
      return counting
    }
    return { lookups: { ...lookups, statusList }, readings: () => readings }
  }

  test('that name one large list reads it once', async () => {
    const { badge, signer } = await naming(LIMITS.statusEntries)
    const { lookups, readings } = countingReadings(await behindServer(signer))
    expect(await reportOn(badge, lookups)).toMatchObject({ verdict: 'valid' })
    expect(readings()).toBe(1)
  })

  test('is open when there are too many, and costs no more', async () => {
    const { badge, signer } = await naming(600)
    const { lookups, readings } = countingReadings(await behindServer(signer))
    const report = await reportOn(badge, lookups)
    expect(report.verdict).toBe('indeterminate')
    expect(checkOf(report, 'status')).toMatchObject({ code: 'status_unsupported' })
    expect(readings()).toBe(1)
  })

  test('is revoked when one of the first says so', async () => {
    const { badge, signer } = await naming(600)
    const report = await reportOn(badge, outsideLookups(await behindServer(signer, [3])))
    expect(faultsOf(report)).toEqual(['status:revoked'])
  })
})

test('a badge shown in part with 600 signatures, three times over, leaves others their turn', async () => {
  const issuer = p256Key()
  const document = unsignedOf(issuer.did, (one) => {
    delete one.credentialStatus
    one.credentialSubject.achievement.tag = Array.from({ length: 600 }, (_, at) => `mot ${at}`)
  })
  const shown = await Promise.all([1, 2, 3].map(() => signSelectively(document, issuer)))
  const badge = { ...document, proof: shown.flatMap(({ proof }) => proof as Json[]) }
  let turns = 0
  const timer = setInterval(() => (turns += 1), 5)
  const report = await reportOn(badge)
  clearInterval(timer)
  expect(report).toMatchObject({ verdict: 'valid' })
  expect(turns).toBeGreaterThan(5)
})
