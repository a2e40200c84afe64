import { didWebToUrl } from '../credential/did.js'
import type { IssuerKey, Looked } from './lookups.js'
import { isObject, listOf, textOf, type Json } from '../credential/values.js'

type Keys = Looked<readonly IssuerKey[]>
type Ask = (url: string, accept: string) => Promise<Looked<unknown>>

const ACCEPT = {
  did: 'application/did+json, application/json',
  document: 'application/json, application/ld+json',
  set: 'application/jwk-set+json, application/json',
  key: 'application/json, application/ld+json, application/jwk+json',
}

/** The keys that a did:web or an https issuer publishes, asked of its own host alone. */
export function keysAtIssuer(
  issuerId: string,
  method: string | undefined,
  ask: Ask,
): Promise<Keys> {
  if (issuerId.startsWith('did:web:')) return webKeys(issuerId, ask)
  if (issuerId.startsWith('https://')) return httpsKeys(issuerId, method, ask)
  return Promise.resolve({ outcome: 'unsupported' })
}

async function webKeys(did: string, ask: Ask): Promise<Keys> {
  const url = didWebToUrl(did)
  if (url === undefined) return { outcome: 'bad_syntax' }
  const looked = await ask(url, ACCEPT.did)
  return looked.outcome === 'found' ? keysOfController(looked.value, did) : looked
}

/**
 * An https issuer has a profile or a controller document with its keys at its own address; else
 * the key that was named stands as a document of its own beside it; else there is a JWK set of its host.
 */
async function httpsKeys(issuerId: string, method: string | undefined, ask: Ask): Promise<Keys> {
  if (!URL.canParse(issuerId)) return { outcome: 'bad_syntax' }
  const own = await ask(issuerId, ACCEPT.document)
  if (own.outcome === 'found' && isObject(own.value) && 'assertionMethod' in own.value)
    return keysOfController(own.value, issuerId)
  const named = method === undefined ? undefined : await keyBeside(issuerId, method, ask)
  if (named) return { outcome: 'found', value: [named] }
  const set = await ask(`${new URL(issuerId).origin}/.well-known/jwks.json`, ACCEPT.set)
  return set.outcome === 'found' ? { outcome: 'found', value: keysOfSet(set.value, issuerId) } : set
}

/**
 * A Multikey or JWK document at the address that a signature names. It is asked for only under the
 * issuer's own folder: on a host that many share, the neighbour's files say nothing of this issuer.
 */
async function keyBeside(
  issuerId: string,
  method: string,
  ask: Ask,
): Promise<IssuerKey | undefined> {
  const [address = ''] = method.split('#')
  if (!isBeside(address, issuerId)) return undefined
  const looked = await ask(address, ACCEPT.key)
  if (looked.outcome !== 'found' || !isObject(looked.value)) return undefined
  const document = looked.value
  // A bare JWK says nothing of its owner but where it stands.
  if (typeof document.kty === 'string') return keyOfJwk(document, issuerId, method)
  const key = toKey(document, issuerId)
  return key?.id === method && key.controller === issuerId ? key : undefined
}

function isBeside(address: string, issuerId: string): boolean {
  if (!URL.canParse(address)) return false
  const [key, issuer] = [new URL(address), new URL(issuerId)]
  const folder = issuer.pathname.slice(0, issuer.pathname.lastIndexOf('/') + 1)
  return (
    key.origin === issuer.origin &&
    key.search === '' &&
    !/%2f|%5c|%2e/i.test(key.pathname) &&
    key.pathname.startsWith(folder)
  )
}

/** The guide lets a platform say with `iss` which of its issuers a key belongs to. */
function keysOfSet(set: unknown, issuerId: string): IssuerKey[] {
  const keys = isObject(set) ? listOf(set.keys).filter(isObject) : []
  return keys.flatMap((jwk) => keyOfJwk(jwk, issuerId, textOf(jwk.kid) ?? issuerId) ?? [])
}

function keyOfJwk(jwk: Json, issuerId: string, id: string): IssuerKey | undefined {
  if (jwk.iss !== undefined && jwk.iss !== issuerId) return undefined
  // Seconds, as OpenID Federation has it; a number out of all calendars is a date that is none.
  const { exp } = jwk
  const end = typeof exp === 'number' ? new Date(exp * 1000) : undefined
  const expires = end && !Number.isNaN(end.getTime()) ? end.toISOString() : ''
  return { id, controller: issuerId, publicKeyJwk: jwk, ...(exp !== undefined && { expires }) }
}

/** The keys that a controller document lists under `assertionMethod`: no other signs credentials. */
export function keysOfController(document: unknown, controllerId: string): Keys {
  if (!isObject(document) || document.id !== controllerId) return { outcome: 'found', value: [] }
  // A document has as many as its bytes allow: who rotates keys for years lists hundreds.
  const methods = Map.groupBy(listOf(document.verificationMethod).filter(isObject), ({ id }) =>
    absolute(id, controllerId),
  )
  const keys = [...new Set(listOf(document.assertionMethod))]
    .flatMap((listed) =>
      isObject(listed) ? [listed] : (methods.get(absolute(listed, controllerId)) ?? []),
    )
    .flatMap((method) => toKey(method, controllerId) ?? [])
  return { outcome: 'found', value: alone(keys) }
}

/** Two keys under one name are none: which of them is meant, and by when, nobody knows. */
function alone(keys: readonly IssuerKey[]): IssuerKey[] {
  const named = Map.groupBy(keys, ({ id }) => id)
  return keys.filter(({ id }) => named.get(id)?.length === 1)
}

/** @returns undefined for what is no key, or two keys at once */
function toKey(method: Json, controllerId: string): IssuerKey | undefined {
  const { publicKeyMultibase: multibase, publicKeyJwk: jwk, expires, revoked } = method
  const id = absolute(method.id, controllerId)
  const controller = textOf(method.controller) ?? ''
  const dates = {
    // Whatever is no text can be no date: it is kept as one that no key outlives.
    ...(expires !== undefined && { expires: textOf(expires) ?? '' }),
    ...(revoked !== undefined && { revoked: textOf(revoked) ?? '' }),
  }
  if (id === '' || (multibase !== undefined && jwk !== undefined)) return undefined
  if (typeof multibase === 'string')
    return { id, controller, publicKeyMultibase: multibase, ...dates }
  return isObject(jwk) ? { id, controller, publicKeyJwk: jwk, ...dates } : undefined
}

/** Documents may name their keys by `#fragment` alone. */
function absolute(id: unknown, controllerId: string): string {
  const text = textOf(id) ?? ''
  return text.startsWith('#') ? `${controllerId}${text}` : text
}
