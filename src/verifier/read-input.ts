import { isPng, unbakePng, type Unbaked } from '../credential/bake-png.js'
import { unbakeSvg, type UnbakedSvg } from '../credential/bake-svg.js'
import { isCompactJws, readJws, type ReadJws } from '../credential/check-jws.js'
import { VC_V2 } from '../credential/contexts.js'
import { LIMITS } from '../credential/limits.js'
import { readStrictJson } from '../credential/strict-json.js'
import type { Words } from '../words.js'
import type { BadgeWork } from './apart/badge-work.js'
import { OLDER_CONTEXTS, OLDER_TYPES } from './older/shapes.data.js'
import { typesOf } from './older/shapes.js'
import type { ReadOlder } from './older/verify-older.js'
import type { Report } from './report.js'
import { isObject, listOf, textOf, wordOf, type Json } from '../credential/values.js'

/** A credential of VCDM 2.0 or 1.1 in one of its two envelopes; nothing of it is checked. */
export type ReadCredential =
  | Readonly<{ format: 'data-integrity'; document: Json }>
  | Readonly<{ format: 'vc-jwt'; jws: string; read: ReadJws }>

/** Bytes that are no badge, and which check says so. */
export type Unreadable = Readonly<{
  format: Report['format']
  fault: Readonly<{ check: 'format' | 'structure'; code: string; words: Words }>
}>

/** A badge as it was handed in, told by its bytes, never by its name. */
export type ReadBadge = ReadCredential | ReadOlder | Unreadable

/** What a credential says, whatever it is signed with. */
export function documentOf(read: ReadCredential): Json {
  return 'jws' in read ? read.read.credential : read.document
}

/** Reads JSON, a compact JWS, or an image with a badge in it. */
export async function readBadge(input: Uint8Array, work?: BadgeWork): Promise<ReadBadge> {
  if (input.length > LIMITS.imageBytes) return fault('too_large')
  if (isPng(input)) return readImage(unbakePng(input))
  // As most begin, and neither a token nor a picture does.
  if (input[0] === OPEN_BRACE) return readText(input)
  const text = new TextDecoder().decode(input).trim()
  if (/^(?:\ufeff)?<(?:!doctype\s+)?html\b/i.test(text)) return fault('html')
  if (/^(?:\ufeff)?<(?:\?xml|svg|!--|!DOCTYPE)/i.test(text))
    return readImage(await (work?.unbakeSvg(text) ?? unbakeSvg(text)))
  return readText(isCompactJws(text) ? text : input)
}

const OPEN_BRACE = 0x7b

function readImage(unbaked: Unbaked | UnbakedSvg): ReadBadge {
  if (unbaked.kind === 'credential') return readText(unbaked.text)
  if (unbaked.kind !== 'older') return fault(unbaked.kind)
  const read = readText(unbaked.text)
  // The oldest pictures hold only the address of their badge.
  return 'fault' in read && /^https?:\/\//i.test(unbaked.text)
    ? { format: 'ob2-hosted', assertion: undefined }
    : read
}

function readText(input: string | Uint8Array): ReadBadge {
  const text = typeof input === 'string' ? input.trim() : undefined
  if (text !== undefined && isCompactJws(text)) return readToken(text)
  const read = readStrictJson(input)
  if (!read.ok) return { format: 'unknown', fault: { check: 'format', ...read.fault } }
  const { value: document } = read
  if (!isObject(document)) return fault('structure', 'structure')
  if (isEnvelope(document)) return readEnvelope(document)
  if (isOlder(document)) return { format: 'ob2-hosted', assertion: document }
  return { format: 'data-integrity', document }
}

/** VCDM 2.0 section 4.13: a token as the id of an object that says nothing else. */
function isEnvelope({ type }: Json): boolean {
  return [type].flat().includes('EnvelopedVerifiableCredential')
}

function readEnvelope({ '@context': contexts, id, type: _type, ...others }: Json): ReadBadge {
  const jws = /^data:application\/vc(?:\+ld)?\+jwt,(.+)$/.exec(textOf(id) ?? '')?.[1]
  const [context, ...more] = [contexts].flat()
  const isAlone = context === VC_V2 && more.length === 0 && Object.keys(others).length === 0
  return jws !== undefined && isAlone ? readToken(jws) : fault('structure', 'structure')
}

function readToken(jws: string): ReadBadge {
  const read = readJws(jws)
  if (typeof read === 'string') return { ...fault(read, 'structure'), format: 'vc-jwt' }
  const { header, credential } = read
  if (isOlder(credential)) return { format: 'ob2-signed', assertion: credential, jws, header }
  return { format: 'vc-jwt', jws, read }
}

/** Open Badges 2.0: another context, other classes. */
function isOlder(document: Json): boolean {
  const types = typesOf(document)
  if (types.includes('VerifiableCredential')) return false
  return (
    listOf(document['@context']).some((one) => OLDER_CONTEXTS.includes(wordOf(one))) ||
    types.some((type) => OLDER_TYPES.includes(type))
  )
}

const WORDS: Readonly<Record<string, Words>> = {
  none: {
    fr: 'Cette image ne contient pas de badge. Demandez l’image d’origine : les réseaux sociaux effacent ce qu’elle contient.',
    en: 'This image holds no badge. Ask for the original image: social networks strip what it holds.',
  },
  ambiguous: {
    fr: 'Cette image contient plusieurs badges : on ne sait pas lequel compte. Demandez l’image d’origine.',
    en: 'This image holds several badges: nobody knows which counts. Ask for the original image.',
  },
  png: {
    fr: 'Cette image PNG est abîmée. Demandez l’image d’origine.',
    en: 'This PNG image is damaged. Ask for the original image.',
  },
  svg: {
    fr: 'Cette image SVG est abîmée, ou n’en est pas une. Demandez l’image d’origine.',
    en: 'This SVG image is damaged, or is none. Ask for the original image.',
  },
  html: {
    fr: 'C’est une page web, pas un badge. Sur cette page, cherchez le lien qui télécharge le badge, ou demandez le fichier d’origine.',
    en: 'This is a web page, not a badge. Look on that page for the link that downloads the badge, or ask for the original file.',
  },
  svg_dtd: {
    fr: 'Cette image SVG contient des définitions qui peuvent tromper un logiciel : nous ne la lisons pas. Demandez l’image d’origine.',
    en: 'This SVG image holds definitions that may mislead software: we don’t read it. Ask for the original image.',
  },
  too_large: {
    fr: 'Ce fichier est trop gros pour être un badge (2 Mio au plus). Demandez le fichier d’origine.',
    en: 'This file is too large to be a badge (2 MiB at most). Ask for the original file.',
  },
  alg: {
    fr: 'Ce badge annonce une sorte de signature que nous refusons, parce qu’elle ne prouve rien. Demandez à l’émetteur.',
    en: 'This badge announces a kind of signature that we refuse, because it proves nothing. Ask the issuer.',
  },
  type: {
    fr: 'Ce texte signé n’est pas un badge. Demandez le fichier d’origine.',
    en: 'This signed text is no badge. Ask for the original file.',
  },
  structure: {
    fr: 'Ce n’est pas un badge : le fichier ne contient pas ce qu’il faut. Demandez le fichier d’origine.',
    en: 'This is no badge: the file does not hold what it should. Ask for the original file.',
  },
}

function fault(code: string, check: 'format' | 'structure' = 'format') {
  const words = WORDS[code] ?? {
    fr: 'Ce fichier ne peut pas être lu. Demandez le fichier d’origine.',
    en: 'This file can’t be read. Ask for the original file.',
  }
  return { format: 'unknown' as const, fault: { check, code, words } }
}
