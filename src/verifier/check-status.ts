import { LIMITS } from '../credential/limits.js'
import { MIN_ENTRIES, valueAt } from '../credential/status-list.js'
import type { Words } from '../words.js'
import { askBook } from './ask-book.js'
import { lookForList, type List } from './believed-list.js'
import { checkRevocationList } from './check-revocation-list.js'
import { LIST_UNREAD, listSilent, NOT_REVOKED, REVOKED } from './findings.js'
import { worstOf, type Found, type Warning } from './found.js'
import type { Around, Lookups } from './lookups.js'
import { isPart } from './signed-content.js'
import { isObject, listOf, textOf, wordOf, type Json } from '../credential/values.js'

/** Bits of an entry at most: more messages than 65,536 nobody writes. */
const MAX_SIZE = 16
/** What a list may be about, beside withdrawing. */
const INFORMING: readonly unknown[] = ['message', 'refresh']

/**
 * Whether a credential was revoked or suspended. Only a list that is signed by the same issuer, in
 * time, of the right purpose and long enough can say "no", or one at an address that the issuer signed:
 * everything else is unknown. A list that informs (messages, a newer version) adds a warning and
 * decides nothing.
 */
export async function checkStatus(
  credential: Json,
  issuerId: string,
  lookups: Lookups,
  now: Date,
): Promise<Found> {
  const { credentialStatus } = credential
  if (credentialStatus === undefined) return isPart(credential) ? NOT_SHOWN : NO_STATUS
  const entries = listOf(credentialStatus) as readonly Json[]
  const found = await Promise.all(
    entries
      .slice(0, LIMITS.statusEntries)
      .map((entry) =>
        entry.type === '1EdTechRevocationList'
          ? checkRevocationList(entry, credential, lookups)
          : checkEntry(entry, issuerId, lookups, now),
      ),
  )
  const warnings = found.flatMap((one) => one.warnings ?? [])
  const unlooked = entries.length > LIMITS.statusEntries ? [unknown('status_unsupported')] : []
  const worst = worstOf([...unlooked, ...found], unknown('status_unsupported'))
  const told = await askBook(worst, credential, issuerId, lookups)
  return { ...told, ...(warnings.length > 0 && { warnings }) }
}

function checkEntry(entry: Json, issuerId: string, lookups: Lookups, now: Date): Promise<Found> {
  if (entry.type === 'BitstringStatusListEntry')
    return checkBitstring(entry, { issuerId, lookups, now })
  return Promise.resolve(unknown('status_unsupported'))
}

type Asked = Around & Readonly<{ issuerId: string }>

async function checkBitstring(entry: Json, asked: Asked): Promise<Found> {
  const read = await readEntry(entry, asked)
  if (INFORMING.includes(entry.statusPurpose)) return inform(entry, read)
  if (typeof read === 'string') return unknown(read)
  if (entry.statusPurpose !== 'revocation' && entry.statusPurpose !== 'suspension')
    return unknown('status_purpose')
  if (read.value > 0) return entry.statusPurpose === 'suspension' ? SUSPENDED : REVOKED
  // Any genuine list can say "revoked"; only the newest one of this very address can say "not revoked".
  if (read.list.id !== undefined && read.list.id !== entry.statusListCredential)
    return unknown('status_untrusted')
  return read.isNewest ? NOT_REVOKED : unknown('status_stale')
}

type Read = Readonly<{ list: List; value: number; isNewest: boolean }>

/** What the list of an entry says at its place. @returns the code of the reason for which it says nothing */
async function readEntry(entry: Json, asked: Asked): Promise<Read | string> {
  const { statusPurpose, statusListCredential: url, statusSize: size = 1 } = entry
  if (typeof url !== 'string') return 'status_unsupported'
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_SIZE)
    return 'status_unsupported'
  // W3C wants digits as text, some issuers send a number; Number('') would be 0.
  const { statusListIndex: index } = entry
  const digits = typeof index === 'number' ? String(index) : wordOf(index)
  const position = /^\d+$/.test(digits) ? Number(digits) : NaN
  if (!Number.isSafeInteger(position)) return 'status_range'
  const list = await lookForList(url, asked)
  if (typeof list === 'string') return list
  if (!list.purposes.includes(statusPurpose)) return 'status_purpose'
  if ((list.bits.length * 8) / size < MIN_ENTRIES) return 'status_length'
  const isNewest = asked.lookups.isNewestList?.(url, list) ?? true
  const value = valueAt(list.bits, position, size)
  return value === undefined ? 'status_range' : { list, value, isNewest }
}

