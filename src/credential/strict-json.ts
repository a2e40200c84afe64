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
  // Before JSON.parse: nesting and nodes are what it would spend memory on.
  const fault = scan(plain)
  if (fault) return refuse(fault)
  try {
    return { ok: true, value: JSON.parse(plain) as unknown }
  } catch {
    return refuse('json')
  }
}

type FaultCode = 'too_large' | 'json' | 'too_deep' | 'duplicate_key' | 'unicode' | 'forbidden_key'

const WORDS: Record<FaultCode, Words> = {
  too_large: {
    fr: 'Ce document est trop gros pour être un badge.',
    en: 'This document is too large to be a badge.',
  },
  json: {
    fr: 'Ce n’est pas du JSON bien formé (UTF-8).',
    en: 'This is not well-formed JSON (UTF-8).',
  },
  too_deep: { fr: 'Ce document est trop imbriqué.', en: 'This document is nested too deeply.' },
  duplicate_key: { fr: 'Un champ y est écrit deux fois.', en: 'A field is written twice in it.' },
  unicode: {
    fr: 'Un texte y contient des caractères impossibles.',
    en: 'A text in it holds impossible characters.',
  },
  forbidden_key: { fr: 'Un champ porte un nom interdit.', en: 'A field has a forbidden name.' },
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
  const value = JSON.parse(literal) as string
  if (!value.isWellFormed()) return 'unicode'
  if (!keys) return undefined
  if (FORBIDDEN_KEYS.has(value)) return 'forbidden_key'
  if (keys.has(value)) return 'duplicate_key'
  keys.add(value)
  return undefined
}
