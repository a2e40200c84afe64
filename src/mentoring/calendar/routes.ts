import { z } from 'zod'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import type { CalendarSession } from './facts-store.js'
import { PAGE, seeSessions } from './see-sessions.js'

const Day = z.iso.date()

const Session = z
  .object({
    id: z.string(),
    kind: z.string(),
    format: z.string(),
    day: Day,
    minutes: z.int(),
    topic: z.string(),
    companyId: z.string(),
    students: z.int().meta({ description: 'How many were there' }),
    contested: z.int().meta({ description: 'How many of them say that they were not' }),
    state: z
      .enum(['waits', 'confirmed', 'contested'])
      .meta({ description: 'Contested when every student contests it: it then counts for nobody' }),
    version: z.int().meta({ description: 'From 1; a correction makes the next one' }),
  })
  .meta({ id: 'CohortSession' })

export const calendarRoutes = [
  route({
    tag: 'Mentoring',
    access: 'mentoring:read',
    method: 'get',
    path: '/api/cohorts/{id}/sessions',
    summary: `List the sessions of a cohort by day, ${PAGE} at a time`,
    params: z.object({ id: z.string().max(64) }),
    query: z.strictObject({
      from: Day.optional(),
      until: Day.optional(),
      cursor: z.string().max(200).optional().meta({ description: '`next` of the answer before' }),
    }),
    response: z.object({
      sessions: z.array(Session),
      next: z.string().nullable().meta({ description: 'Null when these were the last' }),
    }),
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found'],
    async handle(ctx, { params, query }, req) {
      const { from, until, cursor } = query
      const asked = {
        cohortId: params.id,
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
        ...(cursor !== undefined && { cursor }),
      }
      const { sessions, next } = await seeSessions(ctx, actorOf(req), asked)
      return { sessions: sessions.map(toJson), next }
    },
  }),
]

function toJson(session: CalendarSession): z.input<typeof Session> {
  const { publicId, organisationId, students, contested, confirmedAt } = session
  const { kind, format, day, minutes, topic, version } = session
  const standing = confirmedAt === null ? 'waits' : 'confirmed'
  return {
    ...{ id: publicId, companyId: organisationId },
    ...{ kind, format, day, minutes, topic, version, students, contested },
    state: contested === students ? 'contested' : standing,
  }
}
