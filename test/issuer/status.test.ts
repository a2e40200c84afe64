import { expect, test } from 'vitest'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { openListOf, publishStatusList, reservePlace } from '../../src/issuer/status.js'
import { getList, revokeEntry } from '../../src/issuer/store/status-lists.js'
import { aLycee } from '../people/people.js'
import { openWorld } from '../support/world.js'

test('ST-18 a revocation that was published is never taken back, whatever happened to the row', async () => {
  const world = await openWorld()
  const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const list = await openListOf(world, school.id)
  const { entryId } = await reservePlace(world, world.db, list, 'urn:uuid:a-badge')
  await revokeEntry(world.db, entryId, world.now())
  const published = await publishStatusList(world, await getList(world.db, list.id))
  await world.db.updateTable('status_entries').set({ revoked_at: null }).execute()
  await expect(publishStatusList(world, await getList(world.db, list.id))).rejects.toThrow(
    'revocation_kept',
  )
  expect((await getList(world.db, list.id)).document).toBe(published)
})

test('RL-17 what is revoked while a list is signed is in it, whichever of two nodes signs first and keeps last', async () => {
  const world = await openWorld()
  const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
  const { id } = await openListOf(world, school.id)
  const list = () => getList(world.db, id)
  const revoked: number[] = []
  let made = 0
  const revokeOne = async () => {
    const name = `urn:uuid:badge-${(made += 1)}`
    const { entryId, position } = await reservePlace(world, world.db, await list(), name)
    await revokeEntry(world.db, entryId, world.now())
    revoked.push(position)
  }
  await revokeOne()
  for (const keepsLast of ['this', 'other'] as const) {
    const before = await list()
    let signed = 0
    // Another node revokes and publishes while this one signs what it has read before.
    const sign: typeof world.keys.sign = async (...of) => {
      signed += 1
      const signature = await world.keys.sign(...of)
      if (signed === 1) {
        await revokeOne()
        if (keepsLast === 'other') await publishStatusList(world, await list())
      }
      return signature
    }
    await publishStatusList({ ...world, keys: { ...world.keys, sign } }, before)
    expect(signed).toBe(2)
    const after = await list()
    expect(after.revision).toBe(before.revision + 1)
    expect(after.published_revision).toBe(after.revision)
    const { credentialSubject } = JSON.parse(after.document ?? '')
    const bits = Buffer.from(decodeStatusList(credentialSubject.encodedList) as Uint8Array)
    const set = revoked.filter((at) => (bits[at >> 3]! >> (7 - (at & 7))) & 1)
    expect(set).toEqual(revoked)
  }
  // The same, all at once.
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      await revokeOne()
      await publishStatusList(world, await list())
    }),
  )
  const { credentialSubject } = JSON.parse((await list()).document ?? '')
  const bits = Buffer.from(decodeStatusList(credentialSubject.encodedList) as Uint8Array)
  expect(bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)).toBe(9)
})
