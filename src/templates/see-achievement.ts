import type { Context } from '../context.js'
import { findOrganisation, type Organisation } from '../people/store.js'
import { noTemplate } from './see-templates.js'
import { findVersionByNumber, type Version } from './store.js'

/** A published version, which anybody may see, and its company. @throws {DomainError} not-found */
export async function seeAchievement(
  ctx: Context,
  templateId: string,
  number: number,
): Promise<{ version: Version; company: Organisation }> {
  const version = await findVersionByNumber(ctx.db, templateId, number)
  if (!version || version.publishedAt === null) throw noTemplate()
  const company = await findOrganisation(ctx.db, version.creatorId)
  if (!company) throw new Error(`The company of the template ${templateId} is gone.`)
  return { version, company }
}
