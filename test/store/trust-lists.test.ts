import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { refreshTrustLists, startTrustLists } from '../../src/verifier/trust/refresh-lists.js'
import { seeTrustLists } from '../../src/verifier/trust/see-lists.js'
import { runNextJob } from '../../src/worker.js'
import type { IssuerList } from '../../src/verifier/trust/issuer-list.js'
import { school } from '../support/badges.js'
import { STORES } from '../support/dialects.js'
import {
  LIST_URL,
  signedIssuerList,
  worldWithList,
  type ListWorld,
} from '../support/issuer-lists.js'
import { signerOf } from '../support/signers.js'
import { DAY, HOUR } from '../support/world.js'

const ISSUED = new Date('2026-06-15T00:00:00Z')
const entry = { id: school.did, name: 'Lycée DÉMO des Tilleuls' }

describe.each(STORES)('the lists of issuers on $name', ({ open }) => {
  let world: ListWorld
  beforeEach(async () => {
    world = await worldWithList({ db: await open() })
  }, 120_000)
  afterEach(() => world.db.destroy())

  const serve = async (changes: Partial<IssuerList> = {}) =>
    (world.served[LIST_URL] = await signedIssuerList(changes))
  const fault = async () => (await refreshTrustLists(world))[0]?.fault
  const knows = (issuer = school.did, at = ISSUED) => lookupsOf(world).knows(issuer, at)

  test('a list is kept, and says whom it knows', async () => {
    await serve()
    expect(await knows()).toBeUndefined()
    expect(await fault()).toBeUndefined()
    expect(await knows()).toEqual({
      name: 'Lycée DÉMO des Tilleuls',
      publisher: { fr: 'Académie DÉMO', en: 'DÉMO Academy' },
      standing: 'counts',
    })
    expect(await knows('did:web:other.example')).toBeUndefined()
  })

  test('a newer list takes its place, whole', async () => {
    await serve()
    await fault()
    const id = 'https://lycee.example/issuer'
    await serve({ validFrom: '2026-07-01T00:00:00Z', issuers: [{ id, name: 'Lycée Neuf' }] })
    expect(await fault()).toBeUndefined()
    expect(await knows()).toBeUndefined()
    expect(await knows(id)).toMatchObject({ name: 'Lycée Neuf' })
  })

  test('an older list, or another of the same instant, can’t put an issuer back', async () => {
    await serve({ issuers: [] })
    await fault()
    await serve({ validFrom: '2026-05-01T00:00:00Z' })
    expect(await fault()).toBe('older')
    await serve()
    expect(await fault()).toBe('older')
    expect(await knows()).toBeUndefined()
    await serve({ issuers: [] })
    expect(await fault()).toBeUndefined()
  })

  test('the last good list counts until its own end while no good one can be had', async () => {
    await serve()
    await fault()
    delete world.served[LIST_URL]
    expect(await fault()).toBe('unreachable')
    world.served[LIST_URL] = 'nonsense'
    expect(await fault()).toBe('form')
    expect(await knows()).toMatchObject({ standing: 'counts' })
    expect(await seeTrustLists(world)).toMatchObject([
      { state: 'counts', issuers: 1, fault: 'form' },
    ])
    world.clock.advance(40 * DAY)
    expect(await knows()).toMatchObject({ standing: 'out_of_date' })
    expect(await seeTrustLists(world)).toMatchObject([{ state: 'out-of-date' }])
  })

  test('an entry holds for badges of its own time', async () => {
    const until = '2026-06-15T00:00:00Z'
    await serve({ issuers: [{ ...entry, from: '2026-06-01T00:00:00Z', until }] })
    await fault()
    const standings = [
      '2026-05-31T23:59:59Z',
      '2026-06-01T00:00:00Z',
      '2026-06-14T23:59:59Z',
      until,
    ]
    const known = await Promise.all(standings.map((at) => knows(school.did, new Date(at))))
    expect(known.map((one) => one?.standing)).toEqual([
      'other_time',
      'counts',
      'counts',
      'other_time',
    ])
  })

  test('a name that looks like one of a list in force is told, in whatever letters', async () => {
    await serve({ issuers: [{ id: 'did:web:lycee.example', name: 'Lycée Voltaire' }] })
    await fault()
    const { resembles } = lookupsOf(world)
    const found = { name: 'Lycée Voltaire', domain: 'lycee.example' }
    expect(await resembles?.('L\u0443\u0441ée Voltaire', 'did:web:other.example')).toEqual(found)
    expect(await resembles?.('Lycée Voltaire', 'did:web:lycee.example')).toBeUndefined()
    expect(await resembles?.('Lycée Diderot', 'did:web:other.example')).toBeUndefined()
    world.clock.advance(40 * DAY)
    expect(await resembles?.('Lycée Voltaire', 'did:web:other.example')).toBeUndefined()
  })

  test('a long list is kept whole', async () => {
    const issuers = Array.from({ length: 1_999 }, (_, at) => ({
      id: `https://a.example/${at}`,
      name: `A ${at}`,
    }))
    await serve({ issuers })
    expect(await fault()).toBeUndefined()
    expect(await knows('https://a.example/1998')).toMatchObject({ name: 'A 1998' })
  })

  test('what the settings don’t name any more counts no more, and another key begins anew', async () => {
    await serve()
    await fault()
    const env = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
    const key = signerOf('forger').publicKeyMultibase
    const settings = (TRUST_LISTS: string) => ({
      ...world,
      config: loadConfig({ ...env, TRUST_LISTS }),
    })
    world = settings(`${LIST_URL}#${key}`)
    expect(await knows()).toBeUndefined()
    expect(await fault()).toBe('signature')
    expect(await seeTrustLists(world)).toMatchObject([{ state: 'none', issuers: 0 }])
    world = settings('')
    expect(await refreshTrustLists(world)).toEqual([])
    expect(await world.db.selectFrom('trust_lists').selectAll().execute()).toEqual([])
  })

  test('the service asks at its start and every six hours, once however often it starts', async () => {
    await serve()
    await startTrustLists(world)
    await startTrustLists(world)
    while (await runNextJob(world));
    expect(await knows()).toMatchObject({ standing: 'counts' })
    await serve({ validFrom: '2026-11-01T00:00:00Z', issuers: [] })
    world.clock.advance(30 * 60_000)
    expect(await runNextJob(world)).toBe(false)
    world.clock.advance(HOUR)
    expect(await runNextJob(world)).toBe(true)
    expect(await runNextJob(world)).toBe(false)
    expect(await knows()).toBeUndefined()
  })
})
