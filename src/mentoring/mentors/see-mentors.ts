import type { Actor, Context } from '../../context.js'
import { may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Organisation } from '../../people/store.js'
import { isNobody } from '../cohorts/sides.js'
import { nothingHere } from '../refusals.js'
import { organisationsInReach, reachOf, vettingResource } from './reach.js'
import { listMentors, type Mentor } from './store.js'

export type MentorsView = Readonly<{ day: string; mentors: readonly Mentor[] }>

/**
 * The mentors that the actor works with: of their companies and cohorts, and those whom they added.
 *
 * @throws {DomainError} not-found for whoever manages none
 */
export async function seeMentors(ctx: Context, actor: Actor): Promise<MentorsView> {
  const { own, partners } = await reachOf(ctx, actor)
  if (isNobody(own)) throw nothingHere()
  const organisationIds = [...own.schoolIds, ...own.companyIds, ...partners]
  const mentors = await listMentors(ctx.db, { organisationIds, through: own })
  return { day: today(ctx), mentors }
}

export type MentorChoices = Readonly<{ organisations: readonly Organisation[]; mayVet: boolean }>

/** What a mentor is added from. @throws {DomainError} not-found for whoever manages none */
export async function choicesForMentor(ctx: Context, actor: Actor): Promise<MentorChoices> {
  const reach = await reachOf(ctx, actor)
  if (isNobody(reach.own)) throw nothingHere()
  const organisations = await organisationsInReach(ctx, reach)
  const mayVet = organisations.some((one) =>
    may(actor, 'manage-mentors', vettingResource(reach, one)),
  )
  return { organisations, mayVet }
}
