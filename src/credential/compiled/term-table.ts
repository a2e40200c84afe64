import contexts, { type ActiveContext } from 'jsonld/lib/context.js'
import { iri } from './n-quads.js'
import type { Tables } from './tables.js'

/** Memories of one table at most: who has more kinds of node sends no badges. */
const MAX_MEMO = 1_024

/** What a term stands for: a keyword, a property, or something that is left to jsonld.js. */
export type Term =
  Readonly<{ kind: 'id' | 'type' | 'other' }> | Readonly<{ kind: 'property'; property: Property }>

export type Property = Readonly<{
  name: string
  /** `<iri>` */
  predicate: string
  container: 'set' | 'list' | 'graph'
  /** How a string is read: as an IRI, as a term or an IRI, or as a literal. */
  coercion: 'id' | 'vocab' | 'literal'
  datatype: string | undefined
  /** The table for terms among the values. */
  values: TermTable
  /** The table in which an object among the values is read. */
  nodes: TermTable
}>

export type Typed = Readonly<{ table: TermTable; types: readonly string[] }>

/** Said where the compiled form ends: jsonld.js goes on. */
export class LeftToJsonLd extends Error {}

/** Thrown where a table is missing: make it, then begin again. */
export class NotCompiled extends Error {
  readonly make: () => Promise<void>

  constructor(make: () => Promise<void>) {
    super('A table of terms is not there yet.')
    this.make = make
  }
}

/** The meaning of each term in one place of a document, computed once by jsonld.js's own rules. */
export class TermTable {
  readonly context: ActiveContext
  readonly #terms = new Map<string, Term>()
  readonly #typed = new Map<string, Typed>()
  readonly #local = new Map<string, TermTable>()

  /** The terms that stand for `@id` and `@type` here. */
  readonly idNames: readonly string[]
  readonly typeNames: readonly string[]
  readonly #tables: Tables

  constructor(context: ActiveContext, tables: Tables) {
    const namesOf = (keyword: string) =>
      [...context.mappings].filter(([, term]) => term?.['@id'] === keyword).map(([name]) => name)
    this.idNames = namesOf('@id')
    this.typeNames = namesOf('@type')
    this.context = context
    this.#tables = tables
  }

  /** @throws {NotCompiled} the first time @throws {LeftToJsonLd} for a term without meaning */
  term(name: string): Term {
    const known = this.#terms.get(name)
    if (known) return known
    if (!this.knows(name)) throw new LeftToJsonLd()
    throw new NotCompiled(async () => {
      this.#terms.set(name, await this.#tables.compileTerm(this, name))
    })
  }

  /** Where a node of these types is read, and what they are called. @throws as `term` */
  typed(types: readonly string[]): Typed {
    // Lengths in the key: ["A", "B"] is not ["A,B"].
    let key = ''
    for (const type of types) key += `${type.length}:${type}`
    const known = this.#typed.get(key)
    if (known) return known
    throw new NotCompiled(async () => {
      remember(this.#typed, key, await this.#tables.compileTypes(this, types))
    })
  }

  /** Where a node that names its own contexts is read. @throws as `term` */
  local(names: unknown): TermTable {
    const list = typeof names === 'string' ? [names] : names
    if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
      throw new LeftToJsonLd()
    const key = JSON.stringify(list)
    const known = this.#local.get(key)
    if (known) return known
    throw new NotCompiled(async () => {
      remember(this.#local, key, await this.#tables.derive(this, list, {}))
    })
  }

  knows(name: string): boolean {
    return this.context.mappings.has(name)
  }

  /** The IRI of a term that stands as a value: a type, a vocabulary. */
  meaningOf(name: string): string | undefined {
    const meaning = this.context.mappings.get(name)?.['@id']
    return typeof meaning === 'string' ? iri(meaning) : undefined
  }

  holdsGraphs(name: string): boolean {
    return containerOf(this.context, name) === 'graph'
  }

  /** Whether `a:b` may be short for something else than itself. */
  isShort(value: string): boolean {
    const colon = value.indexOf(':')
    return this.#tables.prefixes.has(value.slice(0, colon)) && !value.startsWith('//', colon + 1)
  }
}

/** @returns undefined for a container that is left to jsonld.js */
export function containerOf(
  context: ActiveContext,
  name: string,
): Property['container'] | undefined {
  const held = [contexts.getContextValue(context, name, '@container') ?? []].flat()
  const others = held.filter((one) => one !== '@set')
  if (others.length === 0) return 'set'
  if (others.length > 1) return undefined
  return others[0] === '@list' ? 'list' : others[0] === '@graph' ? 'graph' : undefined
}

function remember<Value>(memo: Map<string, Value>, key: string, value: Value): void {
  if (memo.size >= MAX_MEMO) memo.clear()
  memo.set(key, value)
}
