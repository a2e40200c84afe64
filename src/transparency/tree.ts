import { sha256 } from '../credential/digest.js'

// A Merkle tree that only grows (RFC 9162, section 2.1, as RFC 6962 before it).

/** The root of a tree without a leaf: the hash of nothing. */
export const EMPTY_ROOT = sha256('')

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/** The prefix tells leaves from nodes: nobody passes one for the other. */
export function hashLeaf(...entry: readonly Uint8Array[]): Buffer {
  return sha256(Buffer.concat([LEAF, ...entry]))
}

export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE, left, right]))
}

/** The root of the full subtree over the leaves from `position * 2 ** level` on. */
export type Node = Readonly<{ level: number; position: number; hash: Buffer }>

/** The roots of the full subtrees that a tree is made of, the largest first: one for each 1 of its size in binary. */
export type Frontier = readonly Buffer[]

/**
 * A tree of `size` leaves with one more.
 *
 * @returns its frontier, and the nodes above the leaf that are full now: one for each leaf, on an average
 */
export function grow(
  { size, frontier }: Readonly<{ size: number; frontier: Frontier }>,
  leaf: Buffer,
): { frontier: Frontier; made: readonly Node[] } {
  const rest = [...frontier]
  const made: Node[] = []
  let hash = leaf
  let position = size
  for (let level = 1; position % 2 === 1; level++) {
    const left = rest.pop()
    if (!left) throw new RangeError(`This is not the frontier of a tree of ${size} leaves.`)
    hash = hashNode(left, hash)
    position = (position - 1) / 2
    made.push({ level, position, hash })
  }
  return { frontier: [...rest, hash], made }
}

/** The root over full subtrees, the largest first. */
export function rootOf(subtrees: Frontier): Buffer {
  return subtrees.length === 0
    ? EMPTY_ROOT
    : subtrees.reduceRight((right, left) => hashNode(left, right))
}
