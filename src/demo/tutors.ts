import { addMentor } from '../mentoring/mentors/add-mentor.js'
import { findPersonByEmail } from '../people/store.js'
import { toSlug } from '../people/names.js'
import { TUTORS } from './cast.data.js'
import type { names } from './plan-students.js'
import type { CompanyCast, Stage } from './stage.js'

type Whose = Pick<CompanyCast, 'organisation' | 'admin'> &
  Readonly<{ nextName: ReturnType<typeof names> }>

/** People of a company who are tutors and have no account. @returns their public ids */
export async function addTutors(
  { ctx }: Stage,
  { organisation, admin, nextName }: Whose,
): Promise<string[]> {
  const tutors: string[] = []
  while (tutors.length < TUTORS) {
    const { givenName, familyName, sex } = nextName()
    const email = `${toSlug(givenName)}.${toSlug(familyName)}@example.org`
    const input = { organisationId: organisation.publicId, givenName, familyName, email, sex }
    const unvetted = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' }
    await addMentor(ctx, admin.actor, { ...input, ...unvetted })
    const person = await findPersonByEmail(ctx.db, email)
    if (!person) throw new Error('A tutor of the demo was not added.')
    tutors.push(person.publicId)
  }
  return tutors
}
