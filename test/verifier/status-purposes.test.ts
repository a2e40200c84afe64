import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { buildBadge, buildStatusList } from '../../src/credential/build-credential.js'
import { sha256 } from '../../src/credential/digest.js'
import { prepareStatusList } from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import { encodeStatusList, valueAt } from '../../src/credential/status-list.js'
import { checkStatus } from '../../src/verifier/check-status.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import { AWARDED, badgeValues, school } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { claimsOf } from '../support/tokens.js'

type Json = Record<string, any>
const LIST = 'https://sceau.example/status/school-1'
const POSITION = 1_000
const entry = {
  id: `${LIST}#${POSITION}`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: String(POSITION),
  statusListCredential: LIST,
}
const badge = buildBadge(badgeValues()) as Json
const statusOf = (credentialStatus: unknown, lists: Json) =>
  checkStatus({ ...badge, credentialStatus }, school.did, lookupsOf({ lists }), AWARDED)
const unsigned = (subject: Json = {}, bits: number[] = []) => {
  const list = buildStatusList({
    id: LIST,
    issuer: school.did,
    entries: 131_072 * 2,
    revoked: bits,
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2026-06-22T00:00:00Z',
  }) as Json
  Object.assign(list.credentialSubject, subject)
  return list
}
const list = async (subject: Json = {}, bits: number[] = []) =>
  JSON.parse(
    await signCredential(prepareStatusList(unsigned(subject, bits)), school, AWARDED),
  ) as Json

describe('a list that only informs', () => {
  const message = {
    ...entry,
    statusPurpose: 'message',
    statusSize: 2,
    statusMessage: [
      { status: '0x0', message: 'En attente' },
      { status: '0x1', message: 'Prolongé' },
      { status: '0x2', message: 'Un\nMot' },
    ],
  }
  const saying = (value: number) => {
    const bits = [1, 0].flatMap((bit) => ((value >> bit) & 1 ? [POSITION * 2 + 1 - bit] : []))
    return list({ statusPurpose: 'message' }, bits)
  }

  test('adds the issuer’s own word, and decides nothing', async () => {
    for (const [value, word] of [
      [0, 'En attente'],
      [1, 'Prolongé'],
    ] as const) {
      const found = await statusOf(message, { [LIST]: await saying(value) })
      expect(found).toMatchObject({ result: 'not_applicable', code: 'status_message' })
      expect(found.warnings).toMatchObject([{ code: 'status_message' }])
      expect(found.warnings?.[0]?.words.en).toContain(word)
    }
  })

  test('whose word is missing, or can’t be shown, is told neutrally', async () => {
    for (const value of [2, 3]) {
      const { warnings, result } = await statusOf(message, { [LIST]: await saying(value) })
      expect(result).toBe('not_applicable')
      expect(warnings?.[0]?.words.en).toContain('without explaining it')
    }
    const silent = { ...message, statusMessage: undefined }
    expect((await statusOf(silent, { [LIST]: await saying(0) })).warnings).toBeUndefined()
  })

  test('that announces a newer badge says so when its bit is set', async () => {
    const refresh = { ...entry, statusPurpose: 'refresh' }
    const set = await statusOf(refresh, {
      [LIST]: await list({ statusPurpose: 'refresh' }, [POSITION]),
    })
    expect(set).toMatchObject({ result: 'not_applicable', warnings: [{ code: 'status_refresh' }] })
    const clear = await statusOf(refresh, { [LIST]: await list({ statusPurpose: 'refresh' }) })
    expect(clear.warnings).toBeUndefined()
  })

  test('that can’t be read leaves nothing open; beside a revocation list that list decides', async () => {
    expect(await statusOf(message, {})).toMatchObject({ result: 'not_applicable' })
    const purposes = { statusPurpose: ['revocation', 'message'] }
    const clear = await list(purposes, [POSITION * 2 + 1])
    const both = await statusOf([entry, message], { [LIST]: clear })
    expect(both).toMatchObject({ result: 'pass', warnings: [{ code: 'status_message' }] })
    const revoked = await list(purposes, [POSITION])
    expect(await statusOf([message, entry], { [LIST]: revoked })).toMatchObject({ code: 'revoked' })
    expect(await statusOf([message, entry], {})).toMatchObject({ code: 'status_unavailable' })
  })
})

