import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { seeBadge, seeBadges } from '../../src/issuer/see-badges.js'
import { seeCandidates, seeStudentsToAward } from '../../src/issuer/see-candidates.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { seeDossiers } from '../../src/issuer/see-dossiers.js'
import { issuerWaiting } from '../../src/issuer/waiting.js'
import { findPersonByEmail } from '../../src/people/store.js'
import { archiveTemplate } from '../../src/templates/archive-template.js'
import { findVersion } from '../../src/templates/store.js'
import { runNextJob } from '../../src/worker.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>
let stranger: { head: Actor; boss: Actor }
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
  const school = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
  const company = await aCompany(world, 'Plastiform DÉMO', '00099002800011')
  const person = async (
    email: string,
    role: 'school-approver' | 'company-endorser',
    organisationId: number,
  ) => asActor(world, await somebody(world, email, { role, organisationId }))
  stranger = {
    head: await person('other-head@example.org', 'school-approver', school.id),
    boss: await person('other-boss@example.org', 'company-endorser', company.id),
  }
})

const all = (actor: Actor, page = 1) => seeDossiers(world, actor, { page })
const waits = async (actor: Actor) =>
  (await issuerWaiting(world, actor)).map(({ words, href, count }) => [words.fr, href, count])

describe('what waits for whom', () => {
  test('follows the dossier from the school to the company and back', async () => {
    const { teacher, tutor, boss, head } = story
    expect(await waits(teacher)).toEqual([
      ['Dossiers complets à proposer', '/dossiers?state=open', 1],
    ])
    expect(await waits(tutor)).toEqual([])
    await dossier.propose()
    expect(await waits(teacher)).toEqual([])
    expect(await waits(tutor)).toEqual([['Dossiers à évaluer', '/dossiers?state=proposed', 1]])
    await dossier.assess()
    expect(await waits(tutor)).toEqual([])
    expect(await waits(boss)).toEqual([['Badges à endosser', '/dossiers?state=assessed', 1]])
    await dossier.endorse()
    expect(await waits(boss)).toEqual([])
    expect(await waits(head)).toEqual([['Badges à approuver', '/dossiers?state=endorsed', 1]])
    await dossier.approve()
    expect(await waits(head)).toEqual([])
  })

  test('is nothing for strangers, nor when it is incomplete or too late', async () => {
    await world.db.updateTable('placements').set({ days_done: 4 }).execute()
    expect(await waits(story.teacher)).toEqual([])
    await world.db.updateTable('placements').set({ days_done: 9 }).execute()
    await dossier.propose()
    expect(await waits(stranger.boss)).toEqual([])
    expect(await waits(stranger.head)).toEqual([])
    world.clock.advance(14 * DAY)
    expect(await waits(story.tutor)).toHaveLength(1)
    world.clock.advance(1)
    expect(await waits(story.tutor)).toEqual([])
    expect((await all(story.tutor)).all).toMatchObject([{ stale: true }])
  })
})

