// One node of several: WORKERS workers on the store of DATABASE_URL until it is told to stop. NOW is what its clock
// said at STARTED, in milliseconds, for all nodes alike. Whatever nobody has caught ends it with another code than 0.
import { loadConfig } from '../../dist/config.js'
import { takeUpBatches } from '../../dist/issuer/batches/order.js'
import { takeUpBadges } from '../../dist/issuer/take-up-badges.js'
import { openContext } from '../../dist/open-context.js'
import { makeServiceKey } from '../../dist/people/service-keys.js'
import { runWorker } from '../../dist/worker.js'

const { NOW, STARTED, WORKERS } = process.env
const ahead = Date.parse(NOW) - Number(STARTED)
const ctx = await openContext(loadConfig(process.env), { now: () => new Date(Date.now() + ahead) })
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
await makeServiceKey(ctx)
await takeUpBadges(ctx)
await takeUpBatches(ctx)
console.log('ready')
await Promise.all(Array.from({ length: Number(WORKERS) }, () => runWorker(ctx, stop.signal)))
await ctx.close()
