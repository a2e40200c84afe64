import { checkProofsLately } from '../credential/check-proofs-lately.js'
import { readJws, type ReadJws } from '../credential/check-jws.js'
import { sha256 } from '../credential/digest.js'
import { guardBadge } from '../credential/guard.js'
import { decodeStatusList } from '../credential/status-list.js'
import { checkToken, methodOf } from './bind-token.js'
import { bindKey, keysOfIssuer, keyToTry, type Keys } from './check-issuer.js'
import { checkValidity } from './check-validity.js'
import type { Around, Looked, SeenList } from './lookups.js'
import { issuerIdOf } from './signed-content.js'
import { textOf, wordOf, type Json } from '../credential/values.js'
import { toInstant } from '../credential/instant.js'

/** A list that its issuer signed, as of the instant at which it was signed. */
export type List = SeenList &
  Readonly<{ id: unknown; purposes: readonly unknown[]; bits: Uint8Array }>
type Asked = Around & Readonly<{ issuerId: string }>

/**
 * The list at an address, if it is believed: signed by the issuer of the credential, within its
 * dates, long enough. A stale one is asked for once more.
 *
 * @returns the code of the reason for which none is believed
 */
export async function lookForList(url: string, asked: Asked): Promise<List | string> {
  const list = await look(url, asked, false)
  if (list !== 'status_stale') return list
  const again = await look(url, asked, true)
  return again === 'status_unavailable' ? 'status_stale' : again
}

async function look(url: string, asked: Asked, fresh: boolean): Promise<List | string> {
  const looked = await asked.lookups.statusList(url, { fresh })
  if (looked.outcome === 'found') return readOnce(looked, asked)
  return looked.outcome === 'tls' ? 'tls' : 'status_unavailable'
}

type Answer = Extract<Looked<unknown>, { outcome: 'found' }>

/** What was read in an answer. It costs up to fifty milliseconds, and a badge may name its list in many entries. */
const readFrom = new WeakMap<Answer, Map<string, Promise<List | string>>>()

function readOnce(answer: Answer, asked: Asked): Promise<List | string> {
  const byIssuer = readFrom.get(answer) ?? new Map<string, Promise<List | string>>()
  readFrom.set(answer, byIssuer)
  const key = `${asked.now.getTime()} ${asked.issuerId}`
  const list = byIssuer.get(key) ?? readList(answer, asked)
  byIssuer.set(key, list)
  return list
}

async function readList(
  { value, fetchedAt = undefined }: Answer,
  asked: Asked,
): Promise<List | string> {
  const list = await readSigned(value, asked)
  if (!list) return 'status_untrusted'
  const { validFrom, credentialSubject } = list.document
  const { statusPurpose, encodedList, ttl } = credentialSubject as Json
  const age = fetchedAt ? asked.now.getTime() - fetchedAt.getTime() : 0
  // Milliseconds for which a copy counts.
  if (typeof ttl === 'number' && age > ttl) return 'status_stale'
  if (checkValidity(list.document, asked.now).result !== 'pass') return 'status_stale'
  const bits = decodeStatusList(wordOf(encodedList))
  if (typeof bits === 'string') return bits
  return {
    id: list.document.id,
    purposes: Array.isArray(statusPurpose) ? statusPurpose : [statusPurpose],
    bits,
    validFrom: new Date(toInstant(validFrom) ?? NaN),
    signedAt: list.signedAt,
    digest: sha256(bits).toString('hex'),
  }
}

type Signed = Readonly<{ document: Json; signedAt: Date }>

/** A list in either form of a credential. @returns undefined when its issuer did not sign it */
async function readSigned(value: unknown, asked: Asked): Promise<Signed | undefined> {
  if (typeof value === 'string') return readToken(value, asked)
  const document = value as Json
  if (!isListOf(document, asked.issuerId)) return undefined
  const proofs = (Array.isArray(document.proof) ? document.proof : [document.proof]) as Json[]
  if (!(await isSigned(document, proofs, asked))) return undefined
  const instants = proofs.map(({ created }) => toInstant(created) ?? 0)
  return { document, signedAt: new Date(Math.max(...instants)) }
}

async function readToken(jws: string, asked: Asked): Promise<Signed | undefined> {
  const read = readJws(jws)
  if (typeof read === 'string' || 'proof' in read.credential) return undefined
  const stand = { ...read.credential, proof: { type: 'DataIntegrityProof' } }
  if (!isListOf(stand, asked.issuerId) || !(await isSignedToken({ jws, read }, asked)))
    return undefined
  const { iat } = read.claims
  return { document: read.credential, signedAt: new Date(typeof iat === 'number' ? iat * 1000 : 0) }
}

function isListOf(document: Json, issuerId: string): boolean {
  return guardBadge(document, 'StatusList').length === 0 && issuerIdOf(document) === issuerId
}

async function isSignedToken(
  token: Readonly<{ jws: string; read: ReadJws }>,
  { issuerId, lookups, now }: Asked,
): Promise<boolean> {
  const keys = await keysOfIssuer(issuerId, lookups, methodOf(token.read, issuerId))
  const { proof, issuer_binding: binding } = await checkToken(token, issuerId, keys, now)
  return proof.result === 'pass' && binding.result === 'pass'
}

async function isSigned(
  list: Json,
  proofs: readonly Json[],
  { issuerId, lookups, now }: Asked,
): Promise<boolean> {
  const keys = await keysOfIssuer(issuerId, lookups, textOf(proofs[0]?.verificationMethod))
  const isBound = proofs.every(({ verificationMethod: method, created }) => {
    const proof = { method: textOf(method) ?? '', created: textOf(created) }
    return bindKey(keys, issuerId, proof, now).result === 'pass'
  })
  return isBound && areGood(list, keys, { lookups, now })
}

async function areGood(list: Json, keys: Keys, { lookups, now }: Around): Promise<boolean> {
  const results = await checkProofsLately(list, (method) => keyToTry(keys, method), now, {
    canonize: lookups.work?.canonize,
  })
  return results.every(({ result }) => result === 'pass')
}
