import { z } from 'zod'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { contestFact, withdrawContest } from './contest-fact.js'

const params = z.object({ id: z.string().max(64) })
const writing = { tag: 'Mentoring', access: 'mentoring:write', method: 'post', params } as const

const Contest = z
  .strictObject({
    reason: z.string().min(1).max(500),
    version: z.int().min(1).optional().meta({ description: 'Which was read; the last one else' }),
  })
  .meta({ id: 'Contest' })

const KINDS = [
  { kind: 'session', path: '/api/sessions/{id}', name: 'a session' },
  { kind: 'placement', path: '/api/placements/{id}', name: 'a placement' },
] as const

/** What a student says of their own facts. */
export const contestRoutes = KINDS.flatMap(({ kind, path, name }) => [
  route({
    ...writing,
    path: `${path}/contest`,
    summary: `Contest ${name} of yours, as its student: it counts no more until it is corrected`,
    body: Contest,
    status: 204,
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found', 'conflict'],
    async handle(ctx, { params: { id: factId }, body }, req) {
      await contestFact(ctx, actorOf(req), { kind, factId, ...body })
    },
  }),
  route({
    ...writing,
    path: `${path}/contest/withdrawal`,
    summary: `Take back, as the student, what you said of ${name}`,
    status: 204,
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found'],
    async handle(ctx, { params: { id: factId } }, req) {
      await withdrawContest(ctx, actorOf(req), { kind, factId })
    },
  }),
])
