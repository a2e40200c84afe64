import { flagLiteral, iri, literal, numberLiteral, type Quad, type Token } from './n-quads.js'
import { LeftToJsonLd, type Property, type TermTable } from './term-table.js'
import { isObject, type Json } from '../values.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const TYPE = `<${RDF}type>`
const FIRST = `<${RDF}first>`
const REST = `<${RDF}rest>`
const NIL = `<${RDF}nil>`
const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

export type Said = Readonly<{
  /** Maybe one of them twice. */
  quads: readonly Quad[]
  /** How many nodes have no id; they are numbered from 0. */
  unnamed: number
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

type Statement = Omit<Quad, 'isConverted'> & Readonly<{ isConverted?: boolean }>

class Writer {
  #unnamed = 0
  readonly #quads: Quad[] = []

  said(): Said {
    return { quads: this.#quads, unnamed: this.#unnamed }
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
    const before = this.#quads.length
    for (const object of typed?.types ?? []) this.#say({ subject, predicate: TYPE, object, graph })
    for (const name in node) {
      if (name === '@context') continue
      const term = table.term(name)
      if (term.kind === 'other' || (term.kind === 'type' && !own.typeNames.includes(name)))
        throw new LeftToJsonLd()
      if (term.kind === 'property') this.#values(subject, term.property, node[name], graph)
    }
    const saysNothing = this.#quads.length === before
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
        const { predicate } = property
        this.#say({ subject, predicate, graph, ...this.#object(property, value, graph) })
      }
    }
  }

  /** A list is a chain of nodes without id, each with one item. */
  #list(subject: Token, property: Property, values: readonly unknown[], graph: Token): void {
    const cells = values.map(() => this.#unnamed++)
    this.#say({ subject, predicate: property.predicate, object: cells[0] ?? NIL, graph })
    values.forEach((value, at) => {
      const cell = { subject: cells[at] ?? NIL, graph }
      this.#say({ ...cell, predicate: FIRST, ...this.#object(property, value, graph) })
      this.#say({ ...cell, predicate: REST, object: cells[at + 1] ?? NIL })
    })
  }

  /** What a proof says stands in a graph of its own. One that says nothing would be dropped. */
  #graph(subject: Token, property: Property, value: unknown, graph: Token): void {
    if (!isObject(value)) throw new LeftToJsonLd()
    const name = this.#unnamed++
    this.#say({ subject, predicate: property.predicate, object: name, graph })
    const before = this.#quads.length
    this.node(value, property.nodes, name)
    if (this.#quads.length === before) throw new LeftToJsonLd()
  }

  #object(
    property: Property,
    value: unknown,
    graph: Token,
  ): { object: Token; isConverted: boolean } {
    if (typeof value === 'string')
      return { object: textOf(property, value), isConverted: property.datatype === XSD_STRING }
    if (typeof value === 'boolean')
      return { object: flagLiteral(value, property.datatype), isConverted: true }
    if (typeof value === 'number') {
      const object = numberLiteral(value, property.datatype)
      if (object === undefined) throw new LeftToJsonLd()
      return { object, isConverted: true }
    }
    if (!isObject(value)) throw new LeftToJsonLd()
    return { object: this.node(value, property.nodes, graph, property.name), isConverted: false }
  }

  #say({ subject, predicate, object, graph, isConverted = false }: Statement): void {
    this.#quads.push({ subject, predicate, object, graph, isConverted })
  }
}

function typesOf(node: Json, table: TermTable) {
  const name = onlyOne(table.typeNames, node)
  if (name === undefined) return undefined
  const held = node[name]
  const types: readonly unknown[] = Array.isArray(held) ? held : [held]
  if (types.length === 0 || !types.every((type) => typeof type === 'string'))
    throw new LeftToJsonLd()
  return table.typed(types)
}

function idOf(node: Json, table: TermTable): string | undefined {
  const name = onlyOne(table.idNames, node)
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

function onlyOne(names: readonly string[], node: Json): string | undefined {
  let found: string | undefined
  for (const name of names) {
    if (!(name in node)) continue
    if (found !== undefined) throw new LeftToJsonLd()
    found = name
  }
  return found
}