/** A message never turns a verdict, nor does the doubt about one. */
function inform(entry: Json, read: Read | string): Found {
  if (typeof read === 'string') return NO_MESSAGE
  const warning = entry.statusPurpose === 'refresh' ? NEWER : messageOf(entry, read.value)
  // Nothing is set: only a word that the issuer chose for that is worth saying.
  if (read.value === 0 && (warning === NEWER || warning === SOME_MESSAGE)) return NO_MESSAGE
  return { ...NO_MESSAGE, warnings: [warning] }
}

/** The issuer's own word for a value: it stands in the badge, which is signed. */
function messageOf({ statusMessage }: Json, value: number): Warning {
  const found = listOf(statusMessage)
    .filter(isObject)
    .find(({ status }) => /^0x[\da-f]{1,8}$/i.test(wordOf(status)) && Number(status) === value)
  const text = textOf(found?.message) ?? ''
  if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,200}$/u.test(text)) return SOME_MESSAGE
  return {
    code: 'status_message',
    words: {
      fr: `L’émetteur ajoute un état à ce badge : « ${text} ».`,
      en: `The issuer adds a state to this badge: “${text}”.`,
    },
  }
}

const SOME_MESSAGE: Warning = {
  code: 'status_message',
  words: {
    fr: 'L’émetteur ajoute à ce badge un état qu’il n’explique pas. Demandez-lui ce que cela veut dire.',
    en: 'The issuer adds a state to this badge without explaining it. Ask the issuer what it means.',
  },
}
const NEWER: Warning = {
  code: 'status_refresh',
  words: {
    fr: 'L’émetteur annonce une version plus récente de ce badge : demandez-la.',
    en: 'The issuer announces a newer version of this badge: ask for it.',
  },
}
const NO_STATUS: Found = {
  result: 'not_applicable',
  code: 'no_status',
  words: {
    fr: 'Ce badge n’a pas de liste de révocation : il ne peut pas être retiré.',
    en: 'This badge has no revocation list: it can’t be withdrawn.',
  },
}
const NOT_SHOWN: Found = {
  result: 'not_applicable',
  code: 'status_not_shown',
  words: {
    fr: 'La partie montrée ne nomme pas de liste de révocation. Demandez à l’émetteur si le badge compte encore.',
    en: 'The part that is shown names no revocation list. Ask the issuer whether the badge still counts.',
  },
}
const NO_MESSAGE: Found = {
  result: 'not_applicable',
  code: 'status_message',
  words: {
    fr: 'La liste de ce badge informe seulement : elle ne peut pas le retirer.',
    en: 'The list of this badge only informs: it can’t withdraw it.',
  },
}
const SUSPENDED: Found = {
  result: 'fail',
  code: 'suspended',
  words: {
    fr: 'L’émetteur a suspendu ce badge : il ne compte pas pour l’instant. Demandez-lui s’il compte de nouveau.',
    en: 'The issuer has suspended this badge: it does not count for now. Ask them whether it counts again.',
  },
}

const REASONS: Readonly<Record<string, Words>> = {
  status_unavailable: LIST_UNREAD.words,
  tls: {
    fr: 'Le serveur de la liste qui dit si ce badge a été retiré n’a pas pu prouver que c’est bien lui (certificat périmé, ou d’un autre). Demandez à l’émetteur.',
    en: 'The server of the list that tells whether this badge was withdrawn could not prove that it is the right one (its certificate has expired, or is another’s). Ask the issuer.',
  },
  status_untrusted: {
    fr: 'La liste qui dit si ce badge a été retiré n’est pas signée par son émetteur : elle ne prouve rien. Demandez à l’émetteur.',
    en: 'The list that tells whether this badge was withdrawn is not signed by its issuer: it proves nothing. Ask the issuer.',
  },
  status_stale: {
    fr: 'La liste qui dit si ce badge a été retiré n’est plus à jour. Réessayez plus tard, ou demandez à l’émetteur.',
    en: 'The list that tells whether this badge was withdrawn is out of date. Try again later, or ask the issuer.',
  },
  status_length: {
    fr: 'La liste qui dit si ce badge a été retiré est trop courte pour être crue. Demandez à l’émetteur.',
    en: 'The list that tells whether this badge was withdrawn is too short to be believed. Ask the issuer.',
  },
}

function unknown(code: string): Found {
  const words = REASONS[code]
  return words ? { result: 'unknown', code, words } : listSilent(code)
}
