import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import { isNobody, sidesWith } from '../cohorts/sides.js'
import { listAnyCohorts, type AnyCohort } from '../cohorts/store.js'
import { isTheirs } from '../pairs/find-pairs.js'
import { listPairs } from '../pairs/store.js'
import { nothingHere } from '../refusals.js'
import { SCHEMES } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { countMembers } from './members-store.js'

export type SchemeGroups = Readonly<{
  scheme: Scheme
  groups: readonly (AnyCohort & { students: number; young: string | undefined })[]
  /** Whether the actor may come to open one. */
  mayOpen: boolean
}>

/**
 * What the actor's organisations take part in: every scheme, each with its groups; the open ones first.
 *
 * @throws {DomainError} not-found for whoever manages none
 */
export async function seeSchemes(ctx: Context, actor: Actor): Promise<SchemeGroups[]> {
  const sides = sidesWith(actor, 'manage-schemes')
  if (isNobody(sides)) throw nothingHere()
  const schoolIds = new Set(sides.schoolIds)
  const all = await listAnyCohorts(ctx.db, sides)
  // A P-TECH cohort is its school's; a lycée where its students are later has it among its cohorts.
  const pairs = await listPairs(
    ctx.db,
    all.map(({ id }) => id),
  )
  const pairOf = new Map(pairs.map((pair) => [pair.cohortId, pair]))
  const known = all.filter((group) => {
    const pair = pairOf.get(group.id)
    if (pair) return isTheirs(sides, group, pair)
    return group.classId === null || schoolIds.has(group.ownerId)
  })
  const counts = await countMembers(
    ctx.db,
    known.map(({ id }) => id),
    today(ctx),
  )
  const young = await youngOf(
    ctx,
    known.map(({ id }) => id),
  )
  const groups = known
    .map((group) => ({
      ...group,
      students: counts.get(group.id) ?? 0,
      young: young.get(group.id),
    }))
    .toSorted((one, other) => Number(one.closedOn !== null) - Number(other.closedOn !== null))
  const ownIds = new Set([...sides.schoolIds, ...sides.companyIds])
  const own = (await listOrganisations(ctx.db)).filter(({ id }) => ownIds.has(id))
  return SCHEMES.map((scheme) => ({
    scheme,
    groups: groups.filter((group) => group.scheme === scheme.code),
    mayOpen:
      schoolIds.size > 0 || (isOpenedByOwner(scheme) && own.some((one) => canRun(scheme, one))),
  }))
}

/** The initials of the young person of each pair: those of one day and subject are told apart by them. */
async function youngOf({ db }: Context, cohortIds: readonly number[]) {
  const pairs = await listPairs(db, cohortIds)
  return new Map(
    pairs.map(({ cohortId, student: { given_name, family_name } }) => {
      const initials = [given_name, family_name].map((name) => `${[...name].at(0) ?? ''}.`)
      return [cohortId, initials.join('\u00a0')]
    }),
  )
}

/** P-TECH classes and pairs are opened by the school; other groups by who runs them, too. */
function isOpenedByOwner({ ofOne, group }: Scheme): boolean {
  return !ofOne && group.opening.page.startsWith('/schemes/')
}

export type OpeningChoices = Readonly<{
  scheme: Scheme
  day: string
  owners: readonly Organisation[]
  schools: readonly Organisation[]
}>

/**
 * What a group of a scheme is opened from: for a coordinator their own organisation and every school; for a school
 * any that could run one, and itself.
 *
 * @throws {DomainError} not-found
 */
export async function choicesForOpening(
  ctx: Context,
  actor: Actor,
  code: string,
): Promise<OpeningChoices> {
  const scheme = SCHEMES.find((one) => one.code === code)
  const sides = sidesWith(actor, 'manage-schemes')
  if (!scheme || !isOpenedByOwner(scheme) || isNobody(sides)) throw nothingHere()
  const own = new Set([...sides.schoolIds, ...sides.companyIds])
  const everywhere = await listOrganisations(ctx.db)
  const isSchool = ({ kind }: Organisation) => kind === 'lycee' || kind === 'college'
  const mayOwn = everywhere.filter((one) => canRun(scheme, one))
  const ownOwners = mayOwn.filter(({ id }) => own.has(id))
  // A coordinator who is of no school, were it a lycée, opens for their own organisation.
  const hasSchool = sides.schoolIds.length > 0
  return {
    scheme,
    day: today(ctx),
    owners: hasSchool ? mayOwn : ownOwners,
    schools: everywhere.filter(
      (one) => isSchool(one) && (ownOwners.length > 0 || sides.schoolIds.includes(one.id)),
    ),
  }
}

function canRun(scheme: Scheme, owner: Organisation): boolean {
  try {
    scheme.judgeGroup({ owner, schools: [{ kind: 'lycee', pointer: '' }] })
    return true
  } catch {
    return false
  }
}
