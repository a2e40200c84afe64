import { hasUnseen } from './visible.js'

const EMAIL = /[\w.+-]+@[\w-]+\.\w/
/** National student numbers. @see DOMAIN: RNIE, BEA */
const STUDENT_NUMBER = /\b(?:\d{9}[A-HJK]{2}|\d{10}[A-HJ-NPR-Z])\b/
const PHONE = /(?:\+33|\b0)[1-9](?:[ .-]?\d{2}){4}\b/

/** What machines read: addresses, ids, digests, keys. */
const MACHINES = /^(?:https?:|did:|urn:|ni:|z)[\w.~:/?#[\]@!$&()*+,;=%-]{20,}$/

/** A text as the lints read it. */
export type ReadText = Readonly<{ isUnseen: boolean; isPersonal: boolean; folded: string }>
/** Most texts of a badge stand in all others of its version, too. */
const readBefore = new Map<string, ReadText>()
const TEXTS = 2_000

export function readText(text: string): ReadText {
  const known = readBefore.get(text)
  if (known) return known
  const isUnseen = hasUnseen(text) || !text.isWellFormed()
  // Of each badge another one: nothing to remember.
  if (MACHINES.test(text)) return { isUnseen, isPersonal: false, folded: '' }
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
