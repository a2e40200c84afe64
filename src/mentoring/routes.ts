import { z } from 'zod'
import type { ErrorCode } from '../errors.js'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { enrolStudent } from './enrol-student.js'
import { openCohort } from './open-cohort.js'
import { recordPlacement } from './record-placement.js'
import { recordSession } from './record-session.js'
import { SESSION_FORMATS, SESSION_KINDS } from './schemes/ptech.js'

const Id = z.string().max(64)
const Day = z.iso.date()
const Created = z.object({ id: z.string() }).meta({ id: 'CreatedRecord' })

const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']

const SessionBody = z
  .strictObject({
    companyId: Id,
    kind: z.enum(SESSION_KINDS),
    format: z.enum(SESSION_FORMATS),
    day: Day,
    minutes: z.int().min(1).max(480),
    topic: z.string().min(1).max(500),
    mentorId: Id,
    studentIds: z.array(Id).min(1).max(60),
    largeGroupAccepted: z.boolean().default(false),
  })
  .meta({ id: 'NewSession' })

const PlacementBody = z
  .strictObject({
    companyId: Id,
    tutorId: Id,
    fromDay: Day,
    untilDay: Day,
    daysDone: z.int().min(1).max(400),
  })
  .meta({ id: 'NewPlacement' })

const shared = {
  tag: 'Mentoring',
  access: 'mentoring:write',
  params: z.object({ id: Id }),
} as const

export const mentoringRoutes = [
  route({
    ...shared,
    method: 'post',
    path: '/api/classes/{id}/cohorts',
    summary: 'Open the cohort of a class that enters in a school year',
    body: z.strictObject({ entryYear: z.int().min(2000).max(2100) }).meta({ id: 'NewCohort' }),
    status: 201,
    response: Created,
    errors: [...ERRORS, 'rule-refused'],
    async handle(ctx, { params, body }, req) {
      return { id: await openCohort(ctx, actorOf(req), { classId: params.id, ...body }) }
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/cohorts/{id}/enrolments',
    summary: 'Enrol a student in a cohort',
    body: z.strictObject({ studentId: Id, fromDay: Day }).meta({ id: 'NewEnrolment' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params, body }, req) {
      await enrolStudent(ctx, actorOf(req), { cohortId: params.id, ...body })
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/cohorts/{id}/sessions',
    summary: 'Record a mentoring session of a cohort',
    body: SessionBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'rule-refused'],
    async handle(ctx, { params, body }, req) {
      return { id: await recordSession(ctx, actorOf(req), { cohortId: params.id, ...body }) }
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/students/{id}/placements',
    summary: 'Record a placement of a student in a company',
    body: PlacementBody,
    status: 201,
    response: Created,
    errors: ERRORS,
    async handle(ctx, { params, body }, req) {
      return { id: await recordPlacement(ctx, actorOf(req), { studentId: params.id, ...body }) }
    },
  }),
]
