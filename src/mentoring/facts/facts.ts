import type { Db } from '../../store/schema.js'
import { ptech } from '../schemes/ptech.js'

export { activeCompaniesOf } from '../classes/store.js'
export { enrolmentsOf, findStudent } from '../students/store.js'

/** What a badge may rest on: it was recorded, somebody else confirmed it, the student agrees. */
export type Fact = Readonly<{
  kind: 'session' | 'placement'
  id: number
  publicId: string
  companyId: number
  companyName: string
  /** Of a session. */
  sessionKind?: string
  day: string
  untilDay: string
  /** Of a session; 0 for a placement. */
  minutes: number
  /** Of a placement; 0 for a session. */
  days: number
  /** The role in which it was confirmed. */
  confirmedFunction: string
  confirmedAt: string
  recordedById: number
  confirmedById: number
}>

/** The facts of a student that are confirmed and not contested, oldest first. */
export async function confirmedFactsOf(db: Db, studentId: number): Promise<Fact[]> {
  return (await confirmedFactsOfAll(db, [studentId])).get(studentId) ?? []
}

/** The same of many students, by student. */
export async function confirmedFactsOfAll(
  db: Db,
  studentIds: readonly number[],
): Promise<ReadonlyMap<number, Fact[]>> {
  const facts = [
    ...(await confirmedSessions(db, studentIds)),
    ...(await confirmedPlacements(db, studentIds)),
  ].toSorted(({ fact: one }, { fact: other }) => one.day.localeCompare(other.day))
  const byStudent = new Map<number, Fact[]>()
  for (const { studentId, fact } of facts) {
    const known = byStudent.get(studentId)
    if (known) known.push(fact)
    else byStudent.set(studentId, [fact])
  }
  return byStudent
}

type FactOfStudent = Readonly<{ studentId: number; fact: Fact }>

/** No row has it: a list of ids is never empty in SQL. */
const NOBODY = -1

async function confirmedSessions(db: Db, studentIds: readonly number[]): Promise<FactOfStudent[]> {
  const rows = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('session_students', 'session_students.session_id', 'fact.id')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .selectAll('fact')
    .select(['organisations.name as companyName', 'session_students.student_id as studentId'])
    .where('session_students.student_id', 'in', [NOBODY, ...studentIds])
    .where('session_students.contested_at', 'is', null)
    // A badge is of a P-TECH class: what a cordée or a pair did is no evidence of it.
    .where('fact.scheme', '=', ptech.code)
    .where('fact.confirmed_at', 'is not', null)
    .orderBy('fact.id')
    .execute()
  return rows.flatMap((row) => {
    const { confirmed_by_id, confirmed_function, confirmed_at } = row
    if (confirmed_by_id === null || confirmed_function === null || confirmed_at === null) return []
    const fact = {
      kind: 'session',
      id: row.id,
      publicId: row.public_id,
      companyId: row.company_id,
      companyName: row.companyName,
      sessionKind: row.kind,
      day: row.day,
      untilDay: row.day,
      minutes: row.minutes,
      days: 0,
      confirmedFunction: confirmed_function,
      confirmedAt: confirmed_at,
      recordedById: row.recorded_by_id,
      confirmedById: confirmed_by_id,
    } as const
    return { studentId: row.studentId, fact }
  })
}

async function confirmedPlacements(
  db: Db,
  studentIds: readonly number[],
): Promise<FactOfStudent[]> {
  const rows = await db
    .selectFrom('placements as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .selectAll('fact')
    .select('organisations.name as companyName')
    .where('fact.student_id', 'in', [NOBODY, ...studentIds])
    .where('fact.contested_at', 'is', null)
    .where('fact.confirmed_at', 'is not', null)
    .orderBy('fact.id')
    .execute()
  return rows.flatMap((row) => {
    const { confirmed_by_id, confirmed_function, confirmed_at, days_done } = row
    if (confirmed_by_id === null || confirmed_function === null || confirmed_at === null) return []
    if (days_done === null) return []
    const fact = {
      kind: 'placement',
      id: row.id,
      publicId: row.public_id,
      companyId: row.company_id,
      companyName: row.companyName,
      day: row.from_day,
      untilDay: row.until_day,
      minutes: 0,
      days: days_done,
      confirmedFunction: confirmed_function,
      confirmedAt: confirmed_at,
      recordedById: row.recorded_by_id,
      confirmedById: confirmed_by_id,
    } as const
    return { studentId: row.student_id, fact }
  })
}
