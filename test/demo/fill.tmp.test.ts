import { test } from 'vitest'
import { fillDemo } from '../../src/demo/fill.js'
import { openWorld } from '../support/world.js'
import { validateAudit } from '../../src/store/audit.js'
import { openDatabase } from '../../src/store/open.js'

test('tmp', { timeout: 200_000 }, async () => {
  const world = await openWorld(process.env.FILE ? {db: await openDatabase('sqlite:' + process.env.FILE, process.env.HOW as any)} : {})
  const t0 = performance.now()
  const facts = await fillDemo({ ctx: world, clock: world.clock, now: new Date('2026-11-24T16:00:00Z'), scopes: ['a:read'], progress: (d, day) => { if (Math.random() < 0.1) console.log(d.toFixed(2), day) } }).catch((e) => { console.log(world.clock.at, e, JSON.stringify(e.words), JSON.stringify(e.fields)); throw e })
  console.log((performance.now() - t0) / 1000)
  console.log(facts, await validateAudit(world.db))
})
