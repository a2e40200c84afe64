import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import type { Row } from '../../store/schema.js'
import { nothingHere } from '../refusals.js'
import { schoolsSeenBy } from './class-access.js'
import { OPENING_STEPS, type OpeningStep } from './opening-rules.js'
import { findOpening, listOpenings, listSteps, type OpeningStepRow } from './opening-store.js'
import { findClassById } from './store.js'

export type OpeningLine = Readonly<{
  publicId: string
  track: string
  companyName: string
  schoolName: string
  /** The step that was taken last. */
  last: Readonly<{ step: OpeningStep; day: string }> | undefined
}>

/**
 * The ways to P-TECH classes of the actor's schools, or of their academy.
 *
 * @throws {DomainError} not-found for whoever sees no classes
 */
export async function seeOpenings(
  ctx: Context,
  actor: Actor,
): Promise<{ openings: OpeningLine[]; schools: Organisation[]; companies: Organisation[] }> {
  if (organisationsWith(actor, 'see-class').length === 0) throw nothingHere()
  const managed = organisationsWith(actor, 'manage-classes')
  const organisations = await listOrganisations(ctx.db)
  const rows = await listOpenings(ctx.db, await schoolsSeenBy(ctx.db, actor))
  const ids = rows.map(({ id }) => id)
  const steps = Map.groupBy(await listSteps(ctx.db, ids), ({ opening_id }) => opening_id)
  const nameOf = (id: number) => organisations.find((one) => one.id === id)?.name ?? ''
  return {
    openings: rows.map((row) => ({
      publicId: row.public_id,
      track: row.track,
      companyName: nameOf(row.company_id),
      schoolName: nameOf(row.school_id),
      last: steps.get(row.id)?.at(-1),
    })),
    schools: organisations.filter(({ id }) => managed.includes(id)),
    companies: organisations.filter(({ kind }) => kind === 'company'),
  }
}

export type OpeningView = Readonly<{
  row: Row<'class_openings'>
  companyName: string
  schoolName: string
  steps: readonly OpeningStepRow[]
  /** Those that have no day yet. */
  left: readonly OpeningStep[]
  opened: Row<'ptech_classes'> | undefined
  mayManage: boolean
}>

/**
 * One way to a P-TECH class, step by step (PT-15).
 *
 * @throws {DomainError} not-found
 */
export async function seeOpening(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<OpeningView> {
  const row = await findOpening(ctx.db, publicId)
  const seen = await schoolsSeenBy(ctx.db, actor)
  if (!row || !seen.includes(row.school_id)) throw nothingHere()
  const organisations = await listOrganisations(ctx.db)
  const nameOf = (id: number) => organisations.find((one) => one.id === id)?.name ?? ''
  const steps = await listSteps(ctx.db, [row.id])
  return {
    row,
    companyName: nameOf(row.company_id),
    schoolName: nameOf(row.school_id),
    steps,
    left: OPENING_STEPS.filter((step) => !steps.some((one) => one.step === step)),
    opened: row.class_id === null ? undefined : await findClassById(ctx.db, row.class_id),
    mayManage: may(actor, 'manage-classes', { schoolId: row.school_id }),
  }
}
