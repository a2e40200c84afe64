import type { Context } from '../../context.js'
import { nothingHere, type Resource } from '../../people/authorize.js'
import { isSchool, resourceOf } from '../../people/assign-role.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import { OF_SERVICE } from '../../settings/store.js'

export type WhichSetting = Readonly<{
  key: string
  /** '' or the public id of a school. */ scope: string
}>

/** Whose settings they are. @throws {DomainError} not-found for what is no school */
export async function scopeOf(
  ctx: Context,
  scope: string,
): Promise<Readonly<{ school: Organisation | undefined; resource: Resource }>> {
  if (scope === OF_SERVICE) return { school: undefined, resource: {} }
  const school = await findOrganisationByPublicId(ctx.db, scope)
  if (!school || !isSchool(school)) throw nothingHere()
  return { school, resource: resourceOf(school) }
}
