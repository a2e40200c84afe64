import type { Actor, Context } from '../../context.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { nothingHere } from '../refusals.js'
import { SCHEMES } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { schoolYearOf } from '../school-year.js'
import { listExportCohorts, type ExportCohort } from './store.js'

/** School years that are offered, if no cohort is older. */
const YEARS = 5

export type ExportChoices = Readonly<{
  cohorts: readonly ExportCohort[]
  /** By the year that each starts in, the present one first. */
  years: readonly number[]
  /** Those that the schools have cohorts of. */
  schemes: readonly Scheme[]
}>

/**
 * What the actor may take away of their schools.
 *
 * @throws {DomainError} not-found for whoever may not export
 */
export async function seeExports(ctx: Context, actor: Actor): Promise<ExportChoices> {
  const schoolIds = organisationsWith(actor, 'export-records')
  if (schoolIds.length === 0) throw nothingHere()
  const cohorts = await listExportCohorts(ctx.db, schoolIds)
  const present = schoolYearOf(today(ctx))
  const entries = cohorts.flatMap(({ entryYear }) => entryYear ?? [])
  const first = Math.min(present - YEARS + 1, ...entries)
  return {
    cohorts,
    years: Array.from({ length: present - first + 1 }, (_, at) => present - at),
    schemes: SCHEMES.filter(({ code }) => cohorts.some(({ scheme }) => scheme === code)),
  }
}

/**
 * The scheme of an archive, and the years that it may be of.
 *
 * @throws {DomainError} not-found for whoever may not export, and for a scheme that they have nothing of
 */
export async function seeArchive(
  ctx: Context,
  actor: Actor,
  code: string,
): Promise<{ scheme: Scheme; years: readonly number[] }> {
  const { schemes, years } = await seeExports(ctx, actor)
  const scheme = schemes.find((one) => one.code === code)
  if (!scheme) throw nothingHere()
  return { scheme, years }
}
