import type { Context } from '../context.js'
import { enqueue } from '../store/jobs.js'
import type { Db } from '../store/schema.js'
import { insertLeaf, takePosition } from './store.js'
import { CHECKPOINT_JOB } from './take-checkpoint.js'
import { grow, hashLeaf } from './tree.js'

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
 * Adds a credential to the log, in the transaction that keeps the credential. Of two at a time one waits for the
 * other; a clock that was set back dates no leaf before the last one.
 *
 * @param digest SHA-256 of the JCS form of the signed credential, hex
 */
export async function appendLeaf(ctx: Context, trx: Db, digest: string): Promise<Logged> {
  const nonce = Buffer.from(ctx.randomBytes(NONCE_BYTES)).toString('base64url')
  const head = await takePosition(trx)
  const hash = leafOf(nonce, digest)
  const now = ctx.now().toISOString()
  const at = now < head.lastAt ? head.lastAt : now
  await insertLeaf(trx, { position: head.size, hash, at }, grow(head, hash))
  const size = head.size + 1
  if (size % CHECKPOINT_EVERY === 0) {
    const job = { kind: CHECKPOINT_JOB, key: `size ${size}`, payload: {} }
    await enqueue(trx, { id: ctx.newId(), ...job, runAt: ctx.now() })
  }
  return { position: head.size, nonce }
}

/** The leaf of a credential: without the nonce nobody can tell whose it is, nor whether it is of one that they have. */
export function leafOf(nonce: string, digest: string): Buffer {
  return hashLeaf(Buffer.from(nonce, 'base64url'), Buffer.from(digest, 'hex'))
}
