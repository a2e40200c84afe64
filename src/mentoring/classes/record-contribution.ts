import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { overlap } from '../days.js'
import { personOf } from '../facts/confirmation.js'
import { pastDay } from '../facts/judge-session.js'
import { nothingHere, wrongField } from '../refusals.js'
import { firstDayOf } from '../school-year.js'
import { classFor } from './class-access.js'
import {
  CONTRIBUTION_KINDS,
  toCents,
  toMeasure,
  toPromisedDays,
  type ContributionKind,
} from './contribution-rules.js'
import {
  findContribution,
  hasContribution,
  insertContribution,
  saveCommitment,
  saveWithdrawal,
} from './contribution-store.js'
import { noCompany } from './open-class.js'
import { findClassById, listLinksOf } from './store.js'

export type ContributionInput = Readonly<{
  classId: string
  companyId: string
  kind: string
  day: string
  description: string
  /** Of PERSON_DAYS: in half days. */
  personDays: number | null
  /** Of EQUIPMENT. */
  euros: number | null
}>

/**
 * Records what a company gave a class beside its sessions: time, money for equipment, or something else (PT-21, PT-22).
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict (the same twice)
 */
export async function recordContribution(
  ctx: Context,
  actor: Actor,
  input: ContributionInput,
): Promise<string> {
  const { row, company } = await classAndCompany(ctx, actor, input)
  const recorded_by_id = personOf(actor)
  const kind = toContributionKind(input.kind)
  const day = pastDay(input.day, today(ctx))
  await assertWith(ctx, { row, company }, { fromDay: day, untilDay: day })
  const description = toDescription(input.description)
  const measure = toMeasure(kind, input)
  const publicId = ctx.newId()
  const at = ctx.now()
  const said = { class_id: row.id, company_id: company.id, kind, day, description }
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'contribution.recorded'
    const details = { class: row.public_id, company: company.publicId, kind }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
    if (await hasContribution(trx, said)) throw recordedAlready()
    await insertContribution(trx, {
      ...said,
      public_id: publicId,
      half_days: measure.halfDays,
      amount_cents: measure.amountCents,
      recorded_by_id,
      recorded_at: at.toISOString(),
    })
  })
  return publicId
}

/**
 * Takes a contribution back that was recorded by mistake.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function withdrawContribution(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<void> {
  const found = await findContribution(ctx.db, publicId)
  const row = found && (await findClassById(ctx.db, found.class_id))
  if (!found || !row) throw nothingHere()
  const resource = { schoolId: row.school_id, companyIds: [found.company_id] }
  authorize(actor, 'record-contribution', resource)
  const by = { personId: personOf(actor), at: ctx.now().toISOString() }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await saveWithdrawal(trx, found.id, by))) throw withdrawnAlready()
    const action = 'contribution.withdrawn'
    await appendAudit(trx, { at: ctx.now(), actor: actor.publicId, action, subject: publicId })
  })
}

export type CommitmentInput = Readonly<{
  classId: string
  companyId: string
  /** By the year that it starts in. */
  schoolYear: number
  personDays: number
  euros: number
}>

/**
 * Keeps what a company promises a class for a school year; the latest word counts (PT-21).
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function promise(ctx: Context, actor: Actor, input: CommitmentInput): Promise<void> {
  const { row, company } = await classAndCompany(ctx, actor, input)
  const { schoolYear: school_year } = input
  const lastDay = dayBefore(firstDayOf(school_year + 1))
  await assertWith(ctx, { row, company }, { fromDay: firstDayOf(school_year), untilDay: lastDay })
  const person_days = toPromisedDays(input.personDays)
  const equipment_cents = toCents(input.euros, '/euros', 0)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'commitment.made'
    const details = { company: company.publicId, schoolYear: school_year, personDays: person_days }
    const subject = row.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const ids = { class_id: row.id, company_id: company.id }
    await saveCommitment(trx, { ...ids, school_year, person_days, equipment_cents })
  })
}

/** The class, and the company of it that the actor speaks for: their own, or any for its school. */
async function classAndCompany(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ classId: string; companyId: string }>,
) {
  const { row } = await classFor(ctx, actor, input.classId, 'record-contribution')
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  authorize(actor, 'record-contribution', { schoolId: row.school_id, companyIds: [company.id] })
  return { row, company }
}

/** @throws {DomainError} invalid-request for a company that was not with the class at any time of the period */
async function assertWith(
  ctx: Context,
  of: Readonly<{ row: Row<'ptech_classes'>; company: Organisation }>,
  period: Readonly<{ fromDay: string; untilDay: string }>,
): Promise<void> {
  const links = await listLinksOf(ctx.db, [of.row.id])
  if (links.some((link) => link.companyId === of.company.id && overlap(link, period))) return
  throw wrongField('/companyId', {
    fr: 'Cette entreprise n’est pas avec la classe à cette date. Choisissez-en une autre, ou un autre jour.',
    en: 'This company is not with the class at that time. Choose another one, or another day.',
  })
}

function toContributionKind(text: string): ContributionKind {
  const kind = CONTRIBUTION_KINDS.find((known) => known === text)
  if (kind) return kind
  throw wrongField('/kind', {
    fr: 'Choisissez la nature de la contribution.',
    en: 'Choose the kind of contribution.',
  })
}

function toDescription(text: string): string {
  const description = text.trim()
  if (description !== '' && description.length <= 500) return description
  throw wrongField('/description', {
    fr: 'Dites ce qui a été donné, en 500 caractères au plus.',
    en: 'Say what was given, in 500 characters or fewer.',
  })
}

function recordedAlready(): DomainError {
  const words = {
    fr: 'Cette contribution est déjà enregistrée. Si c’en est une autre, dites-le dans sa description.',
    en: 'This contribution is recorded already. If it is another one, say so in its description.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/description', words }] })
}

function withdrawnAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette contribution est déjà retirée. Rechargez la page.',
    en: 'This contribution is withdrawn already. Reload the page.',
  })
}
