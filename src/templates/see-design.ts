import type { Actor, Context } from '../context.js'
import { authorize, organisationsWith } from '../people/authorize.js'
import { findOrganisation, listOrganisations, type Organisation } from '../people/store.js'
import { archivedAlready } from './new-version.js'
import { publishedAlready } from './publish-version.js'
import { seeTemplate } from './see-templates.js'
import type { Version } from './store.js'

/** The draft that the actor may edit. @throws {DomainError} not-found, forbidden, or conflict: there is none */
export async function seeDraft(ctx: Context, actor: Actor, templateId: string): Promise<Version> {
  const draft = await seeNewest(ctx, actor, templateId)
  if (draft.archivedAt !== null) throw archivedAlready()
  if (draft.publishedAt !== null) throw publishedAlready()
  return draft
}

/** The newest version, draft or not, for who may define. @throws {DomainError} not-found or forbidden */
export async function seeNewest(ctx: Context, actor: Actor, templateId: string): Promise<Version> {
  const [newest] = await seeTemplate(ctx, actor, templateId)
  authorize(actor, 'define-template', { companyIds: [newest.creatorId] })
  return newest
}

/** Whose badges a list shows. */
export async function companiesOf(
  ctx: Context,
  templates: readonly (readonly Version[])[],
): Promise<Organisation[]> {
  const ids = new Set(templates.flat().map(({ creatorId }) => creatorId))
  return (await listOrganisations(ctx.db, 'company')).filter(({ id }) => ids.has(id))
}

export async function companyOf(ctx: Context, { creatorId, id }: Version): Promise<Organisation> {
  const company = await findOrganisation(ctx.db, creatorId)
  if (!company) throw new Error(`The company of the version ${id} is gone.`)
  return company
}

export const mayDefine = (actor: Actor): boolean =>
  organisationsWith(actor, 'define-template').length > 0