describe('who sees which dossiers', () => {
  test('the school from the start, the company once it was asked, strangers never', async () => {
    expect((await all(story.head)).all).toHaveLength(1)
    expect((await all(story.tutor)).all).toEqual([])
    await expect(seeDossier(world, story.tutor, dossierId)).rejects.toMatchObject({
      code: 'not-found',
    })
    await dossier.propose()
    expect((await all(story.tutor)).all).toMatchObject([{ student: 'Zoé K.', move: 'assess' }])
    for (const actor of Object.values(stranger)) {
      expect((await all(actor)).all).toEqual([])
      await expect(seeDossier(world, actor, dossierId)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('a page beyond the last one is empty, not wrong', async () => {
    expect(await all(story.teacher, 3)).toMatchObject({ all: [], page: 3, pages: 1 })
  })

  test('a company sees the facts that the rule counts, and those alone', async () => {
    const other = await aCompany(world, 'Recyclage DÉMO', '00099003600014')
    await world.db
      .updateTable('mentoring_sessions')
      .set({ company_id: other.id })
      .where('day', '=', '2026-10-06')
      .execute()
    const { requirements, obstacle } = await seeDossier(world, story.teacher, dossierId)
    expect(requirements[0]).toMatchObject({ wanted: 120, found: 60, met: false })
    expect(JSON.stringify(requirements)).not.toContain('Recyclage')
    expect(obstacle).toEqual({
      fr: 'Il manque encore 1 h de mentorat de projet confirmé avec cette entreprise.',
      en: 'Still missing: 1 h of confirmed project mentoring with this company.',
    })
  })

  test('OB-07 what no enrolment covers is said before anybody proposes', async () => {
    await world.db.updateTable('enrolments').set({ until_day: '2026-11-06' }).execute()
    const { obstacle } = await seeDossier(world, story.teacher, dossierId)
    expect(obstacle?.fr).toContain('n’est couvert par aucune inscription')
  })

  test('OB-02 so is evidence without a partner of the class', async () => {
    await world.db.updateTable('class_companies').set({ until_day: '2026-11-01' }).execute()
    const { obstacle } = await seeDossier(world, story.teacher, dossierId)
    expect(obstacle?.fr).toContain('entreprise partenaire de la classe')
    await expect(dossier.propose()).rejects.toMatchObject({ rule: 'OB-02' })
  })
})

describe('the badges that a student could have', () => {
  test('are those in use of the partners of their class, with what each lacks', async () => {
    const { student, badges } = await seeCandidates(world, story.teacher, story.studentId)
    expect(student).toBe('Zoé Kerguélen')
    expect(badges).toMatchObject([
      { company: 'Composites du Lac DÉMO', obstacle: undefined, dossierId },
    ])
  })

  test('hold no archived badge', async () => {
    const { templatePublicId } = (await findVersion(world.db, story.versionId))!
    const admin = (await findPersonByEmail(world.db, 'admin@example.org'))!
    await archiveTemplate(world, await asActor(world, admin), templatePublicId)
    expect((await seeCandidates(world, story.teacher, story.studentId)).badges).toEqual([])
  })

  test('OB-01 hold none of a company that has left the class', async () => {
    await world.db.updateTable('class_companies').set({ until_day: '2026-11-23' }).execute()
    expect((await seeCandidates(world, story.teacher, story.studentId)).badges).toEqual([])
  })

  test('are for the student’s school alone', async () => {
    for (const actor of [stranger.head, story.tutor]) {
      await expect(seeCandidates(world, actor, story.studentId)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    await expect(seeCandidates(world, story.teacher, 'nobody')).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(seeStudentsToAward(world, story.boss)).rejects.toMatchObject({ code: 'not-found' })
    expect(await seeStudentsToAward(world, stranger.head)).toEqual([])
    expect(await seeStudentsToAward(world, story.teacher)).toMatchObject([
      { className: '2PC', students: [{ publicId: 'student', name: 'Zoé Kerguélen' }] },
    ])
  })
})

describe('badges', () => {
  const list = async (actor: Actor) => (await seeBadges(world, actor, 1)).badges
  const badgeId = async () =>
    (await world.db.selectFrom('badges').select('public_id').executeTakeFirstOrThrow()).public_id

  test('are seen by the school with names, by the company without, by strangers not at all', async () => {
    await dossier.upTo('approve')
    expect(await list(story.head)).toMatchObject([{ state: 'signing', student: 'Zoé Kerguélen' }])
    await runNextJob(world)
    expect(await list(story.tutor)).toMatchObject([{ state: 'valid', student: 'Zoé K.' }])
    for (const actor of Object.values(stranger)) {
      expect(await list(actor)).toEqual([])
      await expect(seeBadge(world, actor, await badgeId())).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const shown = await seeBadge(world, story.boss, await badgeId())
    expect(shown).toMatchObject({ may: [], signedAt: world.now().toISOString() })
    expect(shown.signed?.evidence).toHaveLength(3)
    expect((await seeBadge(world, story.head, await badgeId())).may).toContain('revoke')
  })

  test('expire on their day', async () => {
    world = await openWorld()
    story = await tell(world, { ...aDefinition, validityMonths: 12 })
    const id = await openDossier(world, story.teacher, story)
    await stepsOf(world, story, id).upTo('approve')
    await runNextJob(world)
    world.clock.at = new Date('2027-11-23T23:59:59Z')
    expect(await list(story.head)).toMatchObject([{ state: 'valid' }])
    world.clock.at = new Date('2027-11-24T00:00:00Z')
    expect(await list(story.head)).toMatchObject([{ state: 'expired' }])
  })
})
