import type { Db, Row } from '../store/schema.js'
import type { Frontier, Node } from './tree.js'

export type Leaf = Row<'log_leaves'>
export type Checkpoint = Row<'log_checkpoints'>
export type Head = Readonly<{ size: number; frontier: Frontier; lastAt: string }>

export async function readHead(db: Db): Promise<Head> {
  return toHead(await db.selectFrom('log_head').selectAll().executeTakeFirstOrThrow())
}

/** Takes the next positions: who wants some at the same time waits until this transaction ends. */
export async function takePositions(db: Db, count: number): Promise<Head> {
  const row = await db
    .updateTable('log_head')
    .set((of) => ({ size: of('size', '+', count) }))
    .where('id', '=', 1)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toHead({ ...row, size: row.size - count })
}

function toHead({ size, frontier, last_at: lastAt }: Omit<Row<'log_head'>, 'id'>): Head {
  const hashes = JSON.parse(frontier) as string[]
  return { size, lastAt, frontier: hashes.map(fromBase64) }
}

/** Writes what leaves add; their positions were taken in the same transaction. */
export async function insertLeaves(
  db: Db,
  leaves: readonly Readonly<{ position: number; hash: Buffer }>[],
  { frontier, made, at }: Readonly<{ frontier: Frontier; made: readonly Node[]; at: string }>,
): Promise<void> {
  await db
    .insertInto('log_leaves')
    .values(leaves.map(({ position, hash }) => ({ position, hash: toBase64(hash), logged_at: at })))
    .execute()
  if (made.length > 0) {
    const rows = made.map((node) => ({ ...node, hash: toBase64(node.hash) }))
    await db.insertInto('log_nodes').values(rows).execute()
  }
  await db
    .updateTable('log_head')
    .set({ frontier: JSON.stringify(frontier.map(toBase64)), last_at: at })
    .where('id', '=', 1)
    .execute()
}

export function findLeaf(db: Db, position: number): Promise<Leaf | undefined> {
  return db.selectFrom('log_leaves').selectAll().where('position', '=', position).executeTakeFirst()
}

export function listLeaves(db: Db, from: number, limit: number): Promise<Leaf[]> {
  return db
    .selectFrom('log_leaves')
    .selectAll()
    .where('position', '>=', from)
    .orderBy('position')
    .limit(limit)
    .execute()
}

/** The roots of full subtrees, in the order asked for. @throws {Error} when the log lacks one */
export async function readNodes(
  db: Db,
  wanted: readonly Omit<Node, 'hash'>[],
): Promise<readonly Buffer[]> {
  const leaves = wanted.filter(({ level }) => level === 0).map(({ position }) => position)
  const above = wanted.filter(({ level }) => level > 0)
  const rows = [
    ...(leaves.length === 0
      ? []
      : await db
          .selectFrom('log_leaves')
          .select((of) => [of.lit(0).as('level'), 'position', 'hash'])
          .where('position', 'in', leaves)
          .execute()),
    ...(above.length === 0
      ? []
      : await db
          .selectFrom('log_nodes')
          .select(['level', 'position', 'hash'])
          .where((of) => of.or(above.map(({ level, position }) => of.and({ level, position }))))
          .execute()),
  ]
  const found = new Map(rows.map(({ level, position, hash }) => [`${level} ${position}`, hash]))
  return wanted.map(({ level, position }) => {
    const hash = found.get(`${level} ${position}`)
    if (hash === undefined) throw new Error(`The log lacks its node ${level}/${position}.`)
    return fromBase64(hash)
  })
}

/** Nodes of one level, by position. */
export function listNodes(
  db: Db,
  level: number,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<Pick<Row<'log_nodes'>, 'position' | 'hash'>[]> {
  return db
    .selectFrom('log_nodes')
    .select(['position', 'hash'])
    .where('level', '=', level)
    .where('position', '>=', from)
    .where('position', '<', to)
    .orderBy('position')
    .execute()
}

export async function countNodes(db: Db): Promise<number> {
  const row = await db
    .selectFrom('log_nodes')
    .select((of) => of.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function lastCheckpoint(db: Db): Promise<Checkpoint | undefined> {
  return db
    .selectFrom('log_checkpoints')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function listCheckpoints(db: Db): Promise<Checkpoint[]> {
  return db.selectFrom('log_checkpoints').selectAll().orderBy('size').execute()
}

/** Keeps a checkpoint, once for each size. */
export async function insertCheckpoint(
  db: Db,
  { size, root, note, at }: Readonly<{ size: number; root: Buffer; note: string; at: Date }>,
): Promise<void> {
  await db
    .insertInto('log_checkpoints')
    .values({ size, root: toBase64(root), note, signed_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .execute()
}

export const toBase64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')
export const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64')
