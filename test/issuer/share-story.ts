import type { Actor } from '../../src/context.js'
import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { propose } from '../../src/issuer/propose.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import { runNextJob } from '../../src/worker.js'
import { asActor, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import type { World } from '../support/world.js'
import { tell, type Story } from './story.js'
import { firstBadge } from './stored.js'

export type Issued = Story &
  Readonly<{ student: Actor; badgeId: string; document: string; schoolId: number }>

/** The story up to its end: a badge issued to a student who can sign in as student@example.org. */
export async function issue(world: World, definition = aDefinition): Promise<Issued> {
  const story = await tell(world, definition)
  const { school_id: schoolId } = await world.db
    .selectFrom('students')
    .select('school_id')
    .executeTakeFirstOrThrow()
  const student = await aStudent(world, 'student@example.org', schoolId)
  await world.db.updateTable('students').set({ person_id: student.personId }).execute()
  const dossierId = await openDossier(world, story.teacher, story)
  const committed = async () => ({
    dossierId,
    digest: (await findDossier(world.db, dossierId))?.digest ?? '',
    function: 'Tuteur',
    comment: 'Un travail soigné, du moule au démoulage.',
  })
  await propose(world, story.teacher, dossierId)
  await assess(world, story.tutor, await committed())
  await endorse(world, story.boss, await committed())
  await approve(world, story.head, await committed())
  await runNextJob(world)
  const badge = await firstBadge(world.db)
  if (badge.badge_document === null) throw new Error('The badge was not issued.')
  return { ...story, student, badgeId: badge.public_id, document: badge.badge_document, schoolId }
}

export async function aStudent(world: World, email: string, schoolId: number): Promise<Actor> {
  const held = { role: 'student', organisationId: schoolId } as const
  return asActor(world, await somebody(world, email, held))
}

/**
 * What must never be read by who has a link: the student's names, birth date, number and class. The class
 * as a word by itself: its three letters stand in random text now and then.
 */
export const CANARIES = ['Zoé', 'Kergu', '2011-02-03', '3 février 2011', '000000001AA', /\b2PC\b/]
