import { describe, expect, test } from 'vitest'
import {
  deleteIdentity,
  deleteOffer,
  findIdentity,
  findOffer,
  insertIdentity,
  keepOffer,
  keepStart,
  listHeldRoles,
  listIdentities,
  takeStart,
  touchIdentity,
} from '../../../src/people/providers/store.js'
import { STORES } from '../../support/dialects.js'
import { openWorld } from '../../support/world.js'
import { aLycee, somebody } from '../people.js'

const NOW = '2026-11-24T11:00:00.000Z'
const LATER = '2026-11-24T11:10:00.000Z'

describe.each(STORES)('on $name', ({ open }) => {
  async function story() {
    const world = await openWorld({ db: await open() })
    const { id } = await aLycee(world)
    const person = await somebody(world, 'a@x.example', {
      ...{ role: 'school-staff', organisationId: id },
    })
    const row = { person_id: person.id, issuer: 'https://idp.example', created_at: NOW }
    return { db: world.db, person, row: { ...row, public_id: 'one', subject: 'Abc' } }
  }

  test('an identity is one issuer and one subject, to the letter', async () => {
    const { db, person, row } = await story()
    expect(await insertIdentity(db, row)).toBe(true)
    expect(await insertIdentity(db, { ...row, public_id: 'two' })).toBe(false)
    expect(await insertIdentity(db, { ...row, public_id: 'three', subject: 'abc' })).toBe(true)
    const found = await findIdentity(db, row)
    expect(found).toMatchObject({ public_id: 'one', personPublicId: person.publicId })
    expect(await findIdentity(db, { ...row, issuer: 'https://idp.example/' })).toBeUndefined()
    expect(await touchIdentity(db, found!.id, LATER)).toBe(true)
    expect(await listIdentities(db, person.id)).toMatchObject([
      { last_used_at: LATER },
      { last_used_at: null },
    ])
    const of = { personId: person.id, publicId: 'one' }
    expect(await deleteIdentity(db, { ...of, personId: person.id + 1 })).toBeUndefined()
    expect(await deleteIdentity(db, of)).toMatchObject({ subject: 'Abc' })
    expect(await touchIdentity(db, found!.id, LATER)).toBe(false)
  })

  test('a start is taken once, by its browser, for its provider, in time', async () => {
    const { db } = await story()
    const of = { stateHash: 's', holderHash: 'h', provider: 'one' }
    const row = { state_hash: 's', holder_hash: 'h', provider: 'one', expires_at: LATER }
    await keepStart(db, { ...row, purpose: 'sign-in', next: '/' }, NOW)
    expect(await takeStart(db, { ...of, holderHash: 'x' }, NOW)).toBeUndefined()
    expect(await takeStart(db, { ...of, provider: 'other' }, NOW)).toBeUndefined()
    expect(await takeStart(db, of, LATER)).toBeUndefined()
    expect(await takeStart(db, of, NOW)).toMatchObject({ purpose: 'sign-in', next: '/' })
    expect(await takeStart(db, of, NOW)).toBeUndefined()
  })

  test('an offer waits for its time, and is taken once; those that waited too long go', async () => {
    const { db, row } = await story()
    const { person_id, issuer, subject } = row
    const offer = { person_id, issuer, subject, provider: 'one', expires_at: LATER }
    await keepOffer(db, { ...offer, holder_hash: 'h' }, NOW)
    expect(await findOffer(db, 'h', LATER)).toBeUndefined()
    const found = await findOffer(db, 'h', NOW)
    expect([await deleteOffer(db, found!.id), await deleteOffer(db, found!.id)]).toEqual([
      true,
      false,
    ])
    await keepOffer(db, { ...offer, holder_hash: 'i' }, NOW)
    await keepOffer(db, { ...offer, holder_hash: 'j', expires_at: '2026-11-25' }, LATER)
    expect(await findOffer(db, 'i', NOW)).toBeUndefined()
  })

  test('a role counts from its first day to its last', async () => {
    const { db, person } = await story()
    const on = async (day: string) => (await listHeldRoles(db, person.id, day)).length
    await db.updateTable('role_assignments').set({ until_day: '2026-11-25' }).execute()
    expect([await on('2026-11-23'), await on('2026-11-24')]).toEqual([0, 1])
    expect([await on('2026-11-25'), await on('2026-11-26')]).toEqual([1, 0])
    expect(await listHeldRoles(db, person.id, '2026-11-24')).toEqual([
      { role: 'school-staff', uai: '9990001X', siret: null },
    ])
  })
})
