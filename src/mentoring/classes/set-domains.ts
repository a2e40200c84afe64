import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { classFor } from './class-access.js'
import { saveDomains } from './contribution-store.js'
import { toDomains } from './domain-rules.js'
import { noCompany } from './open-class.js'

/**
 * Says what a company of a class is competent in: NSF groups, which a class's track is compared with (PT-25).
 *
 * @param input.domains groups of three digits, apart by spaces or commas
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function setDomains(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ classId: string; companyId: string; domains: string }>,
): Promise<void> {
  const { row, resource } = await classFor(ctx, actor, input.classId, 'record-contribution')
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (!company || !(resource.companyIds ?? []).includes(company.id)) throw noCompany('/companyId')
  authorize(actor, 'record-contribution', { schoolId: row.school_id, companyIds: [company.id] })
  const domains = toDomains(input.domains, '/domains')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'company.domains-set'
    const details = { domains: domains.join(' ') }
    const subject = company.publicId
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    await saveDomains(trx, company.id, domains)
  })
}
