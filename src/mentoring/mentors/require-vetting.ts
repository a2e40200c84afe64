import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation, findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { nothingHere } from '../refusals.js'
import { deleteVettingOrder, insertVettingOrder, listVettingOrders } from './orders-store.js'

export type AcademyRule = Readonly<{
  academyId: string
  name: string
  /** MENT-01 refuses since this day; null: it warns. */
  requiredSince: string | null
}>

/**
 * MENT-01 in the academies of the actor: whether it warns, or refuses.
 *
 * @throws {DomainError} not-found for whoever sets the rules of none
 */
export async function seeAcademyRules(ctx: Context, actor: Actor): Promise<AcademyRule[]> {
  const ids = organisationsWith(actor, 'set-academy-rule')
  if (ids.length === 0) throw nothingHere()
  const orders = await listVettingOrders(ctx.db)
  const academies = await Promise.all(ids.map((id) => findOrganisation(ctx.db, id)))
  return academies.flatMap((academy) => {
    if (!academy?.academyCode) return []
    const { publicId: academyId, name, academyCode } = academy
    return [{ academyId, name, requiredSince: orders.get(academyCode) ?? null }]
  })
}

/**
 * An academy says that MENT-01 refuses from today on, or warns again: what was recorded before stays.
 *
 * @throws {DomainError} forbidden, not-found or conflict (it is so already)
 */
export async function requireVetting(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ academyId: string; required: boolean }>,
): Promise<void> {
  const academy = await findOrganisationByPublicId(ctx.db, input.academyId)
  if (!academy?.academyCode) throw nothingHere()
  authorize(actor, 'set-academy-rule', { academyId: academy.id })
  const code = academy.academyCode
  const at = ctx.now()
  const said = { said_by_id: actor.personId, said_at: at.toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    const changed = input.required
      ? await insertVettingOrder(trx, { academy_code: code, since_day: today(ctx), ...said })
      : await deleteVettingOrder(trx, code)
    if (!changed) throw soAlready()
    const action = input.required ? 'academy.vetting-required' : 'academy.vetting-released'
    const details = { academy: code }
    const subject = academy.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function soAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'C’est déjà la règle de cette académie. Rechargez la page.',
    en: 'This is the rule of this academy already. Reload the page.',
  })
}
