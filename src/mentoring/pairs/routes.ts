import { z } from 'zod'
import type { ErrorCode } from '../../errors.js'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { endPair } from './end-pair.js'
import { openPair } from './open-pair.js'
import { END_REASONS, OUTCOMES } from './pair-rules.js'
import { seePair } from './see-pair.js'

const Id = z.string().max(64)
const Day = z.iso.date()
const params = z.object({ id: Id })
const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']
const writing = { tag: 'Mentoring', access: 'mentoring:write', method: 'post' } as const

const PairJson = z
  .object({
    id: z.string(),
    studentId: z.string(),
    subject: z.string(),
    startedOn: Day,
    endedOn: Day.nullable(),
    endReason: z.string().nullable(),
    registered: z
      .boolean()
      .meta({ description: 'Whether a registration on the national site is noted (JM-03)' }),
    endedEarly: z.boolean().meta({ description: 'It lasted less than six months (JM-05)' }),
    stalled: z.boolean(),
  })
  .meta({ id: 'Pair' })

const NewPair = z
  .strictObject({
    structureId: Id,
    studentId: Id,
    mentorId: Id,
    // Any text: the act refuses what is no subject with the number of the rule (JM-02).
    subject: z.string().max(40),
    startedOn: Day,
    registrationReference: z.string().max(60).default(''),
    registeredOn: z.union([Day, z.literal('')]).default(''),
    acknowledged: z.array(z.string().max(20)).max(20).default([]),
  })
  .meta({ id: 'NewPair' })

const PairEnd = z
  .strictObject({
    lastDay: Day,
    reason: z.enum(END_REASONS),
    interviewOn: z.union([Day, z.literal('')]).default(''),
    outcome: z.union([z.enum(OUTCOMES), z.literal('')]).default(''),
  })
  .meta({ id: 'PairEnd' })

export const pairRoutes = [
  route({
    ...writing,
    path: '/api/pairs',
    summary: 'Open a pair of a student and a mentor; registration is made on the national site',
    body: NewPair,
    status: 201,
    response: z.object({ id: z.string() }).meta({ id: 'CreatedPair' }),
    errors: [...ERRORS, 'rule-refused', 'unacknowledged', 'conflict'],
    async handle(ctx, { body }, req) {
      return { id: await openPair(ctx, actorOf(req), body) }
    },
  }),
  route({
    tag: 'Mentoring',
    access: 'mentoring:read',
    method: 'get',
    path: '/api/pairs/{id}',
    summary: 'See a pair, by id',
    params,
    response: PairJson,
    errors: ERRORS,
    async handle(ctx, { params: { id } }, req) {
      const { group, pair, endedEarly, stalled } = await seePair(ctx, actorOf(req), id)
      return {
        id,
        studentId: pair.student.public_id,
        subject: pair.subject,
        startedOn: group.openedOn,
        endedOn: group.closedOn,
        endReason: pair.endReason,
        registered: pair.registrationReference !== null && pair.registeredOn !== null,
        endedEarly,
        stalled,
      }
    },
  }),
  route({
    ...writing,
    path: '/api/pairs/{id}/end',
    summary: 'End a pair, with its closing interview',
    params,
    body: PairEnd,
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: pairId }, body }, req) {
      await endPair(ctx, actorOf(req), { pairId, ...body })
    },
  }),
]
