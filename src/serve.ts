import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

/** Slow clients are cut off: a request has 10 s for its headers and 30 s in all. */
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const MAX_CONNECTIONS = 1_000
/** What is in hand when we stop gets this long; then the rest is cut. The limit promised is 10 s. */
const STOP_MS = 8_000

/**
 * Listens, and knows how to stop: no new request, those in hand are finished.
 *
 * @throws {Error} saying what to do when the port is taken
 */
export async function startServer(
  app: Express,
  port: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, app)
  server.maxConnections = MAX_CONNECTIONS
  await listen(server, port)
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

/**
 * A port that nobody listens on: `port` itself, or any for 0.
 *
 * @throws {Error} saying what to do when it is taken
 */
export async function freePort(port: number): Promise<number> {
  const server = createServer()
  await listen(server, port)
  const found = (server.address() as AddressInfo).port
  await new Promise((resolve) => server.close(resolve))
  return found
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, port)))
    server.listen(port, resolve)
  })
}

function explained(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} is taken: stop what listens there, or choose another (PORT=${port + 1}).`,
    )
  if (code === 'EACCES')
    return new Error(`This user may not listen on port ${port}: choose one above 1023.`)
  return error
}
