import type { Db, NewRow, Row } from '../../store/schema.js'

export type Run = Row<'invitation_runs'>

/** @returns its id; undefined if the same list was taken before: nothing is then changed */
export async function insertRun(
  db: Db,
  row: NewRow<'invitation_runs'>,
): Promise<number | undefined> {
  const inserted = await db
    .insertInto('invitation_runs')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

export function findRunByKey(db: Db, key: string): Promise<Run | undefined> {
  return db.selectFrom('invitation_runs').selectAll().where('key', '=', key).executeTakeFirst()
}

export function findRun(db: Db, publicId: string): Promise<Run | undefined> {
  return db
    .selectFrom('invitation_runs')
    .selectAll()
    .where('public_id', '=', publicId)
    .executeTakeFirst()
}

/** The newest runs, with how many were invited; of some organisations, or all. */
export async function listRuns(db: Db, organisationIds: readonly number[] | undefined) {
  const rows = await db
    .selectFrom('invitation_runs')
    .leftJoin('organisations', 'organisations.id', 'invitation_runs.organisation_id')
    .select((run) => [
      'invitation_runs.public_id as publicId',
      'invitation_runs.made_at as madeAt',
      'organisations.name as organisation',
      run
        .selectFrom('invited_people')
        .select((one) => one.fn.countAll<number | string>().as('count'))
        .whereRef('run_id', '=', 'invitation_runs.id')
        .as('count'),
    ])
    .$if(organisationIds !== undefined, (query) =>
      query.where('invitation_runs.organisation_id', 'in', [-1, ...(organisationIds ?? [])]),
    )
    .orderBy('invitation_runs.id', 'desc')
    .limit(MOST_RUNS)
    .execute()
  // PostgreSQL tells a count as text.
  return rows.map((row) => ({ ...row, count: Number(row.count ?? 0) }))
}

const MOST_RUNS = 50

export async function insertInvited(db: Db, row: NewRow<'invited_people'>): Promise<void> {
  await db.insertInto('invited_people').values(row).execute()
}

export type Invited = Readonly<{
  id: number
  personId: number
  publicId: string
  name: string
  email: string | null
  disabledAt: string | null
  role: string
  function: string | null
  withdrawnAt: string | null
}>

/** Of one run, in the order of its list. */
export async function listInvited(db: Db, runId: number): Promise<Invited[]> {
  const rows = await db
    .selectFrom('invited_people')
    .innerJoin('persons', 'persons.id', 'invited_people.person_id')
    .select([
      'invited_people.id',
      'invited_people.person_id as personId',
      'persons.public_id as publicId',
      'persons.given_name',
      'persons.family_name',
      'persons.email',
      'persons.disabled_at as disabledAt',
      'invited_people.role',
      'invited_people.function',
      'invited_people.withdrawn_at as withdrawnAt',
    ])
    .where('run_id', '=', runId)
    .orderBy('invited_people.id')
    .execute()
  return rows.map(({ given_name, family_name, ...row }) => ({
    ...row,
    name: `${given_name} ${family_name}`,
  }))
}

/** Of some persons, those who have an invitation that is neither used nor over. */
export async function listWithOpenInvitation(
  db: Db,
  personIds: readonly number[],
  now: string,
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('invitations')
    .select('person_id')
    .where('purpose', '=', 'invite')
    .where('person_id', 'in', [-1, ...personIds])
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []))
}

export async function markWithdrawn(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable('invited_people').set({ withdrawn_at: at }).where('id', '=', id).execute()
}
