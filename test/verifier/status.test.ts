import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { buildBadge, buildStatusList } from '../../src/credential/build-credential.js'
import { prepareStatusList } from '../../src/credential/prepare-credential.js'
import { signCredential, type Signer } from '../../src/credential/sign-credential.js'
import { checkStatus } from '../../src/verifier/check-status.js'
import type { Looked, SeenList } from '../../src/verifier/lookups.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import { SeenLists } from '../../src/verifier/seen-lists.js'
import { AWARDED, badgeValues, company, school } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'

const LIST = 'https://sceau.example/status/school-1'
const POSITION = 94_567

type Json = Record<string, any>
const badge = buildBadge(badgeValues()) as Json
const entry = badge.credentialStatus as Json
/** What the status says of a badge with these entries, when these lists stand at their addresses. */
const statusOf = (credentialStatus: unknown, lists: Json) =>
  checkStatus({ ...badge, credentialStatus }, school.did, lookupsOf({ lists }), AWARDED)

async function listSaying(change: (list: Json) => void, signer: Signer = school): Promise<Json> {
  const values = { id: LIST, issuer: signer.controller, entries: 131_072, revoked: [] }
  const dates = { validFrom: '2026-06-15T00:00:00Z', validUntil: '2026-06-22T00:00:00Z' }
  const list = buildStatusList({ ...values, ...dates }) as Json
  change(list)
  return JSON.parse(await signCredential(prepareStatusList(list), signer, AWARDED)) as Json
}

let clear: Json
let revoked: Json
beforeAll(async () => {
  clear = await signedList(school, LIST)
  revoked = await signedList(school, LIST, { revoked: [POSITION] })
})

describe('what a status list says', () => {
  test('ST-01 a bit that is set, whatever the others are, is a revocation', async () => {
    expect(await statusOf(entry, { [LIST]: clear })).toMatchObject({ result: 'pass' })
    expect(await statusOf(entry, { [LIST]: revoked })).toMatchObject({ code: 'revoked' })
    const others = await signedList(school, LIST, { revoked: [POSITION - 1, POSITION + 1] })
    expect(await statusOf(entry, { [LIST]: others })).toMatchObject({ result: 'pass' })
  })

  test('ST-04 a genuine list for another purpose does not answer', async () => {
    const list = await listSaying((one) => (one.credentialSubject.statusPurpose = 'suspension'))
    expect(await statusOf(entry, { [LIST]: list })).toMatchObject({
      result: 'unknown',
      code: 'status_purpose',
    })
  })

  test('ST-06 a list that inflates to 256 MiB is not believed, and costs little', async () => {
    const bomb = `u${gzipSync(Buffer.alloc(256 << 20)).toString('base64url')}`
    const list = await listSaying((one) => (one.credentialSubject.encodedList = bomb))
    expect(await statusOf(entry, { [LIST]: list })).toMatchObject({
      result: 'unknown',
      code: 'status_untrusted',
    })
  })

  test.each(['', 'u', 'uAAAA', 'zH4sI', 'uH4sI!', 'uH4sIAAAAAAAA_-3BMQEA'])(
    'ST-06 the list %j can’t be read and is not believed',
    async (encodedList) => {
      const list = await listSaying((one) => (one.credentialSubject.encodedList = encodedList))
      expect(await statusOf(entry, { [LIST]: list })).toMatchObject({ result: 'unknown' })
    },
  )

  test('ST-12 not revoked, but suspended by the second entry', async () => {
    const second = 'https://sceau.example/status/school-2'
    const suspended = await listSaying((one) => {
      one.id = second
      one.credentialSubject.statusPurpose = 'suspension'
      one.credentialSubject.encodedList = revoked.credentialSubject.encodedList
    })
    const entries = [entry, { ...entry, statusPurpose: 'suspension', statusListCredential: second }]
    expect(await statusOf(entries, { [LIST]: clear, [second]: suspended })).toMatchObject({
      result: 'fail',
      code: 'suspended',
    })
  })

  test('ST-13 a status of a kind that we don’t know is open', async () => {
    for (const type of ['1EdTechRevocationList', 'StatusList2021Entry', undefined]) {
      expect(await statusOf([{ ...entry, type }], { [LIST]: clear })).toMatchObject({
        result: 'unknown',
        code: 'status_unsupported',
      })
    }
  })

  test('a place outside the list is open', async () => {
    for (const statusListIndex of ['131072', '9007199254740993', '-1', '1.5', 131_072]) {
      const outside = { ...entry, statusListIndex }
      expect(await statusOf(outside, { [LIST]: clear })).toMatchObject({ code: 'status_range' })
    }
  })

  test('a list of the issuer that belongs at another address can revoke, and not clear', async () => {
    const elsewhere = 'https://sceau.example/status/other'
    const other = await signedList(school, elsewhere)
    expect(await statusOf(entry, { [LIST]: other })).toMatchObject({ code: 'status_untrusted' })
    const revoking = await signedList(school, elsewhere, { revoked: [POSITION] })
    expect(await statusOf(entry, { [LIST]: revoking })).toMatchObject({ code: 'revoked' })
  })

  test('ST-03 each signature of a list must be good, and its issuer’s', async () => {
    const [forged] = (await signedList(company, LIST)).proof as Json[]
    const list = { ...clear, proof: [clear.proof[0], forged] }
    expect(await statusOf(entry, { [LIST]: list })).toMatchObject({ code: 'status_untrusted' })
  })
})

