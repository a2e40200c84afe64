import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { dayBefore, today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { orderSchool } from '../indicators/count-schools.js'
import { assertOpen, knownGroup } from '../groups/known-group.js'
import { lockGroup, type GroupSchool } from '../groups/store.js'
import { nothingHere, wrongField } from '../refusals.js'
import { cordees } from '../schemes/cordees.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { listGroupStays, type GroupStay } from '../groups/members-store.js'
import { COUNTED, isTrait, toCount, TRAITS, type Counted, type Trait } from './publics.js'
import { endTrait, insertTrait, removeCount, saveCount, traitsOn } from './store.js'

export type PublicsInput = Readonly<{
  cordeeId: string
  schoolId: string
  /** What the school is, from today on. */
  traits: readonly string[]
  /** How many of its students in the cordée this school year; empty: not known. */
  counts: Readonly<Record<Counted, string>>
}>

/**
 * CO-05: a school says what it is, and how many of its students in a cordée are of the publics that it alone
 * knows. Never who.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function sayPublics(ctx: Context, actor: Actor, input: PublicsInput): Promise<void> {
  const { group, schools } = await knownGroup(ctx, actor, input.cordeeId, cordees)
  assertOpen(group)
  const school = ownSchool(actor, schools, input.schoolId)
  const day = today(ctx)
  const wanted = toTraits(input.traits)
  const most = followedOf(await listGroupStays(ctx.db, group.id), school.schoolId, day)
  const counts = COUNTED.map(
    (of) => [of, toCount(input.counts[of], `/${of.toLowerCase()}`, most)] as const,
  )
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    assertOpen(await lockGroup(trx, group.id))
    const { schoolId } = school
    await saveTraits(trx, { schoolId, wanted, day })
    const key = { cohort_id: group.id, school_id: schoolId, school_year: schoolYearOf(day) }
    for (const [of, count] of counts) {
      const given = { given_by_id: actor.personId, given_at: at.toISOString() }
      if (count === null) await removeCount(trx, { ...key, public: of })
      else await saveCount(trx, { ...key, ...given, public: of, count })
    }
    await orderSchool(ctx, trx, { schoolId, year: key.school_year })
    const details = { school: school.publicId }
    const action = 'cordee.publics-said'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: group.publicId, details })
  })
}

async function saveTraits(
  trx: Db,
  { schoolId, wanted, day }: Readonly<{ schoolId: number; wanted: readonly Trait[]; day: string }>,
): Promise<void> {
  const present = (await traitsOn(trx, [schoolId], day)).get(schoolId) ?? []
  for (const trait of TRAITS) {
    const isNew = wanted.includes(trait) && !present.includes(trait)
    if (isNew) await insertTrait(trx, { school_id: schoolId, trait, from_day: day })
    if (!wanted.includes(trait)) await endTrait(trx, { schoolId, trait }, dayBefore(day))
  }
}

function toTraits(texts: readonly string[]): Trait[] {
  return texts.map((text, index) => {
    if (isTrait(text)) return text
    throw wrongField(`/traits/${index}`, {
      fr: 'Choisissez parmi éducation prioritaire, et zone rurale et isolée.',
      en: 'Choose among priority education, and rural and remote area.',
    })
  })
}

/** How many students of a school were in a cordée in the school year of a day, up to its end. */
export function followedOf(stays: readonly GroupStay[], schoolId: number, day: string): number {
  const year = schoolYearOf(day)
  const followed = stays.filter(
    (stay) =>
      stay.schoolId === schoolId &&
      stay.fromDay < firstDayOf(year + 1) &&
      (stay.untilDay === null || stay.untilDay >= firstDayOf(year)),
  )
  return new Set(followed.map(({ studentId }) => studentId)).size
}

/** One of a cordée's schools that is the actor's: who runs the cordée does not speak for it. */
export function ownSchool(
  actor: Actor,
  schools: readonly GroupSchool[],
  publicId: string,
): GroupSchool {
  const school = schools.find((one) => one.publicId === publicId)
  if (!school) throw nothingHere()
  authorize(actor, 'manage-schemes', { schoolId: school.schoolId })
  return school
}
