import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import {
  findOrganisationByPublicId,
  listOrganisations,
  type Organisation,
} from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { findCohort, type Cohort } from '../classes/store.js'
import { lastDayOfCohort } from '../classes/agreement-rules.js'
import { isWithin, overlap, toDay, type Period } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { firstDayOf } from '../school-year.js'
import { endCohortSchool, insertCohortSchool, listCohortSchools } from './store.js'

/**
 * Lets a P-TECH cohort go on in another school from a day, where its BTS is. Staff of that school see the
 * cohort and its students from that day.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function addSchool(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; schoolId: string; fromDay: string }>,
): Promise<void> {
  const cohort = await managedCohort(ctx, actor, input.cohortId)
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  if (school?.kind !== 'lycee') throw noSchool()
  const from_day = toCourseDay(cohort, input.fromDay)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'cohort.school-added'
    const details = { school: school.publicId, fromDay: from_day }
    const subject = cohort.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const schools = await listCohortSchools(trx, cohort.id)
    const period = { fromDay: from_day, untilDay: null }
    if (schools.some((one) => one.schoolId === school.id && overlap(one, period))) {
      throw thereAlready()
    }
    await insertCohortSchool(trx, { cohort_id: cohort.id, school_id: school.id, from_day })
  })
}

/**
 * Ends the time of another school with a cohort: from the next day its staff don't see it any more.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function endSchool(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; schoolId: string; lastDay: string }>,
): Promise<void> {
  const cohort = await managedCohort(ctx, actor, input.cohortId)
  const schools = await listCohortSchools(ctx.db, cohort.id)
  const open = schools.find(
    (one) => one.publicId === input.schoolId && one.untilDay === null && !one.isOwner,
  )
  if (!open) throw nothingHere()
  const lastDay = toDay(input.lastDay, '/lastDay')
  if (lastDay < dayBefore(open.fromDay)) throw tooEarly()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await endCohortSchool(trx, open.id, lastDay))) throw nothingHere()
    const action = 'cohort.school-ended'
    const details = { school: open.publicId }
    const subject = cohort.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

export type CohortSchool = Period &
  Readonly<{ publicId: string; name: string; isOwner: boolean; active: boolean }>

/**
 * The schools of a P-TECH cohort, and those that it may go on in.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeSchools(
  ctx: Context,
  actor: Actor,
  cohortId: string,
): Promise<{ cohort: Cohort; schools: CohortSchool[]; others: Organisation[] }> {
  const cohort = await managedCohort(ctx, actor, cohortId)
  const day = today(ctx)
  const found = await listCohortSchools(ctx.db, cohort.id)
  const schools = found.map((one) => ({ ...one, active: isWithin(day, one) }))
  const lycees = await listOrganisations(ctx.db, 'lycee')
  return { cohort, schools, others: lycees.filter(({ id }) => id !== cohort.schoolId) }
}

async function managedCohort(ctx: Context, actor: Actor, publicId: string): Promise<Cohort> {
  const cohort = await findCohort(ctx.db, publicId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: cohort.schoolId })
  return cohort
}

function toCourseDay({ entryYear }: Cohort, text: string): string {
  const day = toDay(text, '/fromDay')
  if (firstDayOf(entryYear) <= day && day <= lastDayOfCohort(entryYear)) return day
  throw wrongField('/fromDay', {
    fr: 'Ce jour est hors des cinq années de la cohorte. Donnez-en un qui est dedans.',
    en: 'This day is outside the five years of the cohort. Give one that is within.',
  })
}

function noSchool(): DomainError {
  return wrongField('/schoolId', {
    fr: 'Ce lycée n’est pas connu ici. Choisissez-en un dans la liste.',
    en: 'This lycée is not known here. Choose one from the list.',
  })
}

function thereAlready(): DomainError {
  const words = {
    fr: 'Ce lycée a déjà la cohorte à cette date. Choisissez-en un autre, ou un autre jour.',
    en: 'This lycée has the cohort already on that day. Choose another one, or another day.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/schoolId', words }] })
}

function tooEarly(): DomainError {
  return wrongField('/lastDay', {
    fr: 'Ce jour est avant le premier jour du lycée avec la cohorte. Donnez un jour plus tard.',
    en: 'This day is before the first day of the school with the cohort. Give a later day.',
  })
}
