import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { authorize } from '../../people/authorize.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import type { Db, NewRow } from '../../store/schema.js'
import { toName } from '../../people/names.js'
import { toDay } from '../days.js'
import { levelOfMef, toMef } from '../levels.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { domainsOf } from './contribution-store.js'
import { domainWarnings } from './domain-rules.js'
import { hasClass, insertClass, insertCompanyLink } from './store.js'

export type ClassInput = Readonly<{
  schoolId: string
  name: string
  mef: string
  track: string
  principalCompanyId: string
  fromDay: string
  /** Rules that warned, and were read. */
  acknowledged?: readonly string[]
}>

/** A class that may be written: every field judged, its warnings read. */
export type SoundClass = Readonly<{
  row: Pick<NewRow<'ptech_classes'>, 'school_id' | 'name' | 'mef' | 'track'>
  company: Organisation
  fromDay: string
  warnings: readonly Warning[]
}>

/**
 * Opens a P-TECH class with its principal company, which it has from its first day (PT-09).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, unacknowledged (PT-25) or conflict (the name is taken)
 */
export async function openClass(
  ctx: Context,
  actor: Actor,
  input: ClassInput,
): Promise<{ id: number; publicId: string }> {
  const sound = await toSoundClass(ctx, actor, input)
  assertAcknowledged(sound.warnings, input.acknowledged ?? [])
  return ctx.db.transaction().execute((trx) => writeClass(ctx, trx, actor, sound))
}

/**
 * Whether the actor may open such a class, and what warns (PT-25).
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function toSoundClass(
  ctx: Context,
  actor: Actor,
  input: ClassInput,
): Promise<SoundClass> {
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  if (!school) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: school.id })
  const company = await findOrganisationByPublicId(ctx.db, input.principalCompanyId)
  if (company?.kind !== 'company') throw noCompany('/principalCompanyId')
  const fromDay = toDay(input.fromDay, '/fromDay')
  const name = toName(input.name, '/name')
  const track = toName(input.track, '/track')
  const mef = entryMef(input.mef)
  const domains = (await domainsOf(ctx.db, [company.id])).get(company.id) ?? []
  const warnings = domainWarnings(mef, domains)
  return { row: { school_id: school.id, name, track, mef }, company, fromDay, warnings }
}

/**
 * Writes a class within the transaction of whoever has judged it.
 *
 * @throws {DomainError} conflict
 */
export async function writeClass(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { row, company, fromDay: from_day, warnings }: SoundClass,
): Promise<{ id: number; publicId: string }> {
  const publicId = ctx.newId()
  const at = ctx.now()
  const created_at = at.toISOString()
  // First the audit: writers wait for each other on its head, so that the second of two sees the first.
  const details = { company: company.publicId }
  const action = 'class.opened'
  await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
  if (await hasClass(trx, row.school_id, row.name)) throw nameTaken()
  const id = await insertClass(trx, { ...row, public_id: publicId, created_at })
  const link = { class_id: id, company_id: company.id, role: 'principal', from_day }
  await insertCompanyLink(trx, link)
  const kept = { subject_kind: 'class', subject_id: publicId }
  await keepWarnings(trx, warnings, { ...kept, by_id: actor.personId, at: created_at })
  return { id, publicId }
}

/** One class a name in a school; each school year is a cohort of it. */
function nameTaken(): DomainError {
  const words = {
    fr: 'Ce lycée a déjà une classe de ce nom. Ouvrez-y une cohorte pour la nouvelle année, ou donnez un autre nom.',
    en: 'This lycée has a class of this name already. Open a cohort of it for the new year, or give another name.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/name', words }] })
}

export function noCompany(pointer: string) {
  return wrongField(pointer, {
    fr: 'Cette entreprise n’est pas connue ici. Choisissez-en une dans la liste.',
    en: 'This company is not known here. Choose one from the list.',
  })
}

function entryMef(text: string): string {
  const mef = toMef(text)
  if (mef !== undefined && levelOfMef(mef) === '2NDE_PRO') return mef
  throw wrongField('/mef', {
    fr: 'Donnez le code MEF de la 2de pro : dix chiffres qui finissent par 31, comme 2472250331.',
    en: 'Give the MEF code of the 2de pro: ten digits that end in 31, such as 2472250331.',
  })
}
