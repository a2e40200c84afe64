import { hash } from 'node:crypto'
import type { Digest } from '../canonical.js'
import { lineOf, type Quad } from './n-quads.js'
import type { Said } from './to-quads.js'

/**
 * The names that RDFC-1.0 gives to nodes without id: in the order of the hashes of what is said of each
 * ("hash first degree quads").
 *
 * @returns undefined where two nodes can't be told apart that way
 * @see https://www.w3.org/TR/rdf-canon/#canon-algo-algo
 */
export function nameNodes({ open, unnamed }: Said, digest: Digest): string[] | undefined {
  const hashes = aboutEach(open, unnamed).map((about, node) => {
    const lines = about.map((quad) => lineOf(quad, (other) => (other === node ? '_:a' : '_:z')))
    return hash(digest, lines.sort().join(''))
  })
  const names = new Map([...hashes].sort().map((found, at) => [found, `_:c14n${at}`]))
  return names.size === unnamed ? hashes.map((found) => names.get(found) ?? '') : undefined
}

function aboutEach(quads: readonly Quad[], unnamed: number): Quad[][] {
  const about = Array.from({ length: unnamed }, (): Quad[] => [])
  for (const quad of quads) {
    const { subject, object, graph } = quad
    if (typeof subject === 'number') about[subject]?.push(quad)
    if (typeof object === 'number' && object !== subject) about[object]?.push(quad)
    if (typeof graph === 'number' && graph !== subject && graph !== object) about[graph]?.push(quad)
  }
  return about
}
