import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildStatusList } from '../../../src/credential/build-credential.js'
import { AWARDED } from '../../support/badges.js'
import { expectCheap } from '../../support/cheap.js'
import {
  checkOf,
  faultsOf,
  freshBadge,
  freshSigner,
  growth,
  LIST,
  listOf,
  POSITION,
  reportOn,
} from '../../support/fresh.js'
import { lookupsOf } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'

type Json = Record<string, any>
type Made = Awaited<ReturnType<typeof freshBadge>>

let genuine: Made
beforeAll(async () => {
  genuine = await freshBadge()
})
const with_ = (list: unknown, made: Pick<Made, 'badge'> = genuine) =>
  reportOn(made.badge, lookupsOf({ lists: { [LIST]: list } }))

/** A list of the badge's own issuer, changed before it is signed. */
const listSaying = (change: (list: Json) => void) => {
  const values = { id: LIST, issuer: genuine.signer.did, entries: 131_072, revoked: [] }
  const dates = { validFrom: '2026-06-15T00:00:00Z', validUntil: '2026-06-22T00:00:00Z' }
  const list = structuredClone(buildStatusList({ ...values, ...dates })) as Json
  change(list)
  return signAnything(list, genuine.signer)
}

describe('status lists', () => {
  test('ST-01 a bit that is set is a revocation', async () => {
    expect(await with_(await listOf(genuine.signer))).toMatchObject({ verdict: 'valid' })
    const report = await with_(await listOf(genuine.signer, [POSITION]))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['status:revoked'])
  })

  test.each<[string, string, () => Promise<unknown>]>([
    ['ST-02 that nobody could fetch', 'status_unavailable', async () => undefined],
    [
      'ST-03 that nobody signed',
      'status_untrusted',
      async () => ({ ...(await listOf(genuine.signer)), proof: undefined }),
    ],
    ['ST-03 signed by another issuer', 'status_untrusted', () => listOf(freshSigner())],
    [
      'ST-03 signed by another, in the name of the issuer',
      'status_untrusted',
      async () => {
        const stranger = freshSigner()
        return signAnything(await listOf(genuine.signer), stranger)
      },
    ],
    [
      'ST-03 whose signature is broken',
      'status_untrusted',
      async () => ({ ...(await listOf(genuine.signer)), validUntil: '2026-06-23T00:00:00Z' }),
    ],
    [
      'ST-04 for another purpose',
      'status_purpose',
      () => listSaying((one) => (one.credentialSubject.statusPurpose = 'suspension')),
    ],
    [
      'ST-09 of 1,024 entries',
      'status_length',
      () =>
        listSaying((one) => {
          const bits = gzipSync(Buffer.alloc(128)).toString('base64url')
          one.credentialSubject.encodedList = `u${bits}`
        }),
    ],
    [
      'ST-11 out of date',
      'status_stale',
      () => listSaying((one) => (one.validUntil = '2026-06-15T08:00:00Z')),
    ],
  ])('%s: indeterminate, never valid', async (_, code, list) => {
    const report = await with_(await list())
    expect(report.verdict).toBe('indeterminate')
    expect(checkOf(report, 'status')).toMatchObject({ result: 'unknown', code })
  })

  test('ST-06 a list of 256 MiB in a small packet is not believed, and costs little', async () => {
    const bomb = `u${gzipSync(Buffer.alloc(256 << 20)).toString('base64url')}`
    const list = await listSaying((one) => (one.credentialSubject.encodedList = bomb))
    const report = await with_(list)
    expect(report.verdict).toBe('indeterminate')
    await expectCheap(500, () => with_(list))
    expect(await growth(() => with_(list))).toBeLessThan(32 << 20)
  })

  test('ST-12 not revoked, but suspended by the second entry', async () => {
    const second = `${LIST}-suspended`
    const entry = (badge: Json) => ({
      ...badge.credentialStatus,
      id: `${second}#${POSITION}`,
      statusPurpose: 'suspension',
      statusListCredential: second,
    })
    const made = await freshBadge(
      (one) => (one.credentialStatus = [one.credentialStatus, entry(one)]),
    )
    const suspended = structuredClone(await listOf(made.signer, [POSITION])) as Json
    suspended.id = second
    suspended.credentialSubject.id = `${second}#list`
    suspended.credentialSubject.statusPurpose = 'suspension'
    const lists = { ...made.lists, [second]: await signAnything(suspended, made.signer) }
    const report = await reportOn(made.badge, lookupsOf({ lists }))
    expect(report.verdict).toBe('invalid')
    expect(faultsOf(report)).toEqual(['status:suspended'])
  })

  test('ST-13 a status of a kind that nobody knows', async () => {
    // A name that no context defines is not even signed (JL-17).
    const stranger = { ...genuine.badge, credentialStatus: [{ type: 'StatusList2021Entry' }] }
    expect(faultsOf(await reportOn(stranger))).toEqual(['structure:undefined_term'])
    const entry = { id: 'urn:x:1', type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
    const open = await freshBadge((one) => (one.credentialStatus = [entry]))
    const report = await with_(undefined, open)
    expect(report.verdict).toBe('indeterminate')
    expect(checkOf(report, 'status')).toMatchObject({ code: 'status_unsupported' })
  })
})

describe('dates, as of an instant that the verifier is told', () => {
  const at = (seconds: number) =>
    `${new Date(AWARDED.getTime() + seconds * 1000).toISOString().slice(0, 19)}Z`

  test.each<[string, Json, string[]]>([
    ['TM-01 that starts in 30 seconds', { validFrom: at(30) }, []],
    ['TM-01 that starts in 60 seconds', { validFrom: at(60) }, []],
    ['TM-01 that starts in 61 seconds', { validFrom: at(61) }, ['validity:not_yet_valid']],
    ['TM-01 that starts in two minutes', { validFrom: at(120) }, ['validity:not_yet_valid']],
    ['TM-02 that ended 30 seconds ago', { validUntil: at(-30) }, []],
    ['TM-02 that ended 60 seconds ago', { validUntil: at(-60) }, []],
    ['TM-02 that ended 61 seconds ago', { validUntil: at(-61) }, ['validity:expired']],
    ['TM-02 that ended two minutes ago', { validUntil: at(-120) }, ['validity:expired']],
    [
      'TM-03 that ends before it starts',
      { validFrom: at(-60), validUntil: at(-61) },
      ['validity:dates'],
    ],
    ['TM-03 that starts and ends at once', { validFrom: at(-5), validUntil: at(-5) }, []],
  ])('%s', async (_, dates, faults) => {
    const { badge, lists } = await freshBadge((one) => Object.assign(one, dates))
    const report = await reportOn(badge, lookupsOf({ lists }))
    expect(faultsOf(report)).toEqual(faults)
    expect(report.verdict).toBe(faults.length === 0 ? 'valid' : 'invalid')
  })

  test('TM-07 a report says as of when it holds; a later one says its own time', async () => {
    const { badge, lists } = genuine
    const first = await reportOn(badge, lookupsOf({ lists }))
    const later = await reportOn(badge, lookupsOf({ lists }), new Date('2026-06-16T10:00:00Z'))
    expect(first.verifiedAt).toBe('2026-06-15T09:00:00Z')
    expect(later.verifiedAt).toBe('2026-06-16T10:00:00Z')
  })
})
