import { beforeAll, describe, expect, test } from 'vitest'
import { encodeStatusList } from '../../src/credential/status-list.js'
import { checkStatus } from '../../src/verifier/check-status.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import { LIST, lookupsWith, NOW, signed, unsigned, WEB } from '../support/quick-lists.js'

type Json = Record<string, any>
const SECOND = `${LIST}-second`
const ENTRY = {
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '8',
  statusListCredential: LIST,
}
const entry = (changes: Json = {}) => ({ ...ENTRY, ...changes })
/** A list for these purposes with these bits set, large enough for entries of two bits. */
const list = (purposes: unknown = 'revocation', bits: number[] = [], changes: Json = {}) => {
  const encodedList = encodeStatusList(262_144, bits)
  return signed(unsigned(changes, { encodedList, statusPurpose: purposes }))
}
const check = (credentialStatus: unknown, lists: Json, lookups: Partial<Lookups> = {}) =>
  checkStatus({ id: 'urn:x', issuer: WEB, credentialStatus }, WEB, lookupsWith(lists, lookups), NOW)
const said = async (...args: Parameters<typeof check>) => {
  const { result, code } = await check(...args)
  return `${result}:${code}`
}

let clear: Json
let revoking: Json
beforeAll(async () => {
  clear = await list()
  revoking = await list('revocation', [8])
})

describe('a credential without a status', () => {
  test('can’t be withdrawn; of a part that is shown nobody knows', async () => {
    const without = (proof?: unknown) =>
      checkStatus({ id: 'urn:x', proof }, WEB, lookupsWith({}), NOW)
    expect(await without()).toMatchObject({ result: 'not_applicable', code: 'no_status' })
    expect(await without({ cryptosuite: 'ecdsa-sd-2023' })).toMatchObject({
      result: 'not_applicable',
      code: 'status_not_shown',
    })
  })

  test('that has an empty list of them is open', async () => {
    expect(await said([], {})).toBe('unknown:status_unsupported')
  })
})

describe('several entries', () => {
  const second = (changes: Json = {}) => entry({ statusListCredential: SECOND, ...changes })

  test('say together the worst that one of them says', async () => {
    const lists = { [LIST]: clear, [SECOND]: await list('suspension', [8], { id: SECOND }) }
    const suspended = second({ statusPurpose: 'suspension' })
    const open = entry({ type: 'StatusList2021Entry' })
    const informing = entry({ statusPurpose: 'message' })
    const failing = 'fail:suspended'
    expect(await said([entry(), open, suspended], lists)).toBe(failing)
    expect(await said([suspended, open, entry()], lists)).toBe(failing)
    expect(await said([entry(), open], lists)).toBe('unknown:status_unsupported')
    expect(await said([informing, entry()], lists)).toBe('pass:status')
    expect(await said([informing], lists)).toBe('not_applicable:status_message')
    expect(await said([informing, open], lists)).toBe('unknown:status_unsupported')
  })

  test('may be of several kinds', async () => {
    const older = { id: 'https://lycee.example/revoked', type: '1EdTechRevocationList' }
    const asked: string[] = []
    const lookups: Partial<Lookups> = {
      document: async (url) => {
        asked.push(url)
        return { outcome: 'found', value: { issuer: WEB, revokedCredential: ['urn:x'] } }
      },
    }
    expect(await said([entry(), older], { [LIST]: clear }, lookups)).toBe('fail:revoked')
    expect(asked).toEqual([older.id])
    expect(await said([entry()], { [LIST]: clear }, lookups)).toBe('pass:status')
    expect(asked).toEqual([older.id])
  })
})

