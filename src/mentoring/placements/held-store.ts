import type { Db } from '../../store/schema.js'
import type { Days } from './hosting.js'

/** The days of placements that are held, by whoever holds them: what was cancelled, or never begun, is not. */
export type Held = Days & Readonly<{ id: number; heldBy: number }>

export function listHeldByStudent(db: Db, studentId: number): Promise<Held[]> {
  return held(db)
    .select('fact.student_id as heldBy')
    .where('fact.student_id', '=', studentId)
    .execute()
}

export async function listHeldByTutors(db: Db, tutorIds: readonly number[]): Promise<Held[]> {
  if (tutorIds.length === 0) return []
  return held(db)
    .select('fact.tutor_id as heldBy')
    .where('fact.tutor_id', 'in', [...tutorIds])
    .execute()
}

export async function listHeldBySites(db: Db, siteIds: readonly number[]): Promise<Held[]> {
  if (siteIds.length === 0) return []
  const rows = await held(db)
    .select('plan.site_id as heldBy')
    .where('plan.site_id', 'in', [...siteIds])
    .execute()
  return rows.flatMap(({ heldBy, ...row }) => (heldBy === null ? [] : [{ ...row, heldBy }]))
}

function held(db: Db) {
  return db
    .selectFrom('placements as fact')
    .leftJoin('placement_plans as plan', 'plan.placement_id', 'fact.id')
    .leftJoin('placement_assessments as assessment', (join) =>
      join
        .onRef('assessment.placement_id', '=', 'fact.id')
        .on('assessment.sent_at', 'is not', null),
    )
    .select(['fact.id', 'fact.from_day as fromDay', 'fact.until_day as untilDay'])
    .where('plan.cancelled_at', 'is', null)
    .where((or) =>
      or.or([or('assessment.outcome', 'is', null), or('assessment.outcome', '!=', 'DID_NOT_SHOW')]),
    )
    .orderBy('fact.from_day')
    .orderBy('fact.id')
}
