import type { Quad, Token } from './n-quads.js'
import { LeftToJsonLd } from './term-table.js'
import type { Said } from './to-quads.js'

/** All that is said of one subject: its statements in the order of their lines, each once. */
export type Block = Readonly<{ subject: Token; quads: readonly Quad[] }>

/**
 * Statements by subject. Lines are in order when subjects are, then predicates, objects and graphs:
 * no token begins another but for names of nodes, and a space is less than any digit. Where names
 * of nodes decide, `writeBlocks` looks once more.
 *
 * @throws {LeftToJsonLd} for a statement that is made twice and whose object was converted:
 *   jsonld.js compares values before it converts them
 */
export function blocksOf({ about }: Said): Block[] {
  const blocks: Block[] = []
  for (const [subject, said] of about) {
    // A node that only has an id says nothing.
    if (said.length > 0) blocks.push({ subject, quads: said.length > 1 ? sortOnce(said) : said })
  }
  return blocks
}

/** The lines of all blocks, in order. `names` has one for each node without id. */
export function writeBlocks(blocks: readonly Block[], names: readonly string[]): string {
  const called = (token: Token) => (typeof token === 'number' ? (names[token] ?? '') : token)
  const named = blocks.map(({ subject, quads }) => ({ subject: called(subject), quads }))
  named.sort((a, b) => (a.subject < b.subject ? -1 : 1))
  let text = ''
  for (const { subject, quads } of named) {
    for (let at = 0, next = 0; at < quads.length; at = next) {
      next = endOfRun(quads, at)
      const start = subject + (quads[at]?.predicate.text ?? '')
      if (next === at + 1) text += start + endOf(quads[at], called)
      else for (const end of endsOf(quads.slice(at, next), called)) text += start + end
    }
  }
  return text
}

/** Where the statements end that have the predicate of the one at `at`. */
export function endOfRun(quads: readonly Quad[], at: number): number {
  let next = at + 1
  while (next < quads.length && quads[next]?.predicate === quads[at]?.predicate) next++
  return next
}

function endsOf(run: readonly Quad[], called: (token: Token) => string): string[] {
  return run.map((quad) => endOf(quad, called)).sort()
}

function endOf(quad: Quad | undefined, called: (token: Token) => string): string {
  if (quad === undefined) return ''
  return quad.graph === ''
    ? `${called(quad.object)} .\n`
    : `${called(quad.object)} ${called(quad.graph)} .\n`
}

function inOrder(one: Quad, other: Quad): number {
  if (one.predicate !== other.predicate) return one.predicate.rank - other.predicate.rank
  return compare(one.object, other.object) || compare(one.graph, other.graph)
}

function compare(one: Token, other: Token): number {
  if (one === other) return 0
  if (typeof one !== typeof other) return typeof one === 'number' ? 1 : -1
  return one < other ? -1 : 1
}

/** In order, each once. */
function sortOnce(quads: Quad[]): readonly Quad[] {
  quads.sort(inOrder)
  for (let at = 1; at < quads.length; at++) if (isAgain(quads, at)) return onceEach(quads)
  return quads
}

function onceEach(sorted: readonly Quad[]): readonly Quad[] {
  return sorted.filter((quad, at) => {
    if (!isAgain(sorted, at)) return true
    if (quad.isConverted || sorted[at - 1]?.isConverted) throw new LeftToJsonLd()
    return false
  })
}

/** Whether a statement is the one before it. */
function isAgain(sorted: readonly Quad[], at: number): boolean {
  const before = sorted[at - 1]
  const quad = sorted[at]
  return before !== undefined && quad !== undefined && inOrder(before, quad) === 0
}
