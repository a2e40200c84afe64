import type { RoleInput } from '../people/assign-role.js'
import { createOrganisation } from '../people/create-organisation.js'
import { createPerson } from '../people/create-person.js'
import { toSlug } from '../people/names.js'
import { OPERATOR } from '../people/operator.js'
import type { Organisation } from '../people/store.js'
import { ENDORSERS, TEACHERS } from './cast.data.js'
import { ACADEMY, COLLEGES, COMPANIES, STRUCTURE, UNIVERSITY } from './organisations.data.js'
import type { Name, names } from './plan-students.js'
import { isWomanAt } from './shares.data.js'
import { asPlayer, oneOf, type Player, type Stage } from './stage.js'
import { addTutors, sayWhoMentors } from './tutors.js'

/** Somebody comes, with a role; of whatever sex, unless it is said. */
export type Come = (
  role: RoleInput['role'],
  organisationId: number | null,
  sex?: Name['sex'],
) => Promise<Player>

export async function comeIn(
  { ctx }: Stage,
  { givenName, familyName }: Name,
  held: RoleInput,
): Promise<Player> {
  const email = `${toSlug(givenName)}.${toSlug(familyName)}@example.org`
  const input = { givenName, familyName, email, ...held }
  return asPlayer(ctx, await createPerson(ctx, OPERATOR, input))
}

/** The academy, and who runs other schemes, each with an account. */
export async function openAround(stage: Stage, come: Come): Promise<void> {
  const all = [
    ['academy', ACADEMY, 'academic-referent'],
    ['university', UNIVERSITY, 'scheme-coordinator'],
    ['structure', STRUCTURE, 'scheme-coordinator'],
  ] as const
  for (const [key, input, role] of all) {
    const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
    stage.around.set(key, { organisation, player: await come(role, organisation.id) })
  }
}

export async function openCompany(
  stage: Stage,
  company: number,
  { come, nextName }: Readonly<{ come: Come; nextName: ReturnType<typeof names> }>,
): Promise<void> {
  const { name, siret, city } = oneOf(COMPANIES, company)
  const input = { kind: 'company', name, siret, city } as const
  const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
  const admin = await come('company-admin', organisation.id)
  const endorsers: Player[] = []
  while (endorsers.length < ENDORSERS) {
    const sex = isWomanAt(endorsers.length) ? 'F' : 'M'
    const endorser = await come('company-endorser', organisation.id, sex)
    await sayWhoMentors(stage, { organisation, admin }, { ...endorser.person, sex })
    endorsers.push(endorser)
  }
  const tutors = await addTutors(stage, { organisation, admin, nextName })
  stage.companies.set(company, { organisation, admin, endorsers, tutors })
}

export async function openCollege(stage: Stage, college: number, come: Come): Promise<void> {
  const { name, uai, city } = oneOf(COLLEGES, college)
  const { academyCode } = ACADEMY
  const input = { kind: 'college', name, uai, city, academyCode } as const
  const organisation = await createOrganisation(stage.ctx, OPERATOR, input)
  stage.colleges.set(college, { organisation, teachers: await teachersOf(organisation, come) })
}

export async function teachersOf({ id }: Organisation, come: Come): Promise<Player[]> {
  const teachers: Player[] = []
  while (teachers.length < TEACHERS) teachers.push(await come('school-staff', id))
  return teachers
}
