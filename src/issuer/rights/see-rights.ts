import type { Actor, Context } from '../../context.js'
import { assertAllowed, may, organisationsWith } from '../../people/authorize.js'
import { getStudent } from '../../mentoring/students/store.js'
import { resourceOf, studentFor } from './ask-erasure.js'
import { isAgreed, maySecondErasure } from './decide-erasure.js'
import { listOpenRequests, listRequestsOf, type ErasureRequest } from './store.js'

/** Where a request stands. */
export type RequestState = 'asked' | 'agreed' | 'decided' | 'refused' | 'withdrawn' | 'erased'

export type RightsView = Readonly<{
  studentId: string
  name: string
  /** The latest request, if there was one. */
  request: (ErasureRequest & { state: RequestState }) | undefined
  mayCopy: boolean
  mayAsk: boolean
  mayAgree: boolean
  maySecond: boolean
  mayWithdraw: boolean
}>

/**
 * What somebody may do about the data of a student.
 *
 * @param studentId nobody's: the student who asks
 * @throws {DomainError} not-found or forbidden
 */
export async function seeRights(
  ctx: Context,
  actor: Actor,
  studentId?: string,
): Promise<RightsView> {
  const student = await studentFor(ctx, actor, studentId)
  const resource = resourceOf(student)
  // The page of a student is for staff; their own is for themselves.
  assertAllowed(actor, studentId === undefined ? 'ask-erasure' : 'second-erasure', resource)
  const [latest] = await listRequestsOf(ctx.db, student.id)
  const state = latest && stateOf(latest)
  const isOpen = state === 'asked' || state === 'agreed'
  return {
    studentId: student.public_id,
    name: `${student.given_name} ${student.family_name}`,
    request: latest && { ...latest, state: stateOf(latest) },
    mayCopy: may(actor, 'take-data', resource),
    mayAsk: !isOpen && state !== 'decided',
    mayAgree: isOpen && may(actor, 'erase-student', resource),
    maySecond: state === 'agreed' && latest !== undefined && maySecondErasure(actor, latest),
    mayWithdraw: isOpen && actor.personId === student.person_id,
  }
}

function stateOf(request: ErasureRequest): RequestState {
  if (request.ended_as === 'REFUSED') return 'refused'
  if (request.ended_as === 'WITHDRAWN') return 'withdrawn'
  if (request.ended_as === 'ERASED') return 'erased'
  if (request.seconded_at !== null) return 'decided'
  return isAgreed(request) ? 'agreed' : 'asked'
}

export type OpenRequest = Readonly<{
  studentId: string
  name: string
  askedAt: string
  state: RequestState
}>

/** The requests that wait in the schools of the actor. @throws {DomainError} forbidden */
export async function seeOpenRequests(ctx: Context, actor: Actor): Promise<OpenRequest[]> {
  const schoolIds = organisationsWith(actor, 'second-erasure')
  if (schoolIds.length === 0)
    assertAllowed(actor, 'second-erasure', { studentPersonId: actor.personId })
  const requests = await listOpenRequests(ctx.db, schoolIds)
  return Promise.all(
    requests.map(async (request) => {
      const student = await getStudent(ctx.db, request.student_id ?? -1)
      return {
        studentId: student.public_id,
        name: `${student.given_name} ${student.family_name}`,
        askedAt: request.asked_at,
        state: stateOf(request),
      }
    }),
  )
}
