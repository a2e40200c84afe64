import type { Db } from '../../store/schema.js'
import { personDaysOf } from './contribution-rules.js'
import {
  listCommitments,
  listContributions,
  listMentorTime,
  listTutoring,
} from './contribution-store.js'

/** PT-21: what a company gave a class in a school year, beside what it promised. */
export type CompanyYear = Readonly<{
  classId: number
  companyId: number
  year: number
  personDays: number
  /** Days of placements, for which somebody was tutor: beside, and not counted. */
  tutoringDays: number
  /** PT-22: beside, and not counted. */
  equipmentCents: number
  /** Null where nothing was promised. */
  promised: Readonly<{ personDays: number; equipmentCents: number }> | null
}>

/** One for each class and company that gave or promised something in the year. */
export async function companyYearsOf(
  db: Db,
  of: Readonly<{ classIds: readonly number[]; year: number }>,
): Promise<CompanyYear[]> {
  const time = byPair(await listMentorTime(db, of))
  const tutoring = byPair(await listTutoring(db, of))
  const given = byPair(
    (await listContributions(db, of)).map(({ class_id, company_id, ...one }) => ({
      ...one,
      classId: class_id,
      companyId: company_id,
    })),
  )
  const promised = byPair(
    (await listCommitments(db, of)).map(({ class_id, company_id, ...one }) => ({
      ...one,
      classId: class_id,
      companyId: company_id,
    })),
  )
  const pairs = new Set([time, tutoring, given, promised].flatMap((map) => [...map.keys()]))
  return [...pairs].map((pair) => {
    const [classId = 0, companyId = 0] = pair.split('.').map(Number)
    const recorded = given.get(pair) ?? []
    const [promise] = promised.get(pair) ?? []
    return {
      classId,
      companyId,
      year: of.year,
      personDays: personDaysOf(
        time.get(pair) ?? [],
        recorded.flatMap(({ half_days }) => half_days ?? []),
      ),
      tutoringDays: (tutoring.get(pair) ?? []).reduce((sum, { days }) => sum + days, 0),
      equipmentCents: recorded.reduce((sum, one) => sum + (one.amount_cents ?? 0), 0),
      promised: promise
        ? { personDays: promise.person_days, equipmentCents: promise.equipment_cents }
        : null,
    }
  })
}

function byPair<Row extends Readonly<{ classId: number; companyId: number }>>(
  rows: readonly Row[],
): Map<string, Row[]> {
  return Map.groupBy(rows, ({ classId, companyId }) => `${classId}.${companyId}`)
}
