import contexts, { type ActiveContext } from 'jsonld/lib/context.js'
import { Memo } from './memo.js'
import { iri } from './n-quads.js'
import type { Predicate } from './predicates.js'
import type { Tables } from './tables.js'

/** What a term stands for: a keyword, a property, or something that is left to jsonld.js. */
export type Term =
  Readonly<{ kind: 'id' | 'type' | 'other' }> | Readonly<{ kind: 'property'; property: Property }>

export type Property = Readonly<{
  name: string
  predicate: Predicate
  container: 'set' | 'list' | 'graph'
  /** How a string is read: as an IRI, as a term or an IRI, or as a literal. */
  coercion: 'id' | 'vocab' | 'literal'
  datatype: string | undefined
  /** With what a literal ends: its quotation mark, its datatype. */
  ending: string
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
  readonly #typed = new Memo<Typed>()
  readonly #local = new Memo<TermTable>()

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
  typed(types: readonly unknown[]): Typed {
    const known = this.#typed.get(types)
    if (known) return known
    const texts = allTexts(types)
    throw new NotCompiled(async () => {
      this.#typed.set(texts, await this.#tables.compileTypes(this, texts))
    })
  }

  /** Where a node that names its own contexts is read. @throws as `term` */
  local(names: unknown): TermTable {
    const list: readonly unknown[] = Array.isArray(names) ? names : [names]
    const known = this.#local.get(list)
    if (known) return known
    const texts = allTexts(list)
    throw new NotCompiled(async () => {
      this.#local.set(texts, await this.#tables.derive(this, texts, {}))
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
    return !value.startsWith('//', colon + 1) && this.#tables.prefixes.has(value.slice(0, colon))
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

function allTexts(list: readonly unknown[]): readonly string[] {
  if (!list.every((one) => typeof one === 'string')) throw new LeftToJsonLd()
  return list
}
