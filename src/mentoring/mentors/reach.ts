import type { Actor, Context } from '../../context.js'
import type { Resource } from '../../people/authorize.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import { sidesWith, type Sides } from '../cohorts/sides.js'
import { schemeOf } from '../schemes/index.js'
import { listPartners, listSchemesOf } from './partners-store.js'

/** The organisations that the actor works with as somebody who manages mentors. */
export type MentorReach = Readonly<{
  /** Their own: schools; owners of cohorts and companies. */
  own: Sides
  partners: readonly number[]
  /** Whether their cohorts may have mentors of any company. */
  anyCompany: boolean
}>

export async function reachOf(ctx: Context, actor: Actor): Promise<MentorReach> {
  const own = sidesWith(actor, 'manage-mentors')
  const schemes = await listSchemesOf(ctx.db, own)
  return {
    own,
    partners: await listPartners(ctx.db, own),
    anyCompany: schemes.some((code) => schemeOf(code).mentorsFrom === 'owner-or-company'),
  }
}

type Kind = Pick<Organisation, 'id' | 'kind'>

/** What the mentors of an organisation belong to: itself, and the schools and owners that work with it. */
export function mentorResource(
  { own, partners, anyCompany }: MentorReach,
  { id, kind }: Kind,
): Resource {
  const worksWith = partners.includes(id) || (anyCompany && kind === 'company')
  if (!worksWith) return { companyIds: [id] }
  return { schoolIds: own.schoolIds, companyIds: [id, ...own.companyIds] }
}

/** The same for what was verified: a company does not say so of its own people. */
export function vettingResource(reach: MentorReach, organisation: Kind): Resource {
  const resource = mentorResource(reach, organisation)
  if (organisation.kind !== 'company') return resource
  const companyIds = (resource.companyIds ?? []).filter((id) => id !== organisation.id)
  return { ...resource, companyIds }
}

/** The organisations that the actor may add mentors to, by name. */
export async function organisationsInReach(
  ctx: Context,
  { own, partners, anyCompany }: MentorReach,
): Promise<Organisation[]> {
  const organisations = await listOrganisations(ctx.db)
  const ownIds = [...own.schoolIds, ...own.companyIds]
  return organisations.filter(({ id, kind }) => {
    if (partners.includes(id)) return true
    if (kind === 'company') return anyCompany || ownIds.includes(id)
    // A lycée sends mentors only where it runs a cohort of its own: then it is among the partners.
    return ownIds.includes(id) && kind !== 'lycee' && kind !== 'college'
  })
}
