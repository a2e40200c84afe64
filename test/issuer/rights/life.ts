import { sql } from 'kysely'
import { openDossier } from '../../../src/issuer/open-dossier.js'
import { shareBadge } from '../../../src/issuer/share-badge.js'
import { linkUrl } from '../../../src/issuer/link-address.js'
import { readableOne } from '../../../src/issuer/store/packed-badges.js'
import { contestFact } from '../../../src/mentoring/facts/contest-fact.js'
import { openSession } from '../../../src/people/sessions.js'
import { defineTemplate } from '../../../src/templates/define-template.js'
import { publishVersion } from '../../support/publish.js'
import { runNextJob } from '../../../src/worker.js'
import { aDefinition } from '../../support/definitions.js'
import type { World } from '../../support/world.js'
import { issue, type Issued } from '../share-story.js'
import { stepsOf } from '../steps.js'

/** Every text that somebody may have written of this student, none of which stands anywhere else. */
export const MARKS = {
  given: 'Canarine',
  family: 'Kwyxmarque',
  birth: '2011-02-27',
  email: 'canarine.kwyxmarque@example.org',
  division: 'KWX7',
  contest: 'Kwyxcontest : je n’étais pas là ce jour',
  label: 'Kwyxlabel pour un stage',
  mail: 'Kwyxmail',
  mention: 'Kwyxmention',
  mark: 'Kwyxappréciation',
  reference: 'KWYX-REF-2026',
} as const

export type Life = Issued &
  Readonly<{
    badges: readonly [string, string]
    documents: readonly [string, string]
    links: string[]
  }>

/** A student lives a life with two badges: a share link each, an account, a session, a contest, an assessment, a mail. */
export async function live(world: World): Promise<Life> {
  const first = await issue(world)
  const { db } = world
  await db
    .updateTable('students')
    .set({ given_name: MARKS.given, family_name: MARKS.family })
    .set({ birth_date_sealed: world.vault.seal(MARKS.birth) })
    .execute()
  await db.updateTable('schoolings').set({ division: MARKS.division }).execute()
  const personId = first.student.personId!
  await db
    .updateTable('persons')
    .set({ given_name: MARKS.given, family_name: MARKS.family, email: MARKS.email })
    .where('id', '=', personId)
    .execute()
  const second = await anotherBadge(world, first)
  const rows = await db.selectFrom('badges').select(['id', 'public_id']).orderBy('id').execute()
  const links: string[] = []
  for (const { public_id: badgeId } of rows) {
    await shareBadge(world, first.student, { badgeId, label: MARKS.label })
  }
  for (const link of await db.selectFrom('share_links').select('token_sealed').execute())
    links.push(linkUrl(world, world.vault.open(link.token_sealed)))
  await openSession(world, db, personId)
  await written(world, first)
  return {
    ...first,
    badges: [rows[0]!.public_id, rows[1]!.public_id],
    documents: [first.document, second],
    links,
  }
}

/** @returns the signed badge */
async function anotherBadge(world: World, story: Issued): Promise<string> {
  const company = story.admin.assignments[0]!.organisationId!
  const definition = { ...aDefinition, name: 'Mouler une pièce' }
  const { versionId } = await defineTemplate(world, story.admin, { companyId: company, definition })
  await publishVersion(world, story.admin, versionId)
  while (await runNextJob(world));
  const dossier = await openDossier(world, story.teacher, { studentId: story.studentId, versionId })
  const steps = stepsOf(world, story, dossier)
  await steps.upTo('endorse')
  await steps.approve()
  while (await runNextJob(world));
  const row = await world.db
    .selectFrom('badges')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return (await readableOne(world.db, row))?.badge_document ?? ''
}

async function written(world: World, { student, studentId }: Issued): Promise<void> {
  const { db } = world
  const at = world.now().toISOString()
  const placement = await db.selectFrom('placements').selectAll().executeTakeFirstOrThrow()
  await contestFact(world, student, {
    kind: 'placement',
    factId: placement.public_id,
    reason: MARKS.contest,
    version: placement.version,
  })
  const mention = { placement_id: placement.id, mention: 'MISSIONS', text: MARKS.mention }
  await db.insertInto('agreement_mentions').values(mention).execute()
  const assessment = { grid_id: 'neutral', marks: '{}', comment: MARKS.mark, manner: 'PAPER' }
  await db
    .insertInto('placement_assessments')
    .values({ placement_id: placement.id, ...assessment })
    .execute()
  const mail = { to_person_id: student.personId!, language: 'fr', subject: 'Sceau' }
  await db
    .insertInto('outbox_mails')
    .values({ ...mail, public_id: 'mail', key: 'mail', body: MARKS.mail, created_at: at })
    .execute()
  const asked = { actor: 'token', operation: 'GET /x', key: 'k', request_digest: 'd', status: 200 }
  const body = JSON.stringify({ student: studentId, name: `${MARKS.given} ${MARKS.family}` })
  await db
    .insertInto('kept_answers')
    .values([
      { ...asked, type: 'application/json', body_sealed: world.vault.seal(body), asked_at: at },
      { ...asked, key: 'other', type: null, body_sealed: world.vault.seal('{}'), asked_at: at },
    ])
    .execute()
  const attempt = { email_hash: world.vault.fingerprint(MARKS.email), at }
  await db.insertInto('sign_in_attempts').values(attempt).execute()
  const cohort = await db.selectFrom('cohorts').select('id').executeTakeFirstOrThrow()
  const pair = {
    student_id: placement.student_id,
    mentor_id: await aMentor(world, placement.tutor_id),
  }
  await db
    .insertInto('mentor_pairs')
    .values({
      ...{ ...pair, cohort_id: cohort.id, subject: 'ORIENTATION' },
      ...{ registration_reference: MARKS.reference, registered_on: '2026-10-01' },
    })
    .execute()
}

async function aMentor({ db, now }: World, personId: number): Promise<number> {
  const { id } = await db
    .insertInto('mentors')
    .values({
      ...{
        public_id: 'mentor',
        person_id: personId,
        from_day: '2026-09-01',
        vetting: 'A_VERIFIER',
      },
      organisation_id: sql<number>`(select company_id from placements limit 1)`,
      created_at: now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Of classmates, what they were copied with is of the first. */
export async function othersAreThemselves({ db, vault }: World): Promise<void> {
  const { id: first } = await db
    .selectFrom('students')
    .select('id')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('students')
    .set({ person_id: null, birth_date_sealed: vault.seal('2010-01-31') })
    .where('id', '!=', first)
    .execute()
  const other = sql<boolean>`student_id != ${first}`
  await db.updateTable('schoolings').set({ division: '2PB' }).where(other).execute()
  const contest_reason = 'Je n’étais pas là'
  await db.updateTable('placements').set({ contest_reason }).where(other).execute()
}
