import { describe, expect, test } from 'vitest'
import { startBatch } from '../../../src/issuer/batches/start-batch.js'
import { seeBatch } from '../../../src/issuer/batches/see-batch.js'
import { openListOf, reservePlace } from '../../../src/issuer/status.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { runNextJob } from '../../../src/worker.js'
import { STORES } from '../../support/dialects.js'
import { openWorld } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { tell } from '../story.js'

describe.each(STORES)('on $name', ({ open }) => {
  test('a class is proposed in a batch, with its refusal and its receipt', async () => {
    const world = await openWorld({ db: await open() })
    const story = await tell(world)
    await makeServiceKey(world)
    const students = await aClassOf(world, story, 3)
    await world.db
      .updateTable('placements')
      .set({ contested_at: world.now().toISOString() })
      .where('public_id', '=', 'placements-2-0')
      .execute()
    const rows = students.map((studentId) => ({ studentId, versionId: story.versionId }))
    const input = { act: 'propose', rows, key: 'class' } as const
    const id = await startBatch(world, story.teacher, input)
    expect(await startBatch(world, story.teacher, input)).toBe(id)
    while (await runNextJob(world));
    expect(await seeBatch(world, story.teacher, { id, outcome: 'refused', page: 1 })).toMatchObject(
      {
        standing: 'finished',
        counts: { done: 2, refused: 1, cancelled: 0, open: 0 },
        rows: [{ number: 2 }],
      },
    )
    await world.db.destroy()
  }, 120_000)

  test('RL-16 twenty workers take places of one list, none of them twice, and a new list is opened in time', async () => {
    const world = await openWorld({ db: await open() })
    const { head } = await tell(world)
    const organisationId = head.assignments[0]!.organisationId!
    const first = await openListOf(world, organisationId)
    const entries = first.taken + 400
    await world.db.updateTable('status_lists').set({ entries }).where('id', '=', first.id).execute()
    const taken = new Set<number>()
    const worker = async (n: number) => {
      for (let at = 0; at < 20; at++) {
        const list = await openListOf(world, organisationId)
        const { entryId } = await world.db
          .transaction()
          .execute((trx) => reservePlace(world, trx, list, `urn:uuid:${n}-${at}`))
        taken.add(entryId)
      }
    }
    await Promise.all(Array.from({ length: 20 }, (_, n) => worker(n)))
    const places = await world.db.selectFrom('status_entries').selectAll().execute()
    const ours = places.filter(({ id }) => taken.has(id))
    expect(ours).toHaveLength(400)
    expect(new Set(ours.map(({ list_id, position }) => `${list_id} ${position}`)).size).toBe(400)
    const lists = await world.db
      .selectFrom('status_lists')
      .selectAll()
      .where('organisation_id', '=', organisationId)
      .execute()
    expect(lists.length).toBe(2)
    for (const { id, taken } of lists)
      expect(places.filter(({ list_id }) => list_id === id)).toHaveLength(taken)
    await world.db.destroy()
  }, 120_000)
})
