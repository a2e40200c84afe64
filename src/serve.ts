import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

/** Slow clients are cut off: a request has 10 s for its headers and 30 s in all. */
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const MAX_CONNECTIONS = 1_000
/** What is in hand when we stop gets this long; then the rest is cut. The limit promised is 10 s. */
const STOP_MS = 8_000

/** Listens, and knows how to stop: no new request, those in hand are finished. */
export async function startServer(
  app: Express,
  port: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, app)
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, resolve)
  })
  return {
    // A TCP server has an address with a port; a string is a pipe's.
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), STOP_MS)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
