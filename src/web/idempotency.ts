import { createHash } from 'node:crypto'
import type { Request } from 'express'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { forgetAnswers, getAnswer, saveAnswer, takeKey, type Asked } from '../store/answers.js'
import { enqueue, forgetFinished } from '../store/jobs.js'
import { asOne } from '../store/within.js'
import { languageOf } from './visitor.js'
import { PROBLEMS, toProblem } from './problems.js'

export const KEY_HEADER = 'Idempotency-Key'
/** Told with an answer that was given before. */
export const REPLAYED_HEADER = 'Idempotency-Replayed'
/** Longer than any client tries again, and than the day that is promised. */
const KEEP_MS = 48 * 3_600_000
const KEY = /^[\x21-\x7e]{1,255}$/

export type Answer = Readonly<{ status: number; type: string | null; body: string | null }>

/** The key that a request names. @throws {DomainError} invalid-request */
export function keyOf(req: Request): string | undefined {
  const key = req.get(KEY_HEADER)
  if (key === undefined || KEY.test(key)) return key
  throw new DomainError('invalid-request', {
    fr: 'L’en-tête « Idempotency-Key » est mal formé : 1 à 255 caractères visibles, sans espace, un UUID par exemple.',
    en: 'The header “Idempotency-Key” is not well formed: 1 to 255 visible characters without spaces, such as a UUID.',
  })
}

export type Keyed = Readonly<{
  /** Whose key it is: two tokens may choose the same. */
  actor: string
  /** `POST /api/dossiers` */
  operation: string
  key: string
  /** What is asked, as its schemas read it. */
  input: unknown
  req: Request
}>

/**
 * Answers a request once. Key, effect and answer are one transaction: after a crash either all of them are
 * there or none is, and a key never stands for something half done. Who asks again, or at the same time, on
 * this node or another, waits for it and gets the first answer. A refusal is an answer too, and undoes what
 * was begun; a failure of ours is none, and leaves nothing. What is outside the store comes after the commit.
 *
 * @param handle acts through the context that it is given
 * @throws {DomainError} conflict for a key that was used for another request
 */
export async function answerOnce(
  ctx: Context,
  keyed: Keyed,
  handle: (inside: Context) => Promise<Answer>,
): Promise<Answer & Readonly<{ replayed: boolean }>> {
  const { actor, operation, key } = keyed
  const asked = { actor, operation, key, digest: digestOf(keyed.input) }
  return asOne(ctx.db, async (db) => {
    if (!(await takeKey(db, asked, ctx.now())))
      return { ...(await kept(ctx, db, asked)), replayed: true }
    // A part of its own: what a refusal had begun is undone, and the refusal is kept.
    const answer = await db
      .transaction()
      .execute(() => handle({ ...ctx, db }))
      .catch((error: unknown) => refusalOf(error, keyed.req))
    const { status, type, body } = answer
    const bodySealed = body === null ? null : ctx.vault.seal(body)
    await saveAnswer(db, asked, { status, type, bodySealed })
    return { ...answer, replayed: false }
  })
}

async function kept(ctx: Context, db: Context['db'], asked: Asked): Promise<Answer> {
  const found = await getAnswer(db, asked)
  if (found.request_digest !== asked.digest) throw usedOtherwise()
  const { status, type, body_sealed: sealed } = found
  if (status === null) throw new Error('an answer was committed without its status')
  return { status, type, body: sealed === null ? null : ctx.vault.open(sealed) }
}

/** A refusal as it is told; anything else is not an answer. */
function refusalOf(error: unknown, req: Request): Answer {
  if (!(error instanceof DomainError) || PROBLEMS[error.code].status >= 500) throw error
  const problem = toProblem(error, languageOf(req))
  return {
    status: problem.status,
    type: 'application/problem+json',
    body: JSON.stringify(problem),
  }
}

function digestOf(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex')
}

function usedOtherwise(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette clé « Idempotency-Key » a déjà servi pour une autre demande, qui n’est pas changée : donnez une nouvelle clé à celle-ci.',
    en: 'This “Idempotency-Key” was used for another request, which is not changed: give this one a new key.',
  })
}

export const FORGET_ANSWERS_JOB = 'forget-answers'
const EVERY_MS = 3_600_000

/** Orders the sweep of keys that are too old; each sweep orders the next. */
export async function startForgetting(ctx: Context, at = ctx.now()): Promise<void> {
  const hour = Math.floor(at.getTime() / EVERY_MS)
  const runAt = new Date(hour * EVERY_MS)
  const id = ctx.newId()
  await enqueue(ctx.db, { id, kind: FORGET_ANSWERS_JOB, key: String(hour), payload: {}, runAt })
}

export async function forgetOnSchedule(ctx: Context): Promise<void> {
  const now = ctx.now()
  await forgetAnswers(ctx.db, new Date(now.getTime() - KEEP_MS))
  await forgetFinished(ctx.db, FORGET_ANSWERS_JOB, new Date(now.getTime() - KEEP_MS))
  await startForgetting(ctx, new Date(now.getTime() + EVERY_MS))
}
