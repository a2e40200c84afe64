import './check-node.js'
import { loadConfig } from './config.js'
import { openContext } from './open-context.js'
import { offerSetUp } from './people/set-up.js'
import { run, stopWithParent } from './run.js'

if (process.env.npm_lifecycle_event) stopWithParent()

try {
  const ctx = await openContext(loadConfig(process.env))
  await run(ctx, async () => {
    console.log(`Sceau: ${ctx.config.publicUrl}`)
    const link = await offerSetUp(ctx)
    if (link !== undefined)
      console.log(`First start: make the administrator at ${link} (within a day)`)
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
