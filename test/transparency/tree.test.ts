import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyRanges,
  inclusionRanges,
  provesConsistency,
  provesInclusion,
  subtreesOf,
  type Range,
} from '../../src/transparency/proofs.js'
import {
  EMPTY_ROOT,
  grow,
  hashLeaf,
  hashNode,
  rootOf,
  type Frontier,
} from '../../src/transparency/tree.js'
import { CONSISTENCY, INCLUSION, LEAVES, NODES, ROOTS } from './vectors.data.js'

const hex = (text: string) => Buffer.from(text, 'hex')

/** A tree that keeps its nodes in memory, as the store does. */
function plant(leaves: readonly Buffer[]) {
  const nodes = new Map<string, Buffer>()
  const roots = [EMPTY_ROOT]
  let frontier: Frontier = []
  for (const [size, leaf] of leaves.entries()) {
    nodes.set(`0 ${size}`, leaf)
    const grown = grow({ size, frontier }, leaf)
    for (const { level, position, hash } of grown.made) nodes.set(`${level} ${position}`, hash)
    frontier = grown.frontier
    roots.push(rootOf(frontier))
  }
  const read = (range: Range) =>
    rootOf(subtreesOf(range).map(({ level, position }) => nodes.get(`${level} ${position}`)!))
  return { nodes, roots, read }
}

/** The definitions of RFC 9162 word for word: what a tree is, without any haste. */
function slowRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leaves[0]!
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return hashNode(slowRoot(leaves.slice(0, half)), slowRoot(leaves.slice(half)))
}

const some = (count: number) =>
  Array.from({ length: count }, (_, n) => hashLeaf(Buffer.of(n, n >> 8)))
const flipped = (hash: Buffer, bit: number) => {
  const other = Buffer.from(hash)
  other[bit >> 3]! ^= 1 << (bit & 7)
  return other
}

describe('RFC 6962 known answers', () => {
  const leaves = LEAVES.map((leaf) => hashLeaf(hex(leaf)))
  const tree = plant(leaves)

  test('roots of every size', () => {
    expect(tree.roots.map((root) => root.toString('hex'))).toEqual(ROOTS)
  })

  test('nodes of every level', () => {
    const all = NODES.flatMap((level, of) => level.map((hash, at) => [`${of} ${at}`, hash]))
    expect(
      Object.fromEntries([...tree.nodes].map(([at, hash]) => [at, hash.toString('hex')])),
    ).toEqual(Object.fromEntries(all))
  })

  test.each(INCLUSION)('the proof that leaf %i is in a tree of %i', (position, size, path) => {
    const proof = path.map(([level, at]) => hex(NODES[level]![at]!))
    expect(inclusionRanges(position, size).map(tree.read)).toEqual(proof)
    const of = { size, root: hex(ROOTS[size]!) }
    expect(provesInclusion({ hash: leaves[position]!, position }, of, proof)).toBe(true)
  })

  test.each(CONSISTENCY)('the proof that a tree of %i begins one of %i', (from, to, path) => {
    const proof = path.map(([level, at]) => hex(NODES[level]![at]!))
    expect(consistencyRanges(from, to).map(tree.read)).toEqual(proof)
    const [first, second] = [from, to].map((size) => ({ size, root: hex(ROOTS[size]!) }))
    expect(provesConsistency(first!, second!, proof)).toBe(true)
  })
})

