import { addMentor } from '../mentoring/mentors/add-mentor.js'
import { findMentor } from '../mentoring/mentors/store.js'
import { findPersonByEmail, type Person } from '../people/store.js'
import { toSlug } from '../people/names.js'
import { dayAt } from '../people/days.js'
import { TUTORS } from './cast.data.js'
import { dice } from './dice.js'
import { names, type Name } from './plan-students.js'
import { isWomanAt } from './shares.data.js'
import { known, type CompanyCast, type SchemeMentor, type Stage } from './stage.js'

type Whose = Pick<CompanyCast, 'organisation' | 'admin'>

const UNVETTED = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' }

/**
 * Enters somebody of a company among its mentors, with what they say of themselves (PT-24).
 *
 * @param who has an account already, or none
 */
export async function sayWhoMentors(
  { ctx }: Stage,
  { organisation, admin }: Whose,
  who: Name & Readonly<{ email: Person['email'] }>,
): Promise<void> {
  const { givenName, familyName, sex } = who
  const input = { organisationId: organisation.publicId, givenName, familyName, sex }
  await addMentor(ctx, admin.actor, { ...input, ...UNVETTED, email: who.email ?? '' })
}

/** People of a company who are tutors and have no account. @returns their public ids */
export async function addTutors(
  stage: Stage,
  { nextName, ...whose }: Whose & Readonly<{ nextName: ReturnType<typeof names> }>,
): Promise<string[]> {
  const tutors: string[] = []
  while (tutors.length < TUTORS) {
    const name = nextName(isWomanAt(tutors.length) ? 'F' : 'M')
    const email = `${toSlug(name.givenName)}.${toSlug(name.familyName)}@example.org`
    await sayWhoMentors(stage, whose, { ...name, email })
    const person = await findPersonByEmail(stage.ctx.db, email)
    if (!person) throw new Error('A tutor of the demo was not added.')
    tutors.push(person.publicId)
  }
  return tutors
}

/** Mentors of who runs a scheme, whom it has vetted. They have no account. */
export async function addMentorsOf(
  stage: Stage,
  which: 'university' | 'structure',
  { count, seed }: Readonly<{ count: number; seed: number }>,
): Promise<void> {
  const { ctx } = stage
  const { organisation, player } = known(stage.around, which)
  const nextName = names(dice(seed))
  const day = dayAt(ctx.now(), ctx.config.timeZone)
  const vetted = { vetting: 'VERIFIE_PAR_STRUCTURE', vettedOn: day, renewBy: '', charterOn: day }
  const mentors: SchemeMentor[] = []
  while (mentors.length < count) {
    const name = nextName(isWomanAt(mentors.length) ? 'F' : 'M')
    const person = { organisationId: organisation.publicId, ...name, email: '' }
    const mentor = await findMentor(
      ctx.db,
      await addMentor(ctx, player.actor, { ...person, ...vetted }),
    )
    if (!mentor) throw new Error('A mentor of the demo was not added.')
    mentors.push(mentor)
  }
  stage.tutors.set(which, mentors)
}
