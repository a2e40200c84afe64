import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import {
  findOrganisation,
  findOrganisationByPublicId,
  type Organisation,
} from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { insertCohortSchool } from '../cohorts/store.js'
import { overlap, toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertOpen, runGroup, type KnownGroup } from './known-group.js'
import { listGroupSchools, lockGroup } from './store.js'

/**
 * Gives a school a part in a group from a day on: an encordé of a cordée. It may have one in others, too.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict (it has one)
 */
export async function addSchool(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ groupId: string; schoolId: string; fromDay: string }>,
): Promise<void> {
  const known = await runGroup(ctx, actor, input.groupId)
  const { group, scheme } = known
  if (scheme.ofOne) throw nothingHere()
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  if (!school) throw unknownSchool()
  const owner = await ownerOf(ctx, known)
  scheme.judgeGroup({ owner, schools: [{ kind: school.kind, pointer: '/schoolId' }] })
  const fromDay = dayFrom(input.fromDay, group.openedOn)
  await ctx.db.transaction().execute(async (trx) => {
    assertOpen(await lockGroup(trx, group.id))
    const times = await listGroupSchools(trx, [group.id])
    const own = times.filter(({ schoolId }) => schoolId === school.id)
    if (own.some((time) => overlap(time, { fromDay, untilDay: null }))) throw alreadyIn()
    await insertCohortSchool(trx, { cohort_id: group.id, school_id: school.id, from_day: fromDay })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'group.school-added',
      subject: group.publicId,
      details: { school: school.publicId },
    })
  })
}

/** Who runs a group, as its scheme judges it. */
export async function ownerOf(ctx: Context, { group }: KnownGroup): Promise<Organisation> {
  const owner = await findOrganisation(ctx.db, group.ownerId)
  if (owner) return owner
  throw new Error('A group is run by an organisation that is not there.')
}

function dayFrom(text: string, openedOn: string): string {
  const day = toDay(text, '/fromDay')
  if (day >= openedOn) return day
  throw wrongField('/fromDay', {
    fr: 'Ce jour est avant l’ouverture. Donnez un jour plus tard.',
    en: 'This day is before the opening. Give a later day.',
  })
}

function unknownSchool(): DomainError {
  return wrongField('/schoolId', {
    fr: 'Cet établissement n’est pas connu ici. Choisissez-en un dans la liste.',
    en: 'This school is not known here. Choose one from the list.',
  })
}

function alreadyIn(): DomainError {
  const words = {
    fr: 'Cet établissement y est déjà à cette date. Choisissez-en un autre, ou un autre jour.',
    en: 'This school is in it already on that day. Choose another one, or another day.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/schoolId', words }] })
}
