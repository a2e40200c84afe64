import type { Actor, Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { authorize } from '../../people/authorize.js'
import { nothingHere } from '../refusals.js'
import { insertCohortSchool } from '../cohorts/store.js'
import { secondCohort } from '../schemes/ptech.js'
import { firstDayOf } from '../school-year.js'
import { findClass, insertCohort } from './store.js'

/**
 * Opens the cohort of a class that enters 2de pro in a school year: one only each year (PT-11).
 *
 * @param input.entryYear the year that the school year starts in
 * @returns the cohort's public id
 * @throws {DomainError} forbidden, not-found or rule-refused
 */
export async function openCohort(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ classId: string; entryYear: number }>,
): Promise<string> {
  const found = await findClass(ctx.db, input.classId)
  if (!found) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: found.school_id })
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const id = await insertCohort(trx, {
      public_id: publicId,
      owner_id: found.school_id,
      class_id: found.id,
      entry_year: input.entryYear,
      created_at: at.toISOString(),
    })
    if (id === undefined) throw secondCohort(input.entryYear)
    const from_day = firstDayOf(input.entryYear)
    await insertCohortSchool(trx, { cohort_id: id, school_id: found.school_id, from_day })
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'cohort.opened',
      subject: publicId,
      details: { class: found.public_id, entryYear: input.entryYear },
    })
  })
  return publicId
}
