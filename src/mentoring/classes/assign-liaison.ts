import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import { findOrganisationByPublicId, listAssignments } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { dayInWords, toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findClass } from './store.js'
import { endLiaison, insertLiaison, listLiaisons } from './liaison-store.js'
import { findPersonId } from '../facts/store.js'

export type LiaisonInput = Readonly<{
  classId: string
  /** Public id of somebody who is a liaison officer of the class's school. */
  personId: string
  employerId: string
  /** Who pays need not be who employs. */
  financedById: string
  fromDay: string
}>

/**
 * Names the liaison officer of a class, who takes over from the one before to the day: a class
 * has one at a time (PT-10).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function assignLiaison(
  ctx: Context,
  actor: Actor,
  input: LiaisonInput,
): Promise<void> {
  const found = await findClass(ctx.db, input.classId)
  if (!found) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: found.school_id })
  const from_day = toDay(input.fromDay, '/fromDay')
  const person_id = await officerOf(ctx, found.school_id, input.personId)
  const employer_id = await organisationOf(ctx.db, input.employerId, '/employerId')
  const financed_by_id = await organisationOf(ctx.db, input.financedById, '/financedById')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await endCurrent(trx, found.id, from_day)
    const row = { class_id: found.id, person_id, employer_id, financed_by_id, from_day }
    if (!(await insertLiaison(trx, row))) throw takenMeanwhile()
    const action = 'class.liaison-assigned'
    const details = { person: input.personId }
    const subject = found.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}

async function officerOf(ctx: Context, schoolId: number, publicId: string): Promise<number> {
  const personId = await findPersonId(ctx.db, publicId)
  const roles = personId === undefined ? [] : await listAssignments(ctx.db, personId, today(ctx))
  const isOfficer = roles.some(
    ({ role, organisationId }) => role === 'liaison-officer' && organisationId === schoolId,
  )
  if (personId !== undefined && isOfficer) return personId
  throw wrongField('/personId', {
    fr: 'Cette personne n’a pas le rôle d’agent de liaison dans le lycée. Choisissez quelqu’un qui l’a.',
    en: 'This person does not have the role of liaison officer in the lycée. Choose somebody who has.',
  })
}

async function organisationOf(db: Db, publicId: string, pointer: string): Promise<number> {
  const organisation = await findOrganisationByPublicId(db, publicId)
  if (organisation) return organisation.id
  throw wrongField(pointer, {
    fr: 'Cette organisation n’est pas connue ici. Choisissez-en une dans la liste.',
    en: 'This organisation is not known here. Choose one from the list.',
  })
}

async function endCurrent(trx: Db, classId: number, fromDay: string): Promise<void> {
  const liaisons = await listLiaisons(trx, classId)
  const current = liaisons.find(({ untilDay }) => untilDay === null)
  const latest = current?.fromDay ?? liaisons[0]?.untilDay
  if (latest !== undefined && latest !== null && fromDay <= latest) {
    const since = dayInWords(latest)
    throw wrongField('/fromDay', {
      fr: `La classe a déjà un agent de liaison le ${since.fr}. Donnez un jour plus tard.`,
      en: `The class already has a liaison officer on ${since.en}. Give a later day.`,
    })
  }
  if (current) await endLiaison(trx, current.id, dayBefore(fromDay))
}

function takenMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Quelqu’un vient de nommer un agent de liaison. Rechargez la page.',
    en: 'Somebody has just named a liaison officer. Reload the page.',
  })
}
