import { checkProofs } from '../credential/check-proof.js'
import { guardBadge } from '../credential/guard.js'
import { bitAt, decodeStatusList } from '../credential/status-list.js'
import type { Words } from '../words.js'
import { bindKey, keysOfIssuer, keyToTry, type Found } from './check-issuer.js'
import { checkValidity } from './check-validity.js'
import type { Lookups } from './lookups.js'

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
  const looked = await lookups.statusList(url)
  if (looked.outcome !== 'found') return unknown('status_unavailable')
  const list = await readList(looked.value, issuerId, lookups, now)
  if (typeof list === 'string') return unknown(list)
  if (list.purpose !== statusPurpose) return unknown('status_purpose')
  const bit = bitAt(list.bits, position)
  if (bit === undefined) return unknown('status_range')
  if (!bit) return NOT_REVOKED
  return statusPurpose === 'suspension'
    ? SUSPENDED
    : statusPurpose === 'revocation'
      ? REVOKED
      : unknown('status_purpose')
}

type List = Readonly<{ purpose: string; bits: Uint8Array }>

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
  const keys = await keysOfIssuer(issuerId, lookups)
  const proofs = await checkProofs(list, (method) => keyToTry(keys, method), now)
  const [first] = (Array.isArray(list.proof) ? list.proof : [list.proof]) as Json[]
  const created = typeof first?.created === 'string' ? first.created : undefined
  const bound = proofs.every(
    ({ result, verificationMethod }) =>
      result === 'pass' &&
      bindKey(keys, issuerId, { method: verificationMethod, created }).result === 'pass',
  )
  if (!bound) return 'status_untrusted'
  if (checkValidity(list, now).result !== 'pass') return 'status_stale'
  const { statusPurpose, encodedList } = list.credentialSubject as Json
  const bits = decodeStatusList(String(encodedList))
  return typeof bits === 'string' ? bits : { purpose: String(statusPurpose), bits }
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
