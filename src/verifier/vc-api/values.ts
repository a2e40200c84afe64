import { toInstant } from '../../credential/instant.js'

export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value and a list of one are the same thing to these models. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
}

/** An absolute URL of any scheme: https, did, urn, data. */
export function isUrl(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) &&
    URL.canParse(value)
  )
}

export function isDid(value: unknown): value is string {
  return typeof value === 'string' && /^did:[a-z0-9]+:[\w.:%-]+$/.test(value)
}

/** XMLSCHEMA11-2 dateTimeStamp; without an offset it is read as UTC, as W3C tells verifiers to. */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(toInstant(value))
}

/** One or more names: a term or an absolute URL each. */
export function isTypeValue(value: unknown): boolean {
  const types = listOf(value)
  return types.length > 0 && types.every((type) => typeof type === 'string' && /^\S+$/.test(type))
}

export function hasType(value: Json, type: string): boolean {
  return listOf(value.type).includes(type)
}

/** The id of an issuer or a holder, which may stand for itself or in an object. */
export function idOf(value: unknown): string | undefined {
  const id = isObject(value) ? value.id : value
  return typeof id === 'string' ? id : undefined
}

/** A text, one in a language and direction, or several of those. @see VCDM 2.0 section 11.1 */
export function isText(value: unknown): boolean {
  if (typeof value === 'string') return true
  const texts = listOf(value)
  return texts.length > 0 && texts.every(isLanguageValue)
}

function isLanguageValue(value: unknown): boolean {
  if (!isObject(value) || typeof value['@value'] !== 'string') return false
  const { '@language': language, '@direction': direction } = value
  return (
    Object.keys(value).every((key) => ['@value', '@language', '@direction'].includes(key)) &&
    (language === undefined || (typeof language === 'string' && /^[\w-]{1,40}$/.test(language))) &&
    (direction === undefined || direction === 'ltr' || direction === 'rtl')
  )
}
