import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { approve } from '../../src/issuer/approve.js'
import { orderBatch } from '../../src/issuer/batches/order.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { findBatch } from '../../src/issuer/batches/store.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { issueBadges } from '../../src/issuer/issue-badges.js'
import { openSeries } from '../../src/issuer/series.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { listUnfinished } from '../../src/issuer/store/badges.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { makeServiceKey } from '../../src/people/service-keys.js'
import { validateAudit } from '../../src/store/audit.js'
import { findVersion } from '../../src/templates/store.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import { aClassOf } from '../issuer/class-story.js'
import { stepsOf } from '../issuer/steps.js'
import { tell, type Story } from '../issuer/story.js'
import { toldOf } from '../support/audit-lines.js'
import { STORES } from '../support/dialects.js'
import { openWorld, type World } from '../support/world.js'

describe.each(STORES)('two nodes on $name', ({ concurrent, open, again }) => {
  let nodes: [World, World]
  let story: Story
  beforeEach(async () => {
    const one = await openWorld({ db: await open() })
    nodes = [one, { ...one, db: await again(one.db) }]
    story = await tell(one)
  }, 120_000)
  afterEach(async () => {
    for (const db of new Set(nodes.map((node) => node.db))) await db.destroy()
  })
  /** 500 on a server; a store in this process has one connection, and does one thing after the other anyway. */
  const times = concurrent ? 500 : 100
  const onEach = <T>(act: (node: World) => Promise<T>) =>
    Promise.allSettled(Array.from({ length: times }, (_, n) => act(nodes[n % 2]!)))

  test('IS-05 asked many times at once with one key, they open one dossier and give one answer', async () => {
    const [one] = nodes
    const input = { name: 'Essai', scopes: ['dossiers:write'], days: 3, organisationId: null }
    const ownerId = story.teacher.personId
    const { token } = await issueToken(one, OPERATOR, { ...input, ownerId })
    const { templatePublicId } = (await findVersion(one.db, story.versionId))!
    const body = { studentId: story.studentId, templateId: templatePublicId, version: 1 }
    const apps = new Map(nodes.map((node) => [node, createApp(node)]))
    const answers = await onEach(async (node) => {
      const sent = request(apps.get(node)!).post('/api/dossiers').set('Idempotency-Key', 'one-key')
      return sent.set('Authorization', `Bearer ${token}`).send(body)
    })
    const told = answers.map((answer) => answer.status === 'fulfilled' && answer.value)
    const answered = told.filter((answer) => answer && answer.status === 201)
    // A node that is asked for too much at once may say so, and never does it twice.
    for (const answer of told) expect([201, 429, 503]).toContain(answer && answer.status)
    expect(answered.length).toBeGreaterThan(1)
    expect(new Set(answered.map((answer) => answer && answer.text)).size).toBe(1)
    expect(await one.db.selectFrom('dossiers').select('id').execute()).toHaveLength(1)
  }, 120_000)

  test('IS-05 told many times at once to issue one badge, they issue one', async () => {
    const [one] = nodes
    const dossier = stepsOf(one, story, await openDossier(one, story.teacher, story))
    await dossier.upTo('approve')
    const { id } = await dossier.row()
    await onEach((node) => issueBadges(node, [id], openSeries()))
    while (await runNextJob(one));
    expect(await dossier.state()).toBe('issued')
    const badges = await one.db.selectFrom('badges').selectAll().execute()
    expect(badges).toMatchObject([{ released_at: expect.any(String), log_position: 0 }])
    expect(await one.db.selectFrom('voided_badges').selectAll().execute()).toEqual([])
    expect(await toldOf(one.db, 'badge.released')).toHaveLength(1)
    expect(await verifyLog(one)).toMatchObject({ sound: true, size: 1 })
    expect(await validateAudit(one.db)).toMatchObject({ sound: true })
  }, 240_000)

  test.runIf(concurrent)(
    'ten workers of each issue singles and a batch at once, each badge once, and revoke some',
    async () => {
      const [one] = nodes
      await makeServiceKey(one)
      const dossiers = []
      for (const studentId of await aClassOf(one, story, 24)) {
        const dossier = stepsOf(
          one,
          story,
          await openDossier(one, story.teacher, { ...story, studentId }),
        )
        await dossier.upTo('endorse')
        dossiers.push(await dossier.committed())
      }
      const key = 'lot'
      const rows = dossiers.slice(12)
      const id = await startBatch(one, story.head, { act: 'approve', rows, key })
      const batch = (await findBatch(one.db, id))!
      // As a node that starts does: two workers have the same batch at the same time.
      for (const node of nodes) await orderBatch(node.db, node, batch)
      const badges = await Promise.all(
        dossiers.slice(0, 12).map((dossier, n) => approve(nodes[n % 2]!, story.head, dossier)),
      )
      const worker = async (node: World) => {
        while (await runNextJob(node));
      }
      const revoked = badges.slice(0, 4)
      await Promise.all([
        ...Array.from({ length: 20 }, (_, n) => worker(nodes[n % 2]!)),
        ...revoked.map((badgeId, n) =>
          revokeBadge(nodes[n % 2]!, story.head, { badgeId, reason: 'Essai.' }),
        ),
      ])
      expect(await listUnfinished(one.db)).toEqual([])
      const released = await one.db.selectFrom('badges').selectAll().execute()
      const voided = await one.db.selectFrom('voided_badges').selectAll().execute()
      const all = [...released, ...voided].map(({ dossier_id }) => dossier_id)
      expect([all.length, new Set(all).size]).toEqual([24, 24])
      const ended = [...released.filter(({ revoked_at }) => revoked_at !== null), ...voided]
      expect(ended.map(({ public_id }) => public_id).toSorted()).toEqual(revoked.toSorted())
      const told = await toldOf(one.db, 'badge.released')
      expect(told.map(({ subject }) => subject).toSorted()).toEqual(
        released.map(({ public_id }) => public_id).toSorted(),
      )
      const jobs = await one.db.selectFrom('jobs').select(['attempts', 'finished_at']).execute()
      for (const { attempts, finished_at } of jobs)
        expect([attempts, typeof finished_at]).toEqual([1, 'string'])
      expect((await checkBadges(one)).faults).toEqual([])
      expect(await verifyLog(one)).toMatchObject({ sound: true })
      expect(await validateAudit(one.db)).toMatchObject({ sound: true })
    },
    240_000,
  )
})
