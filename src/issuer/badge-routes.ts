import { z } from 'zod'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { ERRORS, Id, PageQuery } from './dossier-routes.js'
import { revokeBadge } from './revoke-badge.js'
import { seeBadge, seeBadges } from './see-badges.js'

const State = z.enum(['signing', 'valid', 'expired', 'revoked'])

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
    revocation: z.object({ at: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Badge' })

const reading = { method: 'get', tag: 'Badges', access: 'badges:read' } as const

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
      return {
        id: publicId,
        state,
        dossierId,
        studentId,
        credential: document === null ? null : (JSON.parse(document) as Record<string, unknown>),
        releasedAt,
        revocation: revocation ?? null,
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
]
