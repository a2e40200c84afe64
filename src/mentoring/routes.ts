import { z } from 'zod'
import type { ErrorCode } from '../errors.js'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { Acknowledged, ClassBody, Day, Id, PlacementBody, SessionBody } from './route-bodies.js'
import { calendarRoutes } from './calendar/routes.js'
import { confirmPlacement } from './placements/confirm-placement.js'
import { confirmSession } from './confirming/confirm-session.js'
import { enrolStudent } from './cohorts/enrol-student.js'
import { groupRoutes } from './groups/routes.js'
import { LEVELS } from './levels.js'
import { pairRoutes } from './pairs/routes.js'
import { classRoutes } from './classes/routes.js'
import { openClass } from './classes/open-class.js'
import { openCohort } from './classes/open-cohort.js'
import { placementRoutes } from './placements/routes.js'
import { contestRoutes } from './facts/contest-routes.js'
import { recordPlacement } from './placements/record-placement.js'
import { confirmationLinkRoutes } from './confirming/confirm-link-routes.js'
import { recordSession } from './facts/record-session.js'
import { seeCohort, seeCohorts, type CohortLevel } from './cohorts/see-cohort.js'
import type { Cohort as Found } from './classes/store.js'

const Created = z.object({ id: z.string() }).meta({ id: 'CreatedRecord' })

const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']

const Cohort = z
  .object({
    id: z.string(),
    classId: z.string(),
    className: z.string(),
    schoolId: z.string(),
    entryYear: z.int(),
    level: z
      .enum([...LEVELS, 'CLOSED'])
      .nullable()
      .meta({ description: 'By the calendar of this school year (PT-12); null before its first' }),
  })
  .meta({ id: 'Cohort' })

const CohortDetails = Cohort.extend({
  students: z.array(
    z.object({
      id: z.string(),
      level: z.enum(LEVELS).nullable(),
      careerOwed: z
        .array(z.string())
        .meta({ description: 'Months without a CARRIERE session (PT-04)' }),
    }),
  ),
}).meta({ id: 'CohortDetails' })

const shared = {
  tag: 'Mentoring',
  access: 'mentoring:write',
  params: z.object({ id: Id }),
} as const

const reading = { tag: 'Mentoring', access: 'mentoring:read', method: 'get' } as const

export const mentoringRoutes = [
  ...groupRoutes,
  ...pairRoutes,
  ...classRoutes,
  ...calendarRoutes,
  ...placementRoutes,
  ...contestRoutes,
  route({
    tag: 'Mentoring',
    access: 'mentoring:write',
    method: 'post',
    path: '/api/classes',
    summary: 'Open a P-TECH class with its principal company',
    body: ClassBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'unacknowledged', 'conflict'],
    async handle(ctx, { body }, req) {
      return { id: (await openClass(ctx, actorOf(req), body)).publicId }
    },
  }),
  route({
    ...reading,
    path: '/api/cohorts',
    summary: 'List the cohorts of your schools',
    response: z.object({ cohorts: z.array(Cohort) }),
    errors: ERRORS,
    async handle(ctx, _input, req) {
      return { cohorts: (await seeCohorts(ctx, actorOf(req))).map(toJson) }
    },
  }),
  route({
    ...reading,
    path: '/api/cohorts/{id}',
    summary: 'See a cohort and its students of today, by id',
    params: z.object({ id: Id }),
    response: CohortDetails,
    errors: ERRORS,
    async handle(ctx, { params }, req) {
      const { cohort, level, members } = await seeCohort(ctx, actorOf(req), params.id)
      const students = members.map(({ publicId, level: own, owed }) => ({
        id: publicId,
        level: own ?? null,
        careerOwed: [...owed],
      }))
      return { ...toJson({ ...cohort, level }), students }
    },
  }),
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
    summary: 'Enrol a student in a cohort or group of any scheme',
    body: z
      .strictObject({
        studentId: Id,
        fromDay: Day,
        volunteeredOn: Day.optional().meta({
          description: 'The day on which the student said that they volunteer (CO-04)',
        }),
        acknowledged: Acknowledged,
      })
      .meta({ id: 'NewEnrolment' }),
    status: 204,
    errors: [...ERRORS, 'rule-refused', 'unacknowledged', 'conflict'],
    async handle(ctx, { params, body }, req) {
      await enrolStudent(ctx, actorOf(req), { cohortId: params.id, ...body })
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/cohorts/{id}/sessions',
    summary: 'Record a mentoring session of a cohort, of whatever scheme',
    body: SessionBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'rule-refused', 'unacknowledged', 'conflict'],
    async handle(ctx, { params, body }, req) {
      const { mentorId, mentorIds, ...session } = body
      const of = { cohortId: params.id, mentorIds: [...mentorIds, ...(mentorId ? [mentorId] : [])] }
      return { id: await recordSession(ctx, actorOf(req), { ...session, ...of }) }
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
    errors: [...ERRORS, 'rule-refused'],
    async handle(ctx, { params, body }, req) {
      return { id: await recordPlacement(ctx, actorOf(req), { studentId: params.id, ...body }) }
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api/sessions/{id}/confirmation',
    summary: 'Confirm a session that somebody else recorded',
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params }, req) {
      await confirmSession(ctx, actorOf(req), params.id)
    },
  }),
  ...confirmationLinkRoutes,
  route({
    ...shared,
    method: 'post',
    path: '/api/placements/{id}/confirmation',
    summary: 'Confirm a placement that somebody else recorded',
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params }, req) {
      await confirmPlacement(ctx, actorOf(req), params.id)
    },
  }),
]

function toJson(cohort: Found & { level: CohortLevel }): z.input<typeof Cohort> {
  const { publicId: id, classPublicId: classId, className, entryYear, level } = cohort
  return {
    id,
    classId,
    className,
    schoolId: cohort.schoolPublicId,
    entryYear,
    level: level ?? null,
  }
}