describe('a tree', () => {
  const SIZE = 70
  const leaves = some(SIZE)
  const tree = plant(leaves)

  test('has the root of its definition at every size', () => {
    for (let size = 0; size <= SIZE; size++)
      expect(tree.roots[size]).toEqual(slowRoot(leaves.slice(0, size)))
  })

  test('proves every leaf in every size, and only in its own place', () => {
    for (let size = 1; size <= SIZE; size++) {
      const of = { size, root: tree.roots[size]! }
      for (let position = 0; position < size; position++) {
        const proof = inclusionRanges(position, size).map(tree.read)
        const leaf = { hash: leaves[position]!, position }
        expect(provesInclusion(leaf, of, proof)).toBe(true)
        const other = { ...leaf, position: (position + 1) % size }
        if (size > 1) expect(provesInclusion(other, of, proof)).toBe(false)
        expect(provesInclusion(leaf, of, [...proof, tree.roots[1]!])).toBe(false)
        if (size > 1) expect(provesInclusion(leaf, of, proof.slice(1))).toBe(false)
      }
    }
  })

  test('proves every size to begin every later one, and no other', () => {
    for (let to = 0; to <= SIZE; to++) {
      const second = { size: to, root: tree.roots[to]! }
      for (let from = 0; from <= to; from++) {
        const first = { size: from, root: tree.roots[from]! }
        const proof = consistencyRanges(from, to).map(tree.read)
        expect(provesConsistency(first, second, proof)).toBe(true)
        const forged = { size: from, root: flipped(tree.roots[from]!, 3) }
        expect(provesConsistency(forged, second, proof)).toBe(false)
        expect(provesConsistency(first, second, [...proof, tree.roots[1]!])).toBe(false)
        if (from < to) expect(provesConsistency(second, first, proof)).toBe(false)
      }
    }
  })

  const aTree = fc.integer({ min: 2, max: SIZE }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      one: fc.integer({ min: 0, max: size - 1 }),
      bit: fc.integer({ min: 0, max: 255 }),
      which: fc.nat(),
    }),
  )

  test('any bit of a leaf, a root or a proof that is changed proves nothing', () => {
    fc.assert(
      fc.property(aTree, ({ size, one: position, bit, which }) => {
        const proof = inclusionRanges(position, size).map(tree.read)
        const parts = [leaves[position]!, tree.roots[size]!, ...proof]
        const changed = parts.with(which % parts.length, flipped(parts[which % parts.length]!, bit))
        const [hash, root, ...rest] = changed as [Buffer, Buffer, ...Buffer[]]
        return !provesInclusion({ hash, position }, { size, root }, rest)
      }),
    )
    fc.assert(
      fc.property(aTree, ({ size, one, bit, which }) => {
        const from = Math.max(one, 1)
        const proof = consistencyRanges(from, size).map(tree.read)
        const parts = [tree.roots[from]!, tree.roots[size]!, ...proof]
        const changed = parts.with(which % parts.length, flipped(parts[which % parts.length]!, bit))
        const [first, second, ...rest] = changed as [Buffer, Buffer, ...Buffer[]]
        return !provesConsistency({ size: from, root: first }, { size, root: second }, rest)
      }),
    )
  })

  test.each([
    [0, 0],
    [1, 1],
    [-1, 3],
    [0.5, 3],
    [NaN, 3],
  ])('a leaf at %d in a tree of %d is proven by nothing', (position, size) => {
    const leaf = { hash: leaves[0]!, position }
    expect(provesInclusion(leaf, { size, root: tree.roots[Math.max(size, 0)]! }, [])).toBe(false)
  })

  test('hashes that are none prove nothing, and a leaf is no node', () => {
    const [left, right] = [leaves[0]!, leaves[1]!]
    const root = hashNode(left, right)
    const leaf = { hash: left, position: 0 }
    expect(provesInclusion(leaf, { size: 2, root }, [right])).toBe(true)
    expect(provesInclusion(leaf, { size: 2, root }, [Buffer.concat([right, right])])).toBe(false)
    expect(hashLeaf(left, right)).not.toEqual(root)
  })

  test('of a frontier that does not fit its size nothing grows', () => {
    expect(() => grow({ size: 3, frontier: [leaves[0]!] }, leaves[1]!)).toThrow('not the frontier')
  })

  test('a proof in a tree of two thousand million leaves is short, and its ranges are full', () => {
    const size = 2 ** 31 - 1
    for (const position of [0, 1, 2 ** 30, size - 1]) {
      const ranges = inclusionRanges(position, size)
      expect(ranges.length).toBeLessThanOrEqual(31)
      const covered = ranges.reduce((sum, { from, to }) => sum + to - from, 1)
      expect(covered).toBe(size)
      expect(ranges.flatMap(subtreesOf).length).toBeLessThan(80)
    }
    expect(consistencyRanges(2 ** 30 + 1, size).length).toBeLessThanOrEqual(62)
  })
})
