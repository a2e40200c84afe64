import type { Actor, Context } from '../../context.js'
import { addPerson } from '../../people/create-person.js'
import { today } from '../../people/days.js'
import { listAssignments } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { findPersonId } from '../facts/store.js'
import { wrongField } from '../refusals.js'
import { insertMentor } from '../mentors/store.js'
import { isMentorOf } from './tutors-store.js'

/** Somebody whom the company has already, or the name of somebody who needs no account. */
export type TutorInput = Readonly<{
  tutorId: string
  tutorGivenName: string
  tutorFamilyName: string
}>

/** Chosen, or yet to be admitted: that is done in the transaction of the placement. */
export type Tutor = Readonly<{ personId: number } | { givenName: string; familyName: string }>

/** @throws {DomainError} invalid-request */
export async function chooseTutor(
  db: Db,
  companyId: number,
  { tutorId, tutorGivenName, tutorFamilyName }: TutorInput,
  days: readonly string[],
): Promise<Tutor> {
  if (tutorId !== '') return { personId: await tutorOf(db, companyId, tutorId, days) }
  if (tutorGivenName.trim() !== '' && tutorFamilyName.trim() !== '') {
    return { givenName: tutorGivenName, familyName: tutorFamilyName }
  }
  throw wrongField('/tutorId', {
    fr: 'Choisissez le tuteur, ou donnez son prénom et son nom.',
    en: 'Choose the tutor, or give their given and family names.',
  })
}

/**
 * Somebody of the company on one of the days: by a role, or because they are a tutor or mentor of it.
 *
 * @throws {DomainError} invalid-request
 */
export async function tutorOf(
  db: Db,
  companyId: number,
  publicId: string,
  days: readonly string[],
): Promise<number> {
  const personId = await findPersonId(db, publicId)
  if (personId === undefined) throw noTutor()
  if (await isMentorOf(db, personId, companyId)) return personId
  for (const day of days) {
    const roles = await listAssignments(db, personId, day)
    if (roles.some(({ organisationId }) => organisationId === companyId)) return personId
  }
  throw noTutor()
}

/** @returns the person's id within; a new one has no account and no way to sign in */
export async function admitTutor(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { tutor, companyId }: Readonly<{ tutor: Tutor; companyId: number }>,
): Promise<number> {
  if ('personId' in tutor) return tutor.personId
  const person = await addPerson(ctx, trx, actor, tutor)
  await insertMentor(trx, {
    public_id: ctx.newId(),
    person_id: person.id,
    organisation_id: companyId,
    from_day: today(ctx),
    vetting: 'A_VERIFIER',
    created_at: ctx.now().toISOString(),
  })
  return person.id
}

function noTutor() {
  return wrongField('/tutorId', {
    fr: 'Cette personne n’a pas de rôle dans l’entreprise. Choisissez quelqu’un de l’entreprise.',
    en: 'This person has no role in the company. Choose somebody of the company.',
  })
}
