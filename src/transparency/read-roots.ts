import type { Db } from '../store/schema.js'
import { subtreesOf, type Range } from './proofs.js'
import { readNodes } from './store.js'
import { rootOf } from './tree.js'

/** The roots over ranges of leaves, read at once. @throws {Error} when the log lacks a node of them */
export async function readRoots(db: Db, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(subtreesOf)
  const nodes = [...(await readNodes(db, parts.flat()))]
  return parts.map(({ length }) => rootOf(nodes.splice(0, length)))
}
