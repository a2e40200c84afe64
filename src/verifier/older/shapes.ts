import { OLDER_SHAPES, type OlderShape } from './shapes.data.js'
import { isObject, listOf, type Json } from '../../credential/values.js'

export type OlderClass = keyof typeof OLDER_SHAPES

/** Whether a document has what its class must have, each thing of the right kind. */
export function isOf(shapeName: OlderClass, value: unknown): value is Json {
  const shape: OlderShape = OLDER_SHAPES[shapeName]
  if (!isObject(value)) return false
  const named = (term: string) => Object.hasOwn(value, term)
  return (
    (shape.types.length === 0 || typesOf(value).some((type) => shape.types.includes(type))) &&
    shape.required.every((terms) => terms.split('|').filter(named).length === 1) &&
    Object.entries(shape.terms).every(
      ([term, kind]) => !named(term) || isOfKind(value[term], kind.split(' ')),
    )
  )
}

function isOfKind(value: unknown, [kind = '', ...rest]: readonly string[]): boolean {
  if (kind === 'many')
    return Array.isArray(value) ? value.every((one) => isOfKind(one, rest)) : isOfKind(value, rest)
  if (kind === 'link') return typeof value === 'string' || isOfKind(value, rest)
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'flag') return typeof value === 'boolean'
  return isClass(kind) && isOf(kind, value)
}

function isClass(kind: string): kind is OlderClass {
  return Object.hasOwn(OLDER_SHAPES, kind)
}

export function typesOf({ type }: Json): string[] {
  return listOf(type).filter((one) => typeof one === 'string')
}

/** How an assertion says that it is to be verified; "verify" is its name of before. */
export function verificationOf({ verification, verify }: Json): Json {
  const how = verification ?? verify
  return isObject(how) ? how : {}
}

export function saysSigned(assertion: Json): boolean {
  return typesOf(verificationOf(assertion)).some((type) => /^signed(?:Badge)?$/i.test(type))
}
