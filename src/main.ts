import './check-node.js'
import { once } from 'node:events'
import { createApp } from './app.js'
import { loadConfig } from './config.js'
import { openContext } from './open-context.js'
import { offerSetUp } from './people/set-up.js'
import { startServer } from './serve.js'
import { runWorker } from './worker.js'

const config = loadConfig(process.env)
const ctx = await openContext(config)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

const server = await startServer(createApp(ctx), config.port)
ctx.log.info({ event: 'started', port: server.port })
console.log(`Sceau: ${config.publicUrl}`)
const link = await offerSetUp(ctx)
if (link !== undefined) console.log(`First start: make the administrator at ${link} (within a day)`)

const worker = runWorker(ctx, stop.signal)

if (!stop.signal.aborted) await once(stop.signal, 'abort')
await server.stop()
await worker
await ctx.db.destroy()
ctx.log.info({ event: 'stopped' })
