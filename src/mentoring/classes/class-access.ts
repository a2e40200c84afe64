import type { Actor, Context } from '../../context.js'
import {
  authorize,
  may,
  organisationsWith,
  type Action,
  type Resource,
} from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation, listOrganisations } from '../../people/store.js'
import type { Db, Row } from '../../store/schema.js'
import { nothingHere } from '../refusals.js'
import { activeCompaniesOf, findClass } from './store.js'

/** A class, and what it belongs to: its school, the academy, the companies of today. */
export type OwnedClass = Readonly<{ row: Row<'ptech_classes'>; resource: Resource }>

/**
 * A class of whoever may do one of some things with it; which of them is asked again where it matters.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function classFor(
  ctx: Context,
  actor: Actor,
  publicId: string,
  ...actions: readonly [Action, ...Action[]]
): Promise<OwnedClass> {
  const row = await findClass(ctx.db, publicId)
  if (!row) throw nothingHere()
  const resource = await resourceOf(ctx.db, row, today(ctx))
  if (!actions.some((action) => may(actor, action, resource))) {
    authorize(actor, actions[0], resource)
  }
  return { row, resource }
}

async function resourceOf(db: Db, row: Row<'ptech_classes'>, day: string): Promise<Resource> {
  const school = await findOrganisation(db, row.school_id)
  const companies = await activeCompaniesOf(db, row.id, day)
  return {
    schoolId: row.school_id,
    academyId: await academyOf(db, school?.academyCode ?? null),
    companyIds: companies.map(({ companyId }) => companyId),
  }
}

async function academyOf(db: Db, code: string | null): Promise<number | null> {
  if (code === null) return null
  const academies = await listOrganisations(db, 'academy')
  return academies.find(({ academyCode }) => academyCode === code)?.id ?? null
}

/** The schools whose classes the actor may see: their own, and those of their academy. */
export async function schoolsSeenBy(db: Db, actor: Actor): Promise<number[]> {
  const ids = organisationsWith(actor, 'see-class')
  if (ids.length === 0) return []
  const organisations = await listOrganisations(db)
  const codes = organisations.flatMap(({ id, kind, academyCode }) =>
    kind === 'academy' && ids.includes(id) && academyCode !== null ? [academyCode] : [],
  )
  return organisations
    .filter(
      ({ id, kind, academyCode }) =>
        kind === 'lycee' &&
        (ids.includes(id) || (academyCode !== null && codes.includes(academyCode))),
    )
    .map(({ id }) => id)
}
