import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, may, organisationsWith } from '../people/authorize.js'
import { listOrganisations, type Organisation } from '../people/store.js'
import { listVersionIds } from './draft-store.js'
import { findVersion, listVersionsOf, type Version } from './store.js'

/** The companies for which the actor may define badges. */
export async function definingCompanies(ctx: Context, actor: Actor): Promise<Organisation[]> {
  const ids = organisationsWith(actor, 'define-template')
  const companies = await listOrganisations(ctx.db, 'company')
  return companies.filter(({ id }) => ids.includes(id))
}

/** @throws {DomainError} not-found for a company for which the actor may not define badges */
export async function definingCompany(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Organisation> {
  const companies = await definingCompanies(ctx, actor)
  const company = companies.find((one) => one.publicId === publicId)
  if (!company) throw noTemplate()
  return company
}

/**
 * The badges of the actor's companies: of each template all versions, newest template first.
 *
 * @throws {DomainError} not-found for whoever defines no badges
 */
export async function seeTemplates(ctx: Context, actor: Actor): Promise<Version[][]> {
  const ids = organisationsWith(actor, 'define-template')
  if (ids.length === 0) throw noTemplate()
  const versions = await Promise.all(ids.map((id) => listVersionsOf(ctx.db, id)))
  return [...Map.groupBy(versions.flat(), ({ templateId }) => templateId).entries()]
    .sort(([a], [b]) => b - a)
    .map(([, ofOne]) => ofOne.toSorted((a, b) => b.number - a.number))
}

/**
 * All versions of a template, newest first. Drafts are for the company alone.
 *
 * @throws {DomainError} not-found, or forbidden
 */
export async function seeTemplate(
  ctx: Context,
  actor: Actor,
  templateId: string,
): Promise<readonly [Version, ...Version[]]> {
  const ids = await listVersionIds(ctx.db, templateId)
  const found = await Promise.all(ids.map((id) => findVersion(ctx.db, id)))
  const [newest, ...older] = found.flatMap((version) => version ?? [])
  if (!newest) throw noTemplate()
  authorize(actor, 'see-template', { companyIds: [newest.creatorId] })
  return [newest, ...older]
}

/** What the actor may do with a template, for the buttons of its page. */
export function stepsWith(actor: Actor, newest: Version) {
  const resource = { companyIds: [newest.creatorId] }
  const open = newest.archivedAt === null
  const draft = newest.publishedAt === null
  return {
    edit: open && draft && may(actor, 'define-template', resource),
    publish: open && draft && may(actor, 'publish-template', resource),
    renew: open && !draft && may(actor, 'define-template', resource),
    archive: open && may(actor, 'publish-template', resource),
  }
}

export function noTemplate(): DomainError {
  return new DomainError('not-found', {
    fr: 'Ce badge n’existe pas, ou vous n’y avez pas accès.',
    en: 'This badge does not exist, or you have no access to it.',
  })
}
