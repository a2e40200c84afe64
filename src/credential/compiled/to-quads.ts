import {
  flagLiteral,
  iri,
  lineOf,
  literal,
  numberLiteral,
  type Quad,
  type Token,
} from './n-quads.js'
import { LeftToJsonLd, type Property, type TermTable } from './term-table.js'
import { isObject, type Json } from '../values.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const TYPE = `<${RDF}type>`
const FIRST = `<${RDF}first>`
const REST = `<${RDF}rest>`
const NIL = `<${RDF}nil>`
const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

export type Said = Readonly<{
  /** The statements in which every node has an id, as they are written; maybe one twice. */
  lines: readonly string[]
  /** The statements about nodes without id, each once. */
  open: readonly Quad[]
  /** How many nodes have no id; they are numbered from 0. */
  unnamed: number
  /** Lines whose object is a conversion of what was written: of a number, of a flag. */
  converted: ReadonlySet<string>
}>

/**
 * What a document says, statement by statement: JSON-LD's expansion and its way to RDF, for the part
 * of them that badges use.
 *
 * @throws {LeftToJsonLd} for anything else: a null, an empty or nested list, a keyword, a relative
 *   or a shortened IRI, a labelled blank node, a term or a type without meaning
 */
export function toQuads(document: object, table: TermTable): Said {
  const writer = new Writer()
  writer.node(document as Json, table, '')
  return writer.said()
}

type QuadParts = [
  subject: Token,
  predicate: string,
  object: Token,
  graph: Token,
  asWritten?: boolean,
]

class Writer {
  #unnamed = 0
  #count = 0
  readonly #lines: string[] = []
  readonly #open = new Map<string, Quad>()
  readonly #converted = new Set<string>()

  said(): Said {
    return {
      lines: this.#lines,
      open: [...this.#open.values()],
      unnamed: this.#unnamed,
      converted: this.#converted,
    }
  }

  /**
   * @param via the term under which it stands; none: it is the document
   * @returns the subject of the node
   */
  node(node: Json, outer: TermTable, graph: Token, via?: string): Token {
    const own = '@context' in node ? outer.local(node['@context']) : outer
    const typed = typesOf(node, own)
    const table = typed?.table ?? own
    const subject = idOf(node, table) ?? this.#unnamed++
    const before = this.#count
    for (const type of typed?.types ?? []) this.#say(subject, TYPE, type, graph)
    for (const name in node) {
      if (name === '@context') continue
      const term = table.term(name)
      if (term.kind === 'other' || (term.kind === 'type' && !own.typeNames.includes(name)))
        throw new LeftToJsonLd()
      if (term.kind === 'property') this.#values(subject, term.property, node[name], graph)
    }
    const saysNothing = this.#count === before
    // Under such a term jsonld.js drops what says nothing but its id.
    if (saysNothing && via !== undefined && table.holdsGraphs(via)) throw new LeftToJsonLd()
    return subject
  }

  #values(subject: Token, property: Property, held: unknown, graph: Token): void {
    const values: readonly unknown[] = Array.isArray(held) ? held : [held]
    if (values.length === 0) throw new LeftToJsonLd()
    if (property.container === 'list') return this.#list(subject, property, values, graph)
    for (const value of values) {
      if (property.container === 'graph') this.#graph(subject, property, value, graph)
      else {
        const { object, asWritten } = this.#object(property, value, graph)
        this.#say(subject, property.predicate, object, graph, asWritten)
      }
    }
  }

  /** A list is a chain of nodes without id, each with one item. */
  #list(subject: Token, property: Property, values: readonly unknown[], graph: Token): void {
    const cells = values.map(() => this.#unnamed++)
    this.#say(subject, property.predicate, cells[0] ?? NIL, graph)
    values.forEach((value, at) => {
      const cell = cells[at] ?? NIL
      const { object, asWritten } = this.#object(property, value, graph)
      this.#say(cell, FIRST, object, graph, asWritten)
      this.#say(cell, REST, cells[at + 1] ?? NIL, graph)
    })
  }

  /** What a proof says stands in a graph of its own. One that says nothing would be dropped. */
  #graph(subject: Token, property: Property, value: unknown, graph: Token): void {
    if (!isObject(value)) throw new LeftToJsonLd()
    const name = this.#unnamed++
    this.#say(subject, property.predicate, name, graph)
    const before = this.#count
    this.node(value, property.nodes, name)
    if (this.#count === before) throw new LeftToJsonLd()
  }

  #object(property: Property, value: unknown, graph: Token): { object: Token; asWritten: boolean } {
    if (typeof value === 'string')
      return { object: textOf(property, value), asWritten: property.datatype !== XSD_STRING }
    if (typeof value === 'boolean')
      return { object: flagLiteral(value, property.datatype), asWritten: false }
    if (typeof value === 'number') {
      const object = numberLiteral(value, property.datatype)
      if (object === undefined) throw new LeftToJsonLd()
      return { object, asWritten: false }
    }
    if (!isObject(value)) throw new LeftToJsonLd()
    return { object: this.node(value, property.nodes, graph, property.name), asWritten: true }
  }

  #say(...[subject, predicate, object, graph, asWritten = true]: QuadParts): void {
    const quad = { subject, predicate, object, graph }
    const line = lineOf(quad, numbered)
    this.#count += 1
    if (!asWritten) this.#converted.add(line)
    if ([subject, object, graph].every((token) => typeof token === 'string')) this.#lines.push(line)
    else if (!this.#open.has(line)) this.#open.set(line, quad)
    else assertSame(line, this.#converted)
  }
}

function numbered(node: number): string {
  return `_:${node}`
}

/**
 * A statement that is made twice is one, unless its object was converted: jsonld.js compares values
 * before it converts them.
 */
export function assertSame(line: string, converted: ReadonlySet<string>): void {
  if (converted.has(line)) throw new LeftToJsonLd()
}

function typesOf(node: Json, table: TermTable) {
  const name = onlyOne(table.typeNames.filter((one) => one in node))
  if (name === undefined) return undefined
  const held = node[name]
  const types: readonly unknown[] = Array.isArray(held) ? held : [held]
  if (types.length === 0 || !types.every((type) => typeof type === 'string'))
    throw new LeftToJsonLd()
  return table.typed(types)
}

function idOf(node: Json, table: TermTable): string | undefined {
  const name = onlyOne(table.idNames.filter((one) => one in node))
  if (name === undefined) return undefined
  const id = node[name]
  if (typeof id !== 'string') throw new LeftToJsonLd()
  return nameOf(id, table)
}

function textOf({ coercion, datatype, values }: Property, value: string): string {
  if (coercion === 'literal') return literal(value, datatype)
  if (coercion === 'id' || !values.knows(value)) return nameOf(value, values)
  const meaning = values.meaningOf(value)
  if (meaning === undefined) throw new LeftToJsonLd()
  return meaning
}

function nameOf(id: string, table: TermTable): string {
  const name = iri(id)
  if (name === undefined || table.isShort(id)) throw new LeftToJsonLd()
  return name
}

function onlyOne(names: readonly string[]): string | undefined {
  if (names.length > 1) throw new LeftToJsonLd()
  return names[0]
}
