import { sql } from 'kysely'
import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { sha256 } from '../../src/credential/digest.js'
import { appendLeaves, leafOf } from '../../src/transparency/append-leaves.js'
import { openNote } from '../../src/transparency/note.js'
import { provesConsistency, provesInclusion } from '../../src/transparency/proofs.js'
import { readHead } from '../../src/transparency/store.js'
import {
  checkpointOnSchedule,
  noteKeys,
  startCheckpoints,
  takeCheckpoint,
} from '../../src/transparency/take-checkpoint.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import { STORES } from '../support/dialects.js'
import { DAY, HOUR, MINUTE, openWorld, SECOND, type World } from '../support/world.js'

const digest = (n: number) => sha256(String(n)).toString('hex')
const append = async (world: World, n = 0) => {
  const [logged] = await world.db
    .transaction()
    .execute((trx) => appendLeaves(world, trx, [digest(n)]))
  return logged!
}
const appendAll = async (world: World, count: number, first = 0) => {
  for (let n = first; n < first + count; n++) await append(world, n)
}
const base64 = (text: string) => Buffer.from(text, 'base64')
const treeOf = async (world: World) => {
  const { text } = await request(createApp(world)).get('/log/checkpoint').expect(200)
  const [origin, size, root] = openNote(text, await noteKeys(world))!.split('\n')
  expect(origin).toBe('sceau.example/log')
  return { size: Number(size), root: base64(root!) }
}
const SLOW = 120_000

