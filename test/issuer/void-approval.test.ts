import { beforeEach, describe, expect, test } from 'vitest'
import { issueBadge } from '../../src/issuer/issue-badge.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { publishStatusList } from '../../src/issuer/status.js'
import { getList } from '../../src/issuer/store/status-lists.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { voidApproval } from '../../src/issuer/void-approval.js'
import { withdraw } from '../../src/issuer/withdraw.js'
import { validateAudit } from '../../src/store/audit.js'
import { countJobs } from '../../src/store/jobs.js'
import { runNextJob } from '../../src/worker.js'
import { auditOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'
import { dyingAtRelease, storedBadges } from './stored.js'

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
})

const badges = () => storedBadges(world.db)
const contestPlacement = (at: string | null) =>
  world.db.updateTable('placements').set({ contested_at: at }).execute()
const contestSession = () =>
  world.db
    .updateTable('session_students')
    .set({ contested_at: world.now().toISOString() })
    .execute()
const correct = () => world.db.updateTable('placements').set({ days_done: 8 }).execute()

describe('a fact that changes after the approval, before the signature', () => {
  test.each([
    ['contested', () => contestPlacement(world.now().toISOString())],
    ['a contested session', contestSession],
    ['corrected', correct],
  ])('voids approval and endorsement when it is %s, and the job is done', async (_, change) => {
    await dossier.upTo('approve')
    await change()
    expect(await runNextJob(world)).toBe(true)
    expect(await countJobs(world.db)).toEqual({ waiting: 0, givenUp: 0 })
    expect(await dossier.row()).toMatchObject({
      state: 'open',
      digest: null,
      proposed_by_id: null,
      assessed_by_id: null,
      endorsed_by_id: null,
      endorsement_comment: null,
      approved_by_id: null,
      reopen_reason: 'facts-changed',
    })
    expect(await badges()).toEqual([])
    expect(await world.db.selectFrom('dossier_facts').selectAll().execute()).toEqual([])
    expect((await auditOf(world)).at(-1)).toBe('dossier.voided')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    const shown = await seeDossier(world, story.teacher, dossierId)
    expect(shown.reopened).toMatchObject({ reason: 'facts-changed' })
  })

  test('leaves a record of the reservation, and its places taken and unrevoked', async () => {
    await dossier.upTo('approve')
    const [reserved] = await badges()
    await contestPlacement(world.now().toISOString())
    await runNextJob(world)
    expect(await world.db.selectFrom('voided_badges').selectAll().execute()).toMatchObject([
      { credential_id: reserved!.credential_id, voided_at: world.now().toISOString() },
    ])
    const entries = await world.db.selectFrom('status_entries').selectAll().execute()
    // Of the definition's endorsement, of the badge, of the award's endorsement.
    expect(entries.map(({ revoked_at }) => revoked_at)).toEqual([null, null, null])
    await expect(
      publishStatusList(world, await getList(world.db, entries[0]!.list_id)),
    ).resolves.toContain('BitstringStatusListCredential')
  })

  test('lets the dossier be proposed again, under other digests, and ends in another badge', async () => {
    await dossier.upTo('approve')
    const [reserved] = await badges()
    const { digest: before } = await dossier.row()
    await contestPlacement(world.now().toISOString())
    await runNextJob(world)
    await contestPlacement(null)
    await dossier.upTo('approve')
    expect(await runNextJob(world)).toBe(true)
    const [issued] = await badges()
    expect(await dossier.state()).toBe('issued')
    expect((await dossier.row()).digest).not.toBe(before)
    expect(issued!.credential_id).not.toBe(reserved!.credential_id)
    expect(issued!.badge_document).not.toContain(reserved!.credential_id)
    expect((await dossier.row()).reopen_reason).toBeNull()
  })

  test('is noticed by a job that died after it had signed the endorsement', async () => {
    await dossier.upTo('approve')
    await runNextJob({ ...world, db: dyingAtRelease(world.db) })
    await contestPlacement(world.now().toISOString())
    await issueBadge(world, { dossierId: (await dossier.row()).id })
    expect(await dossier.state()).toBe('open')
    const [voided] = await world.db.selectFrom('voided_badges').selectAll().execute()
    expect(voided!.endorsement_document).toContain('EndorsementCredential')
  })
})

test('a badge that was released is never voided, whoever comes late', async () => {
  await dossier.upTo('approve')
  const [reserved] = await badges()
  const before = await dossier.row()
  await runNextJob(world)
  await contestPlacement(world.now().toISOString())
  await voidApproval(world, { dossier: before, badge: reserved! }, 'facts-changed')
  await issueBadge(world, { dossierId: before.id })
  expect(await dossier.state()).toBe('issued')
  expect(await badges()).toHaveLength(1)
})

describe('a fact that changes before the approval', () => {
  test.each(['assess', 'endorse', 'approve'] as const)('stops: %s', async (step) => {
    const before = { assess: 'propose', endorse: 'assess', approve: 'endorse' } as const
    await dossier.upTo(before[step])
    const state = await dossier.state()
    await contestSession()
    await expect(dossier[step]()).rejects.toMatchObject({
      code: 'conflict',
      words: { fr: expect.stringContaining('contesté ou corrigé') },
    })
    expect(await dossier.state()).toBe(state)
    expect(await badges()).toEqual([])
    const { obstacle } = await seeDossier(world, story.tutor, dossierId)
    expect(obstacle?.fr).toContain('contesté ou corrigé')
  })
})

describe('taking a dossier back', () => {
  test('voids what was taken, keeps the commitments in the audit, and is for the school', async () => {
    await dossier.upTo('endorse')
    await expect(withdraw(world, story.boss, dossierId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await withdraw(world, story.teacher, dossierId)
    expect(await dossier.row()).toMatchObject({
      state: 'open',
      digest: null,
      endorsed_by_id: null,
      reopen_reason: 'withdrawn',
      reopened_by_id: story.teacher.personId,
    })
    expect(await auditOf(world)).toEqual(
      expect.arrayContaining(['dossier.assessed', 'dossier.endorsed', 'dossier.withdrawn']),
    )
  })

  test('comes too late after the approval', async () => {
    await dossier.upTo('approve')
    await expect(withdraw(world, story.teacher, dossierId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})
