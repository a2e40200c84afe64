import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { dayBefore } from '../../people/days.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { overlap, toDay } from '../days.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { domainsOf } from './contribution-store.js'
import { domainWarnings } from './domain-rules.js'
import { noCompany } from './open-class.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertOnePrincipal, type CompanyLink } from '../schemes/ptech.js'
import {
  endCompanyLink,
  findClass,
  insertCompanyLink,
  listCompanyLinks,
  lockClass,
} from './store.js'

/**
 * Adds a company to a class. A new principal takes over from the one before, to the day (PT-09).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or unacknowledged (PT-25)
 */
export async function addCompany(
  ctx: Context,
  actor: Actor,
  input: Readonly<{
    classId: string
    companyId: string
    role: CompanyLink['role']
    fromDay: string
    /** Rules that warned, and were read. */
    acknowledged?: readonly string[]
  }>,
): Promise<void> {
  const found = await findClass(ctx.db, input.classId)
  if (!found) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: found.school_id })
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  const from_day = toDay(input.fromDay, '/fromDay')
  const domains = (await domainsOf(ctx.db, [company.id])).get(company.id) ?? []
  const warnings = domainWarnings(found.mef, domains)
  assertAcknowledged(warnings, input.acknowledged ?? [])
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockClass(trx, found.id)
    const role = input.role
    await assertNew(trx, found.id, { companyId: company.id, role, fromDay: from_day })
    if (role === 'principal') await endPrincipal(trx, found.id, dayBefore(from_day))
    const link = { class_id: found.id, company_id: company.id, role, from_day }
    await insertCompanyLink(trx, link)
    const links = await listCompanyLinks(trx, found.id)
    assertOnePrincipal(links.map(toLink))
    const action = 'class.company-added'
    const details = { company: company.publicId, role }
    const subject = found.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const kept = { subject_kind: 'class', subject_id: subject, by_id: actor.personId }
    await keepWarnings(trx, warnings, { ...kept, at: at.toISOString() })
  })
}

/** A company has one part in a class at a time; from partner it may become principal. */
async function assertNew(
  trx: Db,
  classId: number,
  { companyId, role, fromDay }: Readonly<Omit<CompanyLink, 'untilDay'>>,
): Promise<void> {
  const links = (await listCompanyLinks(trx, classId)).map(toLink)
  const clash = links.some(
    (link) =>
      link.companyId === companyId &&
      overlap(link, { fromDay, untilDay: null }) &&
      (link.role === role || link.role === 'principal'),
  )
  if (!clash) return
  throw wrongField('/companyId', {
    fr: 'Cette entreprise est déjà avec la classe à cette date. Choisissez-en une autre, ou un autre jour.',
    en: 'This company is with the class already on that day. Choose another one, or another day.',
  })
}

async function endPrincipal(trx: Db, classId: number, lastDay: string): Promise<void> {
  const links = await listCompanyLinks(trx, classId)
  const current = links.find(({ role, until_day }) => role === 'principal' && until_day === null)
  if (current) await endCompanyLink(trx, current.id, lastDay)
}

function toLink(row: Awaited<ReturnType<typeof listCompanyLinks>>[number]): CompanyLink {
  return {
    companyId: row.company_id,
    role: row.role === 'principal' ? 'principal' : 'partner',
    fromDay: row.from_day,
    untilDay: row.until_day,
  }
}
