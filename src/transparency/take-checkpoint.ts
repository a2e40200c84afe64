import type { Context } from '../context.js'
import { multikeyToX } from '../credential/multikey.js'
import {
  listServiceKeys,
  makeServiceKey,
  serviceKey,
  whileServiceKeySigns,
} from '../people/service-keys.js'
import { enqueue, forgetFinished } from '../store/jobs.js'
import { signNote, type NoteKey } from './note.js'
import { consistencyRanges, provesConsistency } from './proofs.js'
import { readRoots } from './read-roots.js'
import { fromBase64, insertCheckpoint, lastCheckpoint, readHead, toBase64 } from './store.js'
import { rootOf } from './tree.js'

export const CHECKPOINT_JOB = 'log-checkpoint'
const EVERY_MS = 10 * 60_000
const KEEP_JOBS_MS = 48 * 3_600_000

/** Orders the next checkpoint by the clock; each orders the one after it. */
export async function startCheckpoints(ctx: Context, at = ctx.now()): Promise<void> {
  const slot = Math.floor(at.getTime() / EVERY_MS)
  const job = { kind: CHECKPOINT_JOB, key: String(slot), payload: { clock: true } }
  await enqueue(ctx.db, { id: ctx.newId(), ...job, runAt: new Date(slot * EVERY_MS) })
}

/** Signs the log if it has grown; one that the clock ordered orders the next. */
export async function checkpointOnSchedule(ctx: Context, payload: unknown): Promise<void> {
  await takeCheckpoint(ctx)
  if (typeof payload !== 'object' || payload === null || !('clock' in payload)) return
  const now = ctx.now()
  await forgetFinished(ctx.db, CHECKPOINT_JOB, new Date(now.getTime() - KEEP_JOBS_MS))
  await startCheckpoints(ctx, new Date(now.getTime() + EVERY_MS))
}

/**
 * Signs the log as it is now with the key of the service, unless that was done.
 *
 * @throws {KeyChanged} the key was retired meanwhile: nothing was kept
 * @throws {Error} when it does not go on from the last one that was signed: that is never signed
 */
export async function takeCheckpoint(ctx: Context): Promise<void> {
  const { size, frontier } = await readHead(ctx.db)
  const last = await lastCheckpoint(ctx.db)
  if (last && last.size >= size) return
  const root = rootOf(frontier)
  if (last) {
    const proof = await readRoots(ctx.db, consistencyRanges(last.size, size))
    const before = { size: last.size, root: fromBase64(last.root) }
    if (!provesConsistency(before, { size, root }, proof))
      throw new Error(`The log does not go on from its checkpoint of size ${last.size}.`)
  }
  await makeServiceKey(ctx)
  const key = await serviceKey(ctx.db)
  if (key === undefined) throw new Error('The service has no key in use.')
  const text = textOf(ctx, size, toBase64(root))
  const note = await signNote(text, noteKey(ctx, key.name), (bytes) => ctx.keys.sign(key, bytes))
  await whileServiceKeySigns(ctx, key.name, (trx) =>
    insertCheckpoint(trx, { size, root, note, at: ctx.now() }),
  )
}

/**
 * What is signed of a log.
 *
 * @see https://c2sp.org/tlog-checkpoint
 */
export function textOf(ctx: Context, size: number, root: string): string {
  return `${originOf(ctx)}\n${size}\n${root}\n`
}

/** The keys that may have signed a checkpoint, retired ones too. */
export async function noteKeys(ctx: Context): Promise<NoteKey[]> {
  return (await listServiceKeys(ctx.db)).map((key) => noteKey(ctx, key.public_key_multibase))
}

function noteKey(ctx: Context, publicKeyMultibase: string): NoteKey {
  const publicKey = Buffer.from(multikeyToX(publicKeyMultibase), 'base64url')
  return { name: originOf(ctx), publicKey }
}

/** The name of the log: our address, as C2SP wants it. */
function originOf({ config }: Pick<Context, 'config'>): string {
  return `${new URL(config.publicUrl).host}/log`
}
