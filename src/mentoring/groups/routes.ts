import { z } from 'zod'
import type { ErrorCode } from '../../errors.js'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { endEnrolment, EXIT_REASONS } from '../cohorts/end-enrolment.js'
import { LEVELS } from '../levels.js'
import { addSchool } from './add-school.js'
import { closeGroup } from './close-group.js'
import { noteCharter } from './note-charter.js'
import { openGroup } from './open-group.js'
import { seeGroup } from './see-group.js'
import { seeSchemes } from './see-schemes.js'

const Id = z.string().max(64)
const Day = z.iso.date()
const params = z.object({ id: Id })
const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']
const reading = { tag: 'Mentoring', access: 'mentoring:read', method: 'get' } as const
const writing = { tag: 'Mentoring', access: 'mentoring:write', method: 'post' } as const

const GroupLine = z
  .object({
    id: z.string(),
    title: z.string(),
    ownerName: z.string(),
    students: z.int().meta({ description: 'How many it has today' }),
    closedOn: Day.nullable(),
  })
  .meta({ id: 'GroupLine' })

const SchemeJson = z
  .object({
    code: z.string(),
    name: z.string(),
    kinds: z.array(z.string()).meta({ description: 'Of its sessions' }),
    groups: z.array(GroupLine),
  })
  .meta({ id: 'Scheme' })

const GroupDetails = z
  .object({
    id: z.string(),
    scheme: z.string(),
    title: z.string(),
    ownerType: z.string().nullable(),
    openedOn: Day,
    closedOn: Day.nullable(),
    charterOn: Day.nullable(),
    schools: z.array(z.object({ id: z.string(), fromDay: Day, untilDay: Day.nullable() })),
    students: z
      .array(z.object({ id: z.string(), level: z.enum(LEVELS).nullable() }))
      .meta({ description: 'Those of your school, or all for who runs the group' }),
  })
  .meta({ id: 'Group' })

const NewGroup = z
  .strictObject({
    ownerId: Id,
    name: z.string().min(1).max(120),
    schoolIds: z.array(Id).max(200),
    fromDay: Day,
    charterOn: Day.optional(),
    charterReference: z.string().max(120).optional(),
  })
  .meta({ id: 'NewGroup' })

export const groupRoutes = [
  route({
    ...reading,
    path: '/api/schemes',
    summary: 'List the schemes, each with the groups of your organisations',
    response: z.object({ schemes: z.array(SchemeJson) }),
    errors: ERRORS,
    async handle(ctx, _input, req) {
      const found = await seeSchemes(ctx, actorOf(req))
      const schemes = found.map(({ scheme, groups }) => ({
        code: scheme.code,
        name: scheme.words.fr,
        kinds: scheme.kinds.map(({ code }) => code),
        groups: groups.map(({ publicId: id, title, ownerName, students, closedOn }) => {
          return { id, title, ownerName, students, closedOn }
        }),
      }))
      return { schemes }
    },
  }),
  route({
    ...writing,
    path: '/api/schemes/{id}/groups',
    summary: 'Open a group of a scheme, such as a cordée, by the code of the scheme',
    params,
    body: NewGroup,
    status: 201,
    response: z.object({ id: z.string() }).meta({ id: 'CreatedGroup' }),
    errors: [...ERRORS, 'rule-refused', 'conflict'],
    async handle(ctx, { params: { id: scheme }, body }, req) {
      return { id: await openGroup(ctx, actorOf(req), { scheme, ...body }) }
    },
  }),
  route({
    ...reading,
    path: '/api/groups/{id}',
    summary: 'See a group of several students, such as a cordée, by id',
    params,
    response: GroupDetails,
    errors: ERRORS,
    async handle(ctx, { params: { id } }, req) {
      const { group, schools, students } = await seeGroup(ctx, actorOf(req), id)
      const { publicId, scheme, title, ownerType, openedOn, closedOn, charterOn } = group
      return {
        ...{ id: publicId, scheme, title, ownerType, openedOn, closedOn, charterOn },
        schools: schools.map((one) => ({
          id: one.publicId,
          fromDay: one.fromDay,
          untilDay: one.untilDay,
        })),
        students: students.map((one) => ({ id: one.publicId, level: one.level ?? null })),
      }
    },
  }),
  route({
    ...writing,
    path: '/api/groups/{id}/schools',
    summary: 'Give a school a part in a group: an encordé of a cordée',
    params,
    body: z.strictObject({ schoolId: Id, fromDay: Day }).meta({ id: 'NewGroupSchool' }),
    status: 204,
    errors: [...ERRORS, 'rule-refused', 'conflict'],
    async handle(ctx, { params: { id: groupId }, body }, req) {
      await addSchool(ctx, actorOf(req), { groupId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/groups/{id}/charter',
    summary: 'Note when the charter of a group of several students was signed',
    params,
    body: z
      .strictObject({ charterOn: Day, charterReference: z.string().max(120).default('') })
      .meta({ id: 'Charter' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: groupId }, body }, req) {
      await noteCharter(ctx, actorOf(req), { groupId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/groups/{id}/closing',
    summary: 'Close a group of several students on a day',
    params,
    body: z.strictObject({ lastDay: Day }).meta({ id: 'Closing' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: groupId }, body }, req) {
      await closeGroup(ctx, actorOf(req), { groupId, ...body })
    },
  }),
  route({
    ...writing,
    path: '/api/cohorts/{id}/enrolments/end',
    summary: 'End the enrolment of a student in a cohort or group',
    params,
    body: z
      .strictObject({ studentId: Id, lastDay: Day, reason: z.enum(EXIT_REASONS) })
      .meta({ id: 'EnrolmentEnd' }),
    status: 204,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params: { id: cohortId }, body }, req) {
      await endEnrolment(ctx, actorOf(req), { cohortId, ...body })
    },
  }),
]
