import type { Outside } from '../context.js'
import { isCompactJws } from '../credential/check-jws.js'
import { didWebToUrl } from '../credential/did.js'
import { readStrictJson } from '../credential/strict-json.js'
import type { IssuerKey, Looked, Lookups } from './lookups.js'
import { SeenLists } from './seen-lists.js'

type Json = Readonly<Record<string, unknown>>

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
    if (fetched.outcome !== 'found') return { outcome: 'unreachable' }
    const token = accept.includes('jwt') ? tokenIn(fetched.body) : undefined
    if (token !== undefined) return { outcome: 'found', value: token }
    if (!/\bjson|\bvc\b/.test(fetched.contentType)) return { outcome: 'unreachable' }
    const read = readStrictJson(fetched.body)
    return read.ok ? { outcome: 'found', value: read.value } : { outcome: 'unreachable' }
  }
  /** Within one verification the same address is asked once. */
  function askOnce(url: string, accept: string, reuse = true): Promise<Looked<unknown>> {
    const key = `${reuse} ${url}`
    const answer = asked.get(key) ?? fetchJson(url, accept, reuse)
    asked.set(key, answer)
    return answer
  }

  return {
    issuerKeys: async (issuerId) => {
      if (issuerId.startsWith('did:web:')) return webKeys(issuerId, askOnce)
      if (issuerId.startsWith('https://')) return httpsKeys(issuerId, askOnce)
      return { outcome: 'unsupported' }
    },
    statusList: (url, { fresh = false } = {}) =>
      askOnce(url, 'application/vc, application/json', !fresh),
    document: (url, accept) => askOnce(url, accept, false),
    lastSeenList: (url, validFrom) => seen.see(url, validFrom),
    knows: async () => undefined,
  }
}

function tokenIn(body: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(body).trim()
  return isCompactJws(text) ? text : undefined
}

type Ask = (url: string, accept: string) => Promise<Looked<unknown>>

async function webKeys(did: string, ask: Ask): Promise<Looked<readonly IssuerKey[]>> {
  const url = didWebToUrl(did)
  if (url === undefined) return { outcome: 'bad_syntax' }
  const looked = await ask(url, 'application/did+json, application/json')
  return looked.outcome === 'found' ? keysOfController(looked.value, did) : looked
}

/** An https issuer publishes a controller document at its own address, or a JWK set at its host. */
async function httpsKeys(issuerId: string, ask: Ask): Promise<Looked<readonly IssuerKey[]>> {
  const document = await ask(issuerId, 'application/json, application/ld+json')
  if (
    document.outcome === 'found' &&
    isObject(document.value) &&
    'assertionMethod' in document.value
  ) {
    return keysOfController(document.value, issuerId)
  }
  if (!URL.canParse(issuerId)) return { outcome: 'bad_syntax' }
  const set = await ask(
    `${new URL(issuerId).origin}/.well-known/jwks.json`,
    'application/jwk-set+json, application/json',
  )
  if (set.outcome !== 'found') return set
  const keys = isObject(set.value) ? listOf(set.value.keys).filter(isObject) : []
  return {
    outcome: 'found',
    value: keys
      // The guide lets a platform say which of its issuers a key belongs to.
      .filter(({ iss }) => iss === undefined || iss === issuerId)
      .map((publicKeyJwk) => ({
        id: textOf(publicKeyJwk.kid) ?? issuerId,
        controller: issuerId,
        publicKeyJwk,
      })),
  }
}

/** The keys that a controller document lists under `assertionMethod`: no other signs credentials. */
export function keysOfController(
  document: unknown,
  controllerId: string,
): Looked<readonly IssuerKey[]> {
  if (!isObject(document) || document.id !== controllerId) return { outcome: 'found', value: [] }
  const methods = listOf(document.verificationMethod).filter(isObject)
  const keys = listOf(document.assertionMethod).flatMap((listed) => {
    const method = isObject(listed)
      ? listed
      : methods.find(({ id }) => absolute(id, controllerId) === absolute(listed, controllerId))
    return method ? [toKey(method, controllerId)] : []
  })
  return { outcome: 'found', value: keys }
}

function toKey(method: Json, controllerId: string): IssuerKey {
  const multibase = textOf(method.publicKeyMultibase)
  const expires = textOf(method.expires)
  const revoked = textOf(method.revoked)
  return {
    id: absolute(method.id, controllerId),
    controller: textOf(method.controller) ?? '',
    ...(multibase !== undefined && { publicKeyMultibase: multibase }),
    ...(isObject(method.publicKeyJwk) && { publicKeyJwk: method.publicKeyJwk }),
    ...(expires !== undefined && { expires }),
    ...(revoked !== undefined && { revoked }),
  }
}

/** Documents may name their keys by `#fragment` alone. */
function absolute(id: unknown, controllerId: string): string {
  const text = textOf(id) ?? ''
  return text.startsWith('#') ? `${controllerId}${text}` : text
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
