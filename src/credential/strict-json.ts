import { isUtf8 } from 'node:buffer'
import type { Words } from '../words.js'
import { LIMITS } from './limits.js'

export type Fault = Readonly<{ code: string; words: Words }>
export type Read<Value> =
  Readonly<{ ok: true; value: Value }> | Readonly<{ ok: false; fault: Fault }>

/**
 * Reads JSON as a stranger's document must be read: one value, bounded, without what readers
 * take differently (a key twice, lone surrogates, prototype keys).
 */
export function readStrictJson(input: string | Uint8Array): Read<unknown> {
  if (Buffer.byteLength(input) > LIMITS.jsonBytes) return refuse('too_large')
  if (typeof input !== 'string' && !isUtf8(input)) return refuse('json')
  const text = typeof input === 'string' ? input : Buffer.from(input).toString()
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  const written = readWritten(plain)
  if (written !== undefined) return { ok: true, value: written }
  // Before JSON.parse: nesting and nodes are what it would spend memory on.
  const fault = scan(plain)
  if (fault) return refuse(fault)
  try {
    return { ok: true, value: JSON.parse(plain) as unknown }
  } catch {
    return refuse('json')
  }
}

/** As many letters make no more nodes than are allowed, and no longer string. */
const FEW_CHARS = LIMITS.nodes * 4
const PLAIN_FORBIDDEN = /"(?:__proto__|constructor|prototype)"/

/**
 * An object as `JSON.stringify` would write it, to the letter, as most badges are: so no key stands there twice, and no half of a
 * letter. That is seen in half the time of a pass over the text.
 *
 * @returns undefined for all else: it may be sound
 */
function readWritten(text: string): object | undefined {
  if (text.length > FEW_CHARS || !text.startsWith('{"')) return undefined
  if (text.includes('\\u') || PLAIN_FORBIDDEN.test(text)) return undefined
  try {
    const value = JSON.parse(text) as object
    return isDeeper(value, LIMITS.depth) || JSON.stringify(value) !== text ? undefined : value
  } catch {
    return undefined
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  if (Array.isArray(value)) return value.some((one) => isDeeper(one, depth - 1))
  for (const key in value) if (isDeeper(value[key as keyof typeof value], depth - 1)) return true
  return false
}

type FaultCode = 'too_large' | 'json' | 'too_deep' | 'duplicate_key' | 'unicode' | 'forbidden_key'

const WORDS: Record<FaultCode, Words> = {
  too_large: {
    fr: 'Ce fichier est trop gros pour être un badge. Demandez le fichier d’origine.',
    en: 'This file is too large to be a badge. Ask for the original file.',
  },
  json: {
    fr: 'Il n’y a pas de badge ici, ou il est abîmé. Un badge est une image PNG ou SVG, ou un fichier JSON. Demandez le fichier d’origine.',
    en: 'There is no badge here, or it is damaged. A badge is a PNG or SVG picture, or a JSON file. Ask for the original file.',
  },
  too_deep: {
    fr: 'Ce fichier a trop de parties l’une dans l’autre pour être un badge. Demandez le fichier d’origine.',
    en: 'This file has too many parts within one another to be a badge. Ask for the original file.',
  },
  duplicate_key: {
    fr: 'Une information y est écrite deux fois : on ne sait pas laquelle compte. Demandez le fichier d’origine.',
    en: 'Something is written twice in it: nobody knows which counts. Ask for the original file.',
  },
  unicode: {
    fr: 'Un texte y contient des caractères qui n’existent pas : le fichier est abîmé. Demandez le fichier d’origine.',
    en: 'A text in it holds characters that do not exist: the file is damaged. Ask for the original file.',
  },
  forbidden_key: {
    fr: 'Ce fichier contient un nom fait pour tromper les logiciels : nous ne le lisons pas. Demandez le fichier d’origine.',
    en: 'This file holds a name that is made to mislead software: we do not read it. Ask for the original file.',
  },
}

function refuse(code: FaultCode): Read<never> {
  return { ok: false, fault: { code, words: WORDS[code] } }
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
/** What makes a string a key, however much space stands before it. */
const COLON = /[ \t\r\n]*:/y

/** One pass over the text: depth, number of values, strings, keys of each object. */
function scan(text: string): FaultCode | undefined {
  const open: (Set<string> | undefined)[] = []
  let nodes = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{' || letter === '[') {
      open.push(letter === '{' ? new Set() : undefined)
      if (open.length > LIMITS.depth) return 'too_deep'
    } else if (letter === '}' || letter === ']') open.pop()
    else if (letter === '"') {
      STRING.lastIndex = at
      const literal = STRING.exec(text)?.[0]
      if (literal === undefined) return 'json'
      at += literal.length - 1
      COLON.lastIndex = at + 1
      const isKey = COLON.test(text)
      const fault = checkString(literal, isKey ? open.at(-1) : undefined)
      if (fault) return fault
    } else if (letter !== ',') continue
    if (++nodes > LIMITS.nodes * 4) return 'too_large'
  }
  return undefined
}

function checkString(literal: string, keys: Set<string> | undefined): FaultCode | undefined {
  if (literal.length > LIMITS.stringChars) return 'too_large'
  const value = literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)
  if (!value.isWellFormed()) return 'unicode'
  if (!keys) return undefined
  if (FORBIDDEN_KEYS.has(value)) return 'forbidden_key'
  if (keys.has(value)) return 'duplicate_key'
  keys.add(value)
  return undefined
}
