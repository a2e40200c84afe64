import { z } from 'zod'
import type { ErrorCode } from '../../errors.js'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { AGREEMENT_TYPES } from './agreement-rules.js'
import { classFor } from './class-access.js'
import { CONTRIBUTION_KINDS } from './contribution-rules.js'
import { namePerson } from './name-person.js'
import { CLASS_FUNCTIONS } from './people-rules.js'
import { recordAgreement } from './record-agreement.js'
import { promise, recordContribution } from './record-contribution.js'
import { seeClassContributions, type CompanyYearLine } from './see-contributions.js'
import { groundOf } from './see-ground.js'

const Id = z.string().max(64)
const Day = z.iso.date()
const Name = z.string().min(1).max(120)
const Year = z.int().min(2000).max(2100)
const Created = z.object({ id: z.string() }).meta({ id: 'CreatedPart' })

const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']
const params = z.object({ id: Id })
const reading = { tag: 'Mentoring', access: 'mentoring:read', method: 'get', params } as const
const writing = { tag: 'Mentoring', access: 'mentoring:write', method: 'post', params } as const

const ClassDetails = z
  .object({
    id: z.string(),
    name: z.string(),
    mef: z.string(),
    track: z.string(),
    people: z.array(
      z.object({
        id: z.string(),
        function: z.enum(CLASS_FUNCTIONS),
        name: z.string(),
        fromDay: z.string(),
        untilDay: z.string().nullable(),
      }),
    ),
    agreements: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        title: z.string(),
        startDay: z.string(),
        endDay: z.string(),
      }),
    ),
    uncovered: z
      .array(z.object({ cohortId: z.string(), fromDay: z.string(), lastDay: z.string() }))
      .meta({ description: 'Cohorts that outlive the framework agreements of the class (PT-14)' }),
    cohortsUnderWay: z.int().meta({ description: 'Five in a steady state (PT-11)' }),
    findings: z
      .array(z.object({ rule: z.string(), fr: z.string(), en: z.string() }))
      .meta({ description: 'What the rules report of the class today' }),
  })
  .meta({ id: 'ClassDetails' })

const AgreementBody = z
  .strictObject({
    type: z.enum(AGREEMENT_TYPES),
    title: Name,
    startDay: Day,
    endDay: Day.meta({ description: 'Five years less a day of an ACCORD_CADRE_PTECH (PT-14)' }),
    renewsId: Id.optional(),
    parties: z
      .array(
        z.strictObject({
          organisationId: Id.optional(),
          name: Name.optional(),
          capacity: Name,
          signedOn: Day.optional(),
        }),
      )
      .max(30)
      .default([]),
  })
  .meta({ id: 'NewAgreement' })

const PersonBody = z
  .strictObject({
    function: z.enum(CLASS_FUNCTIONS),
    personId: Id.optional(),
    name: Name.optional(),
    fromDay: Day,
  })
  .meta({ id: 'NewClassPerson' })

const ContributionBody = z
  .strictObject({
    companyId: Id,
    kind: z.enum(CONTRIBUTION_KINDS),
    day: Day,
    description: z.string().min(1).max(500),
    personDays: z.number().nullable().default(null).meta({ description: 'In half days (PT-21)' }),
    euros: z.number().nullable().default(null).meta({ description: 'Of EQUIPMENT only (PT-22)' }),
  })
  .meta({ id: 'NewContribution' })

const CommitmentBody = z
  .strictObject({
    companyId: Id,
    schoolYear: Year.meta({ description: 'By the year that it starts in' }),
    personDays: z.int().min(0).max(1000),
    euros: z.number().min(0).default(0),
  })
  .meta({ id: 'NewCommitment' })

const Contributions = z
  .object({
    schoolYear: z.int(),
    companies: z.array(
      z.object({
        company: z.string(),
        personDays: z.number().meta({ description: 'Of seven hours (PT-21)' }),
        tutoringDays: z.number().meta({ description: 'Of placements: not counted' }),
        euros: z.number().meta({ description: 'For equipment: not counted (PT-22)' }),
        promisedDays: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'ClassContributions' })

export const classRoutes = [
  route({
    ...reading,
    path: '/api/classes/{id}',
    summary: 'See a P-TECH class: people, agreements, and what the rules report, by id',
    response: ClassDetails,
    errors: ERRORS,
    async handle(ctx, { params: { id } }, req) {
      const { row } = await classFor(ctx, actorOf(req), id, 'see-class')
      const ground = await groundOf(ctx, row)
      return {
        id,
        name: row.name,
        mef: row.mef,
        track: row.track,
        people: ground.people.map(({ publicId, ...one }) => ({ ...one, id: publicId })),
        agreements: ground.agreements.map(({ publicId, ...one }) => ({ ...one, id: publicId })),
        uncovered: ground.gaps.map(({ cohort, fromDay, lastDay }) => ({
          cohortId: cohort.publicId,
          fromDay,
          lastDay,
        })),
        cohortsUnderWay: ground.underWay,
        findings: ground.findings.map(({ rule, words }) => ({ rule, ...words })),
      }
    },
  }),
  route({
    ...writing,
    path: '/api/classes/{id}/agreements',
    summary: 'Record an agreement that covers a class',
    body: AgreementBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'rule-refused'],
    async handle(ctx, { params: { id }, body }, req) {
      return { id: await recordAgreement(ctx, actorOf(req), { classId: id, ...body }) }
    },
  }),
  route({
    ...writing,
    path: '/api/classes/{id}/people',
    summary: 'Give somebody a function for a class',
    body: PersonBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id }, body }, req) {
      return { id: await namePerson(ctx, actorOf(req), { classId: id, ...body }) }
    },
  }),
  route({
    ...reading,
    path: '/api/classes/{id}/contributions',
    summary: 'See what the companies of a class gave in a school year, and promised',
    query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    response: Contributions,
    errors: ERRORS,
    async handle(ctx, { params: { id }, query: { year } }, req) {
      const seen = await seeClassContributions(ctx, actorOf(req), { classId: id, year })
      return { schoolYear: seen.year, companies: seen.lines.map(toJson) }
    },
  }),
  route({
    ...writing,
    path: '/api/classes/{id}/contributions',
    summary: 'Record what a company gave a class beside its sessions',
    body: ContributionBody,
    status: 201,
    response: Created,
    errors: [...ERRORS, 'rule-refused', 'conflict'],
    async handle(ctx, { params: { id }, body }, req) {
      return { id: await recordContribution(ctx, actorOf(req), { classId: id, ...body }) }
    },
  }),
  route({
    ...writing,
    path: '/api/classes/{id}/commitments',
    summary: 'Keep what a company promises a class for a school year',
    body: CommitmentBody,
    status: 204,
    errors: ERRORS,
    async handle(ctx, { params: { id }, body }, req) {
      await promise(ctx, actorOf(req), { classId: id, ...body })
    },
  }),
]

function toJson(line: CompanyYearLine): z.input<typeof Contributions>['companies'][number] {
  return {
    company: line.companyName,
    personDays: line.personDays,
    tutoringDays: line.tutoringDays,
    euros: line.equipmentCents / 100,
    promisedDays: line.promised?.personDays ?? null,
  }
}
