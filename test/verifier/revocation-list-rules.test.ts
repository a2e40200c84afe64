import { expect, test } from 'vitest'
import { checkRevocationList } from '../../src/verifier/check-revocation-list.js'
import { OFFLINE, type Looked } from '../../src/verifier/lookups.js'

type Json = Record<string, any>
const LIST = 'https://school.example/revoked'
const ISSUER = 'https://school.example/issuers/1'
const ID = 'urn:badge:1'
const list = (changes: Json = {}) => ({
  id: LIST,
  issuer: ISSUER,
  revokedCredential: [],
  ...changes,
})

/** What is said of a credential, and what was asked for. */
async function check(looked: Looked<unknown>, given: { entry?: Json; credential?: Json } = {}) {
  const { entry = { id: LIST }, credential = { id: ID, issuer: { id: ISSUER } } } = given
  const asked: string[][] = []
  const lookups = {
    ...OFFLINE,
    document: async (...args: string[]) => (asked.push(args), looked),
  }
  const { result, code, words } = await checkRevocationList(entry, credential, lookups)
  return { said: `${result}:${code}`, asked, words }
}
const saidOf = async (value: unknown, id = ID) =>
  (await check({ outcome: 'found', value }, { credential: { id, issuer: ISSUER } })).said

test('a list is asked for at the address that the issuer signed, as JSON', async () => {
  const { said, asked } = await check({ outcome: 'found', value: list() })
  expect(said).toBe('pass:status')
  expect(asked).toEqual([[LIST, 'application/json']])
  for (const outcome of ['missing', 'gone', 'unreachable', 'refused'] as const)
    expect((await check({ outcome })).said).toBe('unknown:status_unavailable')
})

test.each<[string, Json, string]>([
  ['an entry without an address', { entry: {} }, 'status_unsupported'],
  ['an address that is none', { entry: { id: 7 } }, 'status_unsupported'],
  [
    'an address without https',
    { entry: { id: 'http://a.example/https://' } },
    'status_unsupported',
  ],
  ['a credential without an id', { credential: { issuer: ISSUER } }, 'status_range'],
  ['a credential with a number', { credential: { id: 7, issuer: ISSUER } }, 'status_range'],
])('of %s nobody is asked, and it says so', async (_, given, code) => {
  const { said, asked, words } = await check({ outcome: 'found', value: list() }, given)
  expect(said).toBe(`unknown:${code}`)
  expect(asked).toEqual([])
  expect(words.en).toContain('does not answer the question')
})

test.each<[unknown[]]>([
  [[ID]],
  [['urn:badge:0', { id: ID }]],
  [[{ id: ID, revoked: true }]],
  [[` ${ID}\n`]],
  [['urn%3Abadge%3A1']],
])('a list that names it by %j revokes, whoever the list says it is of', async (entries) => {
  for (const changes of [{}, { id: 'urn:x' }, { issuer: 'did:web:other.example' }])
    for (const name of ['revokedCredential', 'revokedCredentials'])
      expect(
        await saidOf({ ...list(changes), revokedCredential: undefined, [name]: entries }),
      ).toBe('fail:revoked')
})

test.each<[unknown[]]>([
  [[]],
  [['urn:badge:10', 'urn:badge:', 'badge:1']],
  [[{ id: ID, revoked: false }, { id: 'urn:badge:2' }]],
])('a whole list of the issuer that says %j clears it', async (entries) => {
  expect(await saidOf(list({ revokedCredential: entries }))).toBe('pass:status')
})

test('an escape that is none is taken as it stands, but for the spaces around', async () => {
  const odd = 'urn:badge:%zz'
  expect(await saidOf(list({ revokedCredential: [` ${odd} `] }), odd)).toBe('fail:revoked')
  expect(await saidOf(list({ revokedCredential: [odd] }), `${odd} `)).toBe('fail:revoked')
  expect(await saidOf(list({ revokedCredential: ['urn:badge:%zy'] }), odd)).toBe('pass:status')
})

test.each<[string, unknown]>([
  ['of another address', list({ id: `${LIST}/` })],
  ['of another issuer', list({ issuer: 'https://school.example/issuers/2' })],
  ['of nobody', list({ issuer: undefined })],
  ['without entries', list({ revokedCredential: undefined })],
  ['with a text for entries', list({ revokedCredential: 'urn:x' })],
  ['with a number in it', list({ revokedCredential: [7] })],
  ['with nothing in it', list({ revokedCredential: [null] })],
  ['with a list in it', list({ revokedCredential: [[]] })],
  ['with an entry without an id', list({ revokedCredential: [{ revoked: false }] })],
  ['with a doubt', list({ revokedCredential: [{ id: 'urn:x', revoked: 'no' }] })],
  ['with a doubt beside it', list({ revokedCredential: [ID, { id: 'urn:x', revoked: null }] })],
  ['that is null', null],
  ['that is a list', [list()]],
  ['that is a text', 'revokedCredential'],
])('a list %s clears nobody, and accuses nobody', async (_, value) => {
  expect(await saidOf(value)).toBe('unknown:status_untrusted')
})

test('a list without a name of its own has that of its address', async () => {
  expect(await saidOf(list({ id: undefined }))).toBe('pass:status')
  expect(await saidOf(list({ id: null }))).toBe('pass:status')
})
