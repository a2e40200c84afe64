import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { activeSigner, ANNOUNCED_MS, KEY_CACHE_SECONDS } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { listOrganisations, type Organisation } from '../../src/people/store.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { runNextJob } from '../../src/worker.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, SECOND, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'
import { dyingAtRelease, firstBadge, storedBadges } from './stored.js'

let world: World
let story: Story
let school: Organisation
let company: Organisation
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  ;[school] = (await listOrganisations(world.db, 'lycee')) as [Organisation]
  ;[company] = (await listOrganisations(world.db, 'company')) as [Organisation]
})

/** Approved dossiers of one student, a definition each: badges that only wait for their job. */
async function approved(count: number, first = 1): Promise<void> {
  for (let n = first; n < first + count; n++) {
    const definition = { ...aDefinition, name: `${aDefinition.name} ${n}` }
    const made = await defineTemplate(world, story.admin, { companyId: company.id, definition })
    await publishVersion(world, story.admin, made.versionId)
    const dossierId = await openDossier(world, story.teacher, {
      ...story,
      versionId: made.versionId,
    })
    await stepsOf(world, story, dossierId).upTo('approve')
  }
}

const keyOf = async ({ id }: Organisation) => (await activeSigner(world, id)).publicKeyMultibase
const badges = () => storedBadges(world.db)
const keyIn = (document: string) =>
  JSON.parse(document).proof[0].verificationMethod.split('#')[1] as string
const keyRow = (key: string) =>
  world.db
    .selectFrom('organisation_keys')
    .selectAll()
    .where('public_key_multibase', '=', key)
    .executeTakeFirstOrThrow()

/** Works on until nothing is left, also what has to be tried again. */
async function finish(of: World): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    while (await runNextJob(of));
    if ((await badges()).every(({ released_at }) => released_at !== null)) return
    world.clock.advance(10 * SECOND)
  }
  throw new Error('badges are left')
}

describe('a rotation in the middle of a signature', () => {
  test.each([
    ['the school’s', 'of the definition', 1, 'school'],
    ['the company’s', 'of the definition', 1, 'company'],
    ['the company’s', 'of the award', 2, 'company'],
    ['the school’s', 'of the badge', 3, 'school'],
  ] as const)('%s, %s: what the old key has signed is not kept', async (_of, _what, nth, whose) => {
    await approved(1)
    const organisation = { school, company }[whose]
    const { publicKeyMultibase: next } = await rotateKey(world, OPERATOR, organisation)
    world.clock.advance(ANNOUNCED_MS)
    await world.db.updateTable('jobs').set({ finished_at: 'x' }).where('key', '=', next).execute()
    let asked = 0
    const sign: typeof world.keys.sign = async (...of) => {
      const signature = await world.keys.sign(...of)
      asked += 1
      if (asked === nth) await activateKey(world, { key: next })
      return signature
    }
    await finish({ ...world, keys: { ...world.keys, sign } })
    const [badge] = await badges()
    const document = badge!.badge_document!
    const endorsement = JSON.stringify(JSON.parse(document).endorsement[0])
    expect(keyIn({ school: document, company: endorsement }[whose])).toBe(next)
    expect(await checkBadges(world)).toEqual({ badges: 1, faults: [] })
  })

  test('a status list that was signed meanwhile is signed again at once', async () => {
    await approved(1)
    const { publicKeyMultibase: next } = await rotateKey(world, OPERATOR, school)
    world.clock.advance(ANNOUNCED_MS)
    const [list] = await world.db
      .selectFrom('status_lists')
      .selectAll()
      .where('organisation_id', '=', school.id)
      .execute()
    let asked = 0
    const sign: typeof world.keys.sign = async (...of) => {
      const signature = await world.keys.sign(...of)
      if ((asked += 1) === 1) await activateKey(world, { key: next })
      return signature
    }
    const app = createApp({ ...world, keys: { ...world.keys, sign } })
    const { text } = await request(app).get(`/status/${list!.public_id}`).expect(200)
    expect(keyIn(text)).toBe(next)
  })
})

