import { lookup as systemLookup } from 'node:dns'
import ipaddr from 'ipaddr.js'
import type { Logger } from 'pino'
import { Agent, buildConnector, fetch } from 'undici'
import type { Fetched, Outside, SignInServers } from '../context.js'
import { FetchCache, freshSeconds } from './fetch-cache.js'

/** Everything that an outgoing request may cost. */
const TOTAL_MS = 3_000
const MAX_BYTES = 1024 * 1024
const MAX_REDIRECTS = 3
/** A host that failed this often in a row is left alone for a while. */
const FAILURES_TO_OPEN = 3
const OPEN_MS = 30_000

/** Hosts whose failures are remembered, and requests under way, at most. */
const MAX_HOSTS = 1_000
const MAX_UNDER_WAY = 20

type Lookup = typeof systemLookup
/** What a test replaces: name resolution, the connection, the clock, and which ports may be reached. */
export type SafeFetchOptions = Readonly<{
  log: Logger
  now: () => Date
  lookup?: Lookup
  connect?: buildConnector.connector
  ports?: readonly number[]
}>

/**
 * The one way out: https on port 443, to addresses of the public internet only, looked at when the
 * connection is made, so that a name can't change its mind in between. No cookies, no proxies from
 * the environment, same-host redirects, bounded in time, bytes and number.
 */
export function openSafeFetch(options: SafeFetchOptions): Outside {
  const { log, now, ports = [443] } = options
  const agent = new Agent({
    connect: options.connect ?? guardedConnect(options.lookup ?? systemLookup),
    maxResponseSize: MAX_BYTES,
    headersTimeout: TOTAL_MS,
    bodyTimeout: TOTAL_MS,
  })
  const breaker = new Breaker()
  const cache = new FetchCache()
  let underWay = 0

  /** @returns also for how many seconds the answer may be used again */
  async function ask(url: URL, accept: string): Promise<Answer> {
    if (breaker.isOpen(url.host, now())) return unreachable('circuit_open')
    if (underWay >= MAX_UNDER_WAY) return unreachable('busy')
    underWay += 1
    const answer = await follow(url, { agent, ports, accept })
      .catch((error: unknown) => {
        log.info({ event: 'fetch-failed', host: url.host, reason: codeOf(error) })
        return unreachable(codeOf(error))
      })
      .finally(() => (underWay -= 1))
    breaker.count(url.host, isDown(answer.fetched), now())
    return answer
  }

  return {
    async fetchText(address, accept, { reuse = false } = {}) {
      const url = readAddress(address, ports)
      if (!url) return { outcome: 'refused', reason: 'address' }
      const key = `${accept}\n${url.href}`
      const kept = reuse ? cache.get(key, now()) : undefined
      if (kept) return kept
      const { fetched, fresh } = await ask(url, accept)
      if (fetched.outcome !== 'found') return fetched
      const found = { ...fetched, fetchedAt: now() }
      cache.set(key, found, { seconds: reuse ? fresh : 0, now: now() })
      return found
    },
  }
}

/**
 * The same way out for servers that sign people in, which are sent forms too. Nothing of it is kept, and no redirect is
 * followed: it could carry a secret elsewhere.
 *
 * @param options.loopback also http on this machine itself: for tests alone
 */
export function openSignInServers(
  options: Pick<SafeFetchOptions, 'lookup' | 'connect' | 'ports'> & { loopback?: true } = {},
): SignInServers {
  const { ports = [443], loopback = false } = options
  const agent = new Agent({
    ...(!loopback && {
      connect: options.connect ?? guardedConnect(options.lookup ?? systemLookup),
    }),
    maxResponseSize: MAX_BYTES,
  })
  let underWay = 0
  return {
    async send({ url, method, headers, body }) {
      const address = loopback && isLoopback(url) ? new URL(url) : readAddress(url, ports)
      if (!address) throw new Error('not an https address of the public internet')
      if (underWay >= MAX_UNDER_WAY) throw new Error('busy')
      underWay += 1
      try {
        const response = await fetch(address, {
          ...{ dispatcher: agent, method, headers, body: body ?? null },
          ...{ redirect: 'manual', credentials: 'omit', signal: AbortSignal.timeout(TOTAL_MS) },
        })
        const bytes = await bytesOf(response)
        if (!bytes) throw new Error('too large')
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: bytes,
        }
      } finally {
        underWay -= 1
      }
    },
  }
}