describe('what an entry must be', () => {
  test.each<[Json, string]>([
    [{}, 'pass:status'],
    [{ statusListIndex: 9 }, 'pass:status'],
    [{ statusListIndex: '262143' }, 'pass:status'],
    [{ statusListIndex: '262144' }, 'unknown:status_range'],
    [{ statusListIndex: '9007199254740992' }, 'unknown:status_range'],
    [{ statusListIndex: -1 }, 'unknown:status_range'],
    [{ statusListIndex: '-1' }, 'unknown:status_range'],
    [{ statusListIndex: '' }, 'unknown:status_range'],
    [{ statusListIndex: '9x' }, 'unknown:status_range'],
    [{ statusListIndex: 'x9' }, 'unknown:status_range'],
    [{ statusListIndex: '0x9' }, 'unknown:status_range'],
    [{ statusListIndex: '1e1' }, 'unknown:status_range'],
    [{ statusListIndex: undefined }, 'unknown:status_range'],
    [{ statusSize: 1 }, 'pass:status'],
    [{ statusSize: 2 }, 'pass:status'],
    [{ statusSize: 3 }, 'unknown:status_length'],
    [{ statusSize: 16 }, 'unknown:status_length'],
    [{ statusSize: 17 }, 'unknown:status_unsupported'],
    [{ statusSize: 0 }, 'unknown:status_unsupported'],
    [{ statusSize: 1.5 }, 'unknown:status_unsupported'],
    [{ statusSize: '1' }, 'unknown:status_unsupported'],
    [{ statusSize: null }, 'unknown:status_unsupported'],
    [{ statusListCredential: undefined }, 'unknown:status_unsupported'],
    [{ statusListCredential: { id: LIST } }, 'unknown:status_unsupported'],
    [{ statusListCredential: `${LIST}/` }, 'unknown:status_unavailable'],
    [{ type: undefined }, 'unknown:status_unsupported'],
    [{ type: ['BitstringStatusListEntry'] }, 'unknown:status_unsupported'],
    [{ statusPurpose: 'suspension' }, 'unknown:status_purpose'],
    [{ statusPurpose: undefined }, 'unknown:status_purpose'],
  ])('with %j: %s', async (changes, expected) => {
    expect(await said(entry(changes), { [LIST]: clear })).toBe(expected)
  })

  test('a purpose that nobody knows is open, though its list has it and its bit is set', async () => {
    const strange = await list('mood', [8])
    const found = await check(entry({ statusPurpose: 'mood' }), { [LIST]: strange })
    expect(found).toMatchObject({ result: 'unknown', code: 'status_purpose' })
    expect(found.words.en).toContain('does not answer the question')
  })

  test('what is open says why', async () => {
    const words = async (lists: Json, changes: Json = {}) =>
      (await check(entry(changes), lists)).words.en
    expect(await words({})).toContain('could not be read')
    expect(await words({ [LIST]: unsigned() })).toContain('not signed by its issuer')
    expect(await words({ [LIST]: clear }, { statusSize: 8 })).toContain('too short')
    expect(
      await words({ [LIST]: await list('revocation', [], { validUntil: '2026-06-15T08:00:00Z' }) }),
    ).toContain('out of date')
    expect(await words({ [LIST]: clear }, { statusListIndex: '' })).toContain('does not answer')
  })
})

describe('what a list says of an entry', () => {
  test('any of its bits revokes or suspends, those beside it don’t', async () => {
    const two = { statusSize: 2, statusListIndex: '4' }
    for (const [bit, expected] of [
      [7, 'pass:status'],
      [8, 'fail:revoked'],
      [9, 'fail:revoked'],
      [10, 'pass:status'],
    ] as const)
      expect(await said(entry(two), { [LIST]: await list('revocation', [bit]) })).toBe(expected)
    const suspending = await list(['revocation', 'suspension'], [8])
    const suspension = entry({ statusPurpose: 'suspension' })
    expect(await said(suspension, { [LIST]: suspending })).toBe('fail:suspended')
    expect(await said(suspension, { [LIST]: await list('suspension') })).toBe('pass:status')
  })

  test('one that names another address revokes, and clears nobody; one without a name does both', async () => {
    const at = (id: string | undefined, bits: number[]) => list('revocation', bits, { id })
    const result = async (id: string | undefined, bits: number[]) =>
      said(entry(), { [LIST]: JSON.parse(JSON.stringify(await at(id, bits))) })
    expect(await result(SECOND, [])).toBe('unknown:status_untrusted')
    expect(await result(SECOND, [8])).toBe('fail:revoked')
    expect(await result(undefined, [8])).toBe('fail:revoked')
    expect(await result(undefined, [])).toBe('pass:status')
  })

  test('one that is not the newest revokes, and clears nobody', async () => {
    const asked: unknown[] = []
    const older: Partial<Lookups> = {
      isNewestList: (url, { digest }) => (asked.push(url, digest), false),
    }
    expect(await said(entry(), { [LIST]: clear }, older)).toBe('unknown:status_stale')
    expect(await said(entry(), { [LIST]: revoking }, older)).toBe('fail:revoked')
    expect(asked).toEqual([LIST, expect.stringMatching(/^[\da-f]{64}$/), LIST, expect.any(String)])
    expect(await said(entry(), { [LIST]: clear }, { isNewestList: () => true })).toBe('pass:status')
  })
})

