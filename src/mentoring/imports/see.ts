import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import type { Row } from '../../store/schema.js'
import { namedIn, type ImportSummary } from '../class-list/summary.js'
import { nothingHere } from '../refusals.js'
import { findImport, listImports, namesOf } from './store.js'

export type PastImport = Readonly<{
  id: string
  school: Organisation
  importedAt: string
  summary: ImportSummary
}>

const LISTED = 10

/** The receipt of an import, with the names of who has left. @throws {DomainError} not-found or forbidden */
export async function seeImport(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<PastImport & { names: ReadonlyMap<string, string> }> {
  const row = await findImport(ctx.db, id)
  if (!row) throw nothingHere()
  authorize(actor, 'import-students', { schoolId: row.school_id })
  const past = await toPast(ctx, row)
  const names = await namesOf(ctx.db, row.school_id, namedIn(past.summary))
  return { ...past, names }
}

/** The schools that the actor may import to, and their last imports. @throws {DomainError} not-found without one */
export async function seeImports(
  ctx: Context,
  actor: Actor,
): Promise<{ schools: Organisation[]; past: PastImport[] }> {
  const ids = organisationsWith(actor, 'import-students')
  if (ids.length === 0) throw nothingHere()
  const schools = await Promise.all(ids.map((id) => findOrganisation(ctx.db, id)))
  const rows = await listImports(ctx.db, ids, LISTED)
  return {
    schools: schools.flatMap((school) => school ?? []),
    past: await Promise.all(rows.map((row) => toPast(ctx, row))),
  }
}

async function toPast(ctx: Context, row: Row<'class_list_imports'>): Promise<PastImport> {
  const school = await findOrganisation(ctx.db, row.school_id)
  if (!school) throw nothingHere()
  // Our own JSON, as importRead wrote it.
  const summary = JSON.parse(row.receipt) as ImportSummary
  return { id: row.public_id, school, importedAt: row.imported_at, summary }
}
