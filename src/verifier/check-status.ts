import { checkProofs } from '../credential/check-proof.js'
import { guardBadge } from '../credential/guard.js'
import { bitAt, decodeStatusList } from '../credential/status-list.js'
import type { Words } from '../words.js'
import { bindKey, keysOfIssuer, keyToTry, type Found } from './check-issuer.js'
import { checkValidity, toInstant } from './check-validity.js'
import type { Lookups } from './lookups.js'
import { isPart } from './signed-content.js'

type Json = Readonly<Record<string, unknown>>

/**
 * Whether a credential was revoked or suspended. Only a list that is signed by the same issuer, in
 * time, of the right purpose and long enough can say "no": everything else is unknown.
 */
export async function checkStatus(
  credential: Json,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<Found> {
  const { credentialStatus } = credential
  if (credentialStatus === undefined && isPart(credential)) return NOT_SHOWN
  if (credentialStatus === undefined) {
    return {
      result: 'not_applicable',
      code: 'no_status',
      words: {
        fr: 'Ce badge n’a pas de liste de révocation : il ne peut pas être retiré.',
        en: 'This badge has no revocation list: it can’t be withdrawn.',
      },
    }
  }
  const entries = (
    Array.isArray(credentialStatus) ? credentialStatus : [credentialStatus]
  ) as Json[]
  const found = await Promise.all(entries.map((entry) => checkEntry(entry, issuerId, lookups, now)))
  return (
    found.find(({ result }) => result === 'fail') ??
    found.find(({ result }) => result === 'unknown') ??
    found[0] ??
    unknown('status_unsupported')
  )
}

async function checkEntry(
  entry: Json,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<Found> {
  const { type, statusPurpose, statusListCredential: url } = entry
  if (type !== 'BitstringStatusListEntry' || typeof url !== 'string')
    return unknown('status_unsupported')
  // W3C wants digits as text, some issuers send a number; Number('') would be 0.
  const digits = String(entry.statusListIndex)
  const position = /^\d+$/.test(digits) ? Number(digits) : NaN
  if (!Number.isSafeInteger(position) || position < 0) return unknown('status_range')
  const list = await lookForList(url, issuerId, lookups, now)
  if (typeof list === 'string') return unknown(list)
  if (list.purpose !== statusPurpose) return unknown('status_purpose')
  const newest = lookups.lastSeenList?.(url, list.validFrom) ?? list.validFrom
  const bit = bitAt(list.bits, position)
  if (bit === undefined) return unknown('status_range')
  // Any genuine list can say "revoked"; only the newest one of this very address can say "not revoked".
  if (!bit && list.id !== undefined && list.id !== url) return unknown('status_untrusted')
  if (!bit) return list.validFrom < newest ? unknown('status_stale') : NOT_REVOKED
  return statusPurpose === 'suspension'
    ? SUSPENDED
    : statusPurpose === 'revocation'
      ? REVOKED
      : unknown('status_purpose')
}

type List = Readonly<{ id: unknown; purpose: string; validFrom: Date; bits: Uint8Array }>

/** @returns the code of the reason for which no list is believed; a stale one is asked for once more */
async function lookForList(
  url: string,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<List | string> {
  const look = async (fresh: boolean) => {
    const looked = await lookups.statusList(url, { fresh })
    return looked.outcome === 'found'
      ? readList(looked.value, issuerId, lookups, now)
      : 'status_unavailable'
  }
  const list = await look(false)
  return list === 'status_stale' ? look(true) : list
}

/** @returns the code of the reason for which a list is not believed */
async function readList(
  document: unknown,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<List | string> {
  if (typeof document !== 'object' || document === null) return 'status_untrusted'
  const list = document as Json
  if (guardBadge(list, 'StatusList').length > 0) return 'status_untrusted'
  const issuer = typeof list.issuer === 'string' ? list.issuer : (list.issuer as Json).id
  if (issuer !== issuerId) return 'status_untrusted'
  if (!(await isSignedBy(list, issuerId, lookups, now))) return 'status_untrusted'
  if (checkValidity(list, now).result !== 'pass') return 'status_stale'
  const { statusPurpose, encodedList } = list.credentialSubject as Json
  const bits = decodeStatusList(String(encodedList))
  if (typeof bits === 'string') return bits
  const validFrom = new Date(toInstant(list.validFrom) ?? NaN)
  return { id: list.id, purpose: String(statusPurpose), validFrom, bits }
}

async function isSignedBy(
  list: Json,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<boolean> {
  const keys = await keysOfIssuer(issuerId, lookups)
  const results = await checkProofs(list, (method) => keyToTry(keys, method), now)
  const proofs = (Array.isArray(list.proof) ? list.proof : [list.proof]) as Json[]
  return results.every(({ result, verificationMethod: method }, at) => {
    const created = proofs[at]?.created
    const proof = { method, created: typeof created === 'string' ? created : undefined }
    return result === 'pass' && bindKey(keys, issuerId, proof).result === 'pass'
  })
}

const NOT_SHOWN: Found = {
  result: 'not_applicable',
  code: 'status_not_shown',
  words: {
    fr: 'La partie montrée ne nomme pas de liste de révocation. Demandez à l’émetteur si le badge compte encore.',
    en: 'The part that is shown names no revocation list. Ask the issuer whether the badge still counts.',
  },
}
const NOT_REVOKED: Found = {
  result: 'pass',
  code: 'status',
  words: {
    fr: 'L’émetteur n’a pas retiré ce badge.',
    en: 'The issuer has not withdrawn this badge.',
  },
}
const REVOKED: Found = {
  result: 'fail',
  code: 'revoked',
  words: {
    fr: 'L’émetteur a retiré ce badge : il ne compte plus.',
    en: 'The issuer has withdrawn this badge: it counts no more.',
  },
}
const SUSPENDED: Found = {
  result: 'fail',
  code: 'suspended',
  words: { fr: 'L’émetteur a suspendu ce badge.', en: 'The issuer has suspended this badge.' },
}

const REASONS: Readonly<Record<string, Words>> = {
  status_unavailable: {
    fr: 'La liste qui dit si ce badge a été retiré n’a pas pu être lue. Réessayez plus tard.',
    en: 'The list that tells whether this badge was withdrawn could not be read. Try again later.',
  },
  status_untrusted: {
    fr: 'La liste qui dit si ce badge a été retiré n’est pas signée par son émetteur : elle ne prouve rien.',
    en: 'The list that tells whether this badge was withdrawn is not signed by its issuer: it proves nothing.',
  },
  status_stale: {
    fr: 'La liste qui dit si ce badge a été retiré est périmée.',
    en: 'The list that tells whether this badge was withdrawn is out of date.',
  },
  status_length: {
    fr: 'La liste qui dit si ce badge a été retiré est trop courte pour être crue.',
    en: 'The list that tells whether this badge was withdrawn is too short to be believed.',
  },
}

function unknown(code: string): Found {
  const words = REASONS[code] ?? {
    fr: 'On ne peut pas savoir si ce badge a été retiré : sa liste ne répond pas à la question. Demandez à l’émetteur.',
    en: 'Whether this badge was withdrawn can’t be known: its list does not answer the question. Ask the issuer.',
  }
  return { result: 'unknown', code, words }
}
