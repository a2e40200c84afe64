import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, may, organisationsWith } from '../../people/authorize.js'
import { toName } from '../../people/names.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { insertCohortSchool } from '../cohorts/store.js'
import { toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { SCHEMES } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { hasOpenGroup, insertGroup } from './store.js'

export type GroupInput = Readonly<{
  /** Code of a scheme whose groups are of several students. */
  scheme: string
  /** Who runs it. */
  ownerId: string
  name: string
  schoolIds: readonly string[]
  fromDay: string
  /** The agreement, where there is one: the day of its signature, and how it is filed. */
  charterOn?: string | undefined
  charterReference?: string | undefined
}>

/**
 * Opens a group of a scheme, with its first schools: a cordée, say. Who runs it may name any school; a school
 * only itself.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict (its owner has one of this name)
 */
export async function openGroup(ctx: Context, actor: Actor, input: GroupInput): Promise<string> {
  const scheme = SCHEMES.find(({ code }) => code === input.scheme)
  if (!scheme || scheme.ofOne) throw nothingHere()
  const owner = await findOrganisationByPublicId(ctx.db, input.ownerId)
  if (!owner) throw noOwner(scheme)
  const schools = await chosenSchools(ctx.db, input.schoolIds)
  assertMayOpen(actor, owner, schools)
  const opening = {
    name: toName(input.name, '/name'),
    fromDay: toDay(input.fromDay, '/fromDay'),
    ...charterOf(input),
  }
  return ctx.db.transaction().execute(async (trx) => {
    const added = await addGroup(ctx, trx, actor, { scheme, owner, schools, ...opening })
    return added.publicId
  })
}

export type NewGroup = Readonly<{
  scheme: Scheme
  owner: Organisation
  schools: readonly Organisation[]
  name: string
  fromDay: string
  charterOn?: string | null
  charterReference?: string | null
}>

/**
 * Adds a group within the transaction of who was allowed to.
 *
 * @throws {DomainError} invalid-request, rule-refused or conflict
 */
export async function addGroup(
  ctx: Context,
  trx: Db,
  actor: Actor,
  group: NewGroup,
): Promise<{ id: number; publicId: string }> {
  const { scheme, owner, schools, name, fromDay } = group
  const ownerType = scheme.judgeGroup({
    owner,
    schools: schools.map(({ kind }, index) => ({ kind, pointer: `/schoolIds/${index}` })),
  })
  const publicId = ctx.newId()
  // First the audit: writers wait for each other on its head, so that the second of two sees the first.
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: 'group.opened',
    subject: publicId,
    details: { scheme: scheme.code, owner: owner.publicId, schools: schools.length },
  })
  const named = { scheme: scheme.code, ownerId: owner.id, name }
  // Pairs are named by their subject and first day, which several may share.
  if (!scheme.ofOne && (await hasOpenGroup(trx, named))) throw nameTaken()
  const created_at = ctx.now().toISOString()
  const row = { public_id: publicId, scheme: scheme.code, owner_id: owner.id, name, created_at }
  const id = await insertGroup(trx, row, {
    opened_on: fromDay,
    owner_type: ownerType,
    charter_on: group.charterOn ?? null,
    charter_reference: group.charterReference ?? null,
  })
  for (const school of schools) {
    await insertCohortSchool(trx, { cohort_id: id, school_id: school.id, from_day: fromDay })
  }
  return { id, publicId }
}

/** Each once. */
async function chosenSchools(db: Db, publicIds: readonly string[]): Promise<Organisation[]> {
  const found = await Promise.all(
    [...new Set(publicIds)].map((id) => findOrganisationByPublicId(db, id)),
  )
  return found.map((school, index) => {
    if (school) return school
    throw wrongField(`/schoolIds/${index}`, {
      fr: 'Cet établissement n’est pas connu ici. Choisissez-en un dans la liste.',
      en: 'This school is not known here. Choose one from the list.',
    })
  })
}

function assertMayOpen(actor: Actor, owner: Organisation, schools: readonly Organisation[]): void {
  if (may(actor, 'manage-schemes', { schoolId: owner.id, companyIds: [owner.id] })) return
  const own = organisationsWith(actor, 'manage-schemes')
  if (own.length === 0) throw nothingHere()
  if (schools.length === 0) throw noSchool()
  for (const school of schools) authorize(actor, 'manage-schemes', { schoolId: school.id })
}

function noSchool(): DomainError {
  return wrongField('/schoolIds', {
    fr: 'Choisissez votre établissement.',
    en: 'Choose your school.',
  })
}

function charterOf({ charterOn, charterReference }: GroupInput) {
  const [day, reference] = [charterOn?.trim() ?? '', charterReference?.trim() ?? '']
  return {
    charterOn: day === '' ? null : toDay(day, '/charterOn'),
    charterReference: reference === '' ? null : toName(reference, '/charterReference'),
  }
}

function noOwner({ group: { owner } }: Scheme): DomainError {
  return wrongField('/ownerId', {
    fr: `${owner.fr} : choisissez une organisation dans la liste.`,
    en: `${owner.en}: choose an organisation from the list.`,
  })
}

function nameTaken(): DomainError {
  const words = {
    fr: 'Cette organisation a déjà un groupe ouvert de ce nom dans ce dispositif. Donnez un autre nom.',
    en: 'This organisation has an open group of this name in this scheme already. Give another name.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/name', words }] })
}
