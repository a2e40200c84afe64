import type { Block } from './blocks.js'
import type { Quad, Token } from './n-quads.js'

/**
 * The names that RDFC-1.0 gives to nodes without id: in the order of the hashes of what is said of each
 * ("hash first degree quads").
 *
 * @param unnamed how many there are
 * @param hash of a text, in hex
 * @returns undefined where two nodes can't be told apart that way
 * @see https://www.w3.org/TR/rdf-canon/#canon-algo-algo
 */
export function nameNodes(
  blocks: readonly Block[],
  unnamed: number,
  hash: (text: string) => string,
): string[] | undefined {
  return inOrderOf(aboutEach(blocks, unnamed).map((about, node) => hash(linesAbout(about, node))))
}

/** @returns undefined where two hashes are the same */
export function inOrderOf(hashes: readonly string[]): string[] | undefined {
  const names = new Map([...hashes].sort().map((found, at) => [found, `_:c14n${at}`]))
  return names.size === hashes.length ? hashes.map((found) => names.get(found) ?? '') : undefined
}

function linesAbout(about: readonly Quad[], node: number): string {
  const lines: string[] = []
  for (const { subject, predicate, object, graph } of about) {
    const line = calledIn(subject, node) + predicate.text + calledIn(object, node)
    lines.push(graph === '' ? `${line} .\n` : `${line} ${calledIn(graph, node)} .\n`)
  }
  return lines.sort().join('')
}

/** What a token is called in what is said of a node: the node itself has one name, all others another. */
function calledIn(token: Token, node: number): string {
  return typeof token === 'string' ? token : token === node ? '_:a' : '_:z'
}

/** The statements in which each node stands. */
export function aboutEach(blocks: readonly Block[], unnamed: number): Quad[][] {
  const about = Array.from({ length: unnamed }, (): Quad[] => [])
  for (const { quads } of blocks) {
    for (const quad of quads) {
      const { subject, object, graph } = quad
      if (typeof subject === 'number') about[subject]?.push(quad)
      if (typeof object === 'number' && object !== subject) about[object]?.push(quad)
      if (typeof graph === 'number' && graph !== subject && graph !== object)
        about[graph]?.push(quad)
    }
  }
  return about
}
