import { checkProofs } from '../credential/check-proof.js'
import { readJws, type ReadJws } from '../credential/check-jws.js'
import { sha256 } from '../credential/digest.js'
import { guardBadge } from '../credential/guard.js'
import { toInstant } from '../credential/instant.js'
import { Lately } from '../credential/lately.js'
import { decodeStatusList } from '../credential/status-list.js'
import { checkToken, methodOf } from './bind-token.js'
import { bindKey, keysOfIssuer, keyToTry, type Keys } from './check-issuer.js'
import { checkValidity } from './check-validity.js'
import type { Looked, Lookups, SeenList } from './lookups.js'
import { issuerIdOf } from './signed-content.js'

type Json = Readonly<Record<string, unknown>>
/** A list that its issuer signed, as of the instant at which it was signed. */
export type List = SeenList &
  Readonly<{ id: unknown; purposes: readonly unknown[]; bits: Uint8Array }>
type Asked = Readonly<{ issuerId: string; lookups: Lookups; now: Date }>

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
  return looked.outcome === 'found' ? readList(looked, asked) : 'status_unavailable'
}

async function readList(
  { value, fetchedAt = undefined }: Extract<Looked<unknown>, { outcome: 'found' }>,
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
  const bits = decodeStatusList(String(encodedList))
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
  if (typeof value !== 'object' || value === null) return undefined
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
  const method = proofs[0]?.verificationMethod
  const named = typeof method === 'string' ? method : undefined
  const keys = await keysOfIssuer(issuerId, lookups, named)
  const isBound = proofs.every(({ verificationMethod: method, created }) => {
    const proof = { method: textOf(method) ?? '', created: textOf(created) }
    return bindKey(keys, issuerId, proof, now).result === 'pass'
  })
  return isBound && areGood(list, proofs, keys, { lookups, now })
}

/** Lists are the same from badge to badge: signatures that were found good lately are so still. */
const goodLately = new Lately<true>(64)

async function areGood(
  list: Json,
  proofs: readonly Json[],
  keys: Keys,
  { lookups, now }: Pick<Asked, 'lookups' | 'now'>,
): Promise<boolean> {
  const used = proofs.map(({ verificationMethod }) =>
    keyToTry(keys, textOf(verificationMethod) ?? ''),
  )
  // Whether a proof is in time is asked anew each minute.
  const minute = Math.floor(now.getTime() / 60_000)
  const key = sha256(JSON.stringify([list, used, minute])).toString('hex')
  if (goodLately.get(key)) return true
  const results = await checkProofs(list, (method) => keyToTry(keys, method), now, {
    canonize: lookups.work?.canonize,
  })
  const good = results.every(({ result }) => result === 'pass')
  if (good) goodLately.set(key, true)
  return good
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
