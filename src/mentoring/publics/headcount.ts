import type { Db } from '../../store/schema.js'
import { readBook } from '../indicators/book-store.js'
import { countCohort } from '../indicators/count-cohort.js'

/** Later than any session or placement: none of them is read. */
const NEVER = '9999-12-31'

/**
 * How many students of each school a cohort has in a school year: the very number that the indicators give as
 * followed.
 *
 * @param today YYYY-MM-DD
 */
export async function headcountsOf(
  db: Db,
  cohortId: number,
  of: Readonly<{ year: number; today: string }>,
): Promise<Map<number, number>> {
  const book = await readBook(db, cohortId, NEVER)
  const counts = new Map<number, number>()
  if (!book) return counts
  for (const { school_id, followed } of countCohort(book, of.year, of.today, []).figures) {
    counts.set(school_id, (counts.get(school_id) ?? 0) + followed)
  }
  return counts
}
