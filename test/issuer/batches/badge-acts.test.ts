import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { BadgeAct } from '../../../src/issuer/batches/acts.data.js'
import { readRows } from '../../../src/issuer/batches/preview-csv.js'
import { seeBatch } from '../../../src/issuer/batches/see-batch.js'
import { MOST_ALONE, secondBatch } from '../../../src/issuer/batches/second.js'
import { startBatch } from '../../../src/issuer/batches/start-batch.js'
import { steerBatch } from '../../../src/issuer/batches/steer-batch.js'
import type { Actor } from '../../../src/context.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { runNextJob } from '../../../src/worker.js'
import { hiddenOf, openTab } from '../../http/dossier-tab.js'
import { asActor, somebody } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { aClassOf } from '../class-story.js'
import { stepsOf } from '../steps.js'
import { tell, type Story } from '../story.js'
import { receiptIn } from '../../../src/issuer/batches/store-receipts.js'

let world: World
let story: Story
let deputy: Actor
let keys = 0
const COMMENT = 'Un travail soigné, du moule au démoulage.'
const work = async () => {
  while (await runNextJob(world));
}

/** A class whose students all have their badge. @returns the batch that has issued them */
async function issued(size: number): Promise<string> {
  world = await openWorld()
  story = await tell(world)
  await makeServiceKey(world)
  const schoolId = story.head.assignments[0]!.organisationId!
  const held = { role: 'school-approver', organisationId: schoolId } as const
  deputy = await asActor(world, await somebody(world, 'deputy@example.org', held))
  const students = await aClassOf(world, story, size)
  const dossiers = async () =>
    (await world.db.selectFrom('dossiers').selectAll().orderBy('id').execute())
      .filter(({ state }) => state !== 'issued')
      .map((row) => ({ dossierId: row.public_id, digest: row.digest ?? '' }))
  const said = { function: 'Tuteur', comment: COMMENT }
  let id = ''
  for (const [act, actor] of [
    ['propose', story.teacher],
    ['assess', story.tutor],
    ['endorse', story.boss],
    ['approve', story.head],
  ] as const) {
    const rows =
      act === 'propose'
        ? students.map((studentId) => ({ studentId, versionId: story.versionId }))
        : await dossiers()
    id = await startBatch(world, actor, { act, rows, key: `${(keys += 1)}`, ...said })
    await work()
  }
  return id
}

const badges = () => world.db.selectFrom('badges').selectAll().orderBy('id').execute()
const rows = async (ids?: readonly number[]) =>
  (await badges())
    .filter(({ id }) => ids?.includes(id) ?? true)
    .map(({ public_id: badgeId }) => ({ badgeId }))
const reasonOf = (act: BadgeAct) =>
  act === 'revoke' ? 'Délivrés par erreur' : act === 'hold' ? 'fact' : 'comment'
const start = async (act: BadgeAct, of = rows(), actor = story.head, key = `${(keys += 1)}`) =>
  startBatch(world, actor, {
    act,
    rows: await of,
    reason: reasonOf(act),
    key,
    comment: 'Voir M. Blin',
  })
const see = (id: string, actor = story.head) => seeBatch(world, actor, { id, page: 1 })
const replacements = () =>
  world.db
    .selectFrom('dossiers')
    .selectAll()
    .where('replaces_badge_id', 'is not', null)
    .orderBy('id')
    .execute()
const dossiersOf = async (of: readonly { dossier_id: number }[]) => {
  const all = await world.db.selectFrom('dossiers').select(['id', 'public_id']).execute()
  return of.map(({ dossier_id }) => all.find(({ id }) => id === dossier_id)!.public_id)
}
const batchOf = (id: string) =>
  world.db.selectFrom('batches').selectAll().where('public_id', '=', id).executeTakeFirstOrThrow()
const notices = () => world.db.selectFrom('badge_notices').selectAll().orderBy('id').execute()