describe('a list that was seen before', () => {
  const at = (validFrom: string, positions: number[] = []) =>
    signedList(school, LIST, { validFrom, revoked: positions })

  /** A server that answers with one list after the other, the last one for ever. */
  function serving(...lists: Json[]): Outside & { asked: (boolean | undefined)[] } {
    const asked: (boolean | undefined)[] = []
    return {
      asked,
      fetchText: async (_url, _accept, options): Promise<Fetched> => {
        const list = lists[Math.min(asked.length, lists.length - 1)]
        asked.push(options?.reuse)
        const body = Buffer.from(JSON.stringify(list))
        return { outcome: 'found', body, contentType: 'application/vc' }
      },
    }
  }
  const ask = (outside: Outside) => checkStatus(badge, school.did, outsideLookups(outside), AWARDED)

  test('can’t be followed by an older one that takes the revocation back', async () => {
    const newer = await at('2026-06-15T08:00:00Z', [POSITION])
    const older = await at('2026-06-15T07:00:00Z')
    const outside = serving(newer, older)
    expect(await ask(outside)).toMatchObject({ result: 'fail', code: 'revoked' })
    expect(await ask(outside)).toMatchObject({ result: 'unknown', code: 'status_stale' })
  })

  test('may be followed by itself, by a newer one, and by an older one that revokes', async () => {
    const first = await at('2026-06-15T07:00:00Z')
    const newer = await at('2026-06-15T08:00:00Z')
    const outside = serving(first, first, newer, await at('2026-06-15T06:00:00Z', [POSITION]))
    const codes = []
    for (let n = 0; n < 4; n++) codes.push((await ask(outside)).code)
    expect(codes).toEqual(['status', 'status', 'status', 'revoked'])
  })

  test('is remembered only when it is believed', async () => {
    const forged = { ...(await at('2026-06-15T07:00:00Z')), validFrom: '2026-06-15T08:30:00Z' }
    const outside = serving(forged, await at('2026-06-15T07:00:00Z'))
    expect(await ask(outside)).toMatchObject({ code: 'status_untrusted' })
    expect(await ask(outside)).toMatchObject({ result: 'pass' })
  })

  test('ST-11 that is out of date is asked for once more, without what was kept of it', async () => {
    const stale = await signedList(school, LIST, { validUntil: '2026-06-15T08:00:00Z' })
    const renewed = serving(stale, clear)
    expect(await ask(renewed)).toMatchObject({ result: 'pass' })
    expect(renewed.asked).toEqual([true, false])
    const never = serving(stale)
    expect(await ask(never)).toMatchObject({ result: 'unknown', code: 'status_stale' })
    expect(never.asked).toHaveLength(2)
  })

  test('is forgotten when a thousand others were seen since', () => {
    const seen = new SeenLists()
    const [old, young] = ['2026-06-01', '2026-06-02'].map((day) => ({
      validFrom: new Date(day),
      signedAt: new Date(day),
      digest: 'aa',
    })) as [SeenList, SeenList]
    seen.see('https://a.example/1', young)
    expect(seen.see('https://a.example/1', old)).toBe(false)
    for (let n = 0; n < 1_000; n++) seen.see(`https://b.example/${n}`, young)
    expect(seen.see('https://a.example/1', old)).toBe(true)
  })
})

test('ST-02 a list that is missing, or that nobody answers for, is open', async () => {
  for (const outcome of ['missing', 'unreachable', 'unsupported', 'bad_syntax'] as const) {
    const lookups = {
      ...lookupsOf({}),
      statusList: async (): Promise<Looked<never>> => ({ outcome }),
    }
    expect(await checkStatus(badge, school.did, lookups, AWARDED)).toMatchObject({
      result: 'unknown',
      code: 'status_unavailable',
    })
  }
})
