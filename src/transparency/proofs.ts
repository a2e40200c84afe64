import { EMPTY_ROOT, hashNode, type Node } from './tree.js'

/** Leaves from one position up to before another: each hash of a proof is the root over such a range. */
export type Range = Readonly<{ from: number; to: number }>

/** Of the largest full tree that has no more leaves: sizes are less than 2 ** 31. */
function levelOf(size: number): number {
  return 31 - Math.clz32(size)
}

/** The largest power of two that is smaller: where a tree of more than one leaf is parted. */
function half(size: number): number {
  return 2 ** levelOf(size - 1)
}

/**
 * The ranges whose roots prove that a leaf is in a tree, from the leaf upwards.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.1
 */
export function inclusionRanges(position: number, size: number): Range[] {
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + half(to - from)
    if (position < middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
    }
  }
  return ranges
}

/**
 * The ranges whose roots prove that a tree of `first` leaves is the beginning of one of `size`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.1
 */
export function consistencyRanges(first: number, size: number): Range[] {
  const ranges: Range[] = []
  if (first === 0) return ranges
  let [from, to] = [0, size]
  while (first < to) {
    const middle = from + half(to - from)
    if (first <= middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
    }
  }
  // Who asks knows the root of the first tree as a whole.
  return from === 0 ? ranges : [{ from, to }, ...ranges]
}

/** The full subtrees that a range is made of, the largest first. */
export function subtreesOf({ from, to }: Range): Omit<Node, 'hash'>[] {
  const found: Omit<Node, 'hash'>[] = []
  for (let at = from; at < to;) {
    const level = levelOf(to - at)
    found.push({ level, position: at / 2 ** level })
    at += 2 ** level
  }
  return found
}

type Proof = readonly Uint8Array[]

/**
 * Whether a leaf is in the tree of a root.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
 */
export function provesInclusion(
  leaf: Readonly<{ hash: Uint8Array; position: number }>,
  tree: Readonly<{ size: number; root: Uint8Array }>,
  proof: Proof,
): boolean {
  if (!isWithin(leaf.position, tree.size) || !proof.every(isHash)) return false
  let [at, last] = [leaf.position, tree.size - 1]
  let hash = leaf.hash
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = hashNode(sibling, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      hash = hashNode(hash, sibling)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && isSame(hash, tree.root)
}

type Tree = Readonly<{ size: number; root: Uint8Array }>

/**
 * Whether a tree is the beginning of another.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2
 */
export function provesConsistency(first: Tree, second: Tree, proof: Proof): boolean {
  if (!isWithin(first.size, second.size + 1) || !proof.every(isHash)) return false
  if (first.size === second.size) return proof.length === 0 && isSame(first.root, second.root)
  if (first.size === 0) return proof.length === 0 && isSame(first.root, EMPTY_ROOT)
  const isFull = first.size === 2 ** levelOf(first.size)
  const [start, ...path] = isFull ? [first.root, ...proof] : proof
  if (!start) return false
  let [at, last] = [first.size - 1, second.size - 1]
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)]
  let [one, other] = [start, start]
  for (const hash of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      one = hashNode(hash, one)
      other = hashNode(hash, other)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      other = hashNode(other, hash)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && isSame(one, first.root) && isSame(other, second.root)
}

function isWithin(position: number, size: number): boolean {
  return Number.isSafeInteger(position) && position >= 0 && position < size
}

const isHash = (hash: Uint8Array): boolean => hash.length === 32

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