describe('a selection of badges', () => {
  beforeEach(async () => {
    await issued(3)
  })

  test('is held, given back, replaced: each row by the act of one alone, each holder told', async () => {
    const [first, second] = await badges()
    await start('hold', rows([first!.id, second!.id]))
    await work()
    expect((await badges()).map(({ held_at }) => held_at !== null)).toEqual([true, true, false])
    expect(await notices()).toMatchObject(
      Array(2).fill({ act: 'hold', reason: 'fact', note: 'Voir M. Blin' }),
    )
    const again = await start('hold')
    await work()
    expect(await see(again)).toMatchObject({ counts: { done: 3 }, standing: 'finished' })
    expect(await notices()).toHaveLength(3)
    await start('restore')
    await work()
    expect((await badges()).map(({ held_at }) => held_at)).toEqual([null, null, null])
    await start('replace', rows([first!.id]), story.teacher)
    await work()
    expect(await replacements()).toMatchObject([{ replaces_badge_id: first!.id, state: 'open' }])
  })

  test('replaced, it names the dossiers that were opened: in receipt, table and page', async () => {
    const two = (await badges()).slice(0, 2)
    const id = await start('replace', rows(two.map((badge) => badge.id)), story.teacher)
    const dossier = async () =>
      (await see(id, story.teacher)).rows.map(({ dossierId }) => dossierId)
    expect(await dossier()).toEqual(await dossiersOf(two))
    await work()
    const opened = (await replacements()).map(({ public_id }) => public_id)
    expect(opened).toHaveLength(2)
    const batch = await batchOf(id)
    expect(JSON.parse(receiptIn(batch)!)).toMatchObject({
      rows: two.map(({ public_id: badge }, at) => ({
        ...{ badge, dossier: opened[at], outcome: 'done' },
      })),
    })
    const tab = await openTab(createApp(world)).signIn('teacher@example.org')
    const { text } = await tab.get(`/batches/${id}`)
    const csv = (await tab.post(`/batches/${id}/rows.csv`, hiddenOf(text, {}))).text
    for (const [at, { public_id: old }] of two.entries()) {
      expect(text).toContain(`href="/dossiers/${opened[at]}"`)
      expect(text).not.toContain(`href="/badges/${old}"`)
      expect(csv).toMatch(new RegExp(`${opened[at]}.*${old}`))
    }
  })

  test('replaced already, it is refused, and its row keeps the dossier of the badge', async () => {
    const [first] = await badges()
    await start('replace', rows([first!.id]), story.teacher)
    await work()
    const [opened] = await replacements()
    await stepsOf(world, story, opened!.public_id).upTo('approve')
    await work()
    const id = await start('replace', rows([first!.id]), story.teacher)
    await work()
    const [dossier] = await dossiersOf([first!])
    expect(JSON.parse(receiptIn(await batchOf(id))!)).toMatchObject({
      rows: [{ badge: first!.public_id, dossier, outcome: 'refused' }],
    })
  })

  test('ends row by row: what is revoked is refused in its own sentence, and stops no other', async () => {
    const [first] = await badges()
    await start('revoke', rows([first!.id]))
    await work()
    const id = await start('hold')
    await work()
    const { rows: lines, counts } = await see(id)
    expect(counts).toMatchObject({ done: 2, refused: 1 })
    expect(lines[0]!.why!.fr).toContain('révoqué, pour de bon')
  })

  test('sent twice with one key is done once', async () => {
    const one = await start('hold', rows(), story.head, 'same')
    await work()
    expect(await start('hold', rows(), story.head, 'same')).toBe(one)
    await work()
    expect(await notices()).toHaveLength(3)
  })

  test('sent with the key of a batch of other badges, another reason or other words is refused', async () => {
    const [first, second, third] = await rows()
    const asked = { act: 'hold', rows: [first!, second!], reason: 'fact', key: 'same' } as const
    const one = await startBatch(world, story.head, asked)
    const others: Partial<Parameters<typeof startBatch>[2]>[] = [
      { rows: [first!] },
      { rows: [first!, third!] },
      { rows: [second!, first!] },
      { rows: [{ ...first!, comment: 'Sans le poinçon' }, second!] },
      { reason: 'comment' },
      { comment: 'Voir M. Blin' },
      { act: 'restore' },
    ]
    for (const other of others)
      await expect(startBatch(world, story.head, { ...asked, ...other })).rejects.toMatchObject({
        code: 'conflict',
      })
    expect(await startBatch(world, story.head, { ...asked, comment: '' })).toBe(one)
    await work()
    expect(await notices()).toHaveLength(2)
  })

  test('sent with the key of a batch made before its request was kept is told apart by its act', async () => {
    const asked = { act: 'hold', rows: await rows(), reason: 'fact', key: 'old' } as const
    const one = await startBatch(world, story.head, asked)
    await world.db.updateTable('batches').set({ request_digest: null }).execute()
    expect(await startBatch(world, story.head, { ...asked, reason: 'comment' })).toBe(one)
    const other = startBatch(world, story.head, { ...asked, act: 'restore' })
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
  })

  test('goes with its replacement through the batches of its class, and only the one that counts is revoked', async () => {
    const [first] = await badges()
    await start('replace', rows([first!.id]), story.teacher)
    await work()
    const students = await world.db
      .selectFrom('students')
      .select('public_id')
      .orderBy('id')
      .execute()
    const all = students.map(({ public_id: studentId }) => ({
      studentId,
      versionId: story.versionId,
    }))
    const key = `${(keys += 1)}`
    const id = await startBatch(world, story.teacher, { act: 'propose', rows: all, key })
    await work()
    expect(await see(id, story.teacher)).toMatchObject({ counts: { done: 1, refused: 2 } })
  })
})

