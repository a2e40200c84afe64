import type { Db, NewRow, Row } from '../../store/schema.js'

/** What a pair has beside its group. */
export type Pair = Readonly<{
  cohortId: number
  student: Pick<Row<'students'>, 'id' | 'public_id' | 'given_name' | 'family_name' | 'school_id'>
  mentor: Readonly<{ givenName: string; familyName: string }>
  subject: string
  registrationReference: string | null
  registeredOn: string | null
  interviewOn: string | null
  interviewOutcome: string | null
  endReason: string | null
}>

/** Somebody of a structure who may be paired. */
export type MentorChoice = Readonly<{ id: number; publicId: string; name: string }>

export async function insertPair(db: Db, row: NewRow<'mentor_pairs'>): Promise<void> {
  await db.insertInto('mentor_pairs').values(row).execute()
}

/** The pairs of some groups. */
export async function listPairs(db: Db, cohortIds: readonly number[]): Promise<Pair[]> {
  if (cohortIds.length === 0) return []
  const rows = await db
    .selectFrom('mentor_pairs as pair')
    .innerJoin('students', 'students.id', 'pair.student_id')
    .innerJoin('mentors', 'mentors.id', 'pair.mentor_id')
    .innerJoin('persons', 'persons.id', 'mentors.person_id')
    .selectAll('pair')
    .select([
      'students.public_id',
      'students.school_id',
      'students.given_name',
      'students.family_name',
      'persons.given_name as mentorGivenName',
      'persons.family_name as mentorFamilyName',
    ])
    .where('pair.cohort_id', 'in', [...cohortIds])
    .execute()
  return rows.map((row) => ({
    cohortId: row.cohort_id,
    student: {
      id: row.student_id,
      public_id: row.public_id,
      given_name: row.given_name,
      family_name: row.family_name,
      school_id: row.school_id,
    },
    mentor: { givenName: row.mentorGivenName, familyName: row.mentorFamilyName },
    subject: row.subject,
    registrationReference: row.registration_reference,
    registeredOn: row.registered_on,
    interviewOn: row.interview_on,
    interviewOutcome: row.interview_outcome,
    endReason: row.end_reason,
  }))
}

/** The open pairs of those of some students who are at a school, and the first day of each with it. */
export async function listOpenPairsAt(
  db: Db,
  studentIds: readonly number[],
  schoolId: number,
): Promise<{ cohortId: number; fromDay: string }[]> {
  if (studentIds.length === 0) return []
  return db
    .selectFrom('mentor_pairs as pair')
    .innerJoin('cohorts', 'cohorts.id', 'pair.cohort_id')
    .innerJoin('schoolings', 'schoolings.student_id', 'pair.student_id')
    .select((of) => ['pair.cohort_id as cohortId', of.fn.max('schoolings.from_day').as('fromDay')])
    .where('pair.student_id', 'in', [...studentIds])
    .where('cohorts.closed_on', 'is', null)
    .where('schoolings.school_id', '=', schoolId)
    .where('schoolings.until_day', 'is', null)
    .groupBy('pair.cohort_id')
    .execute()
}

/** Whether a student and a mentor are a pair that has no end yet. */
export async function hasOpenPair(db: Db, studentId: number, mentorId: number): Promise<boolean> {
  const row = await db
    .selectFrom('mentor_pairs as pair')
    .innerJoin('cohorts', 'cohorts.id', 'pair.cohort_id')
    .select('pair.id')
    .where('pair.student_id', '=', studentId)
    .where('pair.mentor_id', '=', mentorId)
    .where('cohorts.closed_on', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** @returns the student of a pair, which is a cohort of two; undefined for what is none */
export async function findPairStudent(db: Db, cohortId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('mentor_pairs as pair')
    .innerJoin('cohorts', 'cohorts.id', 'pair.cohort_id')
    .select('pair.student_id')
    .where('cohorts.public_id', '=', cohortId)
    .executeTakeFirst()
  return row?.student_id
}

export async function saveRegistration(
  db: Db,
  cohortId: number,
  registration: Readonly<{ reference: string; registeredOn: string }>,
): Promise<void> {
  await db
    .updateTable('mentor_pairs')
    .set({
      registration_reference: registration.reference,
      registered_on: registration.registeredOn,
    })
    .where('cohort_id', '=', cohortId)
    .execute()
}

export async function savePairEnd(
  db: Db,
  cohortId: number,
  end: Readonly<{ reason: string; interviewOn: string | null; outcome: string | null }>,
): Promise<void> {
  await db
    .updateTable('mentor_pairs')
    .set({
      end_reason: end.reason,
      interview_on: end.interviewOn,
      interview_outcome: end.outcome,
    })
    .where('cohort_id', '=', cohortId)
    .execute()
}

/** Who mentors for a structure on a day, those whose vetting was refused left out, by name. */
export async function listMentorChoices(
  db: Db,
  organisationId: number,
  day: string,
): Promise<MentorChoice[]> {
  const rows = await db
    .selectFrom('mentors')
    .innerJoin('persons', 'persons.id', 'mentors.person_id')
    .select(['mentors.id', 'mentors.public_id', 'persons.given_name', 'persons.family_name'])
    .where('mentors.organisation_id', '=', organisationId)
    .where('mentors.from_day', '<=', day)
    .where((or) => or.or([or('mentors.until_day', 'is', null), or('mentors.until_day', '>=', day)]))
    .where('mentors.vetting', '!=', 'REFUSE')
    .where('persons.disabled_at', 'is', null)
    .orderBy('persons.family_name')
    .orderBy('persons.given_name')
    .orderBy('mentors.id')
    .execute()
  return rows.map(({ id, public_id, given_name, family_name }) => ({
    id,
    publicId: public_id,
    name: `${given_name} ${family_name}`,
  }))
}
