import type { Actor, Context } from '../../context.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Words } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { findStudentOf } from '../students/store.js'
import { listMentions, listSignatures } from './agreement-store.js'
import { missingOf } from './missing.js'
import {
  listPlacementsOfCompanies,
  listPlacementsOfSchools,
  listPlacementsOfStudent,
  type Placement,
} from './placements-store.js'
import { stateOf, type PlacementState } from './states.js'
import { listVisits } from './store.js'

/** Where a placement stands for who follows it: a planned one is to come, under way or over. */
export type Group = Exclude<PlacementState, 'pending'> | 'under-way' | 'over' | 'to-come'

export type PlacementLine = Readonly<{
  placement: Placement
  /** As the reader may know it: a company reads a given name and an initial. */
  studentName: string
  group: Group
  missing: readonly Words[]
}>

export type PlacementsView = Readonly<{
  reader: 'school' | 'company' | 'student'
  lines: readonly PlacementLine[]
}>

/**
 * The placements of this school year that the actor has a part in: of their school, of their company, or their own.
 *
 * @throws {DomainError} not-found for whoever has none to see
 */
export async function seePlacements(ctx: Context, actor: Actor): Promise<PlacementsView> {
  const day = today(ctx)
  const since = firstDayOf(schoolYearOf(day))
  const schools = organisationsWith(actor, 'see-student')
  if (schools.length > 0) {
    const found = await listPlacementsOfSchools(ctx.db, schools, since)
    return { reader: 'school', lines: await toLines(ctx, found, fullName) }
  }
  const companies = organisationsWith(actor, 'confirm-placement')
  if (companies.length > 0) {
    const found = await listPlacementsOfCompanies(ctx.db, companies, since)
    return { reader: 'company', lines: await toLines(ctx, found, shortName) }
  }
  const student = actor.personId === null ? undefined : await findStudentOf(ctx.db, actor.personId)
  if (!student) throw nothingHere()
  const found = await listPlacementsOfStudent(ctx.db, student.id)
  return { reader: 'student', lines: await toLines(ctx, found, fullName) }
}

export function fullName({ givenName, familyName }: Placement): string {
  return `${givenName} ${familyName}`
}

export function shortName({ givenName, familyName }: Placement): string {
  return `${givenName} ${familyName.charAt(0)}.`
}

async function toLines(
  ctx: Context,
  placements: readonly Placement[],
  nameOf: (placement: Placement) => string,
): Promise<PlacementLine[]> {
  const ids = placements.map(({ id }) => id)
  const mentions = await listMentions(ctx.db, ids)
  const byPlacement = <Of extends { placement_id: number }>(rows: readonly Of[]) =>
    Map.groupBy(rows, ({ placement_id }) => placement_id)
  const signatures = byPlacement(await listSignatures(ctx.db, ids))
  const visits = byPlacement(await listVisits(ctx.db, ids))
  const day = today(ctx)
  return placements.map((placement) => {
    const progress = {
      mentions: mentions.get(placement.id) ?? {},
      signed: (signatures.get(placement.id) ?? []).map(({ party }) => party),
      visits: visits.get(placement.id)?.length ?? 0,
    }
    const missing = missingOf(placement, progress, day)
    return { placement, missing, studentName: nameOf(placement), group: groupOf(placement, day) }
  })
}

function groupOf(placement: Placement, day: string): Group {
  const state = stateOf(placement)
  if (state !== 'pending') return state
  if (day < placement.fromDay) return 'to-come'
  return day > placement.untilDay ? 'over' : 'under-way'
}
