import { z } from 'zod'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { ERRORS, Id, PageQuery } from './dossier-routes.js'
import { holdBadge } from './hold-badge.js'
import {
  HOLD_REASONS,
  REPLACEMENT_REASONS,
  type HoldReason as HoldReasonCode,
  type ReplacementReason as ReplacementReasonCode,
} from './life-reasons.data.js'
import { replaceBadge } from './replace-badge.js'
import { restoreBadge } from './restore-badge.js'
import { revokeBadge } from './revoke-badge.js'
import { seeBadge, seeBadges } from './see-badges.js'

export const HoldReason = z.enum(Object.keys(HOLD_REASONS) as HoldReasonCode[])
export const ReplacementReason = z.enum(Object.keys(REPLACEMENT_REASONS) as ReplacementReasonCode[])
export const Note = z
  .string()
  .max(1_000)
  .optional()
  .meta({ description: 'For staff of the school' })

const State = z.enum(['signing', 'valid', 'expired', 'suspended', 'revoked'])

const BadgeLine = z
  .object({
    id: z.string(),
    state: State,
    name: z.string(),
    school: z.string(),
    company: z.string(),
    day: z.string().meta({ description: 'Of the approval' }),
  })
  .meta({ id: 'BadgeLine' })
const Badges = z
  .object({ badges: z.array(BadgeLine), page: z.int(), more: z.boolean() })
  .meta({ id: 'Badges' })

const Badge = z
  .object({
    id: z.string(),
    state: State,
    dossierId: z.string(),
    studentId: z.string(),
    credential: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The signed Open Badge 3.0; null while it is being signed' }),
    releasedAt: z.string().nullable(),
    heldAt: z.string().nullable().meta({ description: 'Since when it is suspended' }),
    revocation: z.object({ at: z.string(), reason: z.string() }).nullable(),
    replaces: z
      .string()
      .nullable()
      .meta({ description: 'Id of the badge that it took the place of' }),
    replacedBy: z.string().nullable().meta({ description: 'Id of the badge that took its place' }),
  })
  .meta({ id: 'Badge' })

const reading = { method: 'get', tag: 'Badges', access: 'badges:read' } as const

const writing = {
  method: 'post',
  tag: 'Badges',
  access: 'badges:write',
  params: z.object({ id: Id }),
  errors: [...ERRORS, 'conflict'],
} as const

export const badgeRoutes = [
  route({
    ...reading,
    path: '/api/badges',
    summary: 'List the badges that one’s schools issued or one’s companies endorsed, newest first',
    query: z.strictObject({ page: PageQuery }),
    response: Badges,
    errors: ERRORS,
    async handle(ctx, { query }, req) {
      const { badges, page, more } = await seeBadges(ctx, actorOf(req), query.page)
      const lines = badges.map(({ publicId, state, name, school, company, day }) => {
        return { id: publicId, state, name, school, company, day }
      })
      return { badges: lines, page, more }
    },
  }),
  route({
    ...reading,
    path: '/api/badges/{id}',
    summary: 'A badge with its signed document',
    params: z.object({ id: Id }),
    response: Badge,
    errors: ERRORS,
    async handle(ctx, { params }, req) {
      const badge = await seeBadge(ctx, actorOf(req), params.id)
      const { publicId, state, dossierId, studentId, document, releasedAt, revocation } = badge
      const { heldAt, lineage } = badge
      return {
        id: publicId,
        state,
        dossierId,
        studentId,
        credential: document === null ? null : (JSON.parse(document) as Record<string, unknown>),
        releasedAt,
        heldAt,
        revocation: revocation ?? null,
        replaces: lineage.replaces,
        replacedBy: lineage.replacedBy,
      }
    },
  }),
  route({
    method: 'post',
    tag: 'Badges',
    access: 'badges:write',
    path: '/api/badges/{id}/revocation',
    summary: 'Revoke a badge, for good, with a token tied to an approver of the school',
    params: z.object({ id: Id }),
    body: z.strictObject({ reason: z.string().max(1_000) }).meta({ id: 'NewRevocation' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params, body }, req) {
      await revokeBadge(ctx, actorOf(req), { badgeId: params.id, reason: body.reason })
    },
  }),
  route({
    ...writing,
    path: '/api/badges/{id}/hold',
    summary: 'Suspend a badge while the school examines it, with a token tied to an approver',
    body: z.strictObject({ reason: HoldReason, note: Note }).meta({ id: 'NewHold' }),
    status: 204,
    async handle(ctx, { params, body }, req) {
      await holdBadge(ctx, actorOf(req), { ...body, badgeId: params.id })
    },
  }),
  route({
    ...writing,
    path: '/api/badges/{id}/restoration',
    summary: 'Give a suspended badge back, with a token tied to an approver of the school',
    body: z.strictObject({ note: Note }).meta({ id: 'NewRestoration' }),
    status: 204,
    async handle(ctx, { params, body }, req) {
      await restoreBadge(ctx, actorOf(req), { ...body, badgeId: params.id })
    },
  }),
  route({
    ...writing,
    path: '/api/badges/{id}/replacement',
    summary: 'Open the dossier of a corrected badge, with a token tied to staff of the school',
    body: z.strictObject({ reason: ReplacementReason, note: Note }).meta({ id: 'NewReplacement' }),
    status: 201,
    errors: [...ERRORS, 'conflict', 'rule-refused'],
    response: z.object({ dossierId: z.string() }).meta({ id: 'Replacement' }),
    async handle(ctx, { params, body }, req) {
      const dossierId = await replaceBadge(ctx, actorOf(req), { ...body, badgeId: params.id })
      return { dossierId }
    },
  }),
]
