import { claimsMatch, isSignedBy, isTimelyJws, type ReadJws } from '../credential/check-jws.js'
import { jwsKeyOfMultikey, readJwk, type JwsKey } from '../credential/jwk.js'
import type { KeyRefusal } from '../credential/multikey.js'
import { FAULTS } from '../credential/proof-words.js'
import { isObject } from '../credential/values.js'
import { bindListed, keyInName, noKeys, type Keys } from './check-issuer.js'
import { NOT_ITS_KEY, NOT_SIGNED, SIGNED } from './findings.js'
import { NOT_MADE, type Found } from './found.js'
import type { IssuerKey } from './lookups.js'

export type Signature = Readonly<{ proof: Found; issuer_binding: Found }>
type Signed = Readonly<{ jws: string; read: ReadJws }>

/** The key that a token names, as a document of the issuer would. */
export function methodOf({ header: { kid } }: ReadJws, issuerId: string): string | undefined {
  if (typeof kid !== 'string') return undefined
  return kid.startsWith('#') ? `${issuerId}${kid}` : kid
}

/** What a token says around its credential, which has passed the guard, and whose key signed it. */
export async function checkToken(
  token: Signed,
  issuerId: string,
  keys: Keys,
  now: Date,
): Promise<Signature> {
  const bound = await bindToken(token, issuerId, keys, now)
  if (!claimsMatch(token.read)) return { ...bound, proof: CLAIMS_MISMATCH }
  return isTimelyJws(token.read, now) ? bound : { ...bound, proof: OUT_OF_TIME }
}

/** Keys that are tried where the token names none: each costs a signature. */
const MAX_TRIED = 50

/**
 * Whether a token is signed, and by a key of its issuer. The key that `kid` names is tried first and,
 * if the issuer lists it, alone. A key in the header is a hint: it can show that the content was not
 * changed, never whose it is.
 */
async function bindToken(
  signed: Signed,
  issuerId: string,
  keys: Keys,
  now: Date,
): Promise<Signature> {
  const { read } = signed
  const kid = methodOf(read, issuerId)
  const hint = hintOf(read, kid)
  if (kid === undefined && hint === undefined) return { proof: NO_KEY, issuer_binding: NOT_MADE }
  const listed = keys.outcome === 'found' ? keys.value : []
  const named = listed.filter(({ id }) => id === kid)
  const tried = named.length > 0 ? named : isElsewhere(kid, issuerId) ? [] : listed
  const fitting = await firstThat(tried.slice(0, MAX_TRIED), async (key) =>
    isBy(signed, readKey(key)),
  )
  if (fitting) {
    const at = { signed: signedAt(read), now }
    return { proof: SIGNED, issuer_binding: bindListed(fitting, issuerId, at) }
  }
  if (named.length > 0) return { proof: faultOf(read, named), issuer_binding: NOT_MADE }
  if (tried.length > MAX_TRIED) return unlisted(signed, hint, NOT_ALL_TRIED)
  return unlisted(signed, hint, keys.outcome === 'found' ? NOT_ITS_KEY : noKeys(keys.outcome))
}

/** No key of the issuer fits: the one that the token brings along tells whether it was changed. */
async function unlisted(
  signed: Signed,
  hint: JwsKey | KeyRefusal | undefined,
  binding: Found,
): Promise<Signature> {
  if (await isBy(signed, hint)) return { proof: SIGNED, issuer_binding: binding }
  if (hint === 'weak_key') return { proof: WEAK_KEY, issuer_binding: binding }
  if (hint !== undefined || binding.result === 'fail')
    return { proof: NOT_SIGNED, issuer_binding: binding }
  return { proof: NOT_TRIED, issuer_binding: binding }
}

async function isBy({ jws, read }: Signed, key: JwsKey | KeyRefusal | undefined): Promise<boolean> {
  return typeof key === 'object' && (await isSignedBy(jws, read.header, key))
}

