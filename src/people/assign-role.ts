import type { Actor, Context, Role } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { authorize, type Resource } from './authorize.js'
import { dayBefore, today } from './days.js'
import { lockPerson } from './passkeys/store.js'
import { isForgotten } from './people-store.js'
import { ROLE_FACTS } from './roles.data.js'
import {
  countHolders,
  endAssignment,
  findOrganisation,
  findPerson,
  insertAssignment,
  listAssignments,
  type Organisation,
  type Person,
} from './store.js'

export type RoleInput = Readonly<{ role: Role; organisationId: number | null }>

/**
 * Gives a role to a person, from today. It counts at their next request.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function assignRole(
  ctx: Context,
  actor: Actor,
  input: RoleInput & { personId: number },
): Promise<void> {
  const { person, organisation } = await authorised(ctx, actor, input)
  assertRoleFits(actor, input.role, organisation)
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, person.id)
    if (await isForgotten(trx, person.id)) throw nothingHere()
    const held = await listAssignments(trx, person.id, today(ctx))
    if (held.some((one) => isSame(one, input))) throw alreadyHeld()
    await giveRole(ctx, trx, actor, { person, role: input.role, organisation })
  })
}

/**
 * Takes a role away. It no longer counts at their next request. The platform keeps one administrator.
 *
 * @throws {DomainError} forbidden, not-found or rule-refused
 */
export async function endRole(
  ctx: Context,
  actor: Actor,
  input: RoleInput & { personId: number },
): Promise<void> {
  const { person, organisation } = await authorised(ctx, actor, input)
  await ctx.db.transaction().execute(async (trx) => {
    const ended = await endRoleOf(ctx, trx, actor, { person, role: input.role, organisation })
    if (!ended) throw nothingHere()
    const left = await countHolders(trx, 'platform-admin', today(ctx))
    if (input.role === 'platform-admin' && left === 0) throw lastAdministrator()
  })
}

type HeldRole = Readonly<{ person: Person; role: Role; organisation: Organisation | undefined }>

/**
 * Ends a role within the transaction of whoever has authorised it.
 *
 * @returns false if the person did not hold it; nothing is then changed
 */
export async function endRoleOf(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  held: HeldRole,
): Promise<boolean> {
  const { person, role, organisation } = held
  const assignment = { role, organisationId: organisation?.id ?? null }
  const isEnded = await endAssignment(trx, person.id, assignment, dayBefore(today(ctx)))
  if (isEnded) await auditRole(ctx, trx, actor, { ...held, action: 'role.ended' })
  return isEnded
}

/** Gives a role within the transaction of whoever has authorised it. */
export async function giveRole(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  given: HeldRole,
): Promise<void> {
  await insertAssignment(trx, {
    person_id: given.person.id,
    organisation_id: given.organisation?.id ?? null,
    role: given.role,
    from_day: today(ctx),
  })
  await auditRole(ctx, trx, actor, { ...given, action: 'role.given' })
}

/**
 * A role belongs to one kind of organisation. Whoever manages people gives no role beyond their
 * own organisation: only a platform administrator makes another one.
 *
 * @throws {DomainError} invalid-request or forbidden
 */
export function assertRoleFits(
  actor: Actor,
  role: Role,
  organisation: Pick<Organisation, 'kind'> | undefined,
): void {
  const { kinds, words: name } = ROLE_FACTS[role]
  const fits = organisation ? kinds.includes(organisation.kind) : kinds.length === 0
  if (!fits) {
    const words = {
      fr: `Le rôle « ${name.fr} » ne va pas avec ce type d’organisation. Choisissez-en un autre.`,
      en: `The role “${name.en}” does not go with this kind of organisation. Choose another.`,
    }
    throw new DomainError('invalid-request', words, { fields: [{ pointer: '/role', words }] })
  }
  if (role === 'platform-admin') authorize(actor, 'manage-organisations', {})
}

/** Whose students the service has. */
export function isSchool({ kind }: Pick<Organisation, 'kind'>): boolean {
  return kind === 'lycee' || kind === 'college'
}

export function resourceOf(organisation: Organisation | undefined): Resource {
  if (!organisation) return {}
  if (organisation.kind === 'academy') return { academyId: organisation.id }
  return isSchool(organisation) ? { schoolId: organisation.id } : { companyIds: [organisation.id] }
}

async function authorised(ctx: Context, actor: Actor, input: RoleInput & { personId: number }) {
  const organisation =
    input.organisationId === null ? undefined : await findOrganisation(ctx.db, input.organisationId)
  authorize(actor, 'manage-people', resourceOf(organisation))
  const person = await findPerson(ctx.db, input.personId)
  if (!person) throw nothingHere()
  return { person, organisation }
}

async function auditRole(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  of: HeldRole & Readonly<{ action: string }>,
): Promise<void> {
  await appendAudit(trx, {
    at: ctx.now(),
    actor: actor.publicId,
    action: of.action,
    subject: of.person.publicId,
    details: { role: of.role, organisation: of.organisation?.publicId ?? null },
  })
}

function isSame(one: RoleInput, other: RoleInput): boolean {
  return one.role === other.role && one.organisationId === other.organisationId
}

function alreadyHeld(): DomainError {
  const words = {
    fr: 'Cette personne a déjà ce rôle. Il n’y a rien à faire.',
    en: 'This person already has this role. There is nothing to do.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/role', words }] })
}

function lastAdministrator(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'C’est le dernier administrateur de la plateforme. Donnez d’abord ce rôle à quelqu’un d’autre.',
    en: 'This is the platform’s last administrator. Give this role to somebody else first.',
  })
}

function nothingHere(): DomainError {
  return new DomainError('not-found', {
    fr: 'Cette personne n’est pas ici, ou n’a pas ce rôle.',
    en: 'This person is not here, or does not have this role.',
  })
}
