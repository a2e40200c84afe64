import { isObject } from '../values.js'
import { fromByteText, toByteText, type ByteText } from '../byte-text.js'

/** A place in a document; `*` is any place in a list. */
export type Place = readonly string[]

const EVIDENCE = ['id', 'name', 'description', 'narrative']
const STATUS = ['id', 'statusListIndex', 'statusListCredential']
const OF_CREDENTIAL: readonly Place[] = [
  ['id'],
  ['validFrom'],
  ['validUntil'],
  ['credentialSubject', 'id'],
  ...EVIDENCE.map((term) => ['evidence', '*', term]),
  ...STATUS.map((term) => ['credentialStatus', term]),
]
/** Where the endorsements of such badges differ before they are signed. */
export const ENDORSEMENT_HOLES: readonly Place[] = [
  ...OF_CREDENTIAL,
  ['credentialSubject', 'endorsementComment'],
]
const OF_SIGNED: readonly Place[] = [
  ...ENDORSEMENT_HOLES,
  ['proof', '*', 'created'],
  ['proof', '*', 'proofValue'],
]

/** Where badges of one version of a template, from one school, differ. */
export const BADGE_HOLES: readonly Place[] = [
  ...OF_CREDENTIAL,
  ...OF_SIGNED.map((place) => ['endorsement', '*', ...place]),
]

/** The same of signed ones. */
export const SIGNED_BADGE_HOLES: readonly Place[] = [
  ...BADGE_HOLES,
  ['proof', '*', 'created'],
  ['proof', '*', 'proofValue'],
]

const MARK = 'urn:hole:'
/** A mark is a plain IRI and a text without anything to escape: it stands wherever a string may. */
const MARKED = /urn:hole:(\d+):/

export type Marked = Readonly<{
  document: object
  /** The JSON of the document around its holes. */
  around: readonly ByteText[]
  /** The mark in each hole, by number: two ids that are the same have one. */
  marks: readonly number[]
  /** Where each mark stands first, by number. */
  places: readonly Place[]
}>

/** @returns undefined for a document that has a mark already */
export function mark(document: object, places: readonly Place[]): Marked | undefined {
  if (JSON.stringify(document).includes(MARK)) return undefined
  const known = new Map<string, number>()
  const found: Place[] = []
  const markAt = (value: unknown, path: Place): unknown => {
    if (typeof value === 'string' && places.some((place) => isAt(place, path))) {
      const number = (path.at(-1) === 'id' ? known.get(value) : undefined) ?? found.push(path) - 1
      if (path.at(-1) === 'id') known.set(value, number)
      return `${MARK}${number}:`
    }
    if (Array.isArray(value)) return value.map((one) => markAt(one, [...path, '*']))
    if (!isObject(value)) return value
    const marked = Object.entries(value).map(([key, held]) => [key, markAt(held, [...path, key])])
    return Object.fromEntries(marked) as object
  }
  const marked = markAt(document, []) as object
  const parts = JSON.stringify(marked).split(MARKED)
  return {
    document: marked,
    around: parts.filter((_, at) => at % 2 === 0).map(toByteText),
    marks: parts.filter((_, at) => at % 2 === 1).map(Number),
    places: found,
  }
}

/** The JSON of a document without what stands in its holes. @returns '' for one that can't be marked */
export function textAround(document: object, places: readonly Place[]): string {
  return fromByteText(mark(document, places)?.around.join('') ?? '')
}

/** Whether a text of a marked document is a hole. */
export function isMark(text: string): boolean {
  return MARKED.test(text)
}

/** A token that holds a mark: an IRI, or a literal with what stands behind it. */
export function markIn(
  token: string,
): Readonly<{ mark: number; isIri: boolean; datatype: string }> | undefined {
  const found = /^(?:<urn:hole:(\d+):>|"urn:hole:(\d+):"(.*))$/s.exec(token)
  if (!found) return undefined
  const [, iri, literal, datatype = ''] = found
  return { mark: Number(iri ?? literal), isIri: iri !== undefined, datatype }
}

/**
 * What stands in the holes of a text.
 *
 * @param marked `around` and `marks` of a document
 * @returns values by mark; undefined for a text that differs elsewhere, or in whether two ids are the same
 */
export function readHoles(
  text: ByteText,
  { around, marks }: Pick<Marked, 'around' | 'marks'>,
): ByteText[] | undefined {
  const values: ByteText[] = []
  let at = 0
  for (let hole = 0; hole < marks.length; hole++) {
    const before = around[hole] ?? ''
    // startsWith goes letter by letter: ten times slower.
    if (text.slice(at, at + before.length) !== before) return undefined
    at += before.length
    const end = endOfString(text, at)
    const held = unescaped(text.slice(at, end))
    const number = marks[hole] ?? 0
    if ((values[number] ??= held) !== held) return undefined
    at = end
  }
  return text.slice(at) === around.at(-1) ? values : undefined
}

/** Where the string ends that begins before `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

function unescaped(held: ByteText): ByteText {
  if (!held.includes('\\')) return held
  // What is hashed has U+FFFD for half a letter.
  return toByteText((JSON.parse(`"${fromByteText(held)}"`) as string).toWellFormed())
}

function isAt(place: Place, path: Place): boolean {
  return place.length === path.length && place.every((key, at) => key === path[at])
}
