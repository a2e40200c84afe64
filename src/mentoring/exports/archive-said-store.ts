import type { Db } from '../../store/schema.js'
import { studentDays, wasAtSchool } from '../students/conditions.js'
import { isPlacement, isSession, type After, type Scope } from './archive-store.js'

/** How courses ended, as these schools said of students of the cohorts in the period. */
export function listOutcomesAfter(
  db: Db,
  { cohortIds, schoolIds, period }: Scope,
  { id, limit }: After,
) {
  return db
    .selectFrom('student_outcomes as said')
    .innerJoin('students', 'students.id', 'said.student_id')
    .innerJoin('cohorts', 'cohorts.id', 'said.cohort_id')
    .select([
      'said.id',
      'cohorts.public_id as cohortId',
      'students.public_id as studentId',
      'said.school_year as schoolYear',
      'said.kind',
      'said.outcome',
      'said.day',
    ])
    .where('said.cohort_id', 'in', [-1, ...cohortIds])
    .where('said.school_id', 'in', [-1, ...schoolIds])
    .where('said.day', '>=', period.fromDay)
    .where('said.day', '<=', period.untilDay)
    .where('said.id', '>', id)
    .orderBy('said.id')
    .limit(limit)
    .execute()
}

const AT_SESSION = studentDays('past.student_id', 'fact.day')

/** What students said of versions of sessions that were corrected since, or took back: when, and not in which words. */
export function listPastSessionContestsAfter(db: Db, scope: Scope, { id, limit }: After) {
  return pastContests(db, 'session')
    .innerJoin('mentoring_sessions as fact', 'fact.id', 'past.fact_id')
    .select('fact.public_id as factId')
    .where(isSession(scope))
    .where(wasAtSchool(AT_SESSION, scope.schoolIds))
    .where('past.id', '>', id)
    .limit(limit)
    .execute()
}

/** The same of placements. */
export function listPastPlacementContestsAfter(db: Db, scope: Scope, { id, limit }: After) {
  return pastContests(db, 'placement')
    .innerJoin('placements as fact', 'fact.id', 'past.fact_id')
    .select('fact.public_id as factId')
    .where(isPlacement(scope))
    .where('past.id', '>', id)
    .limit(limit)
    .execute()
}

function pastContests(db: Db, kind: 'session' | 'placement') {
  return db
    .selectFrom('past_contests as past')
    .innerJoin('students', 'students.id', 'past.student_id')
    .select([
      'past.id',
      'past.kind',
      'students.public_id as studentId',
      'past.version',
      'past.contested_at as contestedAt',
      'past.ended_at as endedAt',
      'past.ended_by as endedBy',
    ])
    .where('past.kind', '=', kind)
    .orderBy('past.id')
}
