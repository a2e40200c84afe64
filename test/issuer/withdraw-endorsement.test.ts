import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { seeBadge } from '../../src/issuer/see-badges.js'
import {
  withdrawFromAward,
  withdrawFromDefinition,
} from '../../src/issuer/withdrawals/withdraw-endorsement.js'
import { withdraw } from '../../src/issuer/withdraw.js'
import { findVersion } from '../../src/templates/store.js'
import { validateAudit } from '../../src/store/audit.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { hiddenOf, openTab } from '../http/dossier-tab.js'
import { asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { aCompany } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { firstBadge } from './stored.js'
import { tell, type Story } from './story.js'

const SAID = { function: 'Directrice', reason: 'La pièce montrée n’était pas la sienne' }

let world: World
let story: Story
let badgeId: string
let templateId: string
let dossier: ReturnType<typeof stepsOf>

beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossier = stepsOf(world, story, await openDossier(world, story.teacher, story))
  templateId = (await findVersion(world.db, story.versionId))!.templatePublicId
})

async function issued(): Promise<void> {
  await dossier.upTo('approve')
  while (await runNextJob(world));
  badgeId = (await firstBadge(world.db)).public_id
}

async function verified() {
  const { badge_document } = await firstBadge(world.db)
  const around = { lookups: lookupsOf(world), now: world.now(), language: 'fr' as const }
  return verifyBadge(Buffer.from(badge_document ?? ''), around)
}

const outbox = () => world.db.selectFrom('outbox_mails').selectAll().execute()

describe('a company withdraws its endorsement of an award', () => {
  beforeEach(issued)

  test('the badge stays valid and says so, the school is told, the audit has it', async () => {
    expect((await verified()).warnings).toEqual([])
    await withdrawFromAward(world, story.boss, { ...SAID, badgeId })
    const report = await verified()
    expect(report.verdict).toBe('valid')
    expect(report.warnings).toMatchObject([{ code: 'endorsement_withdrawn' }])
    expect(await seeBadge(world, story.head, badgeId)).toMatchObject({
      state: 'valid',
      withdrawn: [{ of: 'award', company: 'Composites du Lac DÉMO', ...SAID }],
      mayWithdraw: false,
    })
    const mails = await outbox()
    expect(mails).toMatchObject([{ to_person_id: story.head.personId }])
    expect(mails[0]!.body).not.toMatch(/Zoé|Kerguélen|sienne/)
    expect(await auditOf(world)).toContain('endorsement.withdrawn')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('once, and only its own entry of the list is set', async () => {
    await withdrawFromAward(world, story.boss, { ...SAID, badgeId })
    const again = withdrawFromAward(world, story.admin, { ...SAID, badgeId })
    expect(await refusalOf(again)).toMatchObject({ code: 'conflict' })
    const { endorsement_entry_id } = await firstBadge(world.db)
    const set = await world.db
      .selectFrom('status_entries')
      .select('id')
      .where('revoked_at', 'is not', null)
      .execute()
    expect(set).toEqual([{ id: endorsement_entry_id }])
  })

  test('with a reason that everybody may read: the student is not named in it', async () => {
    for (const reason of ['Zoé n’y était pas', 'non']) {
      const tried = withdrawFromAward(world, story.boss, { ...SAID, reason, badgeId })
      expect((await refusalOf(tried)).fields).toMatchObject([{ pointer: '/reason' }])
    }
  })

  test('nobody else does: no school, no other company, no token', async () => {
    const other = await aCompany(world, 'Plasturgie du Doubs', '00099002800011')
    const held = { role: 'company-admin', organisationId: other.id } as const
    const rival = await asActor(world, await somebody(world, 'rival@example.org', held))
    const tried = async (actor: typeof rival) =>
      (await refusalOf(withdrawFromAward(world, actor, { ...SAID, badgeId }))).code
    expect(await tried(rival)).toBe('not-found')
    expect(await tried(story.head)).toBe('not-found')
    expect(await tried({ ...story.boss, via: 'token' })).toBe('forbidden')
    expect((await verified()).warnings).toEqual([])
  })

  test('by the page of the badge, which then says it to the school and on its page', async () => {
    const boss = await openTab(createApp(world)).signIn('boss@example.org')
    const path = `/badges/${badgeId}/endorsement`
    expect((await boss.get(`/badges/${badgeId}`)).text).toContain(path)
    const { _csrf = '' } = hiddenOf((await boss.get(path)).text, {})
    const empty = await boss.post(path, { _csrf, function: 'Directrice', reason: '' })
    expect(empty.status).toBe(400)
    expect(empty.text).toContain('id="error-reason"')
    expect((await boss.post(path, { _csrf, ...SAID })).status).toBe(303)
    const head = await openTab(createApp(world)).signIn('head@example.org')
    const { text } = await head.get(`/badges/${badgeId}`)
    expect(text).toContain('a retiré son endossement de ce badge')
    expect(text).toContain(SAID.reason)
    expect((await boss.get(path)).status).toBe(404)
  })
})

describe('a company withdraws its endorsement of a definition', () => {
  const input = () => ({ ...SAID, reason: 'Ces critères sont dépassés', templateId, version: 1 })

  test('badges that were issued stay valid and say so; its page too', async () => {
    await issued()
    await withdrawFromDefinition(world, story.admin, input())
    const report = await verified()
    expect(report.verdict).toBe('valid')
    expect(report.warnings).toMatchObject([{ code: 'endorsement_withdrawn' }])
    expect(await seeBadge(world, story.head, badgeId)).toMatchObject({
      withdrawn: [{ of: 'definition', reason: 'Ces critères sont dépassés' }],
    })
    const { text } = await request(createApp(world))
      .get(`/achievements/${templateId}/v/1`)
      .set('Accept', 'text/html')
      .expect(200)
    expect(text).toContain('a retiré son endossement de cette définition')
    expect(await outbox()).toMatchObject([{ to_person_id: story.head.personId }])
    const again = withdrawFromDefinition(world, story.admin, input())
    expect(await refusalOf(again)).toMatchObject({ code: 'conflict' })
  })

  test('no dossier is opened, proposed or endorsed for it any more', async () => {
    await dossier.upTo('assess')
    await withdrawFromDefinition(world, story.admin, input())
    expect(await refusalOf(dossier.endorse())).toMatchObject({ code: 'rule-refused' })
    await withdraw(world, story.teacher, (await dossier.row()).public_id)
    expect(await refusalOf(dossier.propose())).toMatchObject({ code: 'rule-refused' })
    const opening = openDossier(world, story.teacher, story)
    expect(await refusalOf(opening)).toMatchObject({ code: 'rule-refused' })
  })

  test('what was approved before and is not signed yet is not signed: its approval is void', async () => {
    await dossier.upTo('approve')
    await withdrawFromDefinition(world, story.admin, input())
    while (await runNextJob(world));
    expect(await dossier.row()).toMatchObject({ state: 'open', reopen_reason: 'not-signable' })
  })
})
