import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { makeInvitation } from '../../people/accept-invitation.js'
import { hasWayIn } from '../../people/access-store.js'
import { giveRole } from '../../people/assign-role.js'
import { authorize } from '../../people/authorize.js'
import { addPerson, changeEmail } from '../../people/create-person.js'
import { today } from '../../people/days.js'
import { findOrganisation, findPerson, listAssignments, type Person } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { nothingHere } from '../refusals.js'
import { findStudent, getStudent, lockStudent, saveAccount } from './store.js'

type AccountInput = Readonly<{ studentId: string; email: string | undefined }>

/**
 * Opens the account of a student and makes the link by which they choose their password. As long
 * as they have none, a new link replaces the one before, and a new address the old.
 *
 * @returns the address, to be handed to that student only
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function openStudentAccount(
  ctx: Context,
  actor: Actor,
  { studentId, email }: AccountInput,
): Promise<{ link: string }> {
  const found = await findStudent(ctx.db, studentId)
  if (!found) throw nothingHere()
  authorize(actor, 'import-students', { schoolId: found.school_id })
  const link = await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, found.id)
    // Read again: they may have got an account, or another school, meanwhile.
    const student = await getStudent(trx, found.id)
    authorize(actor, 'import-students', { schoolId: student.school_id })
    const { person_id } = student
    if (person_id === null && !email?.trim()) throw noAddress()
    const person =
      person_id === null
        ? await addAccount(ctx, trx, actor, { student, email })
        : await accountWithoutPassword(ctx, trx, { student, personId: person_id })
    if (person_id !== null && email?.trim()) {
      await changeEmail(ctx, trx, actor, { person, email })
    }
    return makeInvitation(ctx, trx, actor, person)
  })
  return { link }
}

/** The account of a student who has none, within the transaction of whoever has authorised it and holds the student. */
export async function addAccount(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { student, email }: Readonly<{ student: Row<'students'>; email: string | undefined }>,
): Promise<Person> {
  const { given_name: givenName, family_name: familyName } = student
  const organisation = await findOrganisation(trx, student.school_id)
  const person = await addPerson(ctx, trx, actor, { givenName, familyName, email })
  await giveRole(ctx, trx, actor, { person, role: 'student', organisation })
  await saveAccount(trx, student.id, person.id)
  const action = 'student.account-opened'
  const subject = student.public_id
  const details = { person: person.publicId }
  await appendAudit(trx, { at: ctx.now(), actor: actor.publicId, action, subject, details })
  return person
}

/** A link to a password opens all that the person may do: here, the student's own record alone. */
async function accountWithoutPassword(
  ctx: Context,
  trx: Db,
  { student, personId }: Readonly<{ student: Row<'students'>; personId: number }>,
): Promise<Person> {
  const person = await findPerson(trx, personId)
  if (!person || person.disabledAt !== null) throw nothingHere()
  if (await hasWayIn(trx, personId)) throw alreadyOpen()
  const roles = await listAssignments(trx, personId, today(ctx))
  const isStudentOnly = roles.every(
    ({ role, organisationId }) => role === 'student' && organisationId === student.school_id,
  )
  if (!isStudentOnly) throw otherRoles()
  return person
}

/** Nobody signs in with a password that belongs to no address: see make-cards.ts. */
function noAddress(): DomainError {
  const words = {
    fr: 'Un lien se fait pour un compte avec une adresse. Pour un élève sans adresse, faites une carte de connexion à la page de sa cohorte.',
    en: 'A link is made for an account with an address. For a student without one, make a sign-in card on the page of their cohort.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/email', words }] })
}

function alreadyOpen(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cet élève a déjà un compte et son mot de passe. S’il l’a oublié, demandez à l’administrateur de la plateforme.',
    en: 'This student already has an account and a password. If they forgot it, ask the platform’s administrator.',
  })
}

function otherRoles(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce compte a d’autres rôles. Demandez à l’administrateur de la plateforme d’en faire le lien.',
    en: 'This account has other roles. Ask the platform’s administrator to make its link.',
  })
}
