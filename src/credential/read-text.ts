import type { Placed } from './parts.js'
import { hasUnseen } from './visible.js'

const EMAIL = /[\w.+-]+@[\w-]+\.\w/
/** National student numbers. @see DOMAIN: RNIE, BEA */
const STUDENT_NUMBER = /\b(?:\d{9}[A-HJK]{2}|\d{10}[A-HJ-NPR-Z])\b/
const PHONE = /(?:\+33|\b0)[1-9](?:[ .-]?\d{2}){4}\b/

/** What machines read: addresses, ids, digests, keys; without an @, which would be that of a mailbox. */
const FOR_MACHINES = /^(?:https?:|did:|urn:|ni:|z)[\w.~:/?#[\]!$&()*+,;=%-]{20,}$/
/** The terms whose values they are. What people write is read like words, also where it looks like an address. */
const TERMS_FOR_MACHINES: ReadonlySet<string> = new Set([
  '@context',
  'id',
  'proofValue',
  'statusListCredential',
  'targetUrl',
  'url',
  'verificationMethod',
])

/** A text as the lints read it. */
export type ReadText = Readonly<{ isUnseen: boolean; isPersonal: boolean; folded: string }>
/** Most texts of a badge stand in all others of its version, too. */
const readBefore = new Map<string, ReadText>()
const TEXTS = 2_000

export function readText({ term, text }: Placed): ReadText {
  // Of each badge another one, of plain letters: nothing to remember.
  if (TERMS_FOR_MACHINES.has(term) && FOR_MACHINES.test(text))
    return { isUnseen: false, isPersonal: false, folded: '' }
  const known = readBefore.get(text)
  if (known) return known
  const isUnseen = hasUnseen(text) || !text.isWellFormed()
  const read = { isUnseen, isPersonal: looksPersonal(text), folded: ` ${fold(text)} ` }
  if (readBefore.size >= TEXTS) readBefore.clear()
  readBefore.set(text, read)
  return read
}

/** An address, a telephone number or a student number: of a person, probably. */
export function looksPersonal(text: string): boolean {
  return EMAIL.test(text) || STUDENT_NUMBER.test(text) || PHONE.test(text)
}

/** Markdown without HTML, pictures, or links that are not https. */
export function isPlainMarkdown(text: string): boolean {
  return !/<[a-z!/]|\]\((?!https:\/\/)|!\[/i.test(text)
}

/** Lower case, without accents, words apart by one space. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
