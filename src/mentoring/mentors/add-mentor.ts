import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, may } from '../../people/authorize.js'
import { addPerson } from '../../people/create-person.js'
import { today } from '../../people/days.js'
import {
  findOrganisationByPublicId,
  findPersonByEmail,
  type Organisation,
} from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { markFiguresLedBy } from '../indicators/store.js'
import { nothingHere } from '../refusals.js'
import { toMentorValues, toSex, type MentorSaid } from './mentor-values.js'
import { mentorResource, reachOf, vettingResource, type MentorReach } from './reach.js'
import { insertMentor, listLeaders, listMentorsOfPerson } from './store.js'

export type MentorInput = MentorSaid &
  Readonly<{
    organisationId: string
    givenName: string
    familyName: string
    /** The address of somebody who has an account in the organisation, or mentors already, takes that person. */
    email: string
    sex: string
  }>

/**
 * Adds somebody who mentors for an organisation: no account is needed.
 *
 * @returns public id of the mentor
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function addMentor(ctx: Context, actor: Actor, input: MentorInput): Promise<string> {
  const organisation = await findOrganisationByPublicId(ctx.db, input.organisationId)
  if (!organisation) throw nothingHere()
  const reach = await reachOf(ctx, actor)
  authorize(actor, 'manage-mentors', mentorResource(reach, organisation))
  const mayVet = may(actor, 'manage-mentors', vettingResource(reach, organisation))
  const vetting = mayVet ? input.vetting : 'A_VERIFIER'
  const day = today(ctx)
  const values = toMentorValues({ ...input, vetting }, day)
  const sex = toSex(input.sex)
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const row = {
      public_id: publicId,
      person_id: await personFor(ctx, trx, actor, { ...input, organisation, day }),
      organisation_id: organisation.id,
      ...through(reach),
      from_day: day,
      created_at: at.toISOString(),
    }
    if (!(await insertMentor(trx, { ...row, ...values, sex }))) throw thereAlready('/email')
    // By a role in the organisation they may have led sessions before.
    await markFiguresLedBy(trx, { personId: row.person_id, organisationId: organisation.id })
    const details = { organisation: organisation.publicId }
    const action = 'mentor.added'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
  })
  return publicId
}

/** By which of the actor's organisations they are added: a school before who runs a cordée. */
function through({ own: { schoolIds, companyIds } }: MentorReach) {
  const [schoolId] = schoolIds
  return schoolId === undefined
    ? { added_through_id: companyIds[0] ?? null, added_as: 'RUNNER' }
    : { added_through_id: schoolId, added_as: 'SCHOOL' }
}

type Whom = MentorInput & Readonly<{ organisation: Organisation; day: string }>

/** The person of an address who is an adult of a company or mentors already; else a new one. */
async function personFor(ctx: Context, trx: Db, actor: Actor, whom: Whom): Promise<number> {
  const leaders = await listLeaders(trx, [whom.organisation.id], whom.day)
  const email = whom.email.trim().toLowerCase()
  const known = email === '' ? undefined : await findPersonByEmail(trx, email)
  if (known) {
    const leads = leaders.some(({ personId }) => personId === known.id)
    if (leads || (await listMentorsOfPerson(trx, known.id)).length > 0) return known.id
  }
  const { id, givenName, familyName } = await addPerson(ctx, trx, actor, whom)
  const isNamesake = leaders.some(
    (one) => sameName(one.givenName, givenName) && sameName(one.familyName, familyName),
  )
  // Without an address nothing tells two of one name apart: most often it is the same person, twice.
  if (isNamesake && email === '') throw thereAlready('/familyName')
  return id
}

function sameName(one: string, other: string): boolean {
  return one.localeCompare(other, 'fr', { sensitivity: 'base' }) === 0
}

function thereAlready(pointer: string): DomainError {
  const words = {
    fr: 'Cette personne est déjà connue dans l’organisation. Modifiez ce qui est enregistré d’elle, ou donnez son adresse électronique si c’est une autre.',
    en: 'This person is known in the organisation already. Change what is recorded of them, or give their e-mail address if it is another one.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer, words }] })
}
