import type { Db, NewRow, Row } from '../../store/schema.js'
import { SIDES, type Side } from './plan-rules.js'

export type Progression = Row<'progressions'> & Readonly<{ cohortIds: readonly number[] }>

/** The latest progression pédagogique of each of some classes. */
export async function progressionsOf(db: Db, classIds: readonly number[]): Promise<Progression[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('progressions')
    .selectAll()
    .where('class_id', 'in', [...classIds])
    .orderBy('version', 'desc')
    .execute()
  const latest = [...Map.groupBy(rows, ({ class_id }) => class_id).values()].flatMap(
    ([first]) => first ?? [],
  )
  if (latest.length === 0) return []
  const covered = await db
    .selectFrom('progression_cohorts')
    .select(['progression_id', 'cohort_id'])
    .where(
      'progression_id',
      'in',
      latest.map(({ id }) => id),
    )
    .execute()
  return latest.map((one) => ({
    ...one,
    cohortIds: covered
      .filter(({ progression_id }) => progression_id === one.id)
      .map(({ cohort_id }) => cohort_id),
  }))
}

/** @returns false if somebody wrote this version first; nothing is then changed */
export async function insertProgression(
  db: Db,
  row: NewRow<'progressions'>,
  cohortIds: readonly number[],
): Promise<boolean> {
  const added = await db
    .insertInto('progressions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['class_id', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  if (cohortIds.length > 0) {
    const covered = cohortIds.map((cohort_id) => ({ progression_id: added.id, cohort_id }))
    await db.insertInto('progression_cohorts').values(covered).execute()
  }
  return true
}

export type Plan = Row<'contribution_plans'> & Readonly<{ signed: readonly PlanSignOff[] }>
export type PlanSignOff = Readonly<{
  planId: number
  side: Side
  personId: number
  companyName: string | null
  at: string
}>

/** The latest contributions plan of each of some classes, and who has signed it. */
export async function plansOf(db: Db, classIds: readonly number[]): Promise<Plan[]> {
  if (classIds.length === 0) return []
  const rows = await db
    .selectFrom('contribution_plans')
    .selectAll()
    .where('class_id', 'in', [...classIds])
    .orderBy('version', 'desc')
    .execute()
  const latest = [...Map.groupBy(rows, ({ class_id }) => class_id).values()].flatMap(
    ([first]) => first ?? [],
  )
  const signed = await listSignOffs(
    db,
    latest.map(({ id }) => id),
  )
  return latest.map((one) => ({ ...one, signed: signed.filter(({ planId }) => planId === one.id) }))
}

export async function listSignOffs(db: Db, planIds: readonly number[]): Promise<PlanSignOff[]> {
  if (planIds.length === 0) return []
  const rows = await db
    .selectFrom('plan_sign_offs as sign')
    .leftJoin('organisations', 'organisations.id', 'sign.company_id')
    .select([
      'sign.plan_id as planId',
      'sign.side',
      'sign.person_id as personId',
      'organisations.name as companyName',
      'sign.at',
    ])
    .where('sign.plan_id', 'in', [...planIds])
    .orderBy('sign.id')
    .execute()
  return rows.flatMap(({ side, ...row }) => {
    const known = SIDES.find((one) => one === side)
    return known ? [{ ...row, side: known }] : []
  })
}

/** The five texts of a plan, year 1 first. */
export async function planTexts(db: Db, planId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('contribution_plan_years')
    .select('content')
    .where('plan_id', '=', planId)
    .orderBy('number')
    .execute()
  return rows.map(({ content }) => content)
}

/** @returns false if somebody wrote this version first; nothing is then changed */
export async function insertPlan(
  db: Db,
  row: NewRow<'contribution_plans'>,
  texts: readonly string[],
): Promise<boolean> {
  const added = await db
    .insertInto('contribution_plans')
    .values(row)
    .onConflict((conflict) => conflict.columns(['class_id', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  const years = texts.map((content, at) => ({ plan_id: added.id, number: at + 1, content }))
  await db.insertInto('contribution_plan_years').values(years).execute()
  return true
}

/** @returns false if the side, or the person, has signed it already; nothing is then changed */
export async function insertSignOff(db: Db, row: NewRow<'plan_sign_offs'>): Promise<boolean> {
  const added = await db
    .insertInto('plan_sign_offs')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}