/** Why none of the keys that `kid` names is behind the signature. */
function faultOf({ header }: ReadJws, named: readonly IssuerKey[]): Found {
  const keys = named.map(readKey)
  if (keys.includes('weak_key')) return WEAK_KEY
  return keys.some((key) => typeof key === 'object' && key.algorithm === header.alg)
    ? NOT_SIGNED
    : WRONG_ALGORITHM
}

function readKey({ publicKeyJwk, publicKeyMultibase }: IssuerKey): JwsKey | KeyRefusal {
  if (publicKeyJwk) return readJwk(publicKeyJwk)
  return publicKeyMultibase === undefined ? 'key_syntax' : jwsKeyOfMultikey(publicKeyMultibase)
}

function hintOf({ header: { jwk } }: ReadJws, kid: string | undefined) {
  if (isObject(jwk)) return readJwk(jwk)
  const multibase = kid === undefined ? undefined : keyInName(kid)
  return multibase === undefined ? undefined : jwsKeyOfMultikey(multibase)
}

/** Whether a `kid` names the key of somebody else: a bare word names nobody. */
function isElsewhere(kid: string | undefined, issuerId: string): boolean {
  if (kid === undefined || !/^(?:did|https?):/.test(kid)) return false
  return kid !== issuerId && !kid.startsWith(`${issuerId}#`)
}

/** `nbf` is no time of signing; @returns NaN without `iat`: then a key that has an end counts no more */
function signedAt({ claims: { iat } }: ReadJws): number {
  return typeof iat === 'number' ? iat * 1000 : NaN
}

async function firstThat<One>(
  all: readonly One[],
  test: (one: One) => Promise<boolean>,
): Promise<One | undefined> {
  for (const one of all) if (await test(one)) return one
  return undefined
}

const NO_KEY: Found = {
  result: 'fail',
  code: 'proof',
  words: {
    fr: 'Ce badge ne dit pas avec quelle clé il a été signé, ou cette clé est introuvable. Demandez à l’émetteur.',
    en: 'This badge does not say which key signed it, or that key can’t be found. Ask the issuer.',
  },
}
/** Only the issuer can show the key: as long as it may, nothing has failed. */
const NOT_TRIED: Found = { ...NO_KEY, result: 'unknown' }
/** One of those that were not tried may be the one. */
const NOT_ALL_TRIED: Found = {
  result: 'unknown',
  code: 'not_checked',
  words: {
    fr: `Ce badge ne dit pas laquelle des clés de son émetteur l’a signé, et il en a plus de ${MAX_TRIED} : nous ne les essayons pas toutes. Demandez à l’émetteur un badge qui nomme sa clé.`,
    en: `This badge does not say which of its issuer’s keys signed it, and there are more than ${MAX_TRIED}: we do not try them all. Ask the issuer for a badge that names its key.`,
  },
}
const WRONG_ALGORITHM: Found = {
  result: 'fail',
  code: 'alg',
  words: {
    fr: 'Ce badge annonce une signature d’une autre sorte que la clé de son émetteur : on ne peut pas s’y fier. Demandez à l’émetteur s’il l’a bien délivré.',
    en: 'This badge announces a signature of another kind than the key of its issuer: it can’t be relied on. Ask the issuer whether it issued the badge.',
  },
}
const WEAK_KEY: Found = { result: 'fail', code: 'weak_key', words: FAULTS.weak_key }
const CLAIMS_MISMATCH: Found = {
  result: 'fail',
  code: 'claims_mismatch',
  words: {
    fr: 'L’enveloppe du badge dit autre chose que le badge, ou pas tout ce qu’elle doit dire. Demandez le fichier d’origine.',
    en: 'The envelope of the badge says something else than the badge, or not all that it must. Ask for the original file.',
  },
}
const OUT_OF_TIME: Found = { result: 'fail', code: 'proof_time', words: FAULTS.proof_time }
