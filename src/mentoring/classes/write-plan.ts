import type { Actor, Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { wrongField } from '../refusals.js'
import { classFor } from './class-access.js'
import { toPlanYears } from './plan-rules.js'
import { insertPlan, plansOf } from './plan-store.js'
import { writtenMeanwhile } from './write-progression.js'

export type PlanInput = Readonly<{
  classId: string
  /** School year of its year 1, by the year that it starts in. */
  firstYear: number
  /** Years 1 to 5. */
  years: readonly string[]
  /** The version that was read; 0 before the first. */
  basedOn: number
}>

/**
 * Writes the five-year contributions plan of a class anew. Nobody has signed the new version (PT-18).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict
 */
export async function writePlan(ctx: Context, actor: Actor, input: PlanInput): Promise<void> {
  const { row } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const { firstYear: first_year } = input
  if (!Number.isInteger(first_year) || first_year < 2000 || first_year > 2100) {
    throw wrongField('/firstYear', {
      fr: 'Choisissez la première année scolaire du plan.',
      en: 'Choose the first school year of the plan.',
    })
  }
  const texts = toPlanYears(input.years)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'class.plan-written'
    const subject = row.public_id
    const details = { version: input.basedOn + 1 }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const [latest] = await plansOf(trx, [row.id])
    const version = (latest?.version ?? 0) + 1
    const written = { written_by_id: actor.personId, written_at: at.toISOString() }
    const plan = { class_id: row.id, version, first_year, ...written }
    const isNext = version === input.basedOn + 1
    if (!isNext || !(await insertPlan(trx, plan, texts))) throw writtenMeanwhile()
  })
}
