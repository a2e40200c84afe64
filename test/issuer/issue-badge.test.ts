import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { checkProofs } from '../../src/credential/check-proof.js'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { propose } from '../../src/issuer/propose.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import { validateAudit } from '../../src/store/audit.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { tell, type Story } from './story.js'
import { dyingAtRelease, firstBadge } from './stored.js'

type Json = Record<string, any>

let world: World
let story: Story
let dossierId: string
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
})

const digest = async () => (await findDossier(world.db, dossierId))?.digest ?? ''
const state = async () => (await findDossier(world.db, dossierId))?.state
const committed = async () => ({
  dossierId,
  digest: await digest(),
  function: 'Tuteur',
  comment: 'Nous l’avons vue travailler.',
})

async function approved(): Promise<void> {
  await propose(world, story.teacher, dossierId)
  await assess(world, story.tutor, await committed())
  await endorse(world, story.boss, await committed())
  await approve(world, story.head, await committed())
}

const badge = () => firstBadge(world.db)
const verdict = async (document: string) =>
  verifyBadge(Buffer.from(document), {
    lookups: lookupsOf(world),
    now: world.now(),
    language: 'fr',
  })

describe('from a recorded placement to a badge', () => {
  test('a dossier that two persons endorsed and the school approved ends in a badge that our own verifier trusts', async () => {
    await approved()
    expect(await runNextJob(world)).toBe(true)
    expect(await state()).toBe('issued')
    const { badge_document: document } = await badge()
    const report = await verdict(document ?? '')
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: true,
      badge: {
        issuer: {
          name: 'Lycée DÉMO des Tilleuls',
          id: expect.stringMatching(/^did:web:sceau\.example:orgs:/),
        },
      },
      endorsements: [
        { target: 'award', verdict: 'valid', endorser: { name: 'Composites du Lac DÉMO' } },
        { target: 'achievement', verdict: 'valid', endorser: { name: 'Composites du Lac DÉMO' } },
      ],
    })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('SH-03 nothing of the student is in the badge', async () => {
    await approved()
    await runNextJob(world)
    const { badge_document: document } = await badge()
    for (const canary of ['Zoé', 'Kergu', '2011-02-03', '000000001AA', /\b2PC\b/])
      expect(document).not.toMatch(canary)
    expect(document).toContain('Mentorat de projet, octobre 2026')
  })

  test('its evidence stands in the order of its days', async () => {
    await approved()
    await runNextJob(world)
    const { evidence } = JSON.parse((await badge()).badge_document ?? '') as {
      evidence: { name: string }[]
    }
    expect(evidence.map(({ name }) => name)).toEqual([
      'Mentorat de projet, octobre 2026',
      'Mentorat de projet, octobre 2026',
      'Période de formation en entreprise, novembre 2026',
    ])
  })

  test('the job run twice issues one badge, and a job that died half-way finishes it with the same bytes', async () => {
    await approved()
    await runNextJob({ ...world, db: dyingAtRelease(world.db) })
    const { badge_signed: signed, badge_document: shown } = await badge()
    expect([typeof signed, shown]).toEqual(['string', null])
    world.clock.advance(2 * 3_600_000)
    await runNextJob(world)
    expect(await badge()).toMatchObject({ badge_signed: null, badge_document: signed })
    await world.db
      .updateTable('jobs')
      .set({ finished_at: null, leased_until: null })
      .where('kind', '=', 'issue-badge')
      .execute()
    expect(await runNextJob(world)).toBe(true)
    expect((await badge()).badge_document).toBe(signed)
    expect(await runNextJob(world)).toBe(false)
  })

  test('ST-17 a revoked badge is refused by everybody who reads the list', async () => {
    await approved()
    await runNextJob(world)
    const { public_id: badgeId, badge_document: document } = await badge()
    await expect(revokeBadge(world, story.head, { badgeId, reason: '' })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    await expect(
      revokeBadge(world, story.tutor, { badgeId, reason: 'Erreur de saisie' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await revokeBadge(world, story.head, { badgeId, reason: 'Délivré par erreur' })
    const report = await verdict(document ?? '')
    expect(report.verdict).toBe('invalid')
    expect(report.checks.find(({ name }) => name === 'status')).toMatchObject({ code: 'revoked' })
    await expect(
      revokeBadge(world, story.head, { badgeId, reason: 'Encore une fois' }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('ST-17 through the page of the school, the published list changes in just one bit, at once and signed', async () => {
  await approved()
  await runNextJob(world)
  const { public_id: badgeId, badge_document: document } = await badge()
  const { credentialStatus } = JSON.parse(document ?? '') as Json
  const served = () =>
    request(createApp(world)).get(new URL(credentialStatus.statusListCredential).pathname)
  const bitsOf = ({ text }: { text: string }) =>
    decodeStatusList((JSON.parse(text) as Json).credentialSubject.encodedList) as Uint8Array
  const before = bitsOf(await served().expect(200))
  await revokeBadge(world, story.head, { badgeId, reason: 'Délivré par erreur' })
  const answer = await served().expect(200)
  const after = bitsOf(answer)
  const changed = [...after].flatMap((byte, at) =>
    Array.from({ length: 8 }, (_, bit) => at * 8 + bit).filter(
      (place) => ((byte ^ (before[at] ?? 0)) >> (7 - (place & 7))) & 1,
    ),
  )
  expect(after.length).toBe(before.length)
  expect(changed).toEqual([Number(credentialStatus.statusListIndex)])
  // Nobody may show an older one for longer than a minute.
  const maxAge = Number(/max-age=(\d+)/.exec(answer.get('cache-control') ?? '')?.[1] ?? 0)
  expect(maxAge).toBeLessThanOrEqual(60)
  const list = JSON.parse(answer.text) as Json
  const [proof] = [list.proof].flat() as Json[]
  const { [0]: result } = await checkProofs(
    list,
    () => String(proof?.verificationMethod).split('#')[1],
    world.now(),
  )
  expect(result).toMatchObject({ result: 'pass' })
})

describe('the endorsement of the definition in a badge', () => {
  const definitionEndorsement = () =>
    world.db.selectFrom('definition_endorsements').selectAll().executeTakeFirst()
  const targets = async () => {
    const { endorsements, verdict: all } = await verdict((await badge()).badge_document ?? '')
    return [all, ...endorsements.map(({ target, verdict: one }) => `${target} ${one}`).sort()]
  }

  test('is the one that was signed when the version was published, byte for byte', async () => {
    await approved()
    await runNextJob(world)
    expect((await badge()).badge_document).toContain((await definitionEndorsement())?.document)
  })

  test('is signed first when the badge is quicker than its job, which then changes nothing', async () => {
    await world.db.deleteFrom('definition_endorsements').execute()
    await approved()
    await runNextJob(world)
    const before = await definitionEndorsement()
    expect(await targets()).toEqual(['valid', 'achievement valid', 'award valid'])
    await world.db.updateTable('jobs').set({ finished_at: null, leased_until: null }).execute()
    await runNextJob(world)
    expect(await definitionEndorsement()).toEqual(before)
  })

  test('and that of the award tell one company, even when its name has changed between them', async () => {
    await world.db
      .updateTable('organisations')
      .set({ name: 'Lac Composites DÉMO', website: 'https://lac.example.org' })
      .where('kind', '=', 'company')
      .execute()
    await approved()
    await runNextJob(world)
    expect(await targets()).toEqual(['valid', 'achievement valid', 'award valid'])
  })

  const voided = () => world.db.selectFrom('voided_badges').selectAll().executeTakeFirstOrThrow()

  test('is of what the badge says: a definition that was touched since voids the badge', async () => {
    await approved()
    const definition = JSON.stringify({ ...aDefinition, criteria: 'Tout le monde l’obtient.' })
    await world.db.updateTable('template_versions').set({ definition }).execute()
    await runNextJob(world)
    expect(await voided()).toMatchObject({ reason: 'not-signable' })
    expect(await state()).toBe('open')
  })

  test('must hold: a company that has withdrawn it voids the badge', async () => {
    const { status_entry_id: entry } = (await definitionEndorsement())!
    await world.db
      .updateTable('status_entries')
      .set({ revoked_at: world.now().toISOString() })
      .where('id', '=', entry)
      .execute()
    await approved()
    await runNextJob(world)
    expect(await voided()).toMatchObject({ reason: 'not-signable' })
    expect(await state()).toBe('open')
  })
})

test('the running service verifies its own badge without asking the network, and serves its list', async () => {
  await approved()
  await runNextJob(world)
  const { badge_document: document } = await badge()
  const app = createApp(world)
  const { body } = await request(app)
    .post('/verifications')
    .type('application/vc')
    .send(document ?? '')
    .expect(200)
  expect(body).toMatchObject({ verdict: 'valid', trusted: true })
  const { statusListCredential } = (
    JSON.parse(document ?? '') as { credentialStatus: { statusListCredential: string } }
  ).credentialStatus
  const list = await request(app).get(new URL(statusListCredential).pathname).expect(200)
  expect(list.body).toMatchObject({
    id: statusListCredential,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
  })
})

describe('what a dossier refuses', () => {
  test('EN-01 who proposed does not approve, who assessed does not endorse', async () => {
    await propose(world, story.head, dossierId)
    await assess(world, story.tutor, await committed())
    await expect(endorse(world, story.tutor, await committed())).rejects.toMatchObject({
      code: 'forbidden',
    })
    await endorse(world, story.boss, await committed())
    await expect(approve(world, story.head, await committed())).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await state()).toBe('endorsed')
  })

  test('EN-04 nobody commits to something else than what they were shown', async () => {
    await propose(world, story.teacher, dossierId)
    const other = { ...(await committed()), digest: 'b'.repeat(64) }
    await expect(assess(world, story.tutor, other)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('EN-08 a step that waited for more than 14 days is gone', async () => {
    await propose(world, story.teacher, dossierId)
    world.clock.advance(14 * DAY + 1)
    await expect(assess(world, story.tutor, await committed())).rejects.toMatchObject({
      code: 'gone',
    })
  })

  test('EN-07 a token takes no step', async () => {
    await propose(world, story.teacher, dossierId)
    const program = { ...story.tutor, via: 'token' as const }
    await expect(assess(world, program, await committed())).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('a second dossier of the same student for the same badge is refused, and so is a step out of order', async () => {
    await expect(openDossier(world, story.teacher, story)).rejects.toMatchObject({
      code: 'conflict',
    })
    await propose(world, story.teacher, dossierId)
    await expect(propose(world, story.teacher, dossierId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('OB-01 a company that is no partner of the class does not endorse', async () => {
    await propose(world, story.teacher, dossierId)
    await assess(world, story.tutor, await committed())
    await world.db.updateTable('class_companies').set({ until_day: '2026-11-01' }).execute()
    await expect(endorse(world, story.boss, await committed())).rejects.toMatchObject({
      rule: 'OB-01',
    })
  })

  test('OB-07 a fact outside the enrolment does not count', async () => {
    await world.db.updateTable('enrolments').set({ until_day: '2026-11-06' }).execute()
    await expect(propose(world, story.teacher, dossierId)).rejects.toMatchObject({
      code: 'rule-refused',
    })
  })

  test('an incomplete dossier says that something is missing', async () => {
    await world.db.updateTable('placements').set({ days_done: 4 }).execute()
    await expect(propose(world, story.teacher, dossierId)).rejects.toThrow('lacks 1 requirement')
  })
})
