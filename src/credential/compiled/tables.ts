import contexts, { type ActiveContext } from 'jsonld/lib/context.js'
import ContextResolver from 'jsonld/lib/ContextResolver.js'
import events from 'jsonld/lib/events.js'
import { loadContext } from '../contexts.js'
import { iri, literal } from './n-quads.js'
import { predicateOf } from './predicates.js'
import { containerOf, LeftToJsonLd, TermTable, type Term, type Typed } from './term-table.js'

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
/** Datatypes whose text jsonld.js rewrites. */
const READ_OTHERWISE = [
  'http://www.w3.org/2001/XMLSchema#double',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString',
]
/** The published contexts lead to some fifty tables; a document that leads to more is no badge. */
const MAX_TABLES = 512
const SETTINGS = ['@vocab', '@base', '@language', '@direction'] as const

/**
 * The tables of the pinned contexts. jsonld.js processes each context once for each place in which
 * it may stand; equal results are one table, so that their number is bounded.
 */
export class Tables {
  readonly prefixes = new Set<string>()
  readonly #known = new Map<string, TermTable>()
  readonly #options = {
    documentLoader: loadContext,
    base: null,
    processingMode: 'json-ld-1.1',
    safe: true,
    contextResolver: new ContextResolver({ sharedCache: new Map() }),
    eventHandler: events.setupEventHandler({ options: { safe: true } }),
  }
  readonly initial = this.#tableOf(contexts.getInitialContext(this.#options))

  /** @throws {Error} of jsonld.js, for a context that is unknown or can't follow on this one */
  async derive(
    table: TermTable,
    localCtx: unknown,
    how: Readonly<{ propagate?: boolean; overrideProtected?: boolean }>,
  ): Promise<TermTable> {
    const { context: activeCtx } = table
    return this.#tableOf(
      await contexts.process({ activeCtx, localCtx, options: this.#options, ...how }),
    )
  }

  async compileTypes(table: TermTable, types: readonly string[]): Promise<Typed> {
    const named = types.map((type) => {
      const known = table.knows(type) || table.isShort(type)
      const name = known ? table.meaningOf(type) : iri(type)
      if (name === undefined) throw new LeftToJsonLd()
      return name
    })
    let scoped = table
    for (const type of [...types].sort()) {
      const scope = contexts.getContextValue(table.context, type, '@context')
      if (scope !== undefined) scoped = await this.derive(scoped, scope, { propagate: false })
    }
    return { table: scoped, types: [...new Set(named)] }
  }

  async compileTerm(table: TermTable, name: string): Promise<Term> {
    const definition = table.context.mappings.get(name)
    const meaning = definition?.['@id']
    if (meaning === '@id') return { kind: 'id' }
    if (meaning === '@type') return { kind: 'type' }
    const predicate = typeof meaning === 'string' ? iri(meaning) : undefined
    const container = containerOf(table.context, name)
    const isOdd = ['@nest', '@index', 'reverse'].some((key) => definition?.[key] === true)
    if (!predicate || !container || isOdd || meaning === RDF_TYPE) return { kind: 'other' }
    const property = await this.#compileProperty(table, name)
    return property
      ? {
          kind: 'property',
          property: { ...property, name, predicate: predicateOf(predicate), container },
        }
      : { kind: 'other' }
  }

  /** The values of a term are read where its own context leads; objects among them leave the types behind. */
  async #compileProperty(table: TermTable, name: string) {
    const scope = contexts.getContextValue(table.context, name, '@context')
    const inScope = { propagate: true, overrideProtected: true }
    const values = scope === undefined ? table : await this.derive(table, scope, inScope)
    const { context } = values
    const before = context.previousContext ? this.#tableOf(context.previousContext) : values
    const again = contexts.getContextValue(context, name, '@context')
    const nodes = again === undefined ? before : await this.derive(before, again, inScope)
    const type = contexts.getContextValue(context, name, '@type') ?? undefined
    const speaks = ['@language', '@direction'].some(
      (key) => (contexts.getContextValue(context, name, key) ?? undefined) !== undefined,
    )
    const coercion = type === '@id' ? 'id' : type === '@vocab' ? 'vocab' : 'literal'
    const datatype = coercion === 'literal' && typeof type === 'string' ? type : undefined
    if (
      speaks ||
      containerOf(context, name) !== containerOf(table.context, name) ||
      (datatype !== undefined && (iri(datatype) === undefined || READ_OTHERWISE.includes(datatype)))
    )
      return undefined
    const ending = literal('', datatype).slice(1)
    return { coercion, datatype, ending, values, nodes } as const
  }

  #tableOf(context: ActiveContext): TermTable {
    const key = contentOf(context)
    const known = this.#known.get(key)
    if (known) return known
    if (this.#known.size >= MAX_TABLES) throw new LeftToJsonLd()
    for (const [name, term] of context.mappings) {
      if (term?._prefix === true) this.prefixes.add(name)
    }
    const table = new TermTable(context, this)
    this.#known.set(key, table)
    return table
  }
}

/** All that a context says, the same text for the same content. */
function contentOf(context: ActiveContext): string {
  const { mappings, protected: kept, previousContext } = context
  const settings = SETTINGS.map((key) => context[key] ?? null)
  return JSON.stringify([
    settings,
    sorted(Object.fromEntries(mappings)),
    sorted(kept),
    previousContext ? contentOf(previousContext) : null,
  ])
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).map(([key, held]) => [key, sorted(held)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
