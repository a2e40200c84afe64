import { inflateSync } from 'node:zlib'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { signIn } from '../../src/people/sign-in.js'
import { CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { PASSWORD } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'

const FORMS = ['', '.json', '.jwt', '.png', '.svg', '.pdf']
const SIGNED = ['.json', '.jwt', '.png', '.svg']

let world: World
let issued: Issued
let app: ReturnType<typeof createApp>
let path: string
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  app = createApp(world)
  path = await share()
})

const share = async (wanted: { shows?: string; nameCheck?: boolean } = {}) => {
  const { badgeId, student } = issued
  return new URL((await shareBadge(world, student, { badgeId, label: 'CV', ...wanted })).url)
    .pathname
}
const get = (way: string, headers: Record<string, string> = {}) =>
  request(app)
    .get(way)
    .set({ Accept: 'text/html', 'Accept-Language': 'fr', ...headers })
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', () => done(null, Buffer.concat(parts)))
    })
const bytesOf = ({ body }: request.Response) => body as Buffer
const code = async () => {
  const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
  return links[0]?.code ?? ''
}

/** All that a form says, in whatever it is packed: tokens, streams of a PDF, chunks of a PNG. */
function openedUp(bytes: Buffer): string {
  const plain = bytes.toString('utf8')
  const tokens = (plain.match(/[\w-]{40,}/g) ?? []).map((part) =>
    Buffer.from(part, 'base64url').toString('utf8'),
  )
  const raw = bytes.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, packed]) => {
    try {
      return inflateSync(Buffer.from(packed!, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return [plain, ...tokens, ...streams].join('\n')
}

describe('every form of a shared badge', () => {
  test.each(FORMS)('SH-03, SH-08 %s holds nothing of the student, whoever asks', async (form) => {
    const session = await signIn(world, { email: 'student@example.org', password: PASSWORD })
    const answers = [
      await get(path + form).expect(200),
      await get(`${path}${form}?name=Autre&lang=fr`).expect(200),
      await get(path + form, { Cookie: `__Host-s=${session}` }).expect(200),
    ]
    for (const answer of answers) {
      const said = openedUp(bytesOf(answer))
      // So that a form which could not be read would be found.
      if (form !== '.pdf') expect(said).toContain('Tilleuls')
      for (const canary of [...CANARIES, 'Camille', 'Autre', 'student@example.org'])
        expect(said).not.toMatch(canary)
      // Letters that came about by chance say nothing.
      const { etag: _etag, 'x-request-id': _id, ...headers } = answer.headers
      expect(JSON.stringify(headers)).not.toMatch(/Zo|Kergu|Autre/)
    }
  })

  test.each(FORMS)('SH-05, SH-06 %s is kept by nobody and listed by nobody', async (form) => {
    const { headers } = await get(path + form).expect(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-robots-tag']).toBe('noindex, nofollow')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['set-cookie']).toBeUndefined()
  })

  test('SH-08 the same page for everybody, whatever is added to its address', async () => {
    const session = await signIn(world, { email: 'student@example.org', password: PASSWORD })
    const plain = bytesOf(await get(path)).toString()
    expect(bytesOf(await get(`${path}?name=Autre`)).toString()).toBe(plain)
    expect(bytesOf(await get(path, { Cookie: `__Host-s=${session}` })).toString()).toBe(plain)
  })

  test('SH-04 a page loads nothing from other sites, and links to none but alignments', async () => {
    const text = bytesOf(await get(path)).toString()
    const loaded = [...text.matchAll(/<(?:img|script|link|iframe|source)\b[^>]*>/g)]
    expect(loaded.length).toBeGreaterThan(2)
    for (const [tag] of loaded) expect(tag).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })

  test('a sheet is a PDF, by its suffix and by Accept, in the language that is asked for', async () => {
    for (const sent of [get(`${path}.pdf`), get(path, { Accept: 'application/pdf' })]) {
      const answer = await sent.expect(200)
      expect(answer.headers['content-type']).toBe('application/pdf')
      expect(answer.headers['content-disposition']).toMatch(
        /^attachment; filename="[a-z0-9-]+\.pdf"$/,
      )
      expect(bytesOf(answer).toString('latin1')).toContain('/Lang (fr)')
    }
    const english = bytesOf(await get(`${path}.pdf?lang=en`)).toString('latin1')
    expect(english).toContain('/Lang (en)')
  })

  test('sheets are counted by the address: they cost more than a page', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 21; n++) statuses.push((await get(`${path}.pdf`)).status)
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    await get(path).expect(200)
  })
})

describe('what others show of a link', () => {
  test('SH-03 is the badge with its picture, by whole addresses, and nobody', async () => {
    const text = bytesOf(await get(path)).toString()
    const tags = Object.fromEntries(
      [...text.matchAll(/<meta property="([^"]+)" content="([^"]*)"/g)].map(
        ([, property, content]) => [property, content],
      ),
    )
    expect(tags).toMatchObject({
      'og:type': 'website',
      'og:title': 'Préparer et stratifier une pièce composite au contact',
      'og:description': 'Délivré par Lycée DÉMO des Tilleuls, novembre 2026',
      'og:url': `https://sceau.example${path}`,
      'og:image': expect.stringMatching(
        /^https:\/\/sceau\.example\/achievements\/[\w-]+\/v\/1\/image\.png$/,
      ) as string,
    })
    for (const canary of CANARIES) expect(JSON.stringify(tags)).not.toMatch(canary)
    expect(text).toContain('<meta name="robots" content="noindex, nofollow"/>')
    await request(app)
      .get(new URL(tags['og:image']).pathname)
      .expect(200)
      .expect('content-type', 'image/png')
  })
})

describe('a link that shows the badge alone', () => {
  beforeEach(async () => {
    path = await share({ shows: 'badge' })
  })

  test('has a page without the evidence, and gives no file that tells it', async () => {
    const text = bytesOf(await get(path).expect(200)).toString()
    expect(text).toContain('Vérifié à l’instant')
    expect(text).not.toMatch(/Mentorat|Sur quelles preuves/)
    for (const form of SIGNED) {
      expect(text).not.toContain(`href="${path}${form}"`)
      const answer = await get(path + form).expect(403)
      expect(bytesOf(answer).toString()).not.toContain('Mentorat')
    }
    await get(path, { Accept: 'application/vc' }).expect(403)
    await get(path, { Accept: 'application/vc+jwt' }).expect(403)
    await get(`${path}.pdf`).expect(200)
  })

  test('is verified by its address and by its code, and the answer does not carry the file', async () => {
    for (const badge of [`https://sceau.example${path}`, await code()]) {
      const { text } = await request(app).post('/verify').type('form').send({ badge }).expect(200)
      expect(text).toContain('class="verdict valid"')
      expect(text).not.toMatch(/name="carried"|verify\/report|Mentorat/)
    }
  })
})

describe('how often a page was opened', () => {
  const seen = async () => (await seeMyBadge(world, issued.student, issued.badgeId)).links[0]?.seen

  test('is told to its owner, with the last day, and nothing of who opened it', async () => {
    expect(await seen()).toEqual({ count: 0, lastDay: null })
    await get(path)
    await get(path)
    expect(await seen()).toEqual({ count: 2, lastDay: '2026-11-24' })
    // Eleven at night in UTC is the next day at school.
    world.clock.at = new Date('2026-11-24T23:30:00Z')
    await get(path)
    expect(await seen()).toEqual({ count: 3, lastDay: '2026-11-25' })
    const rows = JSON.stringify(await world.db.selectFrom('share_links').selectAll().execute())
    expect(rows).not.toMatch(/127\.0\.0\.1|::1|::ffff/)
  })

  test('counts neither its owner, nor files, nor who only asks for the head, nor who shows in advance', async () => {
    const session = await signIn(world, { email: 'student@example.org', password: PASSWORD })
    await get(path, { Cookie: `__Host-s=${session}` }).expect(200)
    await request(app).head(path).set('Accept', 'text/html').expect(200)
    await get(path, { 'User-Agent': 'LinkedInBot/1.0 (compatible; +http://www.linkedin.com)' })
    await get(path, { 'Sec-Purpose': 'prefetch' })
    for (const form of [...SIGNED, '.pdf']) await get(path + form).expect(200)
    expect(await seen()).toEqual({ count: 0, lastDay: null })
  })
})

describe('a name at /verify beside a code', () => {
  const ask = async (badge: string, name: string) =>
    request(app).post('/verify').set('Accept-Language', 'fr').type('form').send({ badge, name })
  const ANSWER = /Le nom (?:ne correspond pas|correspond|n’a pas pu être comparé)/
  const answerOf = ({ text }: request.Response) => ANSWER.exec(text)?.[0]
  let name: string
  beforeEach(async () => {
    path = await share({ nameCheck: true })
    const row = await world.db
      .selectFrom('students')
      .select(['given_name', 'family_name'])
      .executeTakeFirstOrThrow()
    name = `${row.family_name} ${row.given_name}`
  })

  test('is answered in three ways, and shown in none', async () => {
    const right = await ask(await code(), name.toUpperCase())
    expect(answerOf(right)).toBe('Le nom correspond')
    expect(right.text).toContain('class="verdict valid"')
    for (const canary of CANARIES) expect(right.text).not.toMatch(canary)
    const wrong = await ask(await code(), 'Ida Durand')
    expect(answerOf(wrong)).toBe('Le nom ne correspond pas')
    expect(wrong.text).not.toMatch(/Ida|Durand|Zoé|Kergu/)
    const url = `https://sceau.example${path}`
    expect(answerOf(await ask(url, name))).toBe('Le nom n’a pas pu être comparé')
    expect(answerOf(await ask(await code(), ''))).toBeUndefined()
    path = await share({ nameCheck: false })
    const refused = await ask(await code(), name)
    expect(answerOf(refused)).toBe('Le nom n’a pas pu être comparé')
    expect(refused.text).not.toMatch(/Zoé|Kergu/)
  })

  test('is asked ten times an address, then told to wait', async () => {
    for (let n = 0; n < 10; n++) expect((await ask(await code(), name)).status).toBe(200)
    const refused = await ask(await code(), name)
    expect(refused.status).toBe(429)
    expect(Number(refused.get('retry-after'))).toBeGreaterThan(500)
    expect((await ask(await code(), '')).status).toBe(200)
  })

  test('is no way to find a code: a wrong one is refused as without a name', async () => {
    const { text, status } = await ask('0000-0000', name)
    expect(status).toBe(400)
    expect(text).toContain('Aucun badge partagé n’a ce code')
    expect(text).not.toMatch(ANSWER)
  })
})
