import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Sides } from '../cohorts/sides.js'
import { toDay } from '../days.js'
import { markFiguresLedBy } from '../indicators/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { toMentorValues, toSex, type MentorSaid } from './mentor-values.js'
import { mentorResource, reachOf, vettingResource } from './reach.js'
import { findMentor, saveMentor, type Mentor } from './store.js'

export type MentorChange = MentorSaid &
  Readonly<{
    mentorId: string
    lastDay: string
    /** As the mentor says; NOT_SAID takes it back; empty or missing: as it is, which nobody is shown. */
    sex?: string | undefined
  }>

export const NOT_SAID = 'NOT_SAID'

/**
 * Records the vetting of a mentor (its state and its days, never what was found), the charter, their last day.
 * A company changes all but the vetting.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function changeMentor(ctx: Context, actor: Actor, input: MentorChange): Promise<void> {
  const { mentor, mayVet } = await managedMentor(ctx, actor, input.mentorId)
  const until_day = input.lastDay === '' ? null : toDay(input.lastDay, '/lastDay')
  if (until_day !== null && until_day < mentor.fromDay) {
    throw wrongField('/lastDay', {
      fr: 'Ce jour est avant le premier jour du mentor. Donnez un jour plus tard.',
      en: 'This day is before the first day of the mentor. Give a later day.',
    })
  }
  const { charter_on, ...vetting } = toMentorValues(
    mayVet ? input : { ...asKept(mentor), charterOn: input.charterOn },
    today(ctx),
  )
  const sex = input.sex ? { sex: toSex(input.sex === NOT_SAID ? '' : input.sex) } : undefined
  const changes = { charter_on, until_day, ...(mayVet ? vetting : {}), ...sex }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await saveMentor(trx, mentor.mentorId, changes)
    if (sex) await markFiguresLedBy(trx, mentor)
    const action = 'mentor.changed'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: mentor.mentorId })
  })
}

/**
 * A mentor whom the actor manages.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function managedMentor(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<{ mentor: Mentor; mayVet: boolean }> {
  const mentor = await findMentor(ctx.db, publicId)
  const organisation = mentor && (await findOrganisation(ctx.db, mentor.organisationId))
  if (!mentor || !organisation) throw nothingHere()
  const reach = await reachOf(ctx, actor)
  // Whoever added them goes on seeing them.
  // Who may add a mentor of any company has no say on those that others have added.
  const partners = partnersWith(reach.partners, mentor, reach.own)
  const known = { ...reach, anyCompany: false, partners }
  authorize(actor, 'manage-mentors', mentorResource(known, organisation))
  return { mentor, mayVet: may(actor, 'manage-mentors', vettingResource(known, organisation)) }
}

function partnersWith(
  partners: readonly number[],
  { addedThroughId, addedAs, organisationId }: Mentor,
  own: Sides,
): readonly number[] {
  if (addedThroughId === null || addedThroughId === organisationId) return partners
  const isOurs =
    own.schoolIds.includes(addedThroughId) ||
    (addedAs === 'RUNNER' && own.companyIds.includes(addedThroughId))
  return isOurs ? [...partners, organisationId] : partners
}

function asKept({ vetting, vettedOn, renewBy }: Mentor): Omit<MentorSaid, 'charterOn'> {
  return { vetting, vettedOn: vettedOn ?? '', renewBy: renewBy ?? '' }
}