describe('what an entry and its list may be', () => {
  test('a list of several purposes answers for each', async () => {
    const both = await list({ statusPurpose: ['revocation', 'suspension'] })
    for (const statusPurpose of ['revocation', 'suspension'])
      expect(await statusOf({ ...entry, statusPurpose }, { [LIST]: both })).toMatchObject({
        result: 'pass',
      })
  })

  test.each([0, -1, 1.5, 17, 1e9])('entries of %d bits are not read', async (statusSize) => {
    expect(await statusOf({ ...entry, statusSize }, { [LIST]: await list() })).toMatchObject({
      result: 'unknown',
      code: 'status_unsupported',
    })
  })

  test('ST-09 larger entries want a longer list; any of their bits revokes', async () => {
    const small = { ...entry, statusSize: 4 }
    expect(await statusOf(small, { [LIST]: await list() })).toMatchObject({ code: 'status_length' })
    const two = { ...entry, statusSize: 2 }
    for (const bit of [0, 1])
      expect(await statusOf(two, { [LIST]: await list({}, [POSITION * 2 + bit]) })).toMatchObject({
        code: 'revoked',
      })
  })

  test('a purpose that nobody knows is open, whatever the list says', async () => {
    const strange = { ...entry, statusPurpose: 'mood' }
    const set = await list({ statusPurpose: 'mood' }, [POSITION])
    expect(await statusOf(strange, { [LIST]: set })).toMatchObject({ code: 'status_purpose' })
  })

  test('the bits of an entry make one number, the first the greatest', () => {
    const bits = Uint8Array.from([0b1010_0110, 0b1100_0000])
    expect([0, 1, 2, 3].map((at) => valueAt(bits, at, 4))).toEqual([10, 6, 12, 0])
    expect([valueAt(bits, 4, 4), valueAt(bits, -1), valueAt(bits, 16)]).toEqual(
      Array(3).fill(undefined),
    )
  })
})

describe('ST-11 a kept copy of a list', () => {
  /** Seconds ago at which each answer was fetched; the last one for ever. */
  const serving = (document: Json, ...ages: number[]) => {
    const asked: (boolean | undefined)[] = []
    const outside: Outside = {
      fetchText: async (_url, _accept, options): Promise<Fetched> => {
        const age = ages[Math.min(asked.length, ages.length - 1)] ?? 0
        asked.push(options?.reuse)
        const body = Buffer.from(JSON.stringify(document))
        const fetchedAt = new Date(AWARDED.getTime() - age * 1000)
        return { outcome: 'found', body, contentType: 'application/vc', fetchedAt }
      },
    }
    return { outside, asked }
  }
  const ask = ({ outside }: { outside: Outside }) =>
    checkStatus({ ...badge, credentialStatus: entry }, school.did, outsideLookups(outside), AWARDED)

  test('counts no longer than its ttl: then it is fetched anew', async () => {
    const minute = await list({ ttl: 60_000 })
    const kept = serving(minute, 59)
    expect(await ask(kept)).toMatchObject({ result: 'pass' })
    expect(kept.asked).toEqual([true])
    const renewed = serving(minute, 61, 0)
    expect(await ask(renewed)).toMatchObject({ result: 'pass' })
    expect(renewed.asked).toEqual([true, false])
    expect(await ask(serving(minute, 61, 61))).toMatchObject({ code: 'status_stale' })
  })
})