const isLoopback = (url: string) => URL.canParse(url) && new URL(url).hostname === '127.0.0.1'

/** Leaves a host alone that failed several times in a row. */
class Breaker {
  readonly #hosts = new Map<string, Readonly<{ failures: number; until: number }>>()

  isOpen(host: string, now: Date): boolean {
    return (this.#hosts.get(host)?.until ?? 0) > now.getTime()
  }

  count(host: string, failed: boolean, now: Date): void {
    const failures = failed ? (this.#hosts.get(host)?.failures ?? 0) + 1 : 0
    this.#hosts.delete(host)
    if (!failed) return
    const until = failures >= FAILURES_TO_OPEN ? now.getTime() + OPEN_MS : 0
    this.#hosts.set(host, { failures, until })
    const [oldest] = this.#hosts.keys()
    if (this.#hosts.size > MAX_HOSTS && oldest !== undefined) this.#hosts.delete(oldest)
  }
}

/** A server that answers is there: whoever knows a page that it refuses must not make it silent for all. */
function isDown(fetched: Fetched): boolean {
  if (fetched.outcome !== 'unreachable' || fetched.reason === 'too_large') return false
  return !/^[1-4]\d\d$/.test(fetched.reason) || fetched.reason === '429'
}

type Answer = Readonly<{ fetched: Fetched; fresh: number }>

function unreachable(reason: string): Answer {
  return { fetched: { outcome: 'unreachable', reason }, fresh: 0 }
}

type Way = Readonly<{ agent: Agent; ports: readonly number[]; accept: string }>

/** Follows redirects on the same host, within one limit of time for all of them. */
async function follow(first: URL, { agent, ports, accept }: Way): Promise<Answer> {
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
      return { fetched: await read(response), fresh: freshSeconds(response.headers) }
    await response.body?.cancel()
    const next = URL.canParse(location, url.href)
      ? readAddress(new URL(location, url).href, ports)
      : undefined
    if (!next || next.host !== first.host) return REFUSED_REDIRECT
    url = next
  }
  return REFUSED_REDIRECT
}

const REFUSED_REDIRECT: Answer = { fetched: { outcome: 'refused', reason: 'redirect' }, fresh: 0 }

async function read(response: Awaited<ReturnType<typeof fetch>>): Promise<Fetched> {
  if (response.status === 404 || response.status === 410)
    return { outcome: 'missing', reason: String(response.status) }
  if (response.status !== 200) return { outcome: 'unreachable', reason: String(response.status) }
  const body = await bytesOf(response)
  if (!body) return { outcome: 'unreachable', reason: 'too_large' }
  return { outcome: 'found', body, contentType: response.headers.get('content-type') ?? '' }
}

/** @returns undefined for more than is taken */
async function bytesOf(
  response: Awaited<ReturnType<typeof fetch>>,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array
    size += bytes.length
    // After decoding: a small gzip may hold a large text.
    if (size > MAX_BYTES) return undefined
    parts.push(bytes)
  }
  return Buffer.concat(parts)
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

/** What OpenSSL and Node say of a certificate, and of a server that speaks something else. */
const TLS_CODE = /CERT|SELF_SIGNED|SSL|TLS|EPROTO|UNABLE_TO_VERIFY/

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (typeof code !== 'string') return 'failed'
  return TLS_CODE.test(code) ? 'tls' : code
}
