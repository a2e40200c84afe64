import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { holdBadge } from '../../src/issuer/hold-badge.js'
import { issueBadge } from '../../src/issuer/issue-badge.js'
import { HOLD_REASONS, REPLACEMENT_REASONS } from '../../src/issuer/life-reasons.data.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { ACT_WORDS, mailOf } from '../../src/issuer/notice-words.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { propose } from '../../src/issuer/propose.js'
import { seePublicBadge } from '../../src/issuer/public-badge.js'
import { replaceBadge } from '../../src/issuer/replace-badge.js'
import { restoreBadge } from '../../src/issuer/restore-badge.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { seeBadge } from '../../src/issuer/see-badges.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { standingOf } from '../../src/issuer/standing.js'
import { currentStatusList } from '../../src/issuer/status.js'
import { validateAudit } from '../../src/store/audit.js'
import { copySqlite } from '../support/copy-sqlite.js'
import { openDatabase } from '../../src/store/open.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { aLycee, asActor, auditOf, somebody } from '../people/people.js'
import { meanwhile } from '../support/meanwhile.js'
import { openWorld, type World } from '../support/world.js'
import { replacementOf } from './lineage-story.js'
import { CANARIES, issue, type Issued } from './share-story.js'
import { storedBadges } from './stored.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
})

const hold = (over: Partial<Parameters<typeof holdBadge>[2]> = {}) =>
  holdBadge(world, story.head, {
    badgeId: story.badgeId,
    reason: 'fact',
    note: 'Voir M. Blin',
    ...over,
  })
const restore = () => restoreBadge(world, story.head, { badgeId: story.badgeId })
const revoke = (badgeId = story.badgeId) =>
  revokeBadge(world, story.head, { badgeId, reason: 'Délivré par erreur' })
const replace = (actor = story.teacher, reason = 'fact') =>
  replaceBadge(world, actor, { badgeId: story.badgeId, reason })
const mine = (badgeId = story.badgeId) => seeMyBadge(world, story.student, badgeId)
const badges = () => storedBadges(world.db)
const notices = () => world.db.selectFrom('badge_notices').selectAll().orderBy('id').execute()
const mails = () => world.db.selectFrom('outbox_mails').selectAll().orderBy('id').execute()
const lists = async () => {
  const rows = await world.db.selectFrom('status_lists').select('public_id').execute()
  return Promise.all(rows.map(({ public_id }) => currentStatusList(world, public_id)))
}
async function verified(document = story.document) {
  const around = { lookups: lookupsOf(world), now: world.now(), language: 'fr' as const }
  const report = await verifyBadge(Buffer.from(document), around)
  return { ...report, status: report.checks.find(({ name }) => name === 'status') }
}
const work = async () => {
  while (await runNextJob(world));
}
async function shared(badgeId = story.badgeId) {
  const { url } = await shareBadge(world, story.student, { badgeId, label: 'CV' })
  return () => seePublicBadge(world, url.split('/b/')[1] ?? '', 'fr')
}

