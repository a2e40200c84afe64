import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { today } from '../people/days.js'
import { authorize, may, organisationsWith, nothingHere } from '../people/authorize.js'
import { listOrganisations, type Organisation } from '../people/store.js'
import { listVersionIds } from './draft-store.js'
import { listPartnerships } from './partners-store.js'
import { mayStandIn } from './second-person.js'
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
 * The badges of the actor's companies, and what the partners of the actor's schools have published:
 * of each template all versions, newest template first.
 *
 * @throws {DomainError} not-found for whoever has to do with neither
 */
export async function seeTemplates(ctx: Context, actor: Actor): Promise<Version[][]> {
  const seen = organisationsWith(actor, 'see-template')
  if (seen.length === 0) throw noTemplate()
  const own = organisationsWith(actor, 'define-template')
  const partnerships = await listPartnerships(ctx.db, seen, today(ctx))
  const ids = new Set([...own, ...partnerships.map(({ companyId }) => companyId)])
  const found = await Promise.all([...ids].map((id) => shownOf(ctx, actor, id)))
  const versions = found.map((ofOne) =>
    ofOne.filter((version) => own.includes(version.creatorId) || version.isShown),
  )
  return [...Map.groupBy(versions.flat(), ({ templateId }) => templateId).entries()]
    .sort(([a], [b]) => b - a)
    .map(([, ofOne]) => ofOne.toSorted((a, b) => b.number - a.number))
}

/** Of a company, with whether its partner schools see a version: what it proposes is shown to who may stand in for it. */
async function shownOf(ctx: Context, actor: Actor, companyId: number) {
  const versions = await listVersionsOf(ctx.db, companyId)
  const standsIn = await mayStandIn(ctx, actor, companyId)
  return versions.map((version) => ({ ...version, isShown: isShown(version, standsIn) }))
}

function isShown({ publishedAt, proposal }: Version, standsIn: boolean): boolean {
  return publishedAt !== null || (standsIn && proposal !== null)
}

/**
 * All versions of a template, newest first. Drafts are for the company alone: a school with which
 * it works sees what it has published; its liaison officer, what one person alone has proposed.
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
  const company = { companyIds: [newest.creatorId] }
  if (may(actor, 'see-template', company)) return [newest, ...older]
  const partnerships = await listPartnerships(
    ctx.db,
    organisationsWith(actor, 'see-template'),
    today(ctx),
  )
  const partner = partnerships.find(({ companyId }) => companyId === newest.creatorId)
  authorize(actor, 'see-template', { ...company, ...(partner && { schoolId: partner.schoolId }) })
  const standsIn = await mayStandIn(ctx, actor, newest.creatorId)
  const [first, ...rest] = [newest, ...older].filter((one) => isShown(one, standsIn))
  if (!first) throw noTemplate()
  return [first, ...rest]
}

/** What the actor may do with a template, for the buttons of its page. */
export function stepsWith(actor: Actor, newest: Version) {
  const resource = { companyIds: [newest.creatorId] }
  const open = newest.archivedAt === null
  const draft = newest.publishedAt === null
  return {
    edit: open && draft && may(actor, 'define-template', resource),
    propose: open && draft && may(actor, 'propose-template', resource),
    renew: open && !draft && may(actor, 'define-template', resource),
    withdraw: may(actor, 'withdraw-endorsement', resource),
    archive: open && may(actor, 'archive-template', resource),
  }
}

export function noTemplate(): DomainError {
  return nothingHere()
}
