import { canonizeGenerally } from '../canonical.js'
import { blocksOf, endOfRun, type Block } from '../compiled/blocks.js'
import { quadsOf, unlessLeft } from '../compiled/canonize.js'
import { aboutEach, inOrderOf } from '../compiled/name-nodes.js'
import { literal, type Quad, type Token } from '../compiled/n-quads.js'
import { areDecided, sha256OfBytes, sortOnce, toByteText, type ByteText } from '../byte-text.js'
import { markIn, mark, readHoles, type Marked, type Place } from './holes.js'

/** An absolute IRI whose scheme no context makes short for another, without a letter that N-Quads would escape. */
const IRI = /^(?:https?:\/\/|urn:|did:|ni:)[!#-;=?-[\]_a-z~]*$/

/** A text that is always the same; or the number of a token: first those with a value, then nodes without id. */
type Piece = ByteText | number
/** Statements with one subject and one predicate whose order the values decide: from the object on, each. */
type Run = Readonly<{ start: ByteText; subject: Piece; ends: readonly (readonly Piece[])[] }>
type Part = Readonly<{ subject: Piece; pieces: readonly (Piece | Run)[] }>
type Valued = Readonly<{ mark: number; isIri: boolean; datatype: string }>
/** What is said of a node without id: its hash, or the lines that have to be hashed; one, where their order never changes. */
type Node = string | readonly (readonly Piece[])[]

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
  readonly #parts: Part[]

  /** @returns undefined for a document that has no compiled form, or that jsonld.js reads otherwise */
  static async cut(document: object, places: readonly Place[]): Promise<Stencil | undefined> {
    const marked = mark(document, places)
    const said = marked && (await quadsOf(marked.document))
    const blocks = said && unlessLeft(() => blocksOf(said))
    if (!blocks) return undefined
    const made = new Stencil(marked, blocks, said.unnamed)
    const expected = await canonizeGenerally(document, 'sha256').catch(() => undefined)
    const filled = made.fill(toByteText(JSON.stringify(document)))
    return filled && expected && filled === toByteText(expected.toWellFormed()) ? made : undefined
  }

  private constructor(marked: Marked, blocks: readonly Block[], unnamed: number) {
    const cutter = new Cutter(blocks)
    this.#marked = marked
    this.#valued = cutter.valued
    this.#nodes = aboutEach(blocks, unnamed).map((about, node) => cutter.node(about, node))
    this.#parts = blocks.map((block) => cutter.part(block))
  }

  /** The document with marks in its holes, and where they are. */
  get marked(): Marked {
    return this.#marked
  }

  /**
   * The canonical N-Quads of a document.
   *
   * @param text its JSON, as `JSON.stringify` writes it
   */
  fill(text: ByteText): ByteText | undefined {
    return this.fit(text)?.form
  }

  /** The same, with what stands in the holes, by mark. */
  fit(text: ByteText): Readonly<{ form: ByteText; values: readonly ByteText[] }> | undefined {
    const values = readHoles(text, this.#marked)
    if (!values) return undefined
    const form = this.#formOf(values)
    return form === undefined ? undefined : { form, values }
  }

  #formOf(values: readonly ByteText[]): ByteText | undefined {
    const tokens = this.#tokensOf(values)
    const names = tokens && this.#namesOf(tokens)
    if (!names) return undefined
    const called = [...tokens, ...names]
    // From the order of the document before, which is nearly right, sorting is hardly more than looking.
    this.#parts.sort((one, other) =>
      textOf(one.subject, called) < textOf(other.subject, called) ? -1 : 1,
    )
    let filled = ''
    let before = ''
    for (const { subject, pieces } of this.#parts) {
      const name = textOf(subject, called)
      const lines = name === before ? undefined : linesOf(pieces, called)
      if (lines === undefined) return undefined
      filled += lines
      before = name
    }
    return filled
  }

  #tokensOf(values: readonly ByteText[]): ByteText[] | undefined {
    const tokens: ByteText[] = []
    for (const { mark, isIri, datatype } of this.#valued) {
      const value = values[mark] ?? ''
      if (isIri && !IRI.test(value)) return undefined
      tokens.push(isIri ? `<${value}>` : literal(value) + datatype)
    }
    return tokens
  }

  #namesOf(tokens: readonly ByteText[]): string[] | undefined {
    const hashes: string[] = []
    for (const node of this.#nodes) {
      const found = hashOf(node, tokens)
      if (found === undefined) return undefined
      hashes.push(found)
    }
    return inOrderOf(hashes)
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
      typeof token === 'number' ? (token === node ? '_:a' : '_:z') : this.#pieceOf(token)
    const lines = about.map(({ subject, predicate, object, graph }) =>
      gathered([called(subject), predicate.text, ...endOf(called(object), graph, called)]),
    )
    lines.sort((one, other) => (leadOf(one) < leadOf(other) ? -1 : 1))
    const said = areDecided(lines.map(leadOf)) ? [gathered(lines.flat())] : lines
    const isFixed = said.every((line) => line.every((piece) => typeof piece === 'string'))
    return (isFixed ? hashOf(said, []) : undefined) ?? said
  }

  part({ subject, quads }: Block): Part {
    const called = (token: Token) => this.#pieceOf(token)
    const pieces: (Piece | Run)[] = []
    for (let at = 0; at < quads.length;) {
      const next = endOfRun(quads, at)
      const run = quads.slice(at, next)
      const ends = run.map(({ object, graph }) => gathered(endOf(called(object), graph, called)))
      const start = run[0]?.predicate.text ?? ''
      const isOpen = ends.flat().some((piece) => typeof piece === 'number')
      if (isOpen && ends.length > 1) pieces.push({ start, subject: called(subject), ends })
      else for (const end of ends) pieces.push(called(subject), start, ...end)
      at = next
    }
    return { subject: called(subject), pieces: gathered(pieces) }
  }

  #pieceOf(token: Token): Piece {
    if (typeof token === 'number') return this.valued.length + token
    return this.#numbers.get(token) ?? toByteText(token.toWellFormed())
  }
}

function endOf(object: Piece, graph: Token, called: (token: Token) => Piece): Piece[] {
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

/** With what a line begins, whatever is in its holes; where one stands first, it is an IRI. */
function leadOf([first = '']: readonly Piece[]): ByteText {
  return typeof first === 'number' ? '<' : first
}

function textOf(piece: Piece, called: readonly ByteText[]): ByteText {
  return typeof piece === 'number' ? (called[piece] ?? '') : piece
}

function lineOf(pieces: readonly Piece[], called: readonly ByteText[]): ByteText {
  let line = ''
  for (const piece of pieces) line += textOf(piece, called)
  return line
}

/** @returns undefined where the order of the lines can't be told */
function hashOf(node: Node, called: readonly ByteText[]): string | undefined {
  if (typeof node === 'string') return node
  const lines = sortOnce(node.map((pieces) => lineOf(pieces, called)))
  return lines && sha256OfBytes(lines.join(''), 'hex')
}

/** @returns undefined for a statement that is made twice, or where the order can't be told */
function linesOf(
  pieces: readonly (Piece | Run)[],
  called: readonly ByteText[],
): ByteText | undefined {
  let lines = ''
  for (const piece of pieces) {
    if (typeof piece !== 'object') lines += textOf(piece, called)
    else {
      const ends = sortOnce(piece.ends.map((end) => lineOf(end, called)))
      if (!ends) return undefined
      const start = textOf(piece.subject, called) + piece.start
      for (const end of ends) lines += start + end
    }
  }
  return lines
}
