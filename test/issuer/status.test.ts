import { expect, test } from 'vitest'
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
