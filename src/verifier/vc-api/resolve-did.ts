import type { Outside } from '../../context.js'
import { didKeyToMultibase, didWebToUrl } from '../../credential/did.js'
import { fromBase58 } from '../../credential/multibase.js'
import { readMultikey, type KeyRefusal } from '../../credential/multikey.js'
import { readStrictJson } from '../../credential/strict-json.js'
import { isDid } from './values.js'
import { isObject, type Json } from '../../credential/values.js'

/** Why a DID has no document, in the words of DID Resolution and of the did:key method. */
export type DidError =
  | 'invalidDid'
  | 'invalidPublicKey'
  | 'invalidPublicKeyLength'
  | 'unsupportedPublicKeyType'
  | 'notFound'
  | 'methodNotSupported'

/** A DID document of our own; undefined for a DID that is not ours. */
export type OwnDocument = (did: string) => Promise<Json | 'notFound' | undefined>

/**
 * The document of a DID: a did:key has it in its name, a did:web publishes it.
 *
 * @see https://www.w3.org/TR/did-resolution/
 */
export async function resolveDid(
  did: string,
  { own, outside }: Readonly<{ own: OwnDocument; outside: Outside }>,
): Promise<Json | DidError> {
  if (!isDid(did)) return 'invalidDid'
  if (did.startsWith('did:key:')) return didKeyDocument(did)
  if (!did.startsWith('did:web:')) return 'methodNotSupported'
  const ours = await own(did)
  if (ours !== undefined) return ours
  const url = didWebToUrl(did)
  if (url === undefined) return 'invalidDid'
  const fetched = await outside.fetchText(url, 'application/did+json, application/json')
  if (fetched.outcome !== 'found') return 'notFound'
  const read = readStrictJson(fetched.body)
  // A document that speaks of another DID is none of this one.
  return read.ok && isObject(read.value) && read.value.id === did ? read.value : 'notFound'
}

/**
 * The document that a did:key stands for: Ed25519, P-256 or P-384, as Multikey. Keys for encryption
 * are not derived from it.
 *
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
function didKeyDocument(did: string): Json | DidError {
  const multibase = didKeyToMultibase(did)
  if (multibase === undefined) return 'invalidDid'
  const key = readMultikey(multibase)
  if (typeof key === 'string') return keyError(multibase, key)
  const id = `${did}#${multibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }],
    authentication: [id],
    assertionMethod: [id],
    capabilityDelegation: [id],
    capabilityInvocation: [id],
  }
}

/** Bytes of a key with its two of prefix, by the first of these. */
const KEY_BYTES: Readonly<Record<number, number>> = { 0xed: 34, 0x80: 35, 0x81: 51 }
const MAX_CHARS = 72

/** @see https://w3c-ccg.github.io/did-key-spec/#decode-public-key-algorithm */
function keyError(multibase: string, refusal: KeyRefusal): DidError {
  if (refusal === 'key_type') return 'unsupportedPublicKeyType'
  const bytes = fromBase58(multibase.slice(1), MAX_CHARS)
  const isOfLength = bytes?.length === KEY_BYTES[bytes?.[0] ?? 0]
  return isOfLength ? 'invalidPublicKey' : 'invalidPublicKeyLength'
}
