import type { Actor, Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { removeCount, saveCount } from '../cordees/store.js'
import { orderSchool } from '../indicators/count-schools.js'
import { assertLargeEnough, SAID_PUBLICS, toTotal, type SaidPublic } from './publics.js'
import { knownShare } from './see-totals.js'

export type TotalsInput = Readonly<{
  cohortId: string
  schoolId: string
  /** School year, by the year that it starts in. */
  year: number
  /** Empty: not known. */
  totals: Readonly<Record<SaidPublic, string>>
}>

/**
 * PT-20: a school says how many of its students in a cohort are of each public, in a school year. Totals only;
 * who and when are kept.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or rule-refused (PT-20)
 */
export async function sayTotals(ctx: Context, actor: Actor, input: TotalsInput): Promise<void> {
  const { cohort, schoolId, headcount } = await knownShare(ctx, actor, input)
  assertLargeEnough(headcount)
  const totals = SAID_PUBLICS.map(
    (of) => [of, toTotal(input.totals[of], `/${of.toLowerCase()}`, headcount)] as const,
  )
  const at = ctx.now()
  const key = { cohort_id: cohort.id, school_id: schoolId, school_year: input.year }
  const given = { given_by_id: actor.personId, given_at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'publics.said',
      subject: cohort.publicId,
      details: { school: input.schoolId, year: String(input.year) },
    })
    for (const [of, count] of totals) {
      if (count === null) await removeCount(trx, { ...key, public: of })
      else await saveCount(trx, { ...key, ...given, public: of, count })
    }
    await orderSchool(ctx, trx, { schoolId, year: input.year })
  })
}
