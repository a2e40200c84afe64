import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import type { Row } from '../../store/schema.js'
import { overlap } from '../days.js'
import { nothingHere } from '../refusals.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { classFor } from './class-access.js'
import { domainsOf, listContributions } from './contribution-store.js'
import { nsfOf } from './domain-rules.js'
import { companyYearsOf, type CompanyYear } from './person-days.js'
import { listClasses, listClassesOf, listLinksOf } from './store.js'

export type CompanyYearLine = CompanyYear &
  Readonly<{ classPublicId: string; className: string; schoolName: string; companyName: string }>

/**
 * What companies gave in a school year beside what they promised: all of them to their school, its own to
 * a company (PT-21).
 *
 * @param year by the year that it starts in; the present one if undefined
 * @throws {DomainError} not-found for whoever records no contributions
 */
export async function seeContributions(
  ctx: Context,
  actor: Actor,
  year: number = schoolYearOf(today(ctx)),
): Promise<{ year: number; lines: CompanyYearLine[] }> {
  const ids = organisationsWith(actor, 'record-contribution')
  if (ids.length === 0) throw nothingHere()
  const ofSchools = await listClasses(ctx.db, ids)
  const ofCompanies = await listClassesOf(ctx.db, ids)
  const schoolClassIds = new Set(ofSchools.map(({ id }) => id))
  const classes = [...ofSchools, ...ofCompanies.filter(({ id }) => !schoolClassIds.has(id))]
  const lines = await linesOf(ctx, classes, year)
  return {
    year,
    lines: lines.filter(
      ({ classId, companyId }) => schoolClassIds.has(classId) || ids.includes(companyId),
    ),
  }
}

/** A line for each company of each class in the year, in the order of their names. */
async function linesOf(
  ctx: Context,
  classes: readonly Row<'ptech_classes'>[],
  year: number,
): Promise<CompanyYearLine[]> {
  const classIds = classes.map(({ id }) => id)
  const given = await companyYearsOf(ctx.db, { classIds, year })
  const period = { fromDay: firstDayOf(year), untilDay: dayBefore(firstDayOf(year + 1)) }
  const links = (await listLinksOf(ctx.db, classIds)).filter((link) => overlap(link, period))
  const names = new Map((await listOrganisations(ctx.db)).map(({ id, name }) => [id, name]))
  return classes.flatMap((row) => {
    const companyIds = new Set(
      [...links, ...given].flatMap((one) => (one.classId === row.id ? [one.companyId] : [])),
    )
    return [...companyIds].map((companyId) => ({
      ...(given.find((one) => one.classId === row.id && one.companyId === companyId) ?? {
        ...NOTHING_GIVEN,
        classId: row.id,
        companyId,
        year,
      }),
      classPublicId: row.public_id,
      className: row.name,
      schoolName: names.get(row.school_id) ?? '',
      companyName: names.get(companyId) ?? '',
    }))
  })
}

const NOTHING_GIVEN = { personDays: 0, tutoringDays: 0, equipmentCents: 0, promised: null }

export type ClassContributions = Readonly<{
  row: Row<'ptech_classes'>
  year: number
  lines: readonly CompanyYearLine[]
  /** What was recorded beside sessions. */
  recorded: readonly (Row<'contributions'> & { companyName: string })[]
  /** The companies that the actor may speak for. */
  companies: readonly (Organisation & { domains: readonly string[] })[]
  /** PT-25: of the class. */
  nsf: string
  maySeeClass: boolean
}>

/**
 * What the companies of a class gave it in a school year, as far as it concerns the actor.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeClassContributions(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ classId: string; year?: number | undefined }>,
): Promise<ClassContributions> {
  const { row, resource } = await classFor(ctx, actor, asked.classId, 'record-contribution')
  const year = asked.year ?? schoolYearOf(today(ctx))
  const mine = (companyId: number) =>
    may(actor, 'record-contribution', { schoolId: row.school_id, companyIds: [companyId] })
  const organisations = await listOrganisations(ctx.db, 'company')
  const nameOf = (id: number) => organisations.find((one) => one.id === id)?.name ?? ''
  const recorded = await listContributions(ctx.db, { classIds: [row.id], year })
  const ids = (resource.companyIds ?? []).filter(mine)
  const domains = await domainsOf(ctx.db, ids)
  return {
    row,
    year,
    lines: (await linesOf(ctx, [row], year)).filter(({ companyId }) => mine(companyId)),
    recorded: recorded
      .filter(({ company_id }) => mine(company_id))
      .map((one) => ({ ...one, companyName: nameOf(one.company_id) })),
    companies: organisations
      .filter(({ id }) => ids.includes(id))
      .map((one) => ({ ...one, domains: domains.get(one.id) ?? [] })),
    nsf: nsfOf(row.mef),
    maySeeClass: may(actor, 'see-class', resource),
  }
}
