import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { toSiret } from '../../people/siret.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { noCompany } from '../classes/open-class.js'
import { toDay } from '../days.js'
import { personOf } from '../facts/confirmation.js'
import { pastDay } from '../facts/judge-session.js'
import { nothingHere, wrongField } from '../refusals.js'
import { threeYearsAfter } from './hosting.js'
import { conflict } from './open-placement.js'
import { findSite, insertDerogation, insertSite, saveSite, type Site } from './sites-store.js'

/** Sites are of companies and name nobody: all schools see them, since all may place students there. */
export function authorizeSites(actor: Actor): void {
  if (organisationsWith(actor, 'record-placement').length > 0) return
  authorize(actor, 'record-placement', {})
}

export type SiteInput = Readonly<{
  companyId: string
  siret: string
  name: string
  town: string
  staffCount: number
}>

/**
 * Adds a place where a company works.
 *
 * @returns its public id
 * @throws {DomainError} not-found, invalid-request or conflict
 */
export async function addSite(ctx: Context, actor: Actor, input: SiteInput): Promise<string> {
  authorizeSites(actor)
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  const publicId = ctx.newId()
  const at = ctx.now()
  const row = {
    public_id: publicId,
    company_id: company.id,
    siret: toSiret(input.siret),
    name: toLine(input.name, '/name'),
    town: toLine(input.town, '/town'),
    staff_count: toStaffCount(input.staffCount),
    created_at: at.toISOString(),
  }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await insertSite(trx, row))) {
      const words = {
        fr: `Un site a déjà le SIRET ${row.siret}. Choisissez-le dans la liste.`,
        en: `A site has the SIRET ${row.siret} already. Choose it in the list.`,
      }
      throw conflict(words, '/siret')
    }
    const action = 'site.added'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId })
  })
  return publicId
}

/**
 * How many work at a site, and whether the academy let it take more trainees (PFMP-04).
 *
 * @param input.quotaRaisedOn the day of its decision; '' for none
 * @throws {DomainError} not-found or invalid-request
 */
export async function changeSite(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ siteId: string; staffCount: number; quotaRaisedOn: string }>,
): Promise<void> {
  const site = await openSite(ctx, actor, input.siteId)
  const staffCount = toStaffCount(input.staffCount)
  const raised = input.quotaRaisedOn.trim()
  const quotaRaisedOn = raised === '' ? null : pastDay(raised, today(ctx), '/quotaRaisedOn')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await saveSite(trx, site.id, { staffCount, quotaRaisedOn })
    const details = { staffCount, quotaRaisedOn }
    const action = 'site.changed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: site.publicId, details })
  })
}

/**
 * A declaration of derogation that was sent to the inspection du travail (PFMP-10), valid for three years.
 *
 * @param input.works what works it allows, in words
 * @throws {DomainError} not-found, invalid-request or conflict
 */
export async function addDerogation(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ siteId: string; sentOn: string; works: string }>,
): Promise<void> {
  const site = await openSite(ctx, actor, input.siteId)
  const sentOn = pastDay(toDay(input.sentOn, '/sentOn'), today(ctx), '/sentOn')
  const works = toLine(input.works, '/works')
  const at = ctx.now()
  const row = {
    site_id: site.id,
    sent_on: sentOn,
    valid_until: threeYearsAfter(sentOn),
    works,
    recorded_by_id: personOf(actor),
    recorded_at: at.toISOString(),
  }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await insertDerogation(trx, row))) {
      const words = {
        fr: 'Une déclaration envoyée ce jour-là est déjà saisie pour ce site.',
        en: 'A declaration that was sent on that day is recorded of this site already.',
      }
      throw conflict(words, '/sentOn')
    }
    const details = { sentOn, validUntil: row.valid_until }
    const action = 'site.derogation-recorded'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: site.publicId, details })
  })
}

/** @throws {DomainError} not-found */
export async function openSite(ctx: Context, actor: Actor, publicId: string): Promise<Site> {
  authorizeSites(actor)
  const site = await findSite(ctx.db, publicId)
  if (!site) throw nothingHere()
  return site
}

const MOST_STAFF = 1_000_000

function toStaffCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= MOST_STAFF) return count
  throw wrongField('/staffCount', {
    fr: 'Donnez le nombre de personnes qui travaillent sur ce site : 1 ou plus.',
    en: 'Give the number of people who work at this site: 1 or more.',
  })
}

function toLine(text: string, pointer: string): string {
  const line = text.trim()
  if (line !== '' && line.length <= 300) return line
  throw wrongField(pointer, {
    fr: 'Remplissez ce champ, en 300 caractères au plus.',
    en: 'Fill this field, in 300 characters or fewer.',
  })
}
