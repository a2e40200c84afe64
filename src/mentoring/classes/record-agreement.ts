import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { toName } from '../../people/names.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertDuration, lastDayOfFiveYears, toAgreementType } from './agreement-rules.js'
import {
  findAgreement,
  insertAgreement,
  insertClassAgreement,
  insertParties,
} from './agreement-store.js'
import { classFor } from './class-access.js'

export type PartyInput = Readonly<{
  /** Of an organisation that is known here; else the name says who. */
  organisationId?: string | undefined
  name?: string | undefined
  capacity: string
  signedOn?: string | undefined
}>

export type AgreementInput = Readonly<{
  classId: string
  type: string
  title: string
  startDay: string
  /** Empty for a P-TECH framework agreement: five years. */
  endDay: string
  /** The one of the school that it takes over from. */
  renewsId?: string | undefined
  parties: readonly PartyInput[]
}>

/**
 * Records an agreement that covers a class.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request or rule-refused (PT-14)
 */
export async function recordAgreement(
  ctx: Context,
  actor: Actor,
  input: AgreementInput,
): Promise<string> {
  const { row } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const term = toTerm(input)
  const title = toName(input.title, '/title')
  const renews_id = await renewedBy(ctx.db, row.school_id, { ...input, ...term })
  const parties = await Promise.all(
    input.parties.map((party, at) => toParty(ctx.db, party, `/parties/${at}`)),
  )
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const id = await insertAgreement(trx, {
      public_id: publicId,
      school_id: row.school_id,
      type: term.type,
      title,
      start_day: term.startDay,
      end_day: term.endDay,
      renews_id,
      created_at: at.toISOString(),
    })
    await insertParties(
      trx,
      parties.map((party) => ({ ...party, agreement_id: id })),
    )
    await insertClassAgreement(trx, { class_id: row.id, agreement_id: id })
    const action = 'agreement.recorded'
    const details = { class: row.public_id, type: term.type }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
  })
  return publicId
}

function toTerm(input: AgreementInput) {
  const type = toAgreementType(input.type)
  const startDay = toDay(input.startDay, '/startDay')
  const isOpen = type === 'ACCORD_CADRE_PTECH' && input.endDay === ''
  const endDay = isOpen ? lastDayOfFiveYears(startDay) : toDay(input.endDay, '/endDay')
  assertDuration({ type, startDay, endDay })
  return { type, startDay, endDay }
}

async function renewedBy(
  db: Db,
  schoolId: number,
  input: Readonly<{ renewsId?: string | undefined; startDay: string }>,
): Promise<number | null> {
  if (!input.renewsId) return null
  const renewed = await findAgreement(db, input.renewsId)
  if (renewed?.school_id === schoolId && renewed.start_day < input.startDay) return renewed.id
  throw wrongField('/renewsId', {
    fr: 'Un accord renouvelle un accord du même lycée qui a commencé avant lui. Choisissez-en un autre.',
    en: 'An agreement renews one of the same school that began before it. Choose another one.',
  })
}

/** @throws {DomainError} invalid-request */
async function toParty(db: Db, party: PartyInput, pointer: string) {
  const capacity = toName(party.capacity, `${pointer}/capacity`)
  const signed_on = party.signedOn ? toDay(party.signedOn, `${pointer}/signedOn`) : null
  if (!party.organisationId) {
    const name = toName(party.name ?? '', `${pointer}/name`)
    return { organisation_id: null, name, capacity, signed_on }
  }
  const organisation = await findOrganisationByPublicId(db, party.organisationId)
  if (organisation) return { organisation_id: organisation.id, name: null, capacity, signed_on }
  throw wrongField(`${pointer}/organisationId`, {
    fr: 'Cette organisation n’est pas connue ici. Choisissez-en une, ou écrivez son nom.',
    en: 'This organisation is not known here. Choose one, or write its name.',
  })
}

/**
 * Adds a party to an agreement.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function addParty(
  ctx: Context,
  actor: Actor,
  input: PartyInput & Readonly<{ agreementId: string }>,
): Promise<void> {
  const agreement = await managedAgreement(ctx, actor, input.agreementId)
  // Pointers of a form that has one party: /name, /capacity.
  const party = await toParty(ctx.db, input, '')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await insertParties(trx, [{ ...party, agreement_id: agreement.id }])
    const action = 'agreement.party-added'
    const subject = agreement.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject })
  })
}

/**
 * Lets an agreement of the school cover another class of it.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function coverClass(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ classId: string; agreementId: string }>,
): Promise<void> {
  const { row } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const agreement = await findAgreement(ctx.db, input.agreementId)
  if (agreement?.school_id !== row.school_id) throw nothingHere()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const link = { class_id: row.id, agreement_id: agreement.id }
    if (!(await insertClassAgreement(trx, link))) throw coveredAlready()
    const action = 'agreement.covers-class'
    const details = { class: row.public_id }
    const subject = agreement.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function coveredAlready(): DomainError {
  const words = {
    fr: 'Cet accord couvre déjà la classe. Choisissez-en un autre.',
    en: 'This agreement covers the class already. Choose another one.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/agreementId', words }] })
}

/** @throws {DomainError} forbidden or not-found */
export async function managedAgreement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Row<'agreements'>> {
  const agreement = await findAgreement(ctx.db, publicId)
  if (!agreement) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: agreement.school_id })
  return agreement
}
