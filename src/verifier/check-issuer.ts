import { didKeyToMultibase } from '../credential/did.js'
import { BOUND, NOT_ITS_KEY } from './findings.js'
import type { Found } from './found.js'
import { sayIn } from '../web/say.js'
import type { IssuerKey, Looked, Lookups } from './lookups.js'
import { toInstant } from '../credential/instant.js'

export type Keys = Looked<readonly IssuerKey[]>

/**
 * The keys of an issuer: those of a did:key are in its name, all others are in the issuer's own
 * document, or in one of its host.
 *
 * @param method the key that a signature names
 */
export async function keysOfIssuer(
  issuerId: string,
  lookups: Lookups,
  method?: string,
): Promise<Keys> {
  const own = didKeyToMultibase(issuerId)
  if (own !== undefined) {
    return {
      outcome: 'found',
      value: [{ id: `${issuerId}#${own}`, controller: issuerId, publicKeyMultibase: own }],
    }
  }
  if (issuerId.startsWith('did:key:')) return { outcome: 'bad_syntax' }
  return lookups.issuerKeys(issuerId, method)
}

/**
 * The key to try for a verification method: the one that the issuer lists; else the one in the
 * method's own fragment, which proves nothing about whose it is but tells whether the content
 * was changed.
 */
export function keyToTry(keys: Keys, method: string): string | undefined {
  const listed = keys.outcome === 'found' ? keys.value.find(({ id }) => id === method) : undefined
  if (listed?.publicKeyMultibase !== undefined) return listed.publicKeyMultibase
  return keyInName(method)
}

/** The key that the name of a key says itself. It proves nothing. */
export function keyInName(method: string): string | undefined {
  const [subject = '', fragment] = method.split('#')
  if (fragment === undefined) return didKeyToMultibase(subject)
  return fragment.startsWith('z') ? fragment : undefined
}

/** Whether the issuer stands by the key that a proof names. */
export function bindKey(
  keys: Keys,
  issuerId: string,
  proof: Readonly<{ method: string; created: string | undefined }>,
  now: Date,
): Found {
  if (keys.outcome === 'found') {
    const key = keys.value.find(({ id }) => id === proof.method)
    if (key) return bindListed(key, issuerId, { signed: toInstant(proof.created) ?? NaN, now })
  }
  const [owner = ''] = proof.method.split('#')
  if (owner !== issuerId && !isOfSameHost(owner, issuerId)) return NOT_ITS_KEY
  if (keys.outcome !== 'found') return noKeys(keys.outcome)
  // A did:key has one key, and one name for it.
  return issuerId.startsWith('did:key:') ? BAD_NAME : NOT_ITS_KEY
}

/**
 * Whether a listed key is the issuer's own, and counted when it signed. That instant is the
 * signer's word: who stole a key dates back. So what a revoked key signed "before" stays open.
 */
export function bindListed(
  key: IssuerKey,
  issuerId: string,
  at: Readonly<{ signed: number; now: Date }>,
): Found {
  if (key.controller !== issuerId) return NOT_ITS_KEY
  const [expires = Infinity, revoked = Infinity] = [toInstant(key.expires), toInstant(key.revoked)]
  if (Number.isNaN(expires) || Number.isNaN(revoked)) return KEY_DATES
  if (revoked !== Infinity && !(at.signed < revoked)) return KEY_REVOKED
  if (expires !== Infinity && !(at.signed < expires)) return KEY_RETIRED
  return revoked <= at.now.getTime() ? revokedLater(new Date(revoked)) : BOUND
}

function isOfSameHost(one: string, other: string): boolean {
  if (![one, other].every((url) => url.startsWith('https://') && URL.canParse(url))) return false
  return new URL(one).origin === new URL(other).origin
}

