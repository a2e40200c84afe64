import { z } from 'zod'
import type { ErrorCode } from '../../errors.js'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { Acknowledged, Day, Id } from '../route-bodies.js'
import { agreeToAssessment } from './agree-to-assessment.js'
import { MANNERS, PARTIES, WRITTEN_MENTIONS } from './agreement.js'
import { askAssessment } from './ask-assessment.js'
import { cancelPlacement } from './change-tutor.js'
import { completePlacement } from './complete-placement.js'
import { planPlacement } from './plan-placement.js'
import { recordVisit, VISIT_FINDINGS, VISIT_MANNERS } from './record-visit.js'
import { seePlacement, type PlacementView } from './see-placement.js'
import { PLACEMENT_STATES, stateOf } from './states.js'
import { recordSignature, writeAgreement } from './write-agreement.js'

const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']
const params = z.object({ id: Id })
const writing = { tag: 'Mentoring', access: 'mentoring:write', method: 'post', params } as const

const Hours = z
  .number()
  .positive()
  .max(168)
  .meta({ description: 'In hours: 7.5 is seven hours and a half' })
const Time = z.string().max(5).meta({ description: 'HH:MM' })
const Name = z.string().max(100).default('')

const NewPlan = z
  .strictObject({
    companyId: Id,
    siteId: Id.default('').meta({ description: 'One of the sites of the company, if it is known' }),
    tutorId: Id.default('').meta({ description: 'Somebody of the company; else their names' }),
    tutorGivenName: Name,
    tutorFamilyName: Name,
    referentId: Id.default('').meta({ description: 'The teacher who follows it' }),
    fromDay: Day,
    untilDay: Day,
    startTime: Time,
    endTime: Time,
    dailyHours: Hours,
    weeklyHours: Hours,
    work: z.enum(['ORDINARY', 'REGULATED']).default('ORDINARY'),
    medicalOpinionOn: z.union([Day, z.literal('')]).default(''),
    acknowledged: Acknowledged,
  })
  .meta({ id: 'NewPlacementPlan' })

const PlacementJson = z
  .object({
    id: z.string(),
    studentId: z.string(),
    fromDay: Day,
    untilDay: Day,
    state: z.enum(PLACEMENT_STATES),
    daysDone: z.int().nullable(),
    version: z.int().meta({ description: 'From 1; a correction makes the next one' }),
    contested: z.boolean(),
    signedBy: z.array(z.string()).meta({ description: 'Parties of the agreement' }),
    visits: z.array(z.object({ day: Day, manner: z.string(), finding: z.string() })),
    assessed: z.boolean().meta({ description: 'Whether an assessment was sent that you may read' }),
  })
  .meta({ id: 'Placement' })

const seeing = route({
  tag: 'Mentoring',
  access: 'mentoring:read',
  method: 'get',
  path: '/api/placements/{id}',
  summary: 'See how far a placement has come, by id',
  params,
  response: PlacementJson,
  errors: ERRORS,
  async handle(ctx, { params: { id } }, req) {
    return toJson(await seePlacement(ctx, actorOf(req), id))
  },
})

const planning = route({
  ...writing,
  path: '/api/students/{id}/placement-plans',
  summary: 'Plan a placement of a student in a company',
  body: NewPlan,
  status: 201,
  response: z.object({ id: z.string() }).meta({ id: 'PlannedPlacement' }),
  errors: [...ERRORS, 'rule-refused', 'unacknowledged'],
  async handle(ctx, { params: { id: studentId }, body }, req) {
    const { dailyHours, weeklyHours, ...said } = body
    const time = { dailyMinutes: toMinutes(dailyHours), weeklyMinutes: toMinutes(weeklyHours) }
    return { id: await planPlacement(ctx, actorOf(req), { ...said, ...time, studentId }) }
  },
})

const agreeing = [
  route({
    ...writing,
    path: '/api/placements/{id}/agreement',
    summary: 'Write the mandatory mentions of the agreement of a placement, all at once',
    body: z
      .strictObject({
        mentions: z.partialRecord(z.enum(WRITTEN_MENTIONS), z.string().max(10_000)),
      })
      .meta({ id: 'AgreementMentions' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: placementId }, body }, req) {
      await writeAgreement(ctx, actorOf(req), { placementId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/placements/{id}/agreement/signatures',
    summary: 'Record on which day a party signed the agreement of a placement',
    body: z
      .strictObject({ party: z.enum(PARTIES), signedOn: Day, manner: z.enum(MANNERS) })
      .meta({ id: 'NewSignature' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: placementId }, body }, req) {
      await recordSignature(ctx, actorOf(req), { placementId, ...body })
    },
  }),
]

const following = [
  route({
    ...writing,
    path: '/api/placements/{id}/visits',
    summary: 'Record that the school asked the tutor whether all goes well',
    body: z
      .strictObject({
        day: Day,
        manner: z.enum(VISIT_MANNERS),
        finding: z.enum(VISIT_FINDINGS),
      })
      .meta({ id: 'NewVisit' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: placementId }, body }, req) {
      await recordVisit(ctx, actorOf(req), { placementId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/placements/{id}/days',
    summary: 'Record the days that a planned placement had, by its attestation on paper',
    body: z.strictObject({ daysDone: z.int().min(1).max(400) }).meta({ id: 'DaysDone' }),
    status: 204,
    errors: [...ERRORS, 'rule-refused', 'conflict'],
    async handle(ctx, { params: { id: placementId }, body }, req) {
      await completePlacement(ctx, actorOf(req), { placementId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/placements/{id}/cancellation',
    summary: 'Cancel a placement that will not take place',
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id } }, req) {
      await cancelPlacement(ctx, actorOf(req), id)
    },
  }),
]

const assessing = [
  route({
    ...writing,
    path: '/api/placements/{id}/assessment-links',
    summary: 'Make the link by which the tutor assesses a placement without an account',
    body: z
      .strictObject({ gridId: Id.meta({ description: 'Of your lycée, or the general one' }) })
      .meta({ id: 'NewAssessmentLink' }),
    status: 201,
    response: z
      .object({ url: z.url().meta({ description: 'Told once: only its hash is kept' }) })
      .meta({ id: 'AssessmentLink' }),
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: placementId }, body }, req) {
      const { url } = await askAssessment(ctx, actorOf(req), { placementId, ...body })
      return { url }
    },
  }),
  route({
    ...writing,
    path: '/api/placements/{id}/assessment/agreement',
    summary: 'Agree, as the student, to the assessment that the school has confirmed',
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id } }, req) {
      await agreeToAssessment(ctx, actorOf(req), id)
    },
  }),
]

export const placementRoutes = [seeing, planning, ...agreeing, ...following, ...assessing]

function toMinutes(hours: number): number {
  return Math.round(hours * 60)
}

function toJson({ placement, signatures, visits, assessment }: PlacementView) {
  const { publicId: id, studentPublicId, fromDay, untilDay, daysDone, version } = placement
  return {
    ...{ id, studentId: studentPublicId, fromDay, untilDay, daysDone, version },
    state: stateOf(placement),
    contested: placement.contestedAt !== null,
    signedBy: signatures.map(({ party }) => party),
    visits: visits.map(({ day, manner, finding }) => ({ day, manner, finding })),
    assessed: assessment !== undefined,
  }
}