describe('a list that informs', () => {
  const MESSAGES = [
    { status: '0x0', message: 'Neuf' },
    { status: '0X1', message: 'Vieux' },
    { status: '2', message: 'Pas en chiffres' },
    { status: '0x2', message: 7 },
    { status: '0x000000003', message: 'Trop long' },
  ]
  const message = (changes: Json = {}) =>
    entry({
      statusPurpose: 'message',
      statusSize: 2,
      statusListIndex: '4',
      statusMessage: MESSAGES,
      ...changes,
    })
  const valued = (value: number, purposes: unknown = 'message') =>
    list(purposes, [...(value & 2 ? [8] : []), ...(value & 1 ? [9] : [])])
  const warned = async (value: number, changes: Json = {}) =>
    (await check(message(changes), { [LIST]: await valued(value) })).warnings?.map(
      ({ code, words }) => `${code}: ${words.fr}`,
    )
  const NEUTRAL = [
    expect.stringContaining('status_message: L’émetteur ajoute à ce badge un état qu’il'),
  ]
  const saying = (text: string) => [
    `status_message: L’émetteur ajoute un état à ce badge : « ${text} ».`,
  ]

  test('says the word that the issuer has for the value, and decides nothing', async () => {
    expect(await warned(0)).toEqual(saying('Neuf'))
    expect(await warned(1)).toEqual(saying('Vieux'))
    expect(await warned(1, { statusMessage: MESSAGES[1] })).toEqual(saying('Vieux'))
    expect(await said(message(), { [LIST]: await valued(1) })).toBe('not_applicable:status_message')
  })

  test('says neutrally what has no word that can be shown', async () => {
    expect(await warned(2)).toEqual(NEUTRAL)
    expect(await warned(3)).toEqual(NEUTRAL)
    for (const statusMessage of [undefined, null, 'x', [null, 'x'], [{ status: '0x3' }]])
      expect(await warned(3, { statusMessage })).toEqual(NEUTRAL)
    const shown = (text: unknown) => warned(3, { statusMessage: { status: '0x3', message: text } })
    for (const text of ['', 'x'.repeat(201), 'a\nb', 'a\u202eb', 'a\u0000'])
      expect(await shown(text)).toEqual(NEUTRAL)
    for (const text of ['x'.repeat(200), 'é « 7 € »', 'क्षि'])
      expect(await shown(text)).toEqual(saying(text))
    const spelled = { statusMessage: { status: '0x00000003', message: 'a' } }
    expect(await warned(3, spelled)).toEqual(saying('a'))
    for (const status of ['0x3 ', 'x0x3', '3', 3, '0x'])
      expect(await warned(3, { statusMessage: { status, message: 'a' } })).toEqual(NEUTRAL)
  })

  test('says nothing where nothing is set and there is no word for it', async () => {
    expect(await warned(0, { statusMessage: undefined })).toBeUndefined()
    const found = await check(message({ statusMessage: undefined }), { [LIST]: await valued(0) })
    expect(found).not.toHaveProperty('warnings')
  })

  test('tells of a newer version when its bit is set', async () => {
    const refresh = entry({ statusPurpose: 'refresh' })
    const set = await check(refresh, { [LIST]: await list('refresh', [8]) })
    expect(set).toMatchObject({ result: 'not_applicable', warnings: [{ code: 'status_refresh' }] })
    const unset = await check(refresh, { [LIST]: await list('refresh') })
    expect(unset).toMatchObject({ result: 'not_applicable', code: 'status_message' })
    expect(unset.warnings).toBeUndefined()
  })

  test('that can’t be believed says nothing, and leaves nothing open', async () => {
    for (const lists of [{}, { [LIST]: unsigned() }, { [LIST]: clear }])
      for (const statusPurpose of ['message', 'refresh']) {
        const found = await check(message({ statusPurpose }), lists)
        expect(found).toMatchObject({ result: 'not_applicable', code: 'status_message' })
        expect(found.warnings).toBeUndefined()
      }
  })

  test('warns beside a list that decides, each in its turn', async () => {
    const both = await valued(1, ['revocation', 'message', 'refresh'])
    const refresh = entry({ statusPurpose: 'refresh', statusListIndex: '9' })
    const found = await check([entry(), refresh, message()], { [LIST]: both })
    expect(found).toMatchObject({ result: 'pass', code: 'status' })
    expect(found.warnings?.map(({ code }) => code)).toEqual(['status_refresh', 'status_message'])
  })
})
