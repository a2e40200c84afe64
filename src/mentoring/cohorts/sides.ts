import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../context.js'
import { organisationsWith, type Action } from '../../people/authorize.js'

/** As what somebody acts: of schools; and of companies or of who runs cohorts. A lycée with a cordée of its own is both. */
export type Sides = Readonly<{ schoolIds: readonly number[]; companyIds: readonly number[] }>

export function sidesWith(actor: Actor, action: Action): Sides {
  return {
    schoolIds: organisationsWith(actor, action, 'school'),
    companyIds: organisationsWith(actor, action, 'company'),
  }
}

export function isNobody({ schoolIds, companyIds }: Sides): boolean {
  return schoolIds.length + companyIds.length === 0
}

/** A condition on `cohorts`: they run it. A P-TECH cohort is its lycée's: who coordinates a cordée there does not. */
export function isRunBy({ schoolIds, companyIds }: Sides): RawBuilder<boolean> {
  return sql`(cohorts.owner_id in (${idsOf(schoolIds)})
    or (cohorts.class_id is null and cohorts.owner_id in (${idsOf(companyIds)})))`
}

/** A condition on `cohorts`: they run it, or as schools have or had a part in it; on a day, if it is said. */
export function concerns(sides: Sides, day?: string): RawBuilder<boolean> {
  const onDay =
    day === undefined
      ? sql``
      : sql`and part.from_day <= ${day} and (part.until_day is null or part.until_day >= ${day})`
  return sql`(${isRunBy(sides)} or exists (select 1 from cohort_schools as part
    where part.cohort_id = cohorts.id and part.school_id in (${idsOf(sides.schoolIds)}) ${onDay}))`
}

/** No id is -1: of nobody, nothing. */
export function idsOf(ids: readonly number[]) {
  return sql.join([-1, ...ids])
}
