import type { Context } from '../context.js'
import { enqueue } from '../store/jobs.js'
import type { Db } from '../store/schema.js'
import { insertLeaves, takePositions } from './store.js'
import { CHECKPOINT_JOB } from './take-checkpoint.js'
import { grow, hashLeaf, type Node } from './tree.js'

/** A checkpoint is ordered after this many leaves, if not by the clock before. */
const CHECKPOINT_EVERY = 256
const NONCE_BYTES = 32

/** What ties a credential to its leaf: kept by whoever may forget it. */
export type Logged = Readonly<{
  position: number
  /** Base64url. */
  nonce: string
}>

/**
 * Adds credentials to the log, in the transaction that keeps them. Of two at a time one waits for the other; a
 * clock that was set back dates no leaf before the last one.
 *
 * @param digests SHA-256 of the JCS forms of the signed credentials, hex
 * @returns where each is, in their order
 */
export async function appendLeaves(
  ctx: Context,
  trx: Db,
  digests: readonly string[],
): Promise<Logged[]> {
  if (digests.length === 0) return []
  const head = await takePositions(trx, digests.length)
  const now = ctx.now().toISOString()
  const at = now < head.lastAt ? head.lastAt : now
  let { size, frontier } = head
  const made: Node[] = []
  const leaves = digests.map((digest) => {
    const nonce = Buffer.from(ctx.randomBytes(NONCE_BYTES)).toString('base64url')
    const hash = leafOf(nonce, digest)
    const grown = grow({ size, frontier }, hash)
    made.push(...grown.made)
    frontier = grown.frontier
    const position = size
    size += 1
    return { position, nonce, hash }
  })
  await insertLeaves(trx, leaves, { frontier, made, at })
  const rounds = (count: number) => Math.floor(count / CHECKPOINT_EVERY)
  if (rounds(size) > rounds(head.size)) {
    const job = { kind: CHECKPOINT_JOB, key: `size ${size}`, payload: {} }
    await enqueue(trx, { id: ctx.newId(), ...job, runAt: ctx.now() })
  }
  return leaves.map(({ position, nonce }) => ({ position, nonce }))
}

/** The leaf of a credential: without the nonce nobody can tell whose it is, nor whether it is of one that they have. */
export function leafOf(nonce: string, digest: string): Buffer {
  return hashLeaf(Buffer.from(nonce, 'base64url'), Buffer.from(digest, 'hex'))
}
