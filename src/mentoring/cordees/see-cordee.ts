import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { knownGroup } from '../groups/known-group.js'
import { seeGroup, type GroupView } from '../groups/see-group.js'
import type { Group, GroupSchool } from '../groups/store.js'
import { cordees } from '../schemes/cordees.js'
import { schoolYearOf } from '../school-year.js'
import { listGroupStays } from '../groups/members-store.js'
import { computedPublics, COUNTED, followedSeveralYears, type Counted } from './publics.js'
import { followedOf, ownSchool } from './say-publics.js'
import { listCounts, traitsOn, type PublicCount } from './store.js'

export type CordeeView = GroupView &
  Readonly<{
    /** CO-05: what each school is today, by id. */
    traits: ReadonlyMap<number, readonly string[]>
    /** CO-05: of the students of today. */
    computed: ReturnType<typeof computedPublics>
    /** CO-05, as the schools counted this school year, for who runs the cordée; null: no school said. */
    counted: Readonly<Record<Counted, number | null>> | undefined
    /** CO-07 */
    severalYears: number
  }>

/**
 * A cordée on the day of today, for who runs it and for the staff of its schools.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeCordee(ctx: Context, actor: Actor, publicId: string): Promise<CordeeView> {
  const { everybody, ...view } = await seeGroup(ctx, actor, publicId, cordees)
  const { group, schools, year } = view
  const day = today(ctx)
  const schoolIds = schools.map(({ schoolId }) => schoolId)
  const traits = await traitsOn(ctx.db, schoolIds, day)
  return {
    ...view,
    traits,
    computed: computedPublics(
      everybody.map(({ level, schoolId }) => ({ level, traits: traits.get(schoolId) ?? [] })),
    ),
    // A school that knew the total and its own count would know the others'.
    counted: view.runs ? totals(await listCounts(ctx.db, group.id, year)) : undefined,
    severalYears: followedSeveralYears(await listGroupStays(ctx.db, group.id), day),
  }
}

function totals(counts: readonly PublicCount[]): Record<Counted, number | null> {
  const total = (of: Counted) => {
    const said = counts.filter((one) => one.public === of)
    return said.length === 0 ? null : said.reduce((sum, { count }) => sum + count, 0)
  }
  const [qpv, boursier] = COUNTED
  return { [qpv]: total(qpv), [boursier]: total(boursier) }
}

export type PublicsView = Readonly<{
  group: Group
  school: GroupSchool
  year: number
  traits: readonly string[]
  /** As this school counted them this school year. */
  counts: readonly PublicCount[]
  /** Its students who were in the cordée this school year. */
  followed: number
}>

/**
 * What a school has said of its publics in a cordée: for its own staff only.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seePublics(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ cordeeId: string; schoolId: string }>,
): Promise<PublicsView> {
  const { group, schools } = await knownGroup(ctx, actor, of.cordeeId, cordees)
  const school = ownSchool(actor, schools, of.schoolId)
  const day = today(ctx)
  const year = schoolYearOf(day)
  const counts = await listCounts(ctx.db, group.id, year)
  return {
    group,
    school,
    year,
    traits: (await traitsOn(ctx.db, [school.schoolId], day)).get(school.schoolId) ?? [],
    counts: counts.filter(({ schoolId }) => schoolId === school.schoolId),
    followed: followedOf(await listGroupStays(ctx.db, group.id), school.schoolId, day),
  }
}
