import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { sha256 } from '../../src/credential/digest.js'
import { seeHealth } from '../../src/administration/see-health.js'
import { approve } from '../../src/issuer/approve.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { openContext } from '../../src/open-context.js'
import { OPERATOR } from '../../src/people/operator.js'
import { readStandbys } from '../../src/store/standbys.js'
import { storedBadges } from '../issuer/stored.js'
import type { World } from '../support/world.js'
import { startProxy, type Proxy } from './cutting-proxy.js'
import { oracle } from './oracle.js'
import { HAS_POSTGRES, startPostgres, type Server, type Standby } from './postgres.js'
import { environment, forget, NOW, report } from './rig.js'
import * as rigs from './two-nodes-rig.js'

const STUDENTS = Number(process.env.SCEAU_STUDENTS ?? 40)
const ROUNDS = 2
const WRITES_AGAIN_MS = 30_000
const DONE_MS = 300_000

describe.runIf(HAS_POSTGRES)('two nodes whose PostgreSQL is lost, and another takes over', () => {
  let primary: Server
  let standby: Standby
  /** The address that follows the primary. */
  let proxy: Proxy
  let rig: rigs.Rig
  let world: World
  let env: Record<string, string>
  let sets: rigs.Endorsed[][]
  beforeEach(async () => {
    primary = await startPostgres()
    proxy = await startProxy(primary.port)
    const url = primary.url.replace(`:${primary.port}/`, `:${proxy.port}/`)
    rig = await rigs.openRig(url, STUDENTS)
    sets = []
    for (let n = 1; n <= 4; n++)
      sets.push(await rigs.endorsedOf(rig, await rigs.anotherVersion(rig, n)))
    standby = await primary.followed()
    const started = Date.now()
    const ahead = Date.parse(NOW) - started
    world = { ...rig.world, now: () => new Date(Date.now() + ahead) }
    env = { DATABASE_URL: url, STARTED: String(started), WORKERS: '5' }
  }, 300_000)
  afterEach(async () => {
    await rigs.endNodes()
    await rig.close()
    proxy.close()
    primary.stop()
    standby.stop()
    forget(rig.folder)
  })

  /** What has left: the documents of released badges, as whoever asked for them has them. */
  async function released(of: World): Promise<Map<string, string>> {
    const badges = await storedBadges(of.db)
    const out = badges.filter(({ released_at }) => released_at !== null)
    return new Map(
      out.map((one) => [one.public_id, sha256(one.badge_document ?? '').toString('hex')]),
    )
  }

  /** Goes on asking until a write is acknowledged. @returns after how many milliseconds */
  async function untilItWrites(): Promise<number> {
    const began = Date.now()
    for (;;) {
      const wrote = await world.db
        .updateTable('audit_head')
        .set((of) => ({ last_id: of.ref('last_id') }))
        .execute()
        .catch(() => undefined)
      if (wrote) return Date.now() - began
      if (Date.now() - began > WRITES_AGAIN_MS) throw new Error('Nothing is written any more.')
      await pause(100)
    }
  }

  test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
    'RL-24 what was released before the primary died is in the standby that takes over (%i)',
    async (round) => {
      await primary.wait(true)
      expect(await readStandbys(world.db)).toEqual({ standbys: 1, waits: true })
      const rows = sets.slice(1).flat()
      await startBatch(world, rig.story.head, { act: 'approve', rows, key: 'lot' })
      const nodes = [await rigs.startNode(rig, env), await rigs.startNode(rig, env)]
      const approvals: string[] = []
      const singles = [...(sets[0] ?? [])]
      let goes = true
      const asking = (async () => {
        for (let one = singles.pop(); goes && one; one = singles.pop())
          await approve(world, rig.story.head, one).then(
            (badgeId) => approvals.push(badgeId),
            () => undefined,
          )
      })()
      let left = await released(world)
      for (const least = 5 + 25 * round; left.size < least; left = await released(world))
        await pause(20)

      primary.crash()
      goes = false
      standby.promote()
      proxy.turn(standby.port)
      const writesAfterMs = await untilItWrites()
      await asking
      await rigs.untilDone(world, DONE_MS)
      expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0])
      // Each is there, of the very bytes.
      await oracle(world, left)
      const badges = await world.db.selectFrom('badges').select('public_id').execute()
      const ids = badges.map(({ public_id }) => public_id)
      expect(ids).toEqual(expect.arrayContaining(approvals))
      expect(ids.length).toBeLessThan(1 + sets.flat().length)
      standby.check()
      report('fail-over', { left: left.size, approvals: approvals.length, writesAfterMs })
    },
  )

  test('RL-24 health says where commits do not wait for the standby, and what that would lose', async () => {
    await primary.wait(false)
    expect(await readStandbys(world.db)).toEqual({ standbys: 1, waits: false })
    const config = loadConfig({ ...environment(rig.folder), ...env })
    const { close, ...ctx } = await openContext(config)
    const storeOf = async () =>
      (await seeHealth(ctx, OPERATOR)).parts.find(({ name }) => name === 'store')
    expect(await storeOf()).toMatchObject({ state: 'not-well', found: { waits: 'no' } })
    await primary.wait(true)
    expect(await storeOf()).toMatchObject({ state: 'well', found: { standbys: 1 } })
    await close()
  })
})
