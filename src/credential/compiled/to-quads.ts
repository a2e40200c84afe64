import { flagLiteral, iri, numberLiteral, quoted, type Quad, type Token } from './n-quads.js'
import { predicateOf, type Predicate } from './predicates.js'
import { LeftToJsonLd, type Property, type TermTable } from './term-table.js'
import { isObject, type Json } from '../values.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const TYPE = predicateOf(`<${RDF}type>`)
const FIRST = predicateOf(`<${RDF}first>`)
const REST = predicateOf(`<${RDF}rest>`)
const NIL = `<${RDF}nil>`
const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

export type Said = Readonly<{
  /** What is said of each subject, in no order; maybe one of them twice. */
  about: ReadonlyMap<Token, Quad[]>
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

/** A node that is being written: its statements, all in one graph. */
type Node = Readonly<{ subject: Token; graph: Token; said: Quad[] }>

class Writer {
  #unnamed = 0
  #count = 0
  readonly #about = new Map<Token, Quad[]>()

  said(): Said {
    return { about: this.#about, unnamed: this.#unnamed }
  }

  /**
   * @param via the term under which it stands; none: it is the document
   * @returns the subject of the node
   */
  node(json: Json, outer: TermTable, graph: Token, via?: string): Token {
    const own = '@context' in json ? outer.local(json['@context']) : outer
    const typed = typesOf(json, own)
    const table = typed?.table ?? own
    const node = this.#begin(idOf(json, table) ?? this.#unnamed++, graph)
    const before = this.#count
    if (typed) for (const type of typed.types) this.#say(node, TYPE, type)
    for (const name in json) {
      if (name === '@context') continue
      const term = table.term(name)
      if (term.kind === 'property') this.#values(node, term.property, json[name])
      else if (term.kind === 'other' || (term.kind === 'type' && !own.typeNames.includes(name)))
        throw new LeftToJsonLd()
    }
    const saysNothing = this.#count === before
    // Under such a term jsonld.js drops what says nothing but its id.
    if (saysNothing && via !== undefined && table.holdsGraphs(via)) throw new LeftToJsonLd()
    return node.subject
  }

  #values(node: Node, property: Property, held: unknown): void {
    const values: readonly unknown[] = Array.isArray(held) ? held : [held]
    if (values.length === 0) throw new LeftToJsonLd()
    if (property.container === 'list') return this.#list(node, property, values)
    for (const value of values) {
      if (property.container === 'graph') this.#graph(node, property, value)
      else this.#value(node, property.predicate, property, value)
    }
  }

  #value(node: Node, predicate: Predicate, property: Property, value: unknown): void {
    const object = this.#object(property, value, node.graph)
    this.#say(node, predicate, object, isConverted(property, value))
  }

  /** A list is a chain of nodes without id, each with one item. */
  #list(node: Node, property: Property, values: readonly unknown[]): void {
    const cells = values.map(() => this.#begin(this.#unnamed++, node.graph))
    this.#say(node, property.predicate, cells[0]?.subject ?? NIL)
    cells.forEach((cell, at) => {
      this.#value(cell, FIRST, property, values[at])
      this.#say(cell, REST, cells[at + 1]?.subject ?? NIL)
    })
  }

  /** What a proof says stands in a graph of its own. One that says nothing would be dropped. */
  #graph(node: Node, property: Property, value: unknown): void {
    if (!isObject(value)) throw new LeftToJsonLd()
    const name = this.#unnamed++
    this.#say(node, property.predicate, name)
    const before = this.#count
    this.node(value, property.nodes, name)
    if (this.#count === before) throw new LeftToJsonLd()
  }

  #object(property: Property, value: unknown, graph: Token): Token {
    if (typeof value === 'string') return textOf(property, value)
    if (typeof value === 'boolean') return flagLiteral(value, property.datatype)
    if (typeof value === 'number') {
      const object = numberLiteral(value, property.datatype)
      if (object === undefined) throw new LeftToJsonLd()
      return object
    }
    if (!isObject(value)) throw new LeftToJsonLd()
    return this.node(value, property.nodes, graph, property.name)
  }

  /** A node that stands in two places is one subject. */
  #begin(subject: Token, graph: Token): Node {
    const said = this.#about.get(subject) ?? []
    if (said.length === 0) this.#about.set(subject, said)
    return { subject, graph, said }
  }

  #say(
    { subject, graph, said }: Node,
    predicate: Predicate,
    object: Token,
    converted = false,
  ): void {
    this.#count += 1
    said.push({ subject, predicate, object, graph, isConverted: converted })
  }
}

function isConverted({ datatype }: Property, value: unknown): boolean {
  return typeof value === 'string' ? datatype === XSD_STRING : typeof value !== 'object'
}

function typesOf(node: Json, table: TermTable) {
  const name = onlyOne(table.typeNames, node)
  if (name === undefined) return undefined
  const held = node[name]
  const types: readonly unknown[] = Array.isArray(held) ? held : [held]
  if (types.length === 0) throw new LeftToJsonLd()
  return table.typed(types)
}

function idOf(node: Json, table: TermTable): string | undefined {
  const name = onlyOne(table.idNames, node)
  if (name === undefined) return undefined
  const id = node[name]
  if (typeof id !== 'string') throw new LeftToJsonLd()
  return nameOf(id, table)
}

function textOf({ coercion, ending, values }: Property, value: string): string {
  if (coercion === 'literal') return quoted(value) + ending
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
