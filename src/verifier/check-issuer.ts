import { didKeyToMultibase, didWebToUrl } from '../credential/did.js'
import { isSignedByJwk, type ReadJws } from '../credential/check-jws.js'
import { multikeyToX, readMultikey } from '../credential/multikey.js'
import type { Words } from '../words.js'
import type { IssuerKey, Looked, Lookups } from './lookups.js'
import type { Result } from './report.js'

export type Found = Readonly<{ result: Result; code: string; words: Words }>
type Keys = Looked<readonly IssuerKey[]>

/** The keys of an issuer: those of a did:key are in its name, all others are in the issuer's own document. */
export async function keysOfIssuer(issuerId: string, lookups: Lookups): Promise<Keys> {
  const own = didKeyToMultibase(issuerId)
  if (own !== undefined) {
    return {
      outcome: 'found',
      value: [{ id: `${issuerId}#${own}`, controller: issuerId, publicKeyMultibase: own }],
    }
  }
  if (issuerId.startsWith('did:key:')) return { outcome: 'bad_syntax' }
  return lookups.issuerKeys(issuerId)
}

/**
 * The key to try for a verification method: the one that the issuer lists; else the one in the
 * method's own fragment, which proves nothing about whose it is but tells whether the content
 * was changed.
 */
export function keyToTry(keys: Keys, method: string): string | undefined {
  const listed = keys.outcome === 'found' ? keys.value.find(({ id }) => id === method) : undefined
  if (listed?.publicKeyMultibase !== undefined) return listed.publicKeyMultibase
  const [subject = '', fragment] = method.split('#')
  if (fragment === undefined) return didKeyToMultibase(subject)
  return fragment.startsWith('z') ? fragment : undefined
}

/** Whether the issuer stands by the key that a proof names. */
export function bindKey(
  keys: Keys,
  issuerId: string,
  proof: Readonly<{ method: string; created: string | undefined }>,
): Found {
  const [owner = ''] = proof.method.split('#')
  if (owner !== issuerId) return NOT_ITS_KEY
  if (keys.outcome !== 'found') return noKeys(keys.outcome, issuerId)
  const key = keys.value.find(({ id }) => id === proof.method)
  if (key) return bindListed(key, issuerId, Date.parse(proof.created ?? ''))
  // A did:key has one key, and one name for it.
  return issuerId.startsWith('did:key:') ? noKeys('bad_syntax', issuerId) : NOT_ITS_KEY
}

/** Whether a listed key is the issuer's own, and still counted when it signed. */
function bindListed(key: IssuerKey, issuerId: string, created: number): Found {
  if (key.controller !== issuerId) return NOT_ITS_KEY
  for (const end of [key.revoked, key.expires]) {
    if (end !== undefined && !(created < Date.parse(end))) return KEY_REVOKED
  }
  return BOUND
}

/** The same for a JWT: the key that fits must be one of the issuer's; a key in the header is a hint. */
export async function bindToken(
  jws: string,
  read: ReadJws,
  issuerId: string,
  keys: Keys,
): Promise<{ proof: Found; binding: Found }> {
  const { header } = read
  if (keys.outcome === 'found') {
    for (const key of keys.value) {
      const jwk = jwkOf(key)
      if (jwk && (await isSignedByJwk(jws, header, jwk)))
        return { proof: SIGNED, binding: bindListed(key, issuerId, signedAt(read)) }
    }
  }
  const hint = typeof header.jwk === 'object' && header.jwk !== null ? header.jwk : undefined
  if (hint && (await isSignedByJwk(jws, header, hint))) {
    return {
      proof: SIGNED,
      binding: keys.outcome === 'found' ? NOT_ITS_KEY : noKeys(keys.outcome, issuerId),
    }
  }
  if (hint || keys.outcome === 'found') return { proof: NOT_SIGNED, binding: NOT_ITS_KEY }
  if (header.kid === undefined) return { proof: NO_KEY, binding: NOT_ITS_KEY }
  return { proof: { ...NO_KEY, result: 'unknown' }, binding: noKeys(keys.outcome, issuerId) }
}

/** `nbf` is no time of signing; @returns NaN without `iat`: then a key that has an end counts no more */
function signedAt({ claims: { iat } }: ReadJws): number {
  return typeof iat === 'number' ? iat * 1000 : NaN
}

function jwkOf(key: IssuerKey): Readonly<Record<string, unknown>> | undefined {
  if (key.publicKeyJwk) return key.publicKeyJwk
  const read =
    key.publicKeyMultibase === undefined ? 'key_syntax' : readMultikey(key.publicKeyMultibase)
  if (key.publicKeyMultibase === undefined || typeof read === 'string' || read.type !== 'Ed25519')
    return undefined
  return { kty: 'OKP', crv: 'Ed25519', x: multikeyToX(key.publicKeyMultibase) }
}

function noKeys(outcome: Exclude<Keys['outcome'], 'found'>, issuerId: string): Found {
  if (
    outcome === 'bad_syntax' ||
    (issuerId.startsWith('did:web:') &&
      didWebToUrl(issuerId) === undefined &&
      outcome !== 'unreachable')
  ) {
    return {
      result: 'fail',
      code: 'did_syntax',
      words: {
        fr: 'Le nom de l’émetteur est mal formé.',
        en: 'The issuer’s name is not well formed.',
      },
    }
  }
  if (outcome === 'unsupported') {
    return {
      result: 'unknown',
      code: 'issuer_method_unsupported',
      words: {
        fr: 'Nous ne savons pas interroger ce genre d’émetteur. Demandez-lui directement.',
        en: 'We can’t ask this kind of issuer. Ask the issuer directly.',
      },
    }
  }
  return {
    result: 'unknown',
    code: 'issuer_unreachable',
    words: {
      fr: 'L’émetteur n’a pas pu être joint : on ne sait pas si cette clé est la sienne. Réessayez plus tard, ou demandez-lui directement.',
      en: 'The issuer could not be reached: whether this key is theirs is unknown. Try again later, or ask them directly.',
    },
  }
}

const BOUND: Found = {
  result: 'pass',
  code: 'issuer_binding',
  words: {
    fr: 'La clé qui a signé est bien celle que publie l’émetteur.',
    en: 'The key that signed is the one that the issuer publishes.',
  },
}
const NOT_ITS_KEY: Found = {
  result: 'fail',
  code: 'issuer_binding',
  words: {
    fr: 'La clé qui a signé n’est pas celle de l’émetteur annoncé : quelqu’un d’autre a pu faire ce badge.',
    en: 'The key that signed is not that of the announced issuer: somebody else may have made this badge.',
  },
}
const KEY_REVOKED: Found = {
  result: 'fail',
  code: 'key_revoked',
  words: {
    fr: 'L’émetteur avait retiré cette clé avant la signature.',
    en: 'The issuer had withdrawn this key before it signed.',
  },
}
const SIGNED: Found = {
  result: 'pass',
  code: 'proof',
  words: {
    fr: 'La signature est bonne : rien n’a changé depuis que le badge a été signé.',
    en: 'The signature is good: nothing has changed since the badge was signed.',
  },
}
const NOT_SIGNED: Found = {
  result: 'fail',
  code: 'proof',
  words: {
    fr: 'La signature ne correspond pas au contenu.',
    en: 'The signature does not fit the content.',
  },
}
const NO_KEY: Found = {
  result: 'fail',
  code: 'proof',
  words: {
    fr: 'Ce badge ne dit pas avec quelle clé il a été signé, ou cette clé est introuvable.',
    en: 'This badge does not say which key signed it, or that key can’t be found.',
  },
}
