import type { Db } from '../../store/schema.js'
import { mentorsOfSession } from './presence-store.js'

export type LastSession = Readonly<{
  kind: string
  minutes: number
  topic: string
  place: string
  schoolAdultPresent: boolean
  mentorIds: readonly string[]
  companyId: string
}>

/** The session of a cohort that took place last, with its mentors. */
export async function findLastSession(db: Db, cohortId: number): Promise<LastSession | undefined> {
  const last = await saidOfSessions(db)
    .where('fact.cohort_id', '=', cohortId)
    .orderBy('fact.day', 'desc')
    .orderBy('fact.id', 'desc')
    .executeTakeFirst()
  return last && withMentors(db, last)
}

/** What was said of a session, to be corrected. */
export async function getSaidOf(db: Db, sessionId: number): Promise<LastSession> {
  const said = await saidOfSessions(db).where('fact.id', '=', sessionId).executeTakeFirstOrThrow()
  return withMentors(db, said)
}

function saidOfSessions(db: Db) {
  return db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select(['fact.id', 'fact.kind', 'fact.minutes', 'fact.topic', 'fact.place'])
    .select(['fact.accompanied_by', 'organisations.public_id as companyId'])
}

type SaidRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof saidOfSessions>['executeTakeFirst']>>
>

async function withMentors(
  db: Db,
  { id, accompanied_by, ...session }: SaidRow,
): Promise<LastSession> {
  const mentorIds = (await mentorsOfSession(db, id)).map(({ publicId }) => publicId)
  return { ...session, schoolAdultPresent: accompanied_by !== null, mentorIds }
}

export type PersonAt = Readonly<{ publicId: string; name: string }>

/** Whose mentors a session had, and who they were. */
export async function leadersOfSession(
  db: Db,
  id: number,
): Promise<Readonly<{ organisation: string; mentors: PersonAt[] }>> {
  const { name: organisation } = await db
    .selectFrom('mentoring_sessions as fact')
    .innerJoin('organisations', 'organisations.id', 'fact.company_id')
    .select('organisations.name')
    .where('fact.id', '=', id)
    .executeTakeFirstOrThrow()
  const mentors = await db
    .selectFrom('session_mentors as mentor')
    .innerJoin('persons', 'persons.id', 'mentor.person_id')
    .select(['persons.public_id', 'persons.given_name', 'persons.family_name'])
    .where('mentor.session_id', '=', id)
    .orderBy('mentor.id')
    .execute()
  return { organisation, mentors: mentors.map(toPersonAt) }
}

function toPersonAt(row: { public_id: string; given_name: string; family_name: string }): PersonAt {
  return { publicId: row.public_id, name: `${row.given_name} ${row.family_name}` }
}
