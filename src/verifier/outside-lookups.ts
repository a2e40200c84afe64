import type { Outside } from '../context.js'
import { isCompactJws } from '../credential/check-jws.js'
import { readStrictJson } from '../credential/strict-json.js'
import { keysAtIssuer } from './issuer-documents.js'
import type { Looked, Lookups } from './lookups.js'
import { SeenLists } from './seen-lists.js'

/** Requests that one verification may cause. */
const MAX_REQUESTS = 5

/** What was seen through one way out outlives the single verification. */
const seenThrough = new WeakMap<Outside, SeenLists>()

/** What other people's servers say, through the guarded fetcher; at most five requests each time. */
export function outsideLookups(outside: Outside): Lookups {
  let requests = 0
  const asked = new Map<string, Promise<Looked<unknown>>>()
  const seen = seenThrough.get(outside) ?? new SeenLists()
  seenThrough.set(outside, seen)

  async function fetchJson(url: string, accept: string, reuse: boolean): Promise<Looked<unknown>> {
    if (++requests > MAX_REQUESTS) return { outcome: 'unreachable' }
    const fetched = await outside.fetchText(url, accept, { reuse })
    if (fetched.outcome === 'missing')
      return { outcome: fetched.reason === '410' ? 'gone' : 'missing' }
    if (fetched.outcome === 'refused' && fetched.reason === 'address') return { outcome: 'refused' }
    if (fetched.outcome !== 'found')
      return { outcome: fetched.reason === 'tls' ? 'tls' : 'unreachable' }
    const { body, contentType, fetchedAt } = fetched
    const at = fetchedAt && { fetchedAt }
    const token = accept.includes('jwt') ? tokenIn(body) : undefined
    if (token !== undefined) return { outcome: 'found', value: token, ...at }
    if (!/\bjson|\bvc\b/.test(contentType)) return { outcome: 'unreachable' }
    const read = readStrictJson(body)
    return read.ok ? { outcome: 'found', value: read.value, ...at } : { outcome: 'unreachable' }
  }
  /** Within one verification the same address is asked once. */
  function askOnce(url: string, accept: string, reuse = true): Promise<Looked<unknown>> {
    const key = `${reuse} ${url}`
    const answer = asked.get(key) ?? fetchJson(url, accept, reuse)
    asked.set(key, answer)
    return answer
  }

  return {
    issuerKeys: (issuerId, method) => keysAtIssuer(issuerId, method, askOnce),
    statusList: (url, { fresh = false } = {}) =>
      askOnce(url, 'application/vc, application/vc+jwt, application/json', !fresh),
    document: (url, accept) => askOnce(url, accept, false),
    isNewestList: (url, list) => seen.see(url, list),
    knows: async () => undefined,
  }
}

function tokenIn(body: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(body).trim()
  return isCompactJws(text) ? text : undefined
}
