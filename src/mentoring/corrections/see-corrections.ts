import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { dayAt, today } from '../../people/days.js'
import { askingStudent } from './ask-correction.js'
import { correctable } from './correct-identity.js'
import {
  ASKED_FIELDS,
  IDENTITY_FIELDS,
  OUTCOMES,
  type AskedField,
  type IdentityField,
  type Outcome,
} from './fields.data.js'
import type { Wanted } from './identity.js'
import {
  countOpenRequests,
  listCorrectionRequests,
  listCorrectionRequestsOf,
  listIdentityChanges,
  type RequestRow,
} from './store.js'

export type RequestView = Readonly<{
  id: string
  field: AskedField
  byGuardian: boolean
  said: string
  /** Days at school. */
  madeOn: string
  dueOn: string
  isLate: boolean
  answered: Readonly<{ on: string; outcome: Outcome; answer: string }> | undefined
}>
export type SchoolRequest = RequestView &
  Readonly<{ student: Readonly<{ id: string; name: string }> }>

export type ChangeView = Readonly<{
  field: IdentityField
  /** Undefined: of a number there is no more than a fingerprint. */
  before: string | undefined
  reason: string
  on: string
  byName: string
}>

export type IdentityView = Readonly<{
  studentId: string
  name: string
  now: Wanted
  requests: readonly RequestView[]
  changes: readonly ChangeView[]
}>

/** What a student asked to be corrected, and what became of it. @throws {DomainError} not-found or forbidden */
export async function seeMyCorrections(ctx: Context, actor: Actor): Promise<RequestView[]> {
  const student = await askingStudent(ctx, actor)
  const rows = await listCorrectionRequestsOf(ctx.db, student.id)
  return rows.map((row) => toRequest(ctx, row))
}

/** Who a student is, what is said to be wrong in it, and what it was. @throws {DomainError} not-found or forbidden */
export async function seeIdentity(
  ctx: Context,
  actor: Actor,
  studentId: string,
): Promise<IdentityView> {
  const student = await correctable(ctx, actor, studentId)
  const requests = await listCorrectionRequestsOf(ctx.db, student.id)
  const changes = await listIdentityChanges(ctx.db, student.id)
  return {
    studentId,
    name: `${student.given_name} ${student.family_name}`,
    now: {
      ...{ givenName: student.given_name, familyName: student.family_name },
      birthDate: ctx.vault.open(student.birth_date_sealed),
      ...{ sex: student.sex ?? '', ine: '' },
    },
    requests: requests.map((row) => toRequest(ctx, row)),
    changes: changes.flatMap((row) => {
      const field = IDENTITY_FIELDS.find((one) => one === row.field)
      if (!field) return []
      const before = field === 'ine' ? undefined : ctx.vault.open(row.before_sealed)
      const reason = ctx.vault.open(row.reason_sealed)
      const on = dayAt(new Date(row.changed_at), ctx.config.timeZone)
      const byName = `${row.byGivenName ?? ''} ${row.byFamilyName ?? ''}`.trim()
      return [{ field, before, reason, on, byName }]
    }),
  }
}

/** What was asked for in the actor's schools. @throws {DomainError} forbidden */
export async function seeCorrections(ctx: Context, actor: Actor): Promise<SchoolRequest[]> {
  const schoolIds = organisationsWith(actor, 'correct-identity')
  authorize(actor, 'correct-identity', { schoolIds })
  const found = await listCorrectionRequests(ctx.db, schoolIds)
  return found.map((row) => ({
    ...toRequest(ctx, row),
    student: { id: row.studentPublicId, name: `${row.givenName} ${row.familyName}` },
  }))
}

/** How many wait for an answer of the actor's schools. */
export function openCorrectionsFor(ctx: Context, actor: Actor): Promise<number> {
  return countOpenRequests(ctx.db, organisationsWith(actor, 'correct-identity'))
}

function toRequest(ctx: Context, row: RequestRow): RequestView {
  const outcome = OUTCOMES.find((one) => one === row.outcome)
  const isAnswered = row.answered_at !== null && row.answer_sealed !== null
  return {
    id: row.public_id,
    field: ASKED_FIELDS.find((one) => one === row.field) ?? 'other',
    byGuardian: row.guardian_id !== null,
    said: ctx.vault.open(row.said_sealed),
    madeOn: dayAt(new Date(row.made_at), ctx.config.timeZone),
    dueOn: row.due_on,
    isLate: row.answered_at === null && row.due_on < today(ctx),
    answered:
      isAnswered && outcome
        ? {
            on: dayAt(new Date(row.answered_at ?? ''), ctx.config.timeZone),
            outcome,
            answer: ctx.vault.open(row.answer_sealed ?? ''),
          }
        : undefined,
  }
}