describe('a badge that is held', () => {
  test('ST-12 is invalid and suspended to our verifier, on every page, while no list says so', async () => {
    const before = await lists()
    const open = await shared()
    expect(standingOf(await open())).toBe('valid')
    await hold()
    expect(await verified()).toMatchObject({
      verdict: 'invalid',
      status: { result: 'fail', code: 'suspended' },
    })
    expect(standingOf(await open())).toBe('suspended')
    expect(await mine()).toMatchObject({ state: 'suspended' })
    expect(await seeBadge(world, story.boss, story.badgeId)).toMatchObject({ state: 'suspended' })
    expect(await lists()).toEqual(before)
    expect(await checkBadges(world)).toEqual({ badges: 1, faults: [] })
  })

  test('counts again once it is given back, and staff read what was', async () => {
    await hold()
    world.clock.advance(60_000)
    await restore()
    expect(await verified()).toMatchObject({ verdict: 'valid', status: { result: 'pass' } })
    expect((await mine()).state).toBe('valid')
    const { history } = await seeBadge(world, story.teacher, story.badgeId)
    expect(history).toMatchObject([
      { words: ACT_WORDS.restore, reason: undefined, by: 'Camille Martin' },
      { words: ACT_WORDS.hold, reason: HOLD_REASONS.fact, note: 'Voir M. Blin' },
    ])
    for (const actor of [story.boss, story.student])
      expect(await seeBadge(world, actor, story.badgeId)).toMatchObject({ history: [], may: [] })
    expect((await auditOf(world)).slice(-2)).toEqual(['badge.held', 'badge.restored'])
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('twice is held once, and given back twice is given back once', async () => {
    await hold()
    await hold({ reason: 'other' })
    expect(await notices()).toMatchObject([{ act: 'hold', reason: 'fact' }])
    await restore()
    await restore()
    expect((await notices()).map(({ act }) => act)).toEqual(['hold', 'restore'])
    expect(await mails()).toHaveLength(2)
  })

  test('is revoked for good: then it is neither held nor given back', async () => {
    await hold()
    await revoke()
    expect((await verified()).status).toMatchObject({ code: 'revoked' })
    await expect(hold()).rejects.toMatchObject({ code: 'conflict' })
    await expect(restore()).rejects.toMatchObject({ code: 'conflict' })
    expect((await notices()).map(({ act }) => act)).toEqual(['hold', 'revoke'])
  })

  test('that was revoked between reading and writing stays revoked', async () => {
    const raced = meanwhile(world, () => revoke())
    const held = holdBadge(raced, story.head, { badgeId: story.badgeId, reason: 'fact' })
    await expect(held).rejects.toMatchObject({ code: 'conflict' })
    expect(await badges()).toMatchObject([{ held_at: null }])
  })

  test('needs a reason of the list and a note that is not too long', async () => {
    await expect(hold({ reason: 'Zoé' })).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(hold({ note: 'x'.repeat(301) })).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await notices()).toEqual([])
  })

  test('is so by an approver of its school alone; to strangers it is not there', async () => {
    const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const held = { role: 'school-approver', organisationId: other.id } as const
    const stranger = await asActor(world, await somebody(world, 'x@example.org', held))
    const input = { badgeId: story.badgeId, reason: 'fact' }
    for (const act of [holdBadge, restoreBadge]) {
      await expect(act(world, story.teacher, input)).rejects.toMatchObject({ code: 'forbidden' })
      for (const actor of [story.boss, story.student])
        await expect(act(world, actor, input)).rejects.toMatchObject({ code: 'not-found' })
    }
    for (const act of [holdBadge, restoreBadge, replaceBadge]) {
      await expect(act(world, stranger, input)).rejects.toMatchObject({ code: 'not-found' })
      const nothing = { ...input, badgeId: 'nothing' }
      await expect(act(world, story.head, nothing)).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(replace(story.boss)).rejects.toMatchObject({ code: 'not-found' })
    expect(await notices()).toEqual([])
  })

  test('is none before it is released', async () => {
    await replacementOf(world, story)
    const waiting = (await badges())[1]!.public_id
    const input = { badgeId: waiting, reason: 'fact' }
    await expect(holdBadge(world, story.head, input)).rejects.toMatchObject({ code: 'conflict' })
    await expect(replaceBadge(world, story.head, input)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a badge that is replaced', () => {
  test('counts until the corrected one is released, and is revoked at that moment', async () => {
    const dossierId = await replacementOf(world, story)
    expect(await verified()).toMatchObject({ verdict: 'valid' })
    expect((await mine()).lineage).toMatchObject({ replacedBy: null, underWay: dossierId })
    await work()
    const [old, newer] = await badges()
    expect(newer!.released_at).toBe(old!.revoked_at)
    expect(await verified()).toMatchObject({ verdict: 'invalid', status: { code: 'revoked' } })
    expect((await verified()).status!.message).toContain('remplacé par un plus récent')
    expect(await verified(newer!.badge_document!)).toMatchObject({ verdict: 'valid' })
    expect(await checkBadges(world)).toEqual({ badges: 2, faults: [] })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    const line = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'badge.revoked')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(line.details)).toEqual({ reason: 'replaced', by: newer!.public_id })
  })

  test('and the other are linked for staff, the company and the student, and for nobody who has a link', async () => {
    const open = await shared()
    await replacementOf(world, story)
    await work()
    const newer = (await badges())[1]!
    const openNewer = await shared(newer.public_id)
    expect((await mine()).lineage).toMatchObject({ replacedBy: newer.public_id })
    expect((await mine(newer.public_id)).lineage).toMatchObject({ replaces: story.badgeId })
    for (const actor of [story.teacher, story.boss, story.student]) {
      const of = async (id: string) => (await seeBadge(world, actor, id)).lineage
      expect((await of(story.badgeId)).replacedBy).toBe(newer.public_id)
      expect((await of(newer.public_id)).replaces).toBe(story.badgeId)
    }
    const told = await open()
    expect(told.revocation).toMatchObject({ replaced: true, reason: null })
    for (const id of [newer.public_id, newer.credential_id])
      expect(JSON.stringify(told)).not.toContain(id)
    const [old] = await badges()
    for (const id of [story.badgeId, old!.credential_id])
      expect(JSON.stringify(await openNewer())).not.toContain(id)
  })

  test('is so by one other: who asks again gets its dossier, until it is replaced', async () => {
    const dossierId = await replace()
    expect(await replace(story.head, 'error')).toBe(dossierId)
    await expect(openDossier(world, story.teacher, story)).rejects.toMatchObject({
      code: 'conflict',
    })
    await propose(world, story.teacher, dossierId)
    const shown = await seeDossier(world, story.boss, dossierId)
    expect(shown.replaces).toMatchObject({ reason: REPLACEMENT_REASONS.fact, note: null })
  })

  test('a replacement can be replaced, and each says what came before it and after it', async () => {
    await replacementOf(world, story)
    await work()
    await expect(replace()).rejects.toMatchObject({ code: 'conflict' })
    const second = (await badges())[1]!.public_id
    await replacementOf(world, story, second)
    await work()
    const third = (await badges())[2]!.public_id
    expect((await mine(second)).lineage).toMatchObject({
      replaces: story.badgeId,
      replacedBy: third,
    })
    expect((await badges()).map(({ revoked_at }) => revoked_at === null)).toEqual([
      false,
      false,
      true,
    ])
  })

  test('one that is held stays held until then; one that was revoked keeps its reason', async () => {
    await hold()
    await replacementOf(world, story)
    await revoke()
    await work()
    const [old, newer] = await badges()
    expect(old!.revocation_reason).toBe('Délivré par erreur')
    expect(newer!.released_at).not.toBeNull()
    expect((await mine()).lineage.replacedBy).toBe(newer!.public_id)
    expect((await notices()).map(({ act }) => act)).toEqual(['hold', 'revoke', 'replace'])
  })

  test('a corrected badge that is revoked before its release leaves the old one as it is', async () => {
    await replacementOf(world, story)
    await revoke((await badges())[1]!.public_id)
    await work()
    expect(await badges()).toMatchObject([{ revoked_at: null }])
    expect(await verified()).toMatchObject({ verdict: 'valid' })
    expect(await notices()).toEqual([])
  })

  test('a process that dies anywhere leaves the old one counting, or both done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sceau-lineage-'))
    const file = join(folder, 'approved.sqlite')
    world = await openWorld({ db: await openDatabase(`sqlite:${file}`) })
    story = await issue(world)
    const dossierId = await replacementOf(world, story)
    const { id } = await world.db
      .selectFrom('dossiers')
      .select('id')
      .where('public_id', '=', dossierId)
      .executeTakeFirstOrThrow()
    const approved = world
    let finished = false
    for (let at = 1; !finished; at += Number(process.env.SCEAU_CRASH_EVERY ?? 4)) {
      const copy = join(folder, `${at}.sqlite`)
      await copySqlite(file, copy)
      world = { ...approved, db: await openDatabase(`sqlite:${copy}`) }
      finished = await issueBadge(
        { ...world, db: world.db.withPlugin(dyingAt(at)) },
        { dossierId: id },
      ).then(
        () => true,
        () => false,
      )
      const [old, newer] = await badges()
      expect(old!.revoked_at !== null, `died before statement ${at}`).toBe(
        newer!.released_at !== null,
      )
      expect((await notices()).length).toBe(newer!.released_at === null ? 0 : 1)
      await issueBadge(world, { dossierId: id })
      expect((await badges()).map(({ revoked_at }) => revoked_at !== null)).toEqual([true, false])
      expect((await mails()).length).toBe(1)
      await world.db.destroy()
    }
    await approved.db.destroy()
    rmSync(folder, { recursive: true })
  }, 120_000)
})

