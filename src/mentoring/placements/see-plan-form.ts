import type { Actor, Context } from '../../context.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listMembersOf } from '../../people/members-store.js'
import { findOrganisation, listOrganisations, type Organisation } from '../../people/store.js'
import { choicesForPlacement } from '../students/see-student.js'
import { findStudent } from '../students/store.js'
import { authorizeSites, openSite } from './add-site.js'
import { gridsFor, type Grid } from './grids.js'
import { tutorsOf } from './see-placement.js'
import { listDerogations, listSites } from './sites-store.js'

/**
 * What a placement is planned from: the companies, then the people and sites of the one that was chosen.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForPlan(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ studentId: string; companyId: string | undefined }>,
) {
  const choices = await choicesForPlacement(ctx, actor, of)
  const student = await findStudent(ctx.db, of.studentId)
  const { company } = choices
  const roles = ['school-staff', 'school-approver'] as const
  return {
    ...choices,
    tutors: company ? await tutorsOf(ctx, company.id) : [],
    sites: company ? await listSites(ctx.db, company.id) : [],
    teachers: student ? await listMembersOf(ctx.db, [student.school_id], today(ctx), roles) : [],
  }
}

/** @throws {DomainError} not-found */
export async function seeSites(ctx: Context, actor: Actor) {
  authorizeSites(actor)
  const sites = await listSites(ctx.db)
  return {
    sites,
    derogations: await listDerogations(
      ctx.db,
      sites.map(({ id }) => id),
    ),
    companies: await listOrganisations(ctx.db, 'company'),
    today: today(ctx),
  }
}

/** @throws {DomainError} not-found */
export async function seeSite(ctx: Context, actor: Actor, publicId: string) {
  const site = await openSite(ctx, actor, publicId)
  return { site, derogations: await listDerogations(ctx.db, [site.id]) }
}

/** @throws {DomainError} not-found */
export async function seeGrids(
  ctx: Context,
  actor: Actor,
): Promise<{ grids: Grid[]; schools: Organisation[] }> {
  authorizeSites(actor)
  const schools: Organisation[] = []
  const grids = new Map<string, Grid>()
  for (const id of organisationsWith(actor, 'record-placement')) {
    const school = await findOrganisation(ctx.db, id)
    if (school?.kind !== 'lycee') continue
    schools.push(school)
    for (const grid of await gridsFor(ctx.db, id)) grids.set(grid.publicId, grid)
  }
  return { schools, grids: [...grids.values()] }
}
