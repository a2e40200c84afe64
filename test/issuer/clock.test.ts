import { beforeEach, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { issueBadge } from '../../src/issuer/issue-badge.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { publishStatusList } from '../../src/issuer/status.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { validateAudit } from '../../src/store/audit.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { openTab } from '../http/dossier-tab.js'
import { createApp } from '../../src/app.js'
import { refusalOf } from '../people/people.js'
import { DAY, HOUR, MINUTE, openWorld, SECOND, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'
import { storedBadges } from './stored.js'

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>
let said: string[]
beforeEach(async () => {
  said = []
  world = await openWorld({ log: pino({ level: 'error' }, { write: (line) => said.push(line) }) })
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
  return () => world.db.destroy()
})

const badges = () => storedBadges(world.db)
const issue = async (of: World = world) => issueBadge(of, { dossierId: (await dossier.row()).id })
/** Another node on the same store, whose clock differs. */
const nodeAt = (ahead: number): World => ({
  ...world,
  now: () => new Date(world.clock.at.getTime() + ahead),
})

describe('RL-11 a clock that was set back', () => {
  test.each([
    ['61 seconds', MINUTE + SECOND],
    ['an hour', HOUR],
    ['a day', DAY],
  ])('by %s pauses issuing, says so, and goes on when it is right again', async (_, back) => {
    await dossier.upTo('approve')
    world.clock.advance(-back)
    expect((await refusalOf(issue())).code).toBe('clock-off')
    expect(await badges()).toMatchObject([{ badge_preparation: null, badge_document: null }])
    expect(said.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'issuing-paused', behindMs: back },
    ])
    world.clock.advance(back)
    while (await runNextJob(world));
    expect(await dossier.state()).toBe('issued')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('a job that met it is tried again by itself', async () => {
    await dossier.upTo('approve')
    // Due long since, so that the worker takes it although its clock is back.
    await takeUpBadges(nodeAt(-2 * DAY))
    await world.db.updateTable('jobs').set({ run_at: '2026-11-01T00:00:00.000Z' }).execute()
    world.clock.advance(-HOUR)
    while (await runNextJob(world));
    expect(await dossier.state()).toBe('approved')
    world.clock.advance(HOUR)
    while (await runNextJob(world));
    expect(await dossier.state()).toBe('issued')
  })

  test('lets nobody approve, and tells the approver why', async () => {
    await dossier.upTo('endorse')
    world.clock.advance(-HOUR)
    const tab = await openTab(createApp(world)).signIn('head@example.org')
    const at = `/dossiers/${dossierId}`
    const answer = await tab.send(at, { act: 'approve' })
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('L’horloge du serveur n’est pas à l’heure')
    expect(await dossier.state()).toBe('endorsed')
    expect(await badges()).toEqual([])
    world.clock.advance(HOUR)
    await dossier.approve()
  })

  test('by a minute is within what two clocks may differ', async () => {
    await dossier.upTo('approve')
    world.clock.advance(-MINUTE)
    await issue()
    expect(await dossier.state()).toBe('issued')
  })

  test('dates no status list before the one that was published', async () => {
    await dossier.upTo('approve')
    while (await runNextJob(world));
    const [list] = await world.db.selectFrom('status_lists').selectAll().execute()
    const validFrom = async () =>
      (JSON.parse(await publishStatusList(world, list!)) as { validFrom: string }).validFrom
    const before = await validFrom()
    world.clock.advance(-DAY)
    expect(await validFrom()).toBe(before)
  })
})

test('RL-11 a clock that was a year ahead for one line of the audit pauses issuing, whoever writes after it', async () => {
  await dossier.upTo('endorse')
  world.clock.advance(365 * DAY)
  await openTab(createApp(world)).signIn('head@example.org')
  world.clock.advance(-365 * DAY)
  for (const email of ['head@example.org', 'boss@example.org'])
    await openTab(createApp(world)).signIn(email)
  expect((await refusalOf(dossier.approve())).code).toBe('clock-off')
  expect(await badges()).toEqual([])
})

test.each([
  ['in the night when summer time ends', '2027-10-31T00:30:00Z'],
  ['in the night when it begins', '2027-03-28T00:30:00Z'],
  ['at the end of a year', '2026-12-31T22:59:59Z'],
])('RL-11 %s nothing pauses: badges are issued as ever', async (_, instant) => {
  world.clock.at = new Date(instant)
  await dossier.propose()
  for (const step of ['assess', 'endorse', 'approve'] as const) {
    world.clock.advance(HOUR)
    await dossier[step]()
  }
  while (await runNextJob(world));
  expect(await dossier.state()).toBe('issued')
})

describe('RL-12 two nodes whose clocks differ', () => {
  const verdictAt = async (node: World) => {
    const [badge] = await badges()
    const around = { lookups: lookupsOf(node), now: node.now(), language: 'en' as const }
    return (await verifyBadge(Buffer.from(badge!.badge_document!), around)).verdict
  }

  test.each([-MINUTE, MINUTE])('by %i ms: a badge of one is valid to the other', async (ahead) => {
    await dossier.upTo('approve')
    const other = nodeAt(ahead)
    await issue(other)
    expect(await dossier.state()).toBe('issued')
    expect(await verdictAt(world)).toBe('valid')
    expect(await verdictAt(other)).toBe('valid')
  })

  test('by 90 seconds: the one that is off the clock of the store does not issue, so no badge is refused by the other', async () => {
    const storeNow = async () => new Date(world.clock.at)
    await dossier.upTo('endorse')
    for (const ahead of [-90 * SECOND, 90 * SECOND]) {
      const off = { ...nodeAt(ahead), storeNow }
      await expect(stepsOf(off, story, dossierId).approve()).rejects.toMatchObject({
        code: 'clock-off',
      })
    }
    const right = { ...world, storeNow }
    await stepsOf(right, story, dossierId).approve()
    await issue(right)
    expect(await verdictAt(right)).toBe('valid')
    for (const ahead of [-30 * SECOND, 90 * SECOND])
      expect(await verdictAt(nodeAt(ahead))).toBe('valid')
  })
})