describe('its holder', () => {
  test('is told of each act on its page and by mail, in plain words and without a datum of anybody', async () => {
    await hold()
    await restore()
    await replacementOf(world, story)
    await work()
    await revoke((await badges())[1]!.public_id)
    const sent = await mails()
    expect(sent).toHaveLength(4)
    expect(new Set(sent.map(({ subject }) => subject))).toEqual(
      new Set(['Sceau\u00a0: un de vos badges a changé']),
    )
    for (const { body, to_person_id } of sent) {
      expect(to_person_id).toBe(story.student.personId)
      for (const canary of [...CANARIES, 'Blin', 'Martin', 'Tilleuls', 'composite', 'par erreur'])
        expect(body).not.toMatch(canary)
      expect(body).toContain(`${world.config.publicUrl}/my-badges/`)
      expect(body).toContain('direction de votre lycée')
    }
    expect(sent[0]!.body).toContain(HOLD_REASONS.fact.fr)
    expect(sent[2]!.body).toContain(REPLACEMENT_REASONS.comment.fr)
    const { notices: told } = await mine()
    expect(told).toHaveLength(3)
    expect(told[2]).toMatchObject({ reason: HOLD_REASONS.fact })
    expect(JSON.stringify(told)).not.toMatch(/Blin|frappe|Martin/)
  })

  test('without an address reads it on the page; in English whoever reads English', async () => {
    await world.db
      .updateTable('persons')
      .set({ email: null })
      .where('id', '=', story.student.personId)
      .execute()
    await hold()
    expect(await mails()).toEqual([])
    expect((await mine()).notices).toHaveLength(1)
    await world.db
      .updateTable('persons')
      .set({ email: 'student@example.org', language: 'en' })
      .where('id', '=', story.student.personId)
      .execute()
    await restore()
    expect(await mails()).toMatchObject([
      { language: 'en', subject: mailOf({ act: 'restore', reason: null }, 'en', '').subject },
    ])
  })

  test('is not told of what did not happen', async () => {
    const broken = {
      ...world,
      newId: () => {
        throw new Error('no id')
      },
    }
    await expect(
      holdBadge(broken, story.head, { badgeId: story.badgeId, reason: 'fact' }),
    ).rejects.toThrow('no id')
    expect(await badges()).toMatchObject([{ held_at: null }])
    expect(await notices()).toEqual([])
  })
})

/** A process that dies before its nth statement: nothing after it happens. */
function dyingAt(statement: number): KyselyPlugin {
  let seen = 0
  return {
    transformQuery({ node }) {
      seen += 1
      if (seen >= statement) throw new Error('the process is dead')
      return node
    },
    transformResult: async ({ result }) => result,
  }
}
