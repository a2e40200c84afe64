import { lookup as systemLookup } from 'node:dns'
import ipaddr from 'ipaddr.js'
import type { Logger } from 'pino'
import { Agent, buildConnector, fetch } from 'undici'
import type { Fetched, Outside } from '../context.js'

/** Everything that an outgoing request may cost. */
const TOTAL_MS = 3_000
const MAX_BYTES = 1024 * 1024
const MAX_REDIRECTS = 3
/** A host that failed this often in a row is left alone for a while. */
const FAILURES_TO_OPEN = 3
const OPEN_MS = 30_000

type Lookup = typeof systemLookup
/** What a test replaces: name resolution, the clock, and which ports may be reached. */
export type SafeFetchOptions = Readonly<{
  log: Logger
  now: () => Date
  lookup?: Lookup
  ports?: readonly number[]
}>

/**
 * The one way out: https on port 443, to addresses of the public internet only, looked at when the
 * connection is made, so that a name can't change its mind in between. No cookies, no proxies from
 * the environment, same-host redirects, bounded in time and bytes.
 */
export function openSafeFetch({
  log,
  now,
  lookup = systemLookup,
  ports = [443],
}: SafeFetchOptions): Outside {
  const agent = new Agent({
    connect: guardedConnect(lookup),
    maxResponseSize: MAX_BYTES,
    headersTimeout: TOTAL_MS,
    bodyTimeout: TOTAL_MS,
  })
  const breakers = new Map<string, { failures: number; until: number }>()

  async function fetchText(address: string, accept: string): Promise<Fetched> {
    const url = readAddress(address, ports)
    if (!url) return { outcome: 'refused', reason: 'address' }
    const breaker = breakers.get(url.host)
    if (breaker && breaker.until > now().getTime())
      return { outcome: 'unreachable', reason: 'circuit_open' }
    const fetched = await follow(url, { agent, ports, accept }).catch((error: unknown): Fetched => {
      log.info({ event: 'fetch-failed', host: url.host, reason: codeOf(error) })
      return { outcome: 'unreachable', reason: codeOf(error) }
    })
    const failures = fetched.outcome === 'unreachable' ? (breaker?.failures ?? 0) + 1 : 0
    breakers.set(url.host, {
      failures,
      until: failures >= FAILURES_TO_OPEN ? now().getTime() + OPEN_MS : 0,
    })
    return fetched
  }

  return { fetchText }
}

type Way = Readonly<{ agent: Agent; ports: readonly number[]; accept: string }>

/** Follows redirects on the same host, within one limit of time for all of them. */
async function follow(first: URL, { agent, ports, accept }: Way): Promise<Fetched> {
  const signal = AbortSignal.timeout(TOTAL_MS)
  let url = first
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await fetch(url, {
      dispatcher: agent,
      redirect: 'manual',
      signal,
      credentials: 'omit',
      headers: { accept, 'user-agent': 'Sceau-verifier' },
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null)
      return await read(response)
    await response.body?.cancel()
    const next = URL.canParse(location, url.href)
      ? readAddress(new URL(location, url).href, ports)
      : undefined
    if (!next || next.host !== first.host) return { outcome: 'refused', reason: 'redirect' }
    url = next
  }
  return { outcome: 'refused', reason: 'redirect' }
}

async function read(response: Awaited<ReturnType<typeof fetch>>): Promise<Fetched> {
  if (response.status === 404 || response.status === 410)
    return { outcome: 'missing', reason: String(response.status) }
  if (response.status !== 200) return { outcome: 'unreachable', reason: String(response.status) }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array
    size += bytes.length
    // After decoding: a small gzip may hold a large text.
    if (size > MAX_BYTES) return { outcome: 'unreachable', reason: 'too_large' }
    parts.push(bytes)
  }
  return {
    outcome: 'found',
    body: Buffer.concat(parts),
    contentType: response.headers.get('content-type') ?? '',
  }
}

/** @returns undefined for what is not https, has a user, another port, or an address that is not public */
export function readAddress(address: string, ports: readonly number[] = [443]): URL | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const port = url.port === '' ? 443 : Number(url.port)
  if (
    url.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    !ports.includes(port)
  )
    return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return isPublic(host) ? url : undefined
  return host.includes('.') && !host.endsWith('.') ? url : undefined
}

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast'
  // ipaddr.js calls ::7f00:1 unicast: only 2000::/3 is given out.
  return parsed.range() === 'unicast' && parsed.match(ipaddr.parse('2000::'), 3)
}

function guardedConnect(lookup: Lookup): buildConnector.connector {
  return buildConnector({
    timeout: TOTAL_MS,
    lookup: (hostname, options, done) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, [])
        // One private answer among public ones is an attack, not a mistake: none is taken.
        if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address))) {
          return done(Object.assign(new Error('not a public address'), { code: 'EPRIVATE' }), [])
        }
        const [first] = addresses
        if (options.all === true || !first) done(null, addresses)
        else done(null, first.address, first.family)
      })
    },
  })
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : 'failed'
}
