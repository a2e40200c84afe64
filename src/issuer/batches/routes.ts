import { z } from 'zod'
import type { Request } from 'express'
import type { Actor, Context } from '../../context.js'
import { findVersionByNumber } from '../../templates/store.js'
import { keyOf } from '../../web/idempotency.js'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { noDossier } from '../steps.js'
import { HoldReason, Note, ReplacementReason } from '../badge-routes.js'
import { BATCH_ACTS, type BadgeAct } from './acts.data.js'
import { seeBatch } from './see-batch.js'
import { startBatch, type BatchRowInput } from './start-batch.js'
import { receiptIn } from './store-receipts.js'
import { batchFor, STEERINGS, steerBatch } from './steer-batch.js'

const Id = z.string().max(64)
const MOST_SENT = 2_000
const Count = z.int().min(0)

const Batch = z
  .object({
    id: z.string(),
    act: z.enum(BATCH_ACTS),
    state: z.enum(['running', 'waiting', 'paused', 'cancelled', 'finished']),
    madeAt: z.string(),
    finishedAt: z.string().nullable(),
    counts: z.object({ open: Count, done: Count, refused: Count, cancelled: Count }),
    receipt: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'Signed by the service (eddsa-jcs-2022), once every row has ended. A row of a replacement that is done has the `badge` that is replaced and the `dossier` that was opened',
    }),
  })
  .meta({ id: 'Batch' })

const ERRORS = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found'] as const

const BadgeIds = z.array(Id).min(1).max(MOST_SENT)
type SentBadges = Readonly<{ badgeIds: string[]; reason?: string; note?: string | undefined }>

/** What is done to many badges; more than ten wait for a second person, at the page of the batch. */
function ofBadges<Body extends z.ZodType<SentBadges>>(
  act: BadgeAct,
  told: Readonly<{ path: string; summary: string; body: Body }>,
) {
  return route({
    method: 'post',
    tag: 'Batches',
    access: 'badges:write',
    ...told,
    status: 202,
    response: Batch,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { body }, req) {
      const { badgeIds, reason, note: comment } = body as SentBadges
      const rows = badgeIds.map((badgeId) => ({ badgeId }))
      const input = { act, rows, reason, comment, key: keyFor(ctx, req) }
      return answer(ctx, actorOf(req), await startBatch(ctx, actorOf(req), input))
    },
  })
}

/** Who assesses, endorses or approves commits an organisation: a person does it at a page, for many too. */
export const batchRoutes = [
  route({
    method: 'post',
    tag: 'Batches',
    access: 'dossiers:write',
    path: '/api/batches',
    summary: 'Open and propose dossiers of many students, with a token tied to a person',
    body: z
      .strictObject({
        rows: z
          .array(z.strictObject({ studentId: Id, templateId: Id, version: z.int().min(1) }))
          .min(1)
          .max(MOST_SENT),
      })
      .meta({ id: 'NewBatch' }),
    status: 202,
    response: Batch,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { body }, req) {
      const rows = await rowsOf(ctx, body.rows)
      const input = { act: 'propose' as const, rows, key: keyFor(ctx, req) }
      return answer(ctx, actorOf(req), await startBatch(ctx, actorOf(req), input))
    },
  }),
  ofBadges('revoke', {
    path: '/api/revocations',
    summary: 'Revoke many badges for one reason, for good, with a token tied to an approver',
    body: z
      .strictObject({ badgeIds: BadgeIds, reason: z.string().max(1_000) })
      .meta({ id: 'NewRevocations' }),
  }),
  ofBadges('hold', {
    path: '/api/holds',
    summary: 'Suspend many badges for one reason, with a token tied to an approver',
    body: z
      .strictObject({ badgeIds: BadgeIds, reason: HoldReason, note: Note })
      .meta({ id: 'NewHolds' }),
  }),
  ofBadges('restore', {
    path: '/api/restorations',
    summary: 'Give many suspended badges back, with a token tied to an approver',
    body: z.strictObject({ badgeIds: BadgeIds, note: Note }).meta({ id: 'NewRestorations' }),
  }),
  ofBadges('replace', {
    path: '/api/replacements',
    summary: 'Open the dossiers of many corrected badges, with a token tied to staff of the school',
    body: z
      .strictObject({ badgeIds: BadgeIds, reason: ReplacementReason, note: Note })
      .meta({ id: 'NewReplacements' }),
  }),
  route({
    method: 'get',
    tag: 'Batches',
    access: 'dossiers:read',
    path: '/api/batches/{id}',
    summary: 'How far a batch has come, and its receipt once it has ended',
    params: z.object({ id: Id }),
    response: Batch,
    errors: [...ERRORS],
    handle: (ctx, { params }, req) => answer(ctx, actorOf(req), params.id),
  }),
  route({
    method: 'post',
    tag: 'Batches',
    access: 'dossiers:write',
    path: '/api/batches/{id}/steering',
    summary: 'Pause a batch, let it go on, or cancel the rows that have not begun',
    params: z.object({ id: Id }),
    body: z.strictObject({ steering: z.enum(STEERINGS) }).meta({ id: 'Steering' }),
    response: Batch,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params, body }, req) {
      await steerBatch(ctx, actorOf(req), { id: params.id, steering: body.steering })
      return answer(ctx, actorOf(req), params.id)
    },
  }),
]

type Sent = Readonly<{ studentId: string; templateId: string; version: number }>

async function rowsOf(ctx: Context, sent: readonly Sent[]): Promise<BatchRowInput[]> {
  const ids = new Map<string, number>()
  const rows: BatchRowInput[] = []
  for (const { studentId, templateId, version } of sent) {
    const name = `${templateId} ${version}`
    const versionId = ids.get(name) ?? (await findVersionByNumber(ctx.db, templateId, version))?.id
    if (versionId === undefined) throw noDossier()
    ids.set(name, versionId)
    rows.push({ studentId, versionId })
  }
  return rows
}

async function answer(ctx: Context, actor: Actor, id: string): Promise<z.input<typeof Batch>> {
  const { publicId, act, standing, madeAt, finishedAt, counts } = await seeBatch(ctx, actor, {
    id,
    page: 1,
  })
  const receipt = receiptIn(await batchFor(ctx, actor, id))
  return {
    id: publicId,
    act,
    state: standing,
    madeAt,
    finishedAt,
    counts,
    receipt: receipt === null ? null : (JSON.parse(receipt) as Record<string, unknown>),
  }
}

/** Two tokens may choose the same. */
function keyFor(ctx: Context, req: Request): string {
  return `${actorOf(req).publicId} ${keyOf(req) ?? ctx.newId()}`
}