describe.each(STORES)('the log on $name', ({ open }) => {
  test(
    'is published as checkpoints, and proves each leaf and each checkpoint',
    async () => {
      const world = await openWorld({ db: await open() })
      const api = request(createApp(world))
      await api.get('/log/checkpoint').expect(404)
      await takeCheckpoint(world)
      const trees = [await treeOf(world)]
      const kept = []
      for (const count of [1, 3, 3]) {
        for (let n = 0; n < count; n++) kept.push(await append(world, kept.length))
        await takeCheckpoint(world)
        trees.push(await treeOf(world))
      }
      expect(trees.map(({ size }) => size)).toEqual([0, 1, 4, 7])
      for (const tree of trees)
        for (const { position, nonce } of kept.slice(0, tree.size)) {
          const answer = await api.get(`/log/inclusion/${position}?size=${tree.size}`).expect(200)
          const { leaf, proof } = answer.body as { leaf: string; proof: string[] }
          const hash = leafOf(nonce, digest(position))
          expect(base64(leaf)).toEqual(hash)
          expect(provesInclusion({ hash, position }, tree, proof.map(base64))).toBe(true)
          expect(answer.headers['cache-control']).toBe('public, max-age=31536000')
        }
      for (const first of trees)
        for (const second of trees.filter(({ size }) => size >= first.size)) {
          const path = `/log/consistency?from=${first.size}&to=${second.size}`
          const { body } = await api.get(path).expect(200)
          expect(provesConsistency(first, second, body.proof.map(base64))).toBe(true)
        }
      await world.db.destroy()
    },
    SLOW,
  )

  test(
    'tells nothing that no checkpoint has yet, and takes no odd questions',
    async () => {
      const world = await openWorld({ db: await open() })
      const api = request(createApp(world))
      await appendAll(world, 3)
      await takeCheckpoint(world)
      await append(world, 3)
      await api.get('/log/inclusion/3?size=4').expect(404)
      await api.get('/log/inclusion/3?size=3').expect(404)
      await api.get('/log/consistency?from=3&to=4').expect(404)
      await api.get('/log/consistency?from=3&to=2').expect(404)
      for (const odd of ['-1', '1.5', '01', 'x', '99999999999', '1e3'])
        await api.get(`/log/inclusion/${odd}?size=3`).expect(400)
      await api.get('/log/inclusion/1').expect(400)
      await api.get('/log/inclusion/1?size=3&size=2').expect(400)
      await world.db.destroy()
    },
    SLOW,
  )

  test(
    'gives each of many writers at once its own place, and is verified as a whole',
    async () => {
      const world = await openWorld({ db: await open() })
      const all = await Promise.all(Array.from({ length: 40 }, (_, n) => append(world, n)))
      expect(new Set(all.map(({ position }) => position)).size).toBe(40)
      expect(new Set(all.map(({ nonce }) => nonce)).size).toBe(40)
      await takeCheckpoint(world)
      expect(await verifyLog(world)).toMatchObject({ sound: true, size: 40, checkpoints: 1 })
      await world.db.destroy()
    },
    SLOW,
  )

  test(
    'keeps nothing of what was undone',
    async () => {
      const world = await openWorld({ db: await open() })
      await appendAll(world, 3)
      const undone = world.db.transaction().execute(async (trx) => {
        await appendLeaves(world, trx, [digest(3)])
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      expect((await append(world, 4)).position).toBe(3)
      expect(await verifyLog(world)).toMatchObject({ sound: true, size: 4 })
      await world.db.destroy()
    },
    SLOW,
  )

  test(
    'takes no change of what it has',
    async () => {
      const world = await openWorld({ db: await open() })
      await appendAll(world, 2)
      await takeCheckpoint(world)
      for (const table of ['log_leaves', 'log_nodes', 'log_checkpoints'] as const) {
        const on = sql.table(table)
        await expect(sql`delete from ${on}`.execute(world.db)).rejects.toThrow('append-only')
        await expect(sql`update ${on} set id = id`.execute(world.db)).rejects.toThrow('append-only')
      }
      await world.db.destroy()
    },
    SLOW,
  )
})

describe('the log', () => {
  test('dates no leaf before the one before it, though the clock was set back', async () => {
    const world = await openWorld()
    await append(world)
    world.clock.advance(-HOUR)
    await append(world, 1)
    const [first, second] = await world.db.selectFrom('log_leaves').selectAll().execute()
    expect(second!.logged_at).toBe(first!.logged_at)
    await world.db.destroy()
  })

  test('says nothing of what was logged: one digest has another leaf each time', async () => {
    const world = await openWorld()
    await append(world, 7)
    await append(world, 7)
    const [first, second] = await world.db.selectFrom('log_leaves').selectAll().execute()
    expect(first!.hash).not.toBe(second!.hash)
    await world.db.destroy()
  })

  test('is signed every ten minutes if it has grown, and every 256 leaves', async () => {
    const world = await openWorld()
    const sizes = async () =>
      (await world.db.selectFrom('log_checkpoints').select('size').execute()).map(
        ({ size }) => size,
      )
    const work = async () => {
      while (await runNextJob(world));
    }
    await startCheckpoints(world)
    await startCheckpoints(world)
    await append(world)
    await work()
    expect(await sizes()).toEqual([1])
    await append(world, 1)
    await work()
    expect(await sizes()).toEqual([1])
    for (let minutes = 0; minutes < 40; minutes += 10) {
      world.clock.advance(10 * MINUTE + SECOND)
      await work()
    }
    expect(await sizes()).toEqual([1, 2])
    await appendAll(world, 255, 2)
    await work()
    expect(await sizes()).toEqual([1, 2, 257])
    world.clock.advance(3 * DAY)
    await work()
    const jobs = world.db.selectFrom('jobs').selectAll().where('kind', '=', 'log-checkpoint')
    expect((await jobs.execute()).length).toBeLessThan(4)
    await world.db.destroy()
  })

  test('two checkpoints at once are one', async () => {
    const world = await openWorld()
    await append(world)
    await Promise.all([checkpointOnSchedule(world, {}), checkpointOnSchedule(world, {})])
    expect(await verifyLog(world)).toMatchObject({ sound: true, checkpoints: 1 })
    await world.db.destroy()
  })
})

describe('a log that somebody has touched', () => {
  const SIZE = 21
  const touched = async (act: (world: World) => Promise<unknown>, checkpoints = true) => {
    const world = await openWorld()
    await appendAll(world, 12)
    if (checkpoints) await takeCheckpoint(world)
    await appendAll(world, SIZE - 12, 12)
    if (checkpoints) await takeCheckpoint(world)
    expect(await verifyLog(world)).toMatchObject({ sound: true, size: SIZE })
    for (const table of ['leaves', 'nodes', 'checkpoints'])
      for (const change of ['update', 'delete'])
        await sql.raw(`drop trigger log_${table}_no_${change}`).execute(world.db)
    await act(world)
    const verdict = await verifyLog(world)
    await expect(takeCheckpoint(world).then(() => append(world))).resolves.toBeDefined()
    await world.db.destroy()
    return verdict
  }
  const hash = Buffer.alloc(32, 1).toString('base64')

  test.each([0, 1, 6, 11, 17])('is found out by the pair that leaf %i belongs to', async (at) => {
    const act = ({ db }: World) =>
      db.updateTable('log_leaves').set({ hash }).where('position', '=', at).execute()
    const verdict = await touched(act)
    expect(verdict).toMatchObject({ sound: false, at: at - (at % 2) })
  })

  test('is found out by its last leaf, which no node stands over', async () => {
    const act = ({ db }: World) =>
      db
        .updateTable('log_leaves')
        .set({ hash })
        .where('position', '=', SIZE - 1)
        .execute()
    expect(await touched(act)).toMatchObject({ sound: false, at: 12 })
    expect(await touched(act, false)).toMatchObject({ sound: false })
  })

  test.each([
    ['a leaf in the middle', 5],
    ['the last leaf', SIZE - 1],
  ])('is found out without %s', async (_, at) => {
    const act = ({ db }: World) => db.deleteFrom('log_leaves').where('position', '=', at).execute()
    const world = await openWorld()
    await appendAll(world, SIZE)
    await sql.raw('drop trigger log_leaves_no_delete').execute(world.db)
    await act(world)
    expect(await verifyLog(world)).toMatchObject({ sound: false, at })
    await world.db.destroy()
  })

  test.each([1, 2, 3, 4])('is found out by a node of level %i', async (level) => {
    const act = ({ db }: World) =>
      db
        .updateTable('log_nodes')
        .set({ hash })
        .where('level', '=', level)
        .where('position', '=', 0)
        .execute()
    const world = await openWorld()
    await appendAll(world, SIZE)
    await sql.raw('drop trigger log_nodes_no_update').execute(world.db)
    await act(world)
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: 0 })
    await world.db.destroy()
  })

  test('is found out by its checkpoints when everything else was made anew', async () => {
    const world = await openWorld()
    await appendAll(world, 5)
    await takeCheckpoint(world)
    await appendAll(world, 4, 5)
    await takeCheckpoint(world)
    const forged = await openWorld()
    await appendAll(forged, 7)
    await appendAll(forged, 2, 50)
    for (const table of ['log_leaves', 'log_nodes'] as const) {
      await sql.raw(`drop trigger ${table}_no_delete`).execute(world.db)
      await world.db.deleteFrom(table).execute()
    }
    const leaves = await forged.db.selectFrom('log_leaves').selectAll().execute()
    const nodes = await forged.db.selectFrom('log_nodes').selectAll().execute()
    const head = await forged.db.selectFrom('log_head').selectAll().executeTakeFirstOrThrow()
    await world.db.insertInto('log_leaves').values(leaves).execute()
    await world.db.insertInto('log_nodes').values(nodes).execute()
    await world.db.updateTable('log_head').set(head).execute()
    // The first five are those that the first checkpoint was made of.
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: 5 })
    // Nor is such a log ever signed.
    await append(world, 99)
    await expect(takeCheckpoint(world)).rejects.toThrow('does not go on from its checkpoint')
    await Promise.all([world.db.destroy(), forged.db.destroy()])
  })

  test.each([
    ['another signature', (note: string) => note.replace(/log [^\n]+\n$/, `log ${hash}\n`)],
    ['another text', (note: string) => note.replace('sceau.example/log\n', 'sceau.example/lag\n')],
    ['nothing', () => ''],
  ])('is found out by a checkpoint with %s', async (_, change) => {
    const verdict = await touched(async ({ db }) => {
      const [first] = await db.selectFrom('log_checkpoints').selectAll().execute()
      const note = change(first!.note)
      await db.updateTable('log_checkpoints').set({ note }).where('id', '=', first!.id).execute()
    })
    expect(verdict).toMatchObject({ sound: false, at: null })
  })

  test('is found out by a node too many, and by a place to go on that is not its end', async () => {
    const world = await openWorld()
    await appendAll(world, 3)
    const head = await readHead(world.db)
    const set = (row: object) => world.db.updateTable('log_head').set(row).execute()
    await set({ size: 2 })
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: null })
    await set({ size: 4 })
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: 3 })
    await set({ size: 3, frontier: JSON.stringify([hash, hash]) })
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: null })
    const frontier = head.frontier.map((one) => one.toString('base64'))
    await set({ frontier: JSON.stringify(frontier) })
    expect(await verifyLog(world)).toMatchObject({ sound: true })
    await world.db.insertInto('log_nodes').values({ level: 9, position: 0, hash }).execute()
    expect(await verifyLog(world)).toMatchObject({ sound: false, at: null })
    await world.db.destroy()
  })
})
