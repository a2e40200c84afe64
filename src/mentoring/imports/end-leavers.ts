import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { closeEnrolment, toExitReason, type ExitReason } from '../cohorts/end-enrolment.js'
import { toDay } from '../days.js'
import { markFiguresOf } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { SCHEMES } from '../schemes/index.js'
import { enrolmentsOf, lockStudent } from '../students/store.js'
import { listOpenGroups, listOpenStays, type OpenGroup, type OpenStay } from './leavers-store.js'
import { seeImport, type PastImport } from './see.js'
import { endSchoolings } from './store.js'

/** The students whom an import proposed as leavers and who are still on the school's books. */
export type Leaving = Readonly<{
  past: PastImport
  stays: readonly OpenStay[]
  /** Of other schemes than P-TECH, those that the school answers for. */
  groups: readonly OpenGroup[]
}>

/** A student who goes on elsewhere stays in the cohort: a P-TECH cohort crosses schools. */
export const GOES_ON = 'CONTINUE'

export type LeaversInput = Readonly<{
  /** Public id of the import that proposed them. */
  importId: string
  /** All whom it proposed and who are still here, or those alone. */
  who: 'all' | readonly string[]
  /** The last day at the school. */
  lastDay: string
  /** Why they leave their cohort too, or that they stay in it. */
  reason: string
  /**
   * Codes of the other schemes that they leave with the school. None is assumed: a cordée that began at the collège
   * may go on in the lycée.
   */
  endedSchemes?: readonly string[] | undefined
}>

/** @throws {DomainError} not-found or forbidden */
export async function seeLeaving(ctx: Context, actor: Actor, importId: string): Promise<Leaving> {
  const past = await seeImport(ctx, actor, importId)
  const ids = past.summary.leavers.map(({ studentId }) => studentId)
  const stays = await listOpenStays(ctx.db, past.school.id, ids)
  return { past, stays, groups: await answeredGroups(ctx.db, actor, past.school.id, stays) }
}

/**
 * Ends the schooling of students whom an import found to have left, all of them or none; and their
 * enrolment in a cohort of this school, unless they go on with it elsewhere, and in groups of the schemes that are
 * said. A pair ends as a whole, on its page.
 *
 * @returns how many
 * @throws {DomainError} invalid-request, not-found, forbidden; nothing is ended for anybody then
 */
export async function endLeavers(ctx: Context, actor: Actor, input: LeaversInput): Promise<number> {
  const { past } = await seeLeaving(ctx, actor, input.importId)
  const { school } = past
  authorize(actor, 'manage-classes', { schoolId: school.id })
  const { who } = input
  if (who.length === 0) throw nobodyChosen()
  const lastDay = toDay(input.lastDay, '/lastDay')
  const reason = input.reason === GOES_ON ? undefined : toExitReason(input.reason)
  const ended = toEndedSchemes(input.endedSchemes ?? [])
  const proposed = past.summary.leavers.map(({ studentId }) => studentId)
  const ids = who === 'all' ? proposed : proposed.filter((id) => who.includes(id))
  return ctx.db.transaction().execute(async (trx) => {
    const stays = await listOpenStays(trx, school.id, ids)
    // Somebody who was not proposed, or whose schooling is ended already.
    if (stays.length < (who === 'all' ? 1 : new Set(who).size)) throw nothingHere()
    const groups = await answeredGroups(trx, actor, school.id, stays)
    for (const stay of stays) {
      await endStay(ctx, trx, { actor, stay, school: school.publicId, lastDay })
      if (reason) await leaveCohorts(ctx, trx, { actor, stay, lastDay, reason })
      const own = groups.filter(
        ({ studentId, scheme }) => studentId === stay.studentId && ended.includes(scheme),
      )
      await leaveGroups(ctx, trx, own, { actor, stay, lastDay, reason: reason ?? 'AUTRE' })
    }
    return stays.length
  })
}

type Ended = Readonly<{ actor: Actor; stay: OpenStay; lastDay: string }>

async function endStay(
  ctx: Context,
  trx: Db,
  { actor, stay, lastDay, school }: Ended & { school: string },
): Promise<void> {
  if (lastDay < stay.fromDay) throw tooEarly(stay.fromDay)
  await lockStudent(trx, stay.studentId)
  if ((await endSchoolings(trx, [stay.schoolingId], lastDay)) === 0) throw nothingHere()
  await markFiguresOf(trx, [stay.studentId], lastDay)
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: 'schooling.ended',
    subject: stay.publicId,
    details: { school },
  })
}

/** Of the cohorts that the actor runs: another school's is its own affair. */
async function leaveCohorts(
  ctx: Context,
  trx: Db,
  { actor, stay, lastDay, reason }: Ended & { reason: ExitReason },
): Promise<void> {
  const student = { id: stay.studentId, publicId: stay.publicId }
  for (const { cohortId, cohortPublicId, schoolId, untilDay } of await enrolmentsOf(
    trx,
    student.id,
  )) {
    if (untilDay !== null || !may(actor, 'manage-classes', { schoolId })) continue
    const cohort = { id: cohortId, publicId: cohortPublicId }
    await closeEnrolment(ctx, trx, { actor, student, cohort, lastDay, reason })
  }
}

/** The groups of some students that the actor may take students of this school out of. */
async function answeredGroups(
  db: Db,
  actor: Actor,
  schoolId: number,
  stays: readonly OpenStay[],
): Promise<OpenGroup[]> {
  const groups = await listOpenGroups(
    db,
    stays.map(({ studentId }) => studentId),
  )
  return groups.filter(({ ownerId }) =>
    may(actor, 'manage-schemes', { schoolIds: [ownerId, schoolId], companyIds: [ownerId] }),
  )
}

async function leaveGroups(
  ctx: Context,
  trx: Db,
  groups: readonly OpenGroup[],
  { actor, stay, lastDay, reason }: Ended & { reason: ExitReason },
): Promise<void> {
  const student = { id: stay.studentId, publicId: stay.publicId }
  for (const { cohortId, cohortPublicId } of groups) {
    const cohort = { id: cohortId, publicId: cohortPublicId }
    await closeEnrolment(ctx, trx, { actor, student, cohort, lastDay, reason })
  }
}

/** @throws {DomainError} invalid-request for what is no scheme whose enrolments end one by one */
function toEndedSchemes(codes: readonly string[]): readonly string[] {
  const known = SCHEMES.filter(({ ofOne }) => !ofOne).map(({ code }) => code)
  if (codes.every((code) => known.includes(code))) return codes
  throw wrongField('/endedSchemes', {
    fr: 'Choisissez parmi les dispositifs de la liste ; un binôme se termine sur sa page.',
    en: 'Choose among the schemes of the list; a pair is ended on its page.',
  })
}

function nobodyChosen() {
  return wrongField('/studentIds', {
    fr: 'Cochez au moins un élève.',
    en: 'Tick one student at least.',
  })
}

function tooEarly(fromDay: string) {
  return wrongField('/lastDay', {
    fr: `Ce jour est avant le début d’une scolarité (${fromDay}). Donnez un jour plus tard.`,
    en: `This day is before the beginning of a schooling (${fromDay}). Give a later day.`,
  })
}
