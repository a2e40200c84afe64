import type { Role } from '../../context.js'
import { listMembersOf } from '../../people/members-store.js'
import type { Db, NewRow, Row } from '../../store/schema.js'
import type { Sides } from '../cohorts/sides.js'
import { toVetting, type Vetting, type VettingCode } from './vetting.js'

/** Somebody who may lead a session for an organisation: by a role in it, or as its mentor. */
export type Leader = Readonly<{
  personId: number
  publicId: string
  givenName: string
  familyName: string
  organisationId: number
}>

/** In a lycée that runs a cordée, teachers and pupils have roles too: those do not make a mentor. */
const LEADER_ROLES: readonly Role[] = ['company-admin', 'company-endorser', 'scheme-coordinator']

/** Who may lead sessions for some organisations on a day, each once an organisation, by name. */
export async function listLeaders(
  db: Db,
  organisationIds: readonly number[],
  day: string,
): Promise<Leader[]> {
  if (organisationIds.length === 0) return []
  const members = await listMembersOf(db, organisationIds, day, LEADER_ROLES)
  const mentors = await mentorRows(db)
    .where('mentors.organisation_id', 'in', [...organisationIds])
    .where('mentors.from_day', '<=', day)
    .where((or) => or.or([or('mentors.until_day', 'is', null), or('mentors.until_day', '>=', day)]))
    .execute()
  const leaders = [...members, ...mentors]
  const keyOf = ({ personId, organisationId }: Leader) => `${personId}.${organisationId}`
  const once = new Map(leaders.map((leader) => [keyOf(leader), leader]))
  return [...once.values()].toSorted(byName)
}

/** A mentor of an organisation, and what is recorded of them. */
export type Mentor = Leader &
  Readonly<{
    mentorId: string
    organisationName: string
    vetting: VettingCode
    vettedOn: string | null
    renewBy: string | null
    charterOn: string | null
    fromDay: string
    untilDay: string | null
    addedThroughId: number | null
    /** As what it was added through that: as a school, for any of its cohorts, or as who runs cohorts that are of no class. */
    addedAs: AddedAs
  }>

export type AddedAs = 'SCHOOL' | 'RUNNER'

export async function findMentor(db: Db, publicId: string): Promise<Mentor | undefined> {
  const row = await mentorRows(db).where('mentors.public_id', '=', publicId).executeTakeFirst()
  return row && toMentor(row)
}

/** The mentors of some organisations, and those who were added through others, by name. */
export async function listMentors(
  db: Db,
  { organisationIds, through }: Readonly<{ organisationIds: readonly number[]; through: Sides }>,
): Promise<Mentor[]> {
  const rows = await mentorRows(db)
    .where((or) =>
      or.or([
        or('mentors.organisation_id', 'in', [0, ...organisationIds]),
        or('mentors.added_through_id', 'in', [0, ...through.schoolIds]),
        or.and([
          or('mentors.added_through_id', 'in', [0, ...through.companyIds]),
          or('mentors.added_as', '=', 'RUNNER'),
        ]),
      ]),
    )
    .execute()
  return rows.map(toMentor).toSorted(byName)
}

/** A person as a mentor of whatever organisation. */
export async function listMentorsOfPerson(db: Db, personId: number): Promise<Mentor[]> {
  return (await mentorRows(db).where('mentors.person_id', '=', personId).execute()).map(toMentor)
}

/** What is known of some persons as mentors, of whatever organisation, by person. */
export async function listVettings(
  db: Db,
  personIds: readonly number[],
): Promise<Map<number, Vetting[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await mentorRows(db)
    .where('mentors.person_id', 'in', [...personIds])
    .execute()
  return Map.groupBy(rows.map(toMentor), ({ personId }) => personId)
}

/** @returns false if the person is a mentor of the organisation already; nothing is then changed */
export async function insertMentor(db: Db, row: NewRow<'mentors'>): Promise<boolean> {
  const result = await db
    .insertInto('mentors')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person_id', 'organisation_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return result !== undefined
}

export async function saveMentor(
  db: Db,
  publicId: string,
  changes: Partial<
    Pick<Row<'mentors'>, 'vetting' | 'vetted_on' | 'renew_by' | 'charter_on' | 'until_day' | 'sex'>
  >,
): Promise<void> {
  await db.updateTable('mentors').set(changes).where('public_id', '=', publicId).execute()
}

function mentorRows(db: Db) {
  return db
    .selectFrom('mentors')
    .innerJoin('persons', 'persons.id', 'mentors.person_id')
    .innerJoin('organisations', 'organisations.id', 'mentors.organisation_id')
    .select([
      'mentors.public_id as mentorId',
      'mentors.person_id as personId',
      'persons.public_id as publicId',
      'persons.given_name as givenName',
      'persons.family_name as familyName',
      'mentors.organisation_id as organisationId',
      'organisations.name as organisationName',
      'mentors.vetting',
      'mentors.vetted_on as vettedOn',
      'mentors.renew_by as renewBy',
      'mentors.charter_on as charterOn',
      'mentors.from_day as fromDay',
      'mentors.until_day as untilDay',
      'mentors.added_through_id as addedThroughId',
      'mentors.added_as as addedAs',
    ])
    .orderBy('mentors.id')
}

type MentorRow = Omit<Mentor, 'vetting' | 'addedAs'> & { vetting: string; addedAs: string }

/** What is no code of ours counts as not verified. */
function toMentor(row: MentorRow): Mentor {
  const addedAs = row.addedAs === 'RUNNER' ? 'RUNNER' : 'SCHOOL'
  return { ...row, addedAs, vetting: toVetting(row.vetting) ?? 'A_VERIFIER' }
}

const french = new Intl.Collator('fr')

function byName(one: Leader, other: Leader): number {
  return (
    french.compare(one.familyName, other.familyName) ||
    french.compare(one.givenName, other.givenName) ||
    one.personId - other.personId
  )
}