describe('two lists of one instant', () => {
  const at = (signed: Date, bits: number[] = []) =>
    signCredential(prepareStatusList(unsigned({}, bits)), school, signed).then(
      (text) => JSON.parse(text) as Json,
    )
  const before = new Date(AWARDED.getTime() - 60_000)
  async function answers(...lists: Json[]): Promise<string[]> {
    let turn = 0
    const outside: Outside = {
      fetchText: async (): Promise<Fetched> => {
        const body = Buffer.from(JSON.stringify(lists[turn++]))
        return { outcome: 'found', body, contentType: 'application/vc' }
      },
    }
    const codes = []
    for (const _ of lists) {
      const lookups = outsideLookups(outside)
      codes.push(
        (await checkStatus({ ...badge, credentialStatus: entry }, school.did, lookups, AWARDED))
          .code,
      )
    }
    return codes
  }

  test('that say two things: the one that revokes counts, the other clears nothing', async () => {
    const [clear, revoking] = [await at(AWARDED), await at(AWARDED, [POSITION])]
    expect(await answers(clear, revoking, clear)).toEqual(['status', 'revoked', 'status_stale'])
    expect(await answers(revoking, clear, revoking)).toEqual(['revoked', 'status_stale', 'revoked'])
  })

  test('of one content are one; of two signatures the later is the newer', async () => {
    const clear = await at(AWARDED)
    expect(await answers(clear, clear)).toEqual(['status', 'status'])
    expect(await answers(await at(before, [POSITION]), clear)).toEqual(['revoked', 'status'])
    expect(await answers(clear, await at(before))).toEqual(['status', 'status_stale'])
  })
})

describe('a list as a token', () => {
  let token: (claims?: Json, header?: Json) => Promise<string>
  beforeAll(() => {
    const seed = sha256('test key of school').toString('hex')
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    token = (claims = {}, header = {}) =>
      new SignJWT({ ...unsigned(), ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid: school.id, typ: 'vc+jwt', ...header })
        .sign(key)
  })

  test('is believed by the same checks', async () => {
    expect(await statusOf(entry, { [LIST]: await token() })).toMatchObject({ result: 'pass' })
    const encodedList = encodeStatusList(131_072, [POSITION])
    const subject = { ...unsigned().credentialSubject, encodedList }
    const revoking = await token({ credentialSubject: subject })
    expect(await statusOf(entry, { [LIST]: revoking })).toMatchObject({ code: 'revoked' })
    const older = await token(claimsOf(unsigned()), { typ: 'JWT' })
    expect(await statusOf(entry, { [LIST]: older })).toMatchObject({ result: 'pass' })
  })

  test('ST-03 of another issuer, changed, or of another type is not', async () => {
    const good = await token()
    const forged = `${good.slice(0, -8)}AAAAAAAA`
    for (const other of [
      forged,
      'x.y.z',
      await token({ issuer: 'did:web:other.example' }),
      await token({}, { typ: 'statuslist+jwt' }),
      await token({ type: ['VerifiableCredential'] }),
    ])
      expect(await statusOf(entry, { [LIST]: other })).toMatchObject({ code: 'status_untrusted' })
  })

  test('is fetched as such', async () => {
    const jws = await token()
    const accepted: string[] = []
    const outside: Outside = {
      fetchText: async (_url, accept): Promise<Fetched> => {
        accepted.push(accept)
        return {
          outcome: 'found',
          body: Buffer.from(`${jws}\n`),
          contentType: 'application/vc+jwt',
        }
      },
    }
    const found = await checkStatus(
      { ...badge, credentialStatus: entry },
      school.did,
      outsideLookups(outside),
      AWARDED,
    )
    expect(found).toMatchObject({ result: 'pass' })
    expect(accepted[0]).toContain('application/vc+jwt')
  })
})

test('ST-18 a list that takes a revocation back is not signed', async () => {
  const published = await signedList(school, LIST, { revoked: [7, POSITION] })
  const next = (revoked: number[]) =>
    buildStatusList({
      id: LIST,
      issuer: school.did,
      entries: 131_072,
      revoked,
      validFrom: '2026-06-16T00:00:00Z',
      validUntil: '2026-06-23T00:00:00Z',
    })
  expect(() => prepareStatusList(next([7]), published)).toThrow('revocation_kept')
  expect(() => prepareStatusList(next([]), published)).toThrow('revocation_kept')
  expect(prepareStatusList(next([7, 8, POSITION]), published).digest).toMatch(/^[\da-f]{64}$/)
})
