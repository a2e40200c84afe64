import { hash } from 'node:crypto'
import { canonizeGenerally } from '../canonical.js'
import { blocksOf, endOfRun, type Block } from '../compiled/blocks.js'
import { quadsOf, unlessLeft } from '../compiled/canonize.js'
import { aboutEach, inOrderOf } from '../compiled/name-nodes.js'
import { iri, literal, type Quad, type Token } from '../compiled/n-quads.js'
import { markIn, mark, readHoles, type Marked, type Place } from './holes.js'

/** Bytes that are always the same; or the number of a token: first those with a value, then nodes without id. */
type Piece = Uint8Array | number
/** Statements with one subject and one predicate whose order the values decide: from the object on, each. */
type Run = Readonly<{ start: Uint8Array; subject: Token; ends: readonly (readonly Token[])[] }>
type Part = Readonly<{ subject: Token; pieces: readonly (Piece | Run)[] }>
type Valued = Readonly<{ mark: number; isIri: boolean; datatype: string }>
/** What is said of a node without id: its hash, or the lines that have to be hashed. */
type Node = string | readonly (readonly Token[])[]

/**
 * The canonical form of documents that differ only in some of their strings, worked out once: what is the
 * same in all of them is bytes, and what is not is a hole. Filled, it is byte for byte what jsonld.js and
 * rdf-canonize make of the document; where that can't be said, there is no answer:
 *
 * - the text differs outside the holes, or two ids are the same that were not, or the other way round;
 * - an id is not absolute, could be short for another, or would have to be escaped;
 * - two nodes without id have one hash: only their neighbours tell them apart;
 * - a statement is made twice.
 *
 * Names of nodes without id follow from hashes over values: they are computed for each document.
 */
export class Stencil {
  readonly #marked: Marked
  readonly #valued: readonly Valued[]
  readonly #nodes: readonly Node[]
  readonly #parts: readonly Part[]

  /** @returns undefined for a document that has no compiled form, or that jsonld.js reads otherwise */
  static async cut(document: object, places: readonly Place[]): Promise<Stencil | undefined> {
    const marked = mark(document, places)
    const said = marked && (await quadsOf(marked.document))
    const blocks = said && unlessLeft(() => blocksOf(said.quads))
    if (!blocks) return undefined
    const made = new Stencil(marked, blocks, said.unnamed)
    const expected = await canonizeGenerally(document, 'sha256').catch(() => undefined)
    const filled = made.fill(JSON.stringify(document))
    return filled && expected && Buffer.from(expected).equals(filled) ? made : undefined
  }

  private constructor(marked: Marked, blocks: readonly Block[], unnamed: number) {
    const cutter = new Cutter(blocks)
    this.#marked = marked
    this.#valued = cutter.valued
    this.#nodes = aboutEach(blocks, unnamed).map((about, node) => cutter.node(about, node))
    this.#parts = blocks.map((block) => cutter.part(block))
  }

  /**
   * The canonical N-Quads of a document, in UTF-8.
   *
   * @param text its JSON, as `JSON.stringify` writes it
   */
  fill(text: string): Uint8Array | undefined {
    const values = readHoles(text, this.#marked)
    const tokens = values && this.#tokensOf(values)
    const names = tokens && inOrderOf(this.#nodes.map((node) => hashOf(node, tokens)))
    if (!names) return undefined
    const called = [...tokens, ...names]
    const parts = this.#parts
      .map(({ subject, pieces }) => ({ subject: textOf(subject, called), pieces }))
      .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    if (parts.some(({ subject }, at) => subject === parts[at - 1]?.subject)) return undefined
    return joined(
      parts.flatMap(({ pieces }) => pieces),
      called,
    )
  }

  #tokensOf(values: readonly string[]): string[] | undefined {
    const tokens = this.#valued.map(({ mark, isIri, datatype }) => {
      const value = values[mark] ?? ''
      return isIri ? iriOf(value) : literal(value) + datatype
    })
    return tokens.every((token) => token !== undefined) ? tokens : undefined
  }
}

