import type { Actor } from '../../../src/context.js'
import { endRole } from '../../../src/people/assign-role.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { OF_NO_SCHOOL } from '../../../src/people/rights-of.js'
import { openSession } from '../../../src/people/sessions.js'
import type { World } from '../../support/world.js'
import { issue, type Issued } from '../share-story.js'

/** A letter box that is nobody's school's. */
export const PRIVATE = 'zoe.privee@mail.example'

/** A student with a badge, in the last year of the lycée. */
export async function inTerminale(world: World): Promise<Issued> {
  const issued = await issue(world)
  await world.db.updateTable('schoolings').set({ level: 'TLE_PRO', division: 'TCOMP' }).execute()
  return issued
}

/** Their schooling ends, and the school closes their account. */
export async function close(world: World, { student, schoolId }: Issued): Promise<Actor> {
  const held = { role: 'student', organisationId: schoolId } as const
  await world.db.updateTable('schoolings').set({ until_day: '2026-11-23' }).execute()
  await endRole(world, OPERATOR, { ...held, personId: student.personId! })
  return { ...student, assignments: [OF_NO_SCHOOL] }
}

/** The token of a session in which the password was typed just now. */
export function freshSession(world: World, actor: Actor): Promise<string> {
  return openSession(world, world.db, actor.personId!, { proof: 'password' })
}

/** What was written to private addresses, opened. */
export async function letters(world: World): Promise<{ address: string; text: string }[]> {
  const rows = await world.db
    .selectFrom('outbox_mails')
    .select('letter_sealed')
    .where('letter_sealed', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.map(({ letter_sealed }) => JSON.parse(world.vault.open(letter_sealed!)))
}

/** The token at the end of the link in the last letter. */
export async function lastToken(world: World): Promise<string> {
  const { text } = (await letters(world)).at(-1)!
  return /\/(?:private-contact|set-up)\/([\w-]+)/.exec(text)![1]!
}