/** What is known of a key whose issuer shows none. */
export function noKeys(outcome: Exclude<Keys['outcome'], 'found'>): Found {
  if (outcome === 'bad_syntax') return BAD_NAME
  if (outcome === 'unsupported') return UNSUPPORTED
  if (outcome === 'tls') return NOT_PROVEN_HOST
  return outcome === 'refused' ? REFUSED : UNREACHABLE
}

const BAD_NAME: Found = {
  result: 'fail',
  code: 'did_syntax',
  words: {
    fr: 'L’adresse de l’émetteur est mal écrite dans ce badge : on ne peut pas le reconnaître. Demandez le fichier d’origine.',
    en: 'The issuer’s address is badly written in this badge: it can’t be known by it. Ask for the original file.',
  },
}
const UNSUPPORTED: Found = {
  result: 'unknown',
  code: 'issuer_method_unsupported',
  words: {
    fr: 'Nous ne savons pas interroger ce genre d’émetteur. Demandez-lui directement.',
    en: 'We can’t ask this kind of issuer. Ask the issuer directly.',
  },
}
const REFUSED: Found = {
  result: 'unknown',
  code: 'issuer_refused',
  words: {
    fr: 'Nous n’interrogeons que des adresses publiques en https, sans numéro de port : celle de l’émetteur n’en est pas une. Demandez-lui directement.',
    en: 'We only ask public https addresses without a port number: the issuer’s is none. Ask the issuer directly.',
  },
}
const NOT_PROVEN_HOST: Found = {
  result: 'unknown',
  code: 'tls',
  words: {
    fr: 'Le serveur de l’émetteur n’a pas pu prouver que c’est bien lui (certificat périmé, ou d’un autre) : on ne sait pas si cette clé est la sienne. Demandez-lui directement.',
    en: 'The issuer’s server could not prove that it is the issuer’s (its certificate has expired, or is another’s): whether this key is theirs is unknown. Ask them directly.',
  },
}
const UNREACHABLE: Found = {
  result: 'unknown',
  code: 'issuer_unreachable',
  words: {
    fr: 'L’émetteur n’a pas pu être joint : on ne sait pas si cette clé est la sienne. Réessayez plus tard, ou demandez-lui directement.',
    en: 'The issuer could not be reached: whether this key is theirs is unknown. Try again later, or ask them directly.',
  },
}
const KEY_REVOKED: Found = {
  result: 'fail',
  code: 'key_revoked',
  words: {
    fr: 'L’émetteur avait révoqué cette clé avant la signature, ou la signature n’a pas de date. Demandez-lui un badge signé avec une autre clé.',
    en: 'The issuer had revoked this key before it signed, or the signature has no date. Ask them for a badge that is signed with another key.',
  },
}
const KEY_RETIRED: Found = {
  result: 'fail',
  code: 'key_retired',
  words: {
    fr: 'L’émetteur avait mis cette clé hors service avant la signature, ou la signature n’a pas de date. Demandez-lui un badge signé avec une autre clé.',
    en: 'The issuer had taken this key out of use before it signed, or the signature has no date. Ask them for a badge that is signed with another key.',
  },
}
const KEY_DATES: Found = {
  result: 'fail',
  code: 'key_dates',
  words: {
    fr: 'L’émetteur donne à cette clé une date impossible : elle ne compte pas. Demandez à l’émetteur.',
    en: 'The issuer gives this key an impossible date: it does not count. Ask the issuer.',
  },
}

function revokedLater(at: Date): Found {
  const iso = at.toISOString().slice(0, 10)
  const words = {
    fr: `L’émetteur a révoqué cette clé le ${sayIn('fr').day(iso)}. La signature porte une date plus ancienne, mais qui a volé une clé peut écrire la date qu’il veut. Demandez à l’émetteur.`,
    en: `The issuer revoked this key on ${sayIn('en').day(iso)}. The signature bears an earlier date, but who stole a key can write any date. Ask the issuer.`,
  }
  return {
    result: 'unknown',
    code: 'key_revoked_later',
    words,
    warnings: [{ code: 'key_revoked_later', words }],
    revokedAt: at,
  }
}