/** Makes of statements with marks what is filled later. */
class Cutter {
  readonly valued: Valued[] = []
  readonly #numbers = new Map<string, number>()

  constructor(blocks: readonly Block[]) {
    for (const { quads } of blocks) {
      for (const token of quads.flatMap(({ subject, object }) => [subject, object])) {
        const valued = typeof token === 'string' ? markIn(token) : undefined
        if (!valued || typeof token !== 'string' || this.#numbers.has(token)) continue
        this.#numbers.set(token, this.valued.length)
        this.valued.push(valued)
      }
    }
  }

  node(about: readonly Quad[], node: number): Node {
    const called = (token: Token) =>
      typeof token === 'number' ? (token === node ? '_:a' : '_:z') : this.#tokenOf(token)
    const lines = about.map(({ subject, predicate, object, graph }) =>
      gathered([called(subject), ` ${predicate} `, ...endOf(called(object), graph, called)]),
    )
    const isFixed = lines.every((line) => line.every((token) => typeof token === 'string'))
    return isFixed ? hashOf(lines, []) : lines
  }

  part({ subject, quads }: Block): Part {
    const called = (token: Token) => this.#tokenOf(token)
    const pieces: (Token | Run)[] = []
    for (let at = 0; at < quads.length;) {
      const next = endOfRun(quads, at)
      const run = quads.slice(at, next)
      const ends = run.map(({ object, graph }) => gathered(endOf(called(object), graph, called)))
      const start = ` ${run[0]?.predicate ?? ''} `
      const isOpen = ends.flat().some((token) => typeof token === 'number')
      if (isOpen && ends.length > 1)
        pieces.push({ start: Buffer.from(start), subject: called(subject), ends })
      else for (const end of ends) pieces.push(called(subject), start, ...end)
      at = next
    }
    return { subject: called(subject), pieces: inBytes(pieces) }
  }

  #tokenOf(token: Token): Token {
    if (typeof token === 'number') return this.valued.length + token
    return this.#numbers.get(token) ?? token
  }
}

function endOf(object: Token, graph: Token, called: (token: Token) => Token): Token[] {
  return graph === '' ? [object, ' .\n'] : [object, ' ', called(graph), ' .\n']
}

/** Neighbours that are text become one. */
function gathered<Other>(pieces: readonly (string | Other)[]): (string | Other)[] {
  const together: (string | Other)[] = []
  for (const piece of pieces) {
    const last = together.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') together.splice(-1, 1, last + piece)
    else together.push(piece)
  }
  return together
}

function inBytes(pieces: readonly (Token | Run)[]): (Piece | Run)[] {
  return gathered(pieces).map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))
}

function textOf(token: Token, called: readonly string[]): string {
  return typeof token === 'number' ? (called[token] ?? '') : token
}

function lineOf(tokens: readonly Token[], called: readonly string[]): string {
  let line = ''
  for (const token of tokens) line += textOf(token, called)
  return line
}

function hashOf(node: Node, called: readonly string[]): string {
  if (typeof node === 'string') return node
  const lines = node.map((tokens) => lineOf(tokens, called))
  return hash('sha256', lines.sort().join(''))
}

function iriOf(value: string): string | undefined {
  return /^(?:https?:\/\/|urn:|did:|ni:)/.test(value) ? iri(value) : undefined
}

/** @returns undefined for a statement that is made twice */
function joined(pieces: readonly (Piece | Run)[], called: readonly string[]) {
  const bytes = called.map((token) => Buffer.from(token))
  const chunks: Uint8Array[] = []
  for (const piece of pieces) {
    if (typeof piece === 'number') chunks.push(bytes[piece] ?? Buffer.alloc(0))
    else if (piece instanceof Uint8Array) chunks.push(piece)
    else {
      const ends = piece.ends.map((end) => lineOf(end, called)).sort()
      if (ends.some((end, at) => end === ends[at - 1])) return undefined
      const subject = Buffer.from(textOf(piece.subject, called))
      for (const end of ends) chunks.push(subject, piece.start, Buffer.from(end))
    }
  }
  return Buffer.concat(chunks)
}