describe('a CSV', () => {
  test('finds the badge that counts, also while its replacement is under way and after it', async () => {
    await issued(2)
    const [first] = await badges()
    const { public_id: template } = await world.db
      .selectFrom('templates')
      .select('public_id')
      .executeTakeFirstOrThrow()
    const file = Buffer.from(`élève;badge;commentaire\n${story.studentId};${template};Vu\n`)
    const read = () => readRows(world, story.head, { act: 'hold', file })
    const found = { rows: [{ badgeId: first!.public_id, comment: 'Vu' }], faults: [] }
    expect(await read()).toMatchObject(found)
    await start('replace', rows([first!.id]), story.teacher)
    await work()
    expect(await read()).toMatchObject(found)
    const replacing = await world.db
      .selectFrom('dossiers')
      .select('public_id')
      .where('replaces_badge_id', '=', first!.id)
      .executeTakeFirstOrThrow()
    await stepsOf(world, story, replacing.public_id).upTo('approve')
    await work()
    const newer = (await badges()).at(-1)!
    expect(await read()).toMatchObject({ rows: [{ badgeId: newer.public_id }], faults: [] })
  })
})

describe('more than ten', () => {
  let approved: string
  beforeEach(async () => {
    approved = await issued(MOST_ALONE + 1)
  }, 60_000)

  test('wait for a second person, who is not the one who made the batch', async () => {
    for (const act of ['hold', 'restore', 'revoke'] as const) {
      const id = await start(act)
      await work()
      const seen = await see(id)
      expect(seen).toMatchObject({ standing: 'waiting', maySecond: false, counts: { done: 0 } })
      await expect(secondBatch(world, story.head, id)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(secondBatch(world, story.boss, id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(secondBatch(world, story.teacher, id)).rejects.toMatchObject({
        code: 'not-found',
      })
      const program = { ...deputy, via: 'token' as const }
      await expect(secondBatch(world, program, id)).rejects.toMatchObject({ code: 'forbidden' })
      expect((await see(id, deputy)).maySecond).toBe(true)
      await secondBatch(world, deputy, id)
      await expect(secondBatch(world, deputy, id)).rejects.toMatchObject({ code: 'conflict' })
      await work()
      expect(await see(id)).toMatchObject({
        standing: 'finished',
        counts: { done: MOST_ALONE + 1 },
      })
    }
    const [, , batch] = (
      await world.db.selectFrom('batches').selectAll().orderBy('id').execute()
    ).slice(-3)
    expect(JSON.parse(receiptIn(batch!)!)).toMatchObject({
      madeBy: story.head.publicId,
      secondedBy: deputy.publicId,
    })
  })

  test('are cancelled instead, and nothing was done; ten need nobody', async () => {
    const id = await start('revoke')
    await steerBatch(world, deputy, { id, steering: 'cancel' })
    await work()
    expect(await see(id)).toMatchObject({ standing: 'cancelled' })
    await expect(secondBatch(world, deputy, id)).rejects.toMatchObject({ code: 'conflict' })
    expect((await badges()).every(({ revoked_at }) => revoked_at === null)).toBe(true)
    const ten = await start('hold', Promise.resolve((await rows()).slice(1)))
    await work()
    expect(await see(ten)).toMatchObject({ standing: 'finished', counts: { done: MOST_ALONE } })
  })

  test('all badges of a batch are held from its page, and another person agrees at theirs', async () => {
    const app = createApp(world)
    const head = await openTab(app).signIn('head@example.org')
    const page = await head.get(`/batches/${approved}`)
    expect(page.text).toContain(`href="/batches/${approved}/badges/hold"`)
    const path = `/batches/${approved}/badges/hold`
    const refused = await head.send(path, {}, { reason: '' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('Choisissez une raison dans la liste')
    const made = await head.send(path, {}, { reason: 'company' })
    expect(made.status).toBe(303)
    const batch = made.get('Location')!
    await work()
    const own = await head.get(batch)
    expect(own.text).toContain('Attend une deuxième personne')
    expect(own.text).not.toContain('Donner mon accord')
    const second = await openTab(app).signIn('deputy@example.org')
    expect((await second.get(batch)).text).toContain('l’entreprise qui l’a endossé demande')
    expect((await second.send(batch, { do: 'second' })).status).toBe(303)
    await work()
    expect((await badges()).every(({ held_at }) => held_at !== null)).toBe(true)
  })

  test('the API holds, gives back and replaces many; a program’s batch waits too', async () => {
    const app = createApp(world)
    const { token } = await issueToken(world, OPERATOR, {
      name: 'Essai',
      scopes: ['dossiers:read', 'badges:write'],
      days: 1,
      ownerId: story.head.personId,
      organisationId: null,
    })
    const send = (path: string, body: object, key = `${(keys += 1)}`) =>
      request(app)
        .post(path)
        .set('Authorization', `Bearer ${token}`)
        .set('Idempotency-Key', key)
        .send(body)
    const badgeIds = (await rows()).map(({ badgeId }) => badgeId)
    const held = await send('/api/holds', { badgeIds, reason: 'fact' }, 'k').expect(202)
    expect(held.body).toMatchObject({ act: 'hold', state: 'waiting' })
    expect((await send('/api/holds', { badgeIds, reason: 'fact' }, 'k')).body.id).toBe(held.body.id)
    await secondBatch(world, deputy, held.body.id as string)
    await work()
    const few = badgeIds.slice(0, 2)
    await send('/api/restorations', { badgeIds: few, note: 'En ordre' }).expect(202)
    const replaced = await send('/api/replacements', { badgeIds: few, reason: 'error' }).expect(202)
    await send('/api/holds', { badgeIds: few, reason: 'no such' }).expect(400)
    await work()
    expect((await badges()).map(({ held_at }) => held_at === null).slice(0, 3)).toEqual([
      true,
      true,
      false,
    ])
    const opened = (await replacements()).map(({ public_id: dossier }) => dossier)
    const ended = await request(app)
      .get(`/api/batches/${replaced.body.id}`)
      .set('Authorization', `Bearer ${token}`)
    const lines = ended.body.receipt.rows as Record<string, string>[]
    expect(lines.map(({ dossier }) => dossier)).toEqual(opened)
    const [one] = badgeIds
    await send(`/api/badges/${one}/hold`, { reason: 'fact' }).expect(204)
    await send(`/api/badges/${one}/restoration`, {}).expect(204)
    const { body } = await send(`/api/badges/${one}/replacement`, { reason: 'fact' }).expect(201)
    expect(body).toEqual({ dossierId: opened[0] })
  })
}, 60_000)
