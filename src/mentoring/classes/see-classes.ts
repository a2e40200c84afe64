import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listMembersOf } from '../../people/members-store.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import type { Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { nothingHere } from '../refusals.js'
import { classFor, schoolsSeenBy } from './class-access.js'
import {
  activeCompaniesOf,
  listClasses,
  listCohortsOf,
  listCompanyLinks,
  type Cohort,
} from './store.js'
import { listLiaisons, type Liaison } from './liaison-store.js'

export type ClassLine = Readonly<{
  publicId: string
  name: string
  track: string
  schoolName: string
  principal: string | undefined
}>

/**
 * The classes of the actor's schools, or of their academy, and what a new one is chosen from.
 *
 * @throws {DomainError} not-found for whoever sees no classes
 */
export async function seeClasses(
  ctx: Context,
  actor: Actor,
): Promise<{ classes: ClassLine[]; schools: Organisation[]; companies: Organisation[] }> {
  if (organisationsWith(actor, 'see-class').length === 0) throw nothingHere()
  const managed = organisationsWith(actor, 'manage-classes')
  const organisations = await listOrganisations(ctx.db)
  const nameOf = namesOf(organisations)
  const rows = await listClasses(ctx.db, await schoolsSeenBy(ctx.db, actor))
  const classes = rows.map(async (row) => {
    const active = await activeCompaniesOf(ctx.db, row.id, today(ctx))
    const principal = active.find(({ role }) => role === 'principal')
    return {
      publicId: row.public_id,
      name: row.name,
      track: row.track,
      schoolName: nameOf(row.school_id) ?? '',
      principal: nameOf(principal?.companyId ?? null),
    }
  })
  return {
    classes: await Promise.all(classes),
    /** Those in which the actor may open one. */
    schools: organisations.filter(({ id }) => managed.includes(id)),
    companies: organisations.filter(({ kind }) => kind === 'company'),
  }
}

export type ClassCompany = Readonly<{
  name: string
  role: 'principal' | 'partner'
  fromDay: string
  untilDay: string | null
  /** With the class today. */
  active: boolean
}>

export type ClassLiaison = Liaison &
  Readonly<{ employer: string | undefined; financedBy: string | undefined; active: boolean }>

export type ClassView = Readonly<{
  row: Row<'ptech_classes'>
  companies: readonly ClassCompany[]
  liaisons: readonly ClassLiaison[]
  cohorts: readonly Cohort[]
  /** PT-10: the liaison officer of today is paid by the principal company. */
  isFinancedByPrincipal: boolean
  schoolName: string
  mayManage: boolean
  /** An academy sees the class, and neither its students nor what companies give. */
  maySeeStudents: boolean
}>

/**
 * A class with its companies, its liaison officers and its cohorts.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeClass(ctx: Context, actor: Actor, publicId: string): Promise<ClassView> {
  const { row, resource } = await classFor(ctx, actor, publicId, 'see-class')
  const nameOf = namesOf(await listOrganisations(ctx.db))
  const day = today(ctx)
  const links = await listCompanyLinks(ctx.db, row.id)
  const companies = links.map((link) => ({
    id: link.company_id,
    name: nameOf(link.company_id) ?? '',
    role: link.role === 'principal' ? ('principal' as const) : ('partner' as const),
    fromDay: link.from_day,
    untilDay: link.until_day,
    active: isWithin(day, { fromDay: link.from_day, untilDay: link.until_day }),
  }))
  const liaisons = (await listLiaisons(ctx.db, row.id)).map((liaison) => ({
    ...liaison,
    employer: nameOf(liaison.employerId),
    financedBy: nameOf(liaison.financedById),
    active: isWithin(day, liaison),
  }))
  const principal = companies.find(({ role, active }) => active && role === 'principal')
  const officer = liaisons.find(({ active }) => active)
  return {
    row,
    companies,
    liaisons,
    cohorts: await listCohortsOf(ctx.db, row.id),
    isFinancedByPrincipal: officer === undefined || officer.financedById === principal?.id,
    schoolName: nameOf(row.school_id) ?? '',
    mayManage: may(actor, 'manage-classes', resource),
    maySeeStudents: may(actor, 'see-student', resource),
  }
}

/** What a company or a liaison officer of a class is chosen from. */
export async function choicesForClass(ctx: Context, actor: Actor, publicId: string) {
  const { row } = await classFor(ctx, actor, publicId, 'manage-classes')
  const organisations = await listOrganisations(ctx.db)
  const active = await activeCompaniesOf(ctx.db, row.id, today(ctx))
  const principalId = active.find(({ role }) => role === 'principal')?.companyId
  return {
    row,
    companies: organisations.filter(({ kind }) => kind === 'company'),
    principal: organisations.find(({ id }) => id === principalId),
    /** The class's school first: it may employ its liaison officer. */
    employers: organisations.filter(({ id, kind }) => kind === 'company' || id === row.school_id),
    officers: await listMembersOf(ctx.db, [row.school_id], today(ctx), ['liaison-officer']),
  }
}

function namesOf(organisations: readonly Organisation[]) {
  const names = new Map(organisations.map(({ id, name }) => [id, name]))
  return (id: number | null) => (id === null ? undefined : names.get(id))
}
