import type { Context } from '../context.js'
import type { Db } from '../store/schema.js'
import { openNote } from './note.js'
import { countNodes, listCheckpoints, listLeaves, listNodes, readHead, toBase64 } from './store.js'
import type { Checkpoint, Leaf } from './store.js'
import { noteKeys, textOf } from './take-checkpoint.js'
import { grow, rootOf, type Frontier, type Node } from './tree.js'

export type LogVerdict =
  Readonly<{ sound: true; size: number; root: string; checkpoints: number }> | LogFault
/** `at`: the first entry that may differ, from 0; null: what is wrong is no entry. */
export type LogFault = Readonly<{ sound: false; at: number | null; reason: string }>

type Tree = Readonly<{ size: number; frontier: Frontier; nodes: number }>

const PAGE = 1_000

/**
 * Builds the whole tree again from its leaves, and holds it against what is stored: every node, every checkpoint
 * with its signature, and the place where the log goes on. It changes nothing.
 */
export function verifyLog(ctx: Context): Promise<LogVerdict> {
  // As of one moment, although the service may go on writing.
  const snapshot = ctx.db.transaction().setIsolationLevel('repeatable read')
  return snapshot.execute((db) => verify({ ...ctx, db }))
}

async function verify(ctx: Context): Promise<LogVerdict> {
  const checkpoints = await listCheckpoints(ctx.db)
  const roots = new Map(checkpoints.map(({ size }) => [size, '']))
  let tree: Tree = { size: 0, frontier: [], nodes: 0 }
  const note = () => {
    if (roots.has(tree.size)) roots.set(tree.size, toBase64(rootOf(tree.frontier)))
  }
  note()
  for (;;) {
    const leaves = await listLeaves(ctx.db, tree.size, PAGE)
    if (leaves.length === 0) break
    const made: Node[] = []
    for (const leaf of leaves) {
      if (leaf.position !== tree.size) return wrong(tree.size, 'is missing')
      tree = withLeaf(tree, leaf, made)
      note()
    }
    const fault = await faultOfNodes(ctx.db, made)
    if (fault) return fault
  }
  return (
    (await faultOfCheckpoints(ctx, checkpoints, roots)) ??
    (await faultOfHead(ctx.db, tree)) ?? {
      sound: true,
      size: tree.size,
      root: toBase64(rootOf(tree.frontier)),
      checkpoints: checkpoints.length,
    }
  )
}

function withLeaf(tree: Tree, { hash }: Leaf, made: Node[]): Tree {
  const grown = grow(tree, Buffer.from(hash, 'base64'))
  made.push(...grown.made)
  const nodes = tree.nodes + grown.made.length
  return { size: tree.size + 1, frontier: grown.frontier, nodes }
}

/** Holds nodes against those that are stored, the lowest first: they tell best where the fault is. */
async function faultOfNodes(db: Db, made: readonly Node[]): Promise<LogFault | undefined> {
  const levels = [...new Set(made.map(({ level }) => level))].toSorted((one, other) => one - other)
  for (const level of levels) {
    // Made one after the other, so without a gap.
    const wanted = made.filter((node) => node.level === level)
    const from = wanted[0]?.position ?? 0
    const stored = await listNodes(db, level, { from, to: from + wanted.length })
    const hashes = new Map(stored.map(({ position, hash }) => [position, hash]))
    const differs = wanted.find(({ position, hash }) => hashes.get(position) !== toBase64(hash))
    if (differs) {
      const first = differs.position * 2 ** level
      return wrong(
        first,
        `or one of the ${2 ** level - 1} after it is not what the tree was made of`,
      )
    }
  }
  return undefined
}

async function faultOfCheckpoints(
  ctx: Context,
  checkpoints: readonly Checkpoint[],
  roots: ReadonlyMap<number, string>,
): Promise<LogFault | undefined> {
  const keys = await noteKeys(ctx)
  let sound = 0
  for (const { size, root, note } of checkpoints) {
    if (roots.get(size) !== root)
      return wrong(sound, `or one after it is not what the checkpoint of size ${size} was made of`)
    if (openNote(note, keys) !== textOf(ctx, size, root))
      return wrong(null, `The checkpoint of size ${size} is not what the service has signed.`)
    sound = size
  }
  return undefined
}

async function faultOfHead(db: Db, tree: Tree): Promise<LogFault | undefined> {
  const { size, frontier } = await readHead(db)
  if (size > tree.size) return wrong(tree.size, 'is missing at the end')
  const isSame =
    size === tree.size &&
    rootOf(frontier).equals(rootOf(tree.frontier)) &&
    frontier.length === tree.frontier.length
  if (!isSame) return wrong(null, 'The place where the log goes on is not its end.')
  return (await countNodes(db)) === tree.nodes
    ? undefined
    : wrong(null, 'The log has nodes that stand over no leaves.')
}

function wrong(at: number | null, reason: string): LogFault {
  return { sound: false, at, reason }
}
