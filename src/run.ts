import { once } from 'node:events'
import { startAuditChecks } from './administration/check-audit.js'
import { createApp } from './app.js'
import { takeUpBatches } from './issuer/batches/order.js'
import { replayErasures } from './issuer/rights/replay-erasures.js'
import { startRetention } from './issuer/rights/retention.js'
import { startPublishing } from './issuer/publish-lists.js'
import { takeOverLists } from './issuer/take-over-lists.js'
import { takeUpBadges } from './issuer/take-up-badges.js'
import { startMail } from './mail/queue-mail.js'
import { startDigests } from './mentoring/alerts/send-digests.js'
import { startEndingGuardians } from './mentoring/consents/end-guardians.js'
import type { OpenContext } from './open-context.js'
import { logEarlierBadges } from './issuer/keep-signed.js'
import { startFigures } from './mentoring/indicators/count-figures.js'
import { makeServiceKey } from './people/service-keys.js'
import { startTokenKeys } from './people/token-keys.js'
import { startServer } from './serve.js'
import { startCheckpoints } from './transparency/take-checkpoint.js'
import { asService } from './store/scope.js'
import { startTrustLists } from './verifier/trust/refresh-lists.js'
import { warmGeneral } from './verifier/vc-api/canonize-apart.js'
import { startForgetting } from './web/idempotency.js'
import { runWorker } from './worker.js'

/**
 * Serves until SIGINT or SIGTERM, then finishes what is in hand.
 *
 * @param whenReady once requests are answered
 * @throws {Error} when the port is taken; the context is closed in any case
 */
export async function run(ctx: OpenContext, whenReady: () => Promise<void>): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  try {
    // The server itself begins in nobody's scope: a request that was not read yet is of nobody.
    await asService('start', () => makeReady(ctx))
    const server = await startServer(createApp(ctx), ctx.config.port)
    ctx.log.info({ event: 'started', port: server.port })
    // Beside the first requests: the start does not wait for it.
    if (ctx.config.vcApi) void warmGeneral(ctx.generalApart)
    const worker = runWorker(ctx, stop.signal)
    try {
      await whenReady()
      if (!stop.signal.aborted) await once(stop.signal, 'abort')
    } finally {
      stop.abort()
      await server.stop()
      await worker
    }
  } finally {
    await ctx.close()
  }
  ctx.log.info({ event: 'stopped' })
}

/** What was left half done is finished, and what comes by the clock is ordered. */
async function makeReady(ctx: OpenContext): Promise<void> {
  await makeServiceKey(ctx)
  await startTrustLists(ctx)
  await takeOverLists(ctx)
  await replayErasures(ctx)
  await takeUpBadges(ctx)
  await logEarlierBadges(ctx)
  await startCheckpoints(ctx)
  await startPublishing(ctx)
  await takeUpBatches(ctx)
  await startForgetting(ctx)
  await startRetention(ctx)
  await startMail(ctx)
  await startDigests(ctx)
  await startEndingGuardians(ctx)
  await startFigures(ctx)
  await startTokenKeys(ctx)
  await startAuditChecks(ctx)
}

const PARENT_MS = 250

/**
 * Stops when the parent is gone. npm hands a signal to the shell that it runs a script in, and to
 * nobody else: that shell ends and leaves its child running.
 */
export function stopWithParent(): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_MS)
  watch.unref()
}
