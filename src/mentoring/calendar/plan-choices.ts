import type { Actor, Context } from '../../context.js'
import { listMembersOf } from '../../people/members-store.js'
import { listOrganisations } from '../../people/store.js'
import { today } from '../../people/days.js'
import { activeCompaniesOf } from '../classes/store.js'
import type { AnyCohort } from '../cohorts/store.js'
import { isDay } from '../days.js'
import { schemeOf } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { reachOf } from './reach.js'

/** Who mentors: the people of a company, a tête de cordée or a mentoring structure. */
const MENTORING = ['company-admin', 'company-endorser', 'scheme-coordinator'] as const

export type PlanChoices = Readonly<{
  cohort: AnyCohort
  scheme: Scheme
  day: string
  organisations: readonly Readonly<{ id: number; publicId: string; name: string }>[]
  mentors: readonly Readonly<{
    personId: number
    publicId: string
    name: string
    /** Public id of their organisation. */
    organisationId: string
  }>[]
}>

/**
 * What a session is planned from: the organisations that are with the cohort on the day, and their people.
 *
 * @param asked.day today for anything that is no day
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForPlan(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string | undefined }>,
): Promise<PlanChoices> {
  const { cohort } = await reachOf(ctx, actor, asked.cohortId)
  const day = asked.day !== undefined && isDay(asked.day) ? asked.day : today(ctx)
  const ids = await mentoringOrganisations(ctx, cohort, day)
  const organisations = (await listOrganisations(ctx.db)).filter(({ id }) => ids.includes(id))
  const members = await listMembersOf(ctx.db, ids, day, MENTORING)
  return {
    cohort,
    scheme: schemeOf(cohort.scheme),
    day,
    organisations,
    mentors: members.flatMap(({ personId, publicId, givenName, familyName, organisationId }) => {
      const organisation = organisations.find(({ id }) => id === organisationId)
      if (!organisation) return []
      const name = `${givenName} ${familyName}`
      return [{ personId, publicId, name, organisationId: organisation.publicId }]
    }),
  }
}

/** The companies of the class; of a cohort without one, whoever runs it. */
async function mentoringOrganisations(
  ctx: Context,
  { classId, ownerId }: AnyCohort,
  day: string,
): Promise<number[]> {
  if (classId === null) return [ownerId]
  const active = await activeCompaniesOf(ctx.db, classId, day)
  return active.map(({ companyId }) => companyId)
}
