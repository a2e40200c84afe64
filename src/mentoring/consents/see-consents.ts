import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db, Row } from '../../store/schema.js'
import { ageOn } from '../days.js'
import { toView, type ObjectionView } from './answer-objection.js'
import { activeOf, isAdult, managed } from './guardians.js'
import { listGuardians, type GuardianRow } from './guardians-store.js'
import { aroundOf } from './may-be-shown.js'
import { listObjectionsOf } from './objections-store.js'
import { ALONE_FROM_AGE, PURPOSES, type Purpose } from './purposes.data.js'
import { saidIn } from './said.js'
import { studentOf } from './say-word.js'
import { standingOf, type Standing } from './standing.js'
import { listRecords, type ConsentRecord } from './store.js'

/** What holds of one purpose, of every badge or of one. */
export type ConsentState = Readonly<{
  purpose: Purpose
  badgeId: number | null
  standing: Standing
}>
export type GuardianView = Readonly<{
  rowId: number
  id: string
  /** Null for the student: who their guardians are, the school knows. */
  name: string | null
  email: string | null
}>

export type ConsentsView = Readonly<{
  student: Readonly<{ rowId: number; id: string; name: string }>
  /** Student and guardian agree jointly. */
  isJoint: boolean
  isAdult: boolean
  guardians: readonly GuardianView[]
  states: readonly ConsentState[]
  /** All that was said, the newest first. */
  records: readonly ConsentRecord[]
  objections: readonly ObjectionView[]
}>

/**
 * The consents of the student who asks.
 *
 * @param badgeIds badges of theirs that may be shown
 * @throws {DomainError} not-found or forbidden
 */
export async function seeMyConsents(
  ctx: Context,
  actor: Actor,
  badgeIds: readonly number[],
): Promise<ConsentsView> {
  const student = await studentOf(ctx.db, actor)
  const unnamed = ({ id, public_id }: GuardianRow) => {
    return { rowId: id, id: public_id, name: null, email: null }
  }
  return consentsOf(ctx, student, { badgeIds, guardianView: unnamed })
}

/** The consents of a student, for the staff of their school. @throws {DomainError} not-found or forbidden */
export async function seeConsentsOf(
  ctx: Context,
  actor: Actor,
  studentId: string,
): Promise<ConsentsView> {
  const student = await managed(ctx.db, actor, studentId)
  const open = (sealed: string | null) => (sealed === null ? null : ctx.vault.open(sealed))
  const named = ({ id, public_id, name_sealed, email_sealed }: GuardianRow) => {
    return { rowId: id, id: public_id, name: open(name_sealed), email: open(email_sealed) }
  }
  // Badges of which somebody has said something.
  const records = await listRecords(ctx.db, student.id)
  const badgeIds = [...new Set(records.flatMap(({ badge_id }) => badge_id ?? []))]
  return consentsOf(ctx, student, { badgeIds, guardianView: named })
}

async function consentsOf(
  ctx: Context,
  student: Row<'students'>,
  of: Readonly<{
    badgeIds: readonly number[]
    guardianView: (row: GuardianRow) => GuardianView
  }>,
): Promise<ConsentsView> {
  const records = await listRecords(ctx.db, student.id)
  const guardians = activeOf(await listGuardians(ctx.db, student.id))
  const age = ageOn(ctx.vault.open(student.birth_date_sealed), today(ctx))
  return {
    student: {
      rowId: student.id,
      id: student.public_id,
      name: `${student.given_name} ${student.family_name}`,
    },
    isJoint: age < ALONE_FROM_AGE,
    isAdult: isAdult(ctx, student),
    guardians: guardians.map(of.guardianView),
    states: await statesOf(ctx, ctx.db, { student, records, badgeIds: of.badgeIds }),
    records: records.toReversed(),
    objections: (await listObjectionsOf(ctx.db, student.id)).map((row) => toView(ctx, row)),
  }
}

async function statesOf(
  ctx: Context,
  db: Db,
  of: Readonly<{
    student: Row<'students'>
    records: readonly ConsentRecord[]
    badgeIds: readonly number[]
  }>,
): Promise<ConsentState[]> {
  const { student, records, badgeIds } = of
  const states = PURPOSES.map(async (purpose) => {
    const around = await aroundOf(ctx, db, { studentId: student.id, purpose }, ctx.now())
    const ofPurpose = records.filter((one) => one.purpose === purpose)
    return [null, ...badgeIds].map((badgeId) => {
      const said = ofPurpose.filter((one) => one.badge_id === null || one.badge_id === badgeId)
      return { purpose, badgeId, standing: standingOf(saidIn(said), around) }
    })
  })
  return (await Promise.all(states)).flat()
}