describe('what was signed and not released', () => {
  test('is released with the key that signed it, retired since', async () => {
    await approved(1)
    const old = await keyOf(school)
    const released = await firstBadge(world.db)
    const broken = dyingAtRelease(world.db)
    while (await runNextJob({ ...world, db: broken }));
    const [signed] = await badges()
    expect(keyIn(signed!.badge_signed!)).toBe(old)
    expect(released.badge_signed).toBeNull()
    await rotateKey(world, OPERATOR, school)
    world.clock.advance(DAY)
    await finish(world)
    const [badge] = await badges()
    expect(badge!.badge_document).toBe(signed!.badge_signed)
    expect((await keyRow(old)).retired_at).not.toBeNull()
    expect(await checkBadges(world)).toEqual({ badges: 1, faults: [] })
  })
})

test('RL-18 keys are rotated while badges are issued: none is lost, none by a key that ended', async () => {
  await approved(16)
  const app = createApp(world)
  const seen: { at: number; keys: string[] }[] = []
  const firstUse = new Map<string, number>()
  const look = async () => {
    for (const { slug } of [school, company]) {
      const { body } = await request(app).get(`/orgs/${slug}/did.json`).expect(200)
      seen.push({ at: world.now().getTime(), keys: body.assertionMethod })
    }
    for (const { public_id } of await world.db
      .selectFrom('status_lists')
      .select('public_id')
      .execute())
      await request(app).get(`/status/${public_id}`).expect(200)
  }
  // Time goes on with each signature, so that before and after can be told apart.
  const sign: typeof world.keys.sign = async (key, bytes) => {
    world.clock.advance(8 * SECOND)
    const { name } = key
    if (!firstUse.has(name)) firstUse.set(name, world.now().getTime())
    return world.keys.sign(key, bytes)
  }
  const busy = { ...world, keys: { ...world.keys, sign } }
  const old = [await keyOf(school), await keyOf(company)]
  const worker = async () => {
    while (await runNextJob(busy)) await look()
  }
  for (const organisation of [school, company]) await rotateKey(busy, OPERATOR, organisation)
  await Promise.all([worker(), worker()])
  await approved(8, 17)
  await finish(busy)
  await look()

  const next = [await keyOf(school), await keyOf(company)]
  const all = await badges()
  expect(all).toHaveLength(24)
  const signers = all.map(({ badge_document }) => keyIn(badge_document!))
  // Both sides of the change were reached.
  expect([...new Set(signers)].toSorted()).toEqual([old[0], next[0]].toSorted())
  for (const [at, key] of old.entries()) {
    const { retired_at: retired } = await keyRow(key)
    const { activated_at: changed } = await keyRow(next[at]!)
    expect(retired! > changed!).toBe(true)
    // The school's: by the commits that kept the badges, which may be of one instant with the change.
    const badgesOf = (one: string) => all.filter((badge) => keyIn(badge.badge_document!) === one)
    for (const { signed_at: kept } of badgesOf(key)) expect(kept! <= changed!).toBe(true)
    for (const { signed_at: kept } of badgesOf(next[at]!)) expect(kept! >= changed!).toBe(true)
    const used = firstUse.get(next[at]!)!
    const copies = seen.filter((one) => one.at >= used - KEY_CACHE_SECONDS * SECOND)
    const known = copies.filter(({ keys }) => keys.some((one) => one.endsWith(next[at]!)))
    expect(known).toHaveLength(copies.length / 2)
    expect(known.length).toBeGreaterThan(0)
  }
  expect(await checkBadges(world)).toEqual({ badges: 24, faults: [] })
  for (const { badge_document: document } of all) {
    const { body } = await request(app)
      .post('/verifications')
      .type('application/vc')
      .send(document!)
      .expect(200)
    expect(body).toMatchObject({ verdict: 'valid', trusted: true })
    expect(body.endorsements.map((one: { verdict: string }) => one.verdict)).toEqual([
      'valid',
      'valid',
    ])
  }
}, 60_000)
