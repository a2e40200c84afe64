import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { Resource } from '../../people/authorize.js'
import { toName } from '../../people/names.js'
import { listAssignments } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, NewRow } from '../../store/schema.js'
import { overlap, toDay } from '../days.js'
import { findPersonId } from '../facts/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { classFor } from './class-access.js'
import { toClassFunction } from './people-rules.js'
import { endClassPerson, insertClassPerson, listClassPeople } from './people-store.js'
import { lockClass } from './store.js'

export type ClassPersonInput = Readonly<{
  classId: string
  function: string
  /** Public id of somebody of the school or of its academy; else the name says who. */
  personId?: string | undefined
  name?: string | undefined
  fromDay: string
}>

/**
 * Gives somebody a function for a class, from a day on (PT-16, PT-17): with an account, or by name.
 *
 * @returns the public id of their time in it
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function namePerson(
  ctx: Context,
  actor: Actor,
  input: ClassPersonInput,
): Promise<string> {
  const { row, resource } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const held = toClassFunction(input.function)
  const from_day = toDay(input.fromDay, '/fromDay')
  const who = await whoIs(ctx.db, resource, { ...input, fromDay: from_day })
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockClass(trx, row.id)
    const person = { class_id: row.id, public_id: publicId, function: held, ...who, from_day }
    const id = await insertClassPerson(trx, person)
    await assertOnce(trx, row.id, id)
    const action = 'class.person-named'
    const details = { function: held, person: input.personId || null }
    const subject = row.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
  return publicId
}

async function whoIs(
  db: Db,
  { schoolId, academyId }: Resource,
  input: ClassPersonInput,
): Promise<Pick<NewRow<'class_people'>, 'person_id' | 'name'>> {
  if (!input.personId) return { person_id: null, name: toName(input.name ?? '', '/name') }
  const personId = await findPersonId(db, input.personId)
  const roles = personId === undefined ? [] : await listAssignments(db, personId, input.fromDay)
  const isNear = roles.some(
    ({ role, organisationId }) =>
      role !== 'student' &&
      organisationId !== null &&
      (organisationId === schoolId || organisationId === academyId),
  )
  if (personId !== undefined && isNear) return { person_id: personId, name: null }
  throw wrongField('/personId', {
    fr: 'Cette personne n’a ce jour-là de rôle ni dans le lycée ni dans son académie. Écrivez son nom plutôt.',
    en: 'This person has no role in the school or its academy on that day. Write their name instead.',
  })
}

/** Nobody holds a function twice at a time. */
async function assertOnce(trx: Db, classId: number, id: number): Promise<void> {
  const people = await listClassPeople(trx, [classId])
  const named = people.find((one) => one.id === id)
  const twice = people.some(
    (one) =>
      named !== undefined &&
      one.id !== id &&
      one.function === named.function &&
      one.name === named.name &&
      overlap(one, named),
  )
  if (!twice) return
  const words = {
    fr: 'Cette personne a déjà cette fonction à cette date. Choisissez-en une autre, ou un autre jour.',
    en: 'This person has this function already on that day. Choose somebody else, or another day.',
  }
  throw new DomainError('conflict', words, { fields: [{ pointer: '/fromDay', words }] })
}

/**
 * Ends somebody's time in a function for a class.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function endFunction(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ classId: string; id: string; lastDay: string }>,
): Promise<void> {
  const { row } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const lastDay = toDay(input.lastDay, '/lastDay')
  const held = (await listClassPeople(ctx.db, [row.id])).find((one) => one.publicId === input.id)
  if (!held) throw nothingHere()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await endClassPerson(trx, held.id, lastDay))) throw cannotEnd()
    const action = 'class.person-ended'
    const details = { function: held.function }
    const subject = row.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

function cannotEnd(): DomainError {
  return wrongField('/lastDay', {
    fr: 'Cette fonction a déjà une fin, ou commence après ce jour. Donnez un jour plus tard.',
    en: 'This function has an end already, or begins after that day. Give a later day.',
  })
}
