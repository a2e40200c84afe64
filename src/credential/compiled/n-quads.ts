import type { Predicate } from './predicates.js'

/** An IRI, a literal or a named blank node as N-Quads write it; a number: a node without id. */
export type Token = string | number

/** One statement. `graph` is '' in the default graph; `isConverted` of the object: of a number, of a flag. */
export type Quad = Readonly<{
  subject: Token
  predicate: Predicate
  object: Token
  graph: Token
  isConverted: boolean
}>

const XSD = 'http://www.w3.org/2001/XMLSchema#'
/** Absolute, without spaces, and without a letter that N-Quads would escape. */
const PLAIN_IRI = /^[A-Za-z][A-Za-z0-9+\-.]*:[^\s\u0000-\u0020\u007f-\u009f<>"{}|^`\\]*$/
/** The letters that N-Quads escapes. */
const ESCAPED = /[\u0000-\u001f\u007f"\\]/
const ESCAPED_ALL = new RegExp(ESCAPED, 'g')
const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** @returns undefined for what is relative, a blank node, or would have to be escaped */
export function iri(value: string): string | undefined {
  return PLAIN_IRI.test(value) ? `<${value}>` : undefined
}

/** @param datatype an IRI; none: a plain string */
export function literal(value: string, datatype?: string): string {
  const isPlain = datatype === undefined || datatype === `${XSD}string`
  return isPlain ? `${quoted(value)}"` : `${quoted(value)}"^^<${datatype}>`
}

/** The beginning of a literal, up to the quotation mark that ends its text. */
export function quoted(value: string): string {
  return `"${ESCAPED.test(value) ? value.replace(ESCAPED_ALL, escaped) : value}`
}

/**
 * A number as jsonld.js writes it: whole, or with an exponent.
 *
 * @returns undefined for a number whose form there depends on more (1e-7, 1e21)
 */
export function numberLiteral(value: number, datatype?: string): string | undefined {
  if (Number.isSafeInteger(value) && datatype !== `${XSD}double`)
    return literal(value.toFixed(0), datatype ?? `${XSD}integer`)
  if (!String(value).includes('.')) return undefined
  const exponential = value.toExponential(15).replace(/(\d)0*e\+?/, '$1E')
  return literal(exponential, datatype ?? `${XSD}double`)
}

export function flagLiteral(value: boolean, datatype?: string): string {
  return literal(String(value), datatype ?? `${XSD}boolean`)
}

function escaped(letter: string): string {
  const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return SHORT[letter] ?? `\\u${code}`
}
