import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { runNextJob } from '../../src/worker.js'
import { upToApproval } from '../issuer/lineage-story.js'
import { CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { openWorld, type World } from '../support/world.js'
import { openTab } from './dossier-tab.js'

let world: World
let story: Issued
let app: ReturnType<typeof createApp>
let path: string
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
  app = createApp(world)
  const shared = await shareBadge(world, story.student, { badgeId: story.badgeId, label: 'CV' })
  path = new URL(shared.url).pathname
})

const as = (name: string) => openTab(app).signIn(`${name}@example.org`)
const here = () => `/badges/${story.badgeId}`
const publicly = async (language = 'fr') =>
  (await request(app).get(path).set('Accept', 'text/html').set('Accept-Language', language)).text
const verification = () => request(app).post('/verifications').send({ credential: story.document })
const work = async () => {
  while (await runNextJob(world));
}

describe('without script', () => {
  test('an approver suspends a badge, everybody sees it, and it is given back', async () => {
    const head = await as('head')
    expect((await head.get(here())).text).toContain(`href="${here()}/hold"`)
    const { text: form } = await head.get(`${here()}/hold`)
    // Each label leads to its own field.
    const ids = [...form.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const refused = await head.send(`${here()}/hold`, {}, { note: 'Voir M. Blin' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('Choisissez une raison dans la liste')
    expect(refused.text).toContain('Voir M. Blin')
    const sent = { reason: 'recipient', note: 'Voir M. Blin' }
    expect((await head.send(`${here()}/hold`, {}, sent)).get('Location')).toBe(here())
    const own = await head.get(here())
    for (const words of [
      'Suspendu',
      'Voir M. Blin',
      'mauvaise personne',
      `href="${here()}/restore"`,
    ])
      expect(own.text).toContain(words)
    expect((await head.get(`${here()}/hold`)).status).toBe(404)

    const student = await as('student')
    const mine = await student.get(`/my-badges/${story.badgeId}`)
    expect(mine.text).toContain('mauvaise personne')
    expect(mine.text).toContain('direction de votre lycée')
    expect(mine.text).not.toContain('Blin')
    expect((await student.get('/my-badges')).text).toContain('Suspendu')
    expect((await (await as('boss')).get(here())).text).not.toMatch(/Blin|mauvaise personne/)

    const open = await publicly()
    expect(open).toContain('l’émetteur l’examine, il ne compte pas pour l’instant')
    expect(open).not.toMatch(/Blin|mauvaise personne|Vérifié à l’instant/)
    for (const canary of CANARIES) expect(open).not.toMatch(canary)
    expect(await publicly('en')).toContain('the issuer examines it, it does not count for now')

    expect((await head.send(`${here()}/restore`, {}, { note: '' })).status).toBe(303)
    expect(await publicly()).toContain('Vérifié à l’instant')
    expect((await head.get(here())).text).toContain('Suspension levée')
  })

  test('our verifier says suspended of the file itself, then valid again', async () => {
    const head = await as('head')
    await head.send(`${here()}/hold`, {}, { reason: 'fact' })
    const { body } = await verification()
    expect(body).toMatchObject({ verdict: 'invalid' })
    expect(body.checks).toContainEqual(
      expect.objectContaining({ name: 'status', result: 'fail', code: 'suspended' }),
    )
    await head.send(`${here()}/restore`, {})
    expect((await verification()).body).toMatchObject({ verdict: 'valid' })
  })

  test('a teacher replaces a badge; both stay to be read, and only who may sees the other', async () => {
    const teacher = await as('teacher')
    expect((await teacher.get(`${here()}/hold`)).status).toBe(404)
    const opened = await teacher.send(`${here()}/replace`, {}, { reason: 'comment' })
    const dossier = opened.get('Location')!
    expect((await teacher.get(dossier)).text).toContain(`href="${here()}"`)
    expect((await teacher.get(here())).text).toContain(`href="${dossier}"`)
    expect(await publicly()).toContain('Vérifié à l’instant')
    await upToApproval(world, story, dossier.split('/').at(-1)!)
    await work()
    const [, newer] = await world.db.selectFrom('badges').selectAll().orderBy('id').execute()
    expect((await teacher.get(here())).text).toContain(`href="/badges/${newer!.public_id}"`)
    const student = await as('student')
    expect((await student.get(`/my-badges/${story.badgeId}`)).text).toContain(
      `href="/my-badges/${newer!.public_id}"`,
    )
    expect((await student.get(`/my-badges/${newer!.public_id}`)).text).toContain(
      `href="/my-badges/${story.badgeId}"`,
    )
    const open = await publicly()
    expect(open).toContain('remplacé par un badge plus récent')
    expect(open).toContain('demandez-le-lui')
    expect(open).not.toContain(newer!.public_id)
    expect(open).not.toContain(newer!.credential_id)
    expect((await verification()).body).toMatchObject({ verdict: 'invalid' })
  })

  test('what came too late is told with its reason', async () => {
    const head = await as('head')
    const other = await as('head')
    const { text } = await head.get(`${here()}/hold`)
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)![1]!
    await other.send(here(), {}, { reason: 'Délivré par erreur' })
    const late = await head.post(`${here()}/hold`, { _csrf, reason: 'fact', note: '' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('révoqué, pour de bon')
  })
})
