import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { closeLink } from '../../src/issuer/close-link.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let linkId: string
let path: string
let code: string
let app: ReturnType<typeof createApp>
beforeEach(async () => {
  world = await openWorld({ config: { ...(await openWorld()).config, trustProxy: 'loopback' } })
  issued = await issue(world)
  const shared = await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV' })
  linkId = shared.linkId
  path = new URL(shared.url).pathname
  code = (await seeMyBadge(world, issued.student, issued.badgeId)).links[0]?.code ?? ''
  app = createApp(world)
})

const ask = (typed: string, address = '192.0.2.1') =>
  request(app).post('/verifications').set('X-Forwarded-For', address).send({ code: typed })
const type = (typed: string) =>
  request(app).post('/verify').set('Accept-Language', 'fr').type('form').send({ badge: typed })

describe('a short code', () => {
  test('stands for an open link, however it is typed, by a program and at the page', async () => {
    for (const typed of [code, code.toLowerCase(), code.replace('-', ' '), code.replace('-', '')]) {
      const { body } = await ask(typed).expect(200)
      expect(body).toMatchObject({ verdict: 'valid', trusted: true })
      expect((await type(typed)).text).toContain('class="verdict valid"')
    }
  })

  test('is not in the answer of a verification, nor in a log, nor in an address', async () => {
    const lines: string[] = []
    const log = pino(
      new Writable({ write: (line, _, done) => done(void lines.push(String(line))) }),
    )
    app = createApp({ ...world, log })
    expect((await ask(code)).text).not.toContain(code)
    await ask('0000-0000')
    expect(lines.join()).toContain('/verifications')
    expect(lines.join()).not.toContain(code.slice(0, 4))
    const { text } = await request(app).get(`/verify?code=${code}`)
    expect(text).not.toContain('verdict')
    expect(text).toMatch(/<textarea[^>]*><\/textarea>/)
  })

  test('that was closed and one that never was are refused in the same words', async () => {
    await closeLink(world, issued.student, linkId)
    const [closed, never, malformed] = [await ask(code), await ask('0000-0000'), await ask('U')]
    expect(closed.status).toBe(400)
    expect(closed.body).toMatchObject({ errors: [{ pointer: '/code' }] })
    expect(never.body).toEqual(closed.body)
    expect(malformed.body).toEqual(closed.body)
    const page = await type(code.slice(0, 8)).expect(400)
    expect(page.text).toContain('Aucun badge partagé n’a ce code.')
    expect(page.text).toContain('id="error-badge"')
  })

  test('is guessed ten times an address, then told when to come back; a right one costs nothing', async () => {
    for (let n = 0; n < 15; n++) await ask(code).expect(200)
    for (let n = 0; n < 10; n++) await ask('0000-0000').expect(400)
    const refused = await ask(code)
    expect(refused.status).toBe(429)
    expect(Number(refused.get('retry-after'))).toBeGreaterThan(500)
    await ask(code, '192.0.2.2').expect(200)
    await request(app)
      .post('/verifications')
      .set('X-Forwarded-For', '192.0.2.1')
      .send({ credential: issued.document })
      .expect(200)
  })

  test('is guessed 500 times an hour by all addresses together', async () => {
    for (let n = 0; n < 50; n++)
      await Promise.all(Array.from({ length: 10 }, () => ask('0000-0000', `198.51.100.${n}`)))
    const { status, headers } = await ask('0000-0000', '203.0.113.1')
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_000)
  })

  test('stands on the page of the link and on its student’s, beside a QR code', async () => {
    const { text } = await request(app).get(path).set('Accept-Language', 'fr')
    expect(text).toContain(`Code\u00a0: <strong class="short-code">${code}</strong>`)
    expect(text).toMatch(/<svg class="qr"[^>]* role="img" aria-label="Code QR/)
  })

  test('is no text of the database, and of two links never the same', async () => {
    const rows = JSON.stringify(await world.db.selectFrom('share_links').selectAll().execute())
    expect(rows).not.toContain(code)
    expect(rows).not.toContain(code.replace('-', ''))
    const bytes = world.randomBytes
    let calls = 0
    // The first draw repeats the code that is there.
    const drawn = { ...world, randomBytes: (n: number) => (calls++ === 0 ? fives(code) : bytes(n)) }
    await shareBadge(drawn, issued.student, { badgeId: issued.badgeId, label: 'Deux' })
    expect(calls).toBe(2)
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    expect(new Set(links.map((link) => link.code)).size).toBe(2)
  })

  test('is given to a link that was opened before there were codes, when its student looks', async () => {
    await world.db
      .updateTable('share_links')
      .set({ code_fingerprint: null, code_sealed: null })
      .execute()
    expect((await request(app).get(path)).text).not.toContain('short-code')
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    await ask(links[0]?.code ?? '').expect(200)
    expect((await seeMyBadge(world, issued.student, issued.badgeId)).links).toEqual(links)
  })
})

/** The five bytes of which a code was made. */
function fives(written: string): Uint8Array {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const bits = [...written.replace('-', '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2))
}
