import type { Actor, Context } from '../../context.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import { listAnyCohorts, type AnyCohort } from '../cohorts/store.js'
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
  const organisationIds = organisationsWith(actor, 'manage-schemes')
  if (organisationIds.length === 0) throw nothingHere()
  const schoolIds = new Set(organisationsWith(actor, 'manage-classes'))
  const all = await listAnyCohorts(ctx.db, organisationIds)
  // A P-TECH cohort is its school's: who coordinates another scheme there has nothing to do with it.
  const known = all.filter(({ classId, ownerId }) => classId === null || schoolIds.has(ownerId))
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
  const own = (await listOrganisations(ctx.db)).filter(({ id }) => organisationIds.includes(id))
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
  const own = new Set(organisationsWith(actor, 'manage-schemes'))
  if (!scheme || !isOpenedByOwner(scheme) || own.size === 0) throw nothingHere()
  const everywhere = await listOrganisations(ctx.db)
  const isSchool = ({ kind }: Organisation) => kind === 'lycee' || kind === 'college'
  const mayOwn = everywhere.filter((one) => canRun(scheme, one))
  const ownOwners = mayOwn.filter(({ id }) => own.has(id))
  // A coordinator who has no school opens for their own organisation.
  const hasSchool = everywhere.some((one) => isSchool(one) && own.has(one.id))
  return {
    scheme,
    day: today(ctx),
    owners: hasSchool ? mayOwn : ownOwners,
    schools: everywhere.filter((one) => isSchool(one) && (ownOwners.length > 0 || own.has(one.id))),
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
