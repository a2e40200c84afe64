import { Writable } from 'node:stream'
import { decodeProtectedHeader } from 'jose'
import { pino } from 'pino'
import request, { type Response } from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { closeLink } from '../../src/issuer/close-link.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { eraseLinks } from '../../src/issuer/store/share-links.js'
import { signIn } from '../../src/people/sign-in.js'
import { aDefinition } from '../support/definitions.js'
import { aStudent, CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { PASSWORD } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let path: string
let linkId: string
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  const shared = await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV' })
  path = new URL(shared.url).pathname
  linkId = shared.linkId
})

const service = () => request(createApp(world))
const get = (suffix = '') =>
  service()
    .get(path + suffix)
    .set('Accept-Language', 'fr')
const page = () => get().set('Accept', 'text/html')
/** The body as bytes, whatever its type. */
const bytes = (sent: request.Test) =>
  sent.buffer(true).parse((res, done) => {
    const parts: Buffer[] = []
    res.on('data', (part: Buffer) => parts.push(part))
    res.on('end', () => done(null, Buffer.concat(parts)))
  })

describe('the public page of a badge', () => {
  test('says what the badge is, who stands behind it, and that it was checked just now', async () => {
    const { text } = await page().expect(200)
    for (const words of [
      '<h1 lang="fr">Préparer et stratifier une pièce composite au contact</h1>',
      'Lycée DÉMO des Tilleuls',
      'Composites du Lac DÉMO',
      'novembre 2026',
      'Vérifié à l’instant\u00a0: signature, émetteur, validité, révocation, endossement',
      'L’élève prépare <strong>seul</strong> son poste',
      'Mentorat de projet, octobre 2026 (2 séances)',
      'Ce badge complète le baccalauréat professionnel',
      '>RNCP38566</a>',
      'ROME\u00a0H3203',
    ])
      expect(text).toContain(words)
    // Signed with the criteria, shown once, under a title of its own.
    expect(text.match(/Diplôme complété : /g)).toHaveLength(1)
    expect(text).toMatch(/Ce qu’il complète<\/h2><p lang="fr">Diplôme complété : /)
    expect(text).toMatch(/<img [^>]*src="\/achievements\/[\w-]+\/v\/1\/image\.png"/)
    expect(text.match(/<details>/g)?.length).toBeGreaterThanOrEqual(5)
    expect(text).not.toContain('<details open')
  })

  test('SH-03, SH-08 holds nothing of the student, signed in or not, whatever is added to the address', async () => {
    const session = await signIn(world, { email: 'student@example.org', password: PASSWORD })
    const answers = await Promise.all([
      page(),
      get('?name=Autre').set('Accept', 'text/html'),
      page().set('Cookie', `__Host-s=${session}`),
      get('.json'),
      get('.svg'),
    ])
    for (const answer of answers) {
      const body = answer.text ?? String(answer.body)
      for (const canary of [...CANARIES, 'Camille', 'Autre', 'student@example.org'])
        expect(body).not.toMatch(canary)
    }
  })

  test('SH-05, SH-06 is listed by nobody and kept by nobody', async () => {
    const { headers, text } = await page()
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-robots-tag']).toBe('noindex, nofollow')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers.vary).toContain('Accept')
    expect(text).toContain('<meta name="robots" content="noindex, nofollow"/>')
  })

  test('shows what was signed, whatever the template says today', async () => {
    const changed = { ...aDefinition, name: 'Un autre nom', criteria: 'D’autres critères.' }
    await world.db
      .updateTable('template_versions')
      .set({ definition: JSON.stringify(changed) })
      .execute()
    const { text } = await page()
    expect(text).toContain('L’élève prépare <strong>seul</strong> son poste')
    expect(text).toMatch(/Délivré par <strong>[^<]+<\/strong> \(sceau\.example\)/)
    expect(text).not.toContain('D’autres critères')
  })

  test('of a revoked badge is the same page, red, with the day and the reason', async () => {
    const { badgeId, head } = issued
    await revokeBadge(world, head, { badgeId, reason: 'Délivré par erreur <b>' })
    const { text } = await page().expect(200)
    expect(text).toContain('class="verdict invalid"')
    expect(text).toContain('Révoqué le 24 novembre 2026')
    expect(text).toContain('Raison donnée par le lycée\u00a0: Délivré par erreur &lt;b>')
    expect(text).toContain('Préparer et stratifier')
    expect(text).not.toContain('Vérifié à l’instant')
  })

  test('of an expired badge says since when', async () => {
    world = await openWorld()
    issued = await issue(world, { ...aDefinition, validityMonths: 12 })
    const { student, badgeId } = issued
    const shared = await shareBadge(world, student, { badgeId, label: 'CV', life: 'unlimited' })
    path = new URL(shared.url).pathname
    expect((await page()).text).toContain('Vérifié à l’instant')
    world.clock.at = new Date('2027-11-25T11:00:00Z')
    const { text } = await page().expect(200)
    expect(text).toContain('class="verdict invalid"')
    expect(text).toContain('Expiré le 24 novembre 2027')
  })

  test('answers HEAD, and speaks English to who asks for it', async () => {
    const head = await service().head(path).set('Accept', 'text/html').expect(200)
    expect(head.text).toBeFalsy()
    expect((await get('?lang=en').set('Accept', 'text/html')).text).toContain('Checked just now')
  })

  test('asks the one who opens it again and again to wait, before it verifies once more', async () => {
    const app = createApp(world)
    const statuses: number[] = []
    for (let n = 0; n < 121; n++)
      statuses.push((await request(app).get(path).set('Accept', 'text/html')).status)
    expect(statuses.slice(0, 120).every((status) => status === 200)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('the signed badge behind a link', () => {
  test.each(['application/vc', 'application/vc+ld+json', 'application/ld+json'])(
    'is given as %s, byte for byte, to programs of any site',
    async (type) => {
      const answer = await bytes(get().set('Accept', type)).expect(200)
      expect(answer.headers['content-type']).toBe(type)
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(String(answer.body)).toBe(issued.document)
    },
  )

  test.each([
    ['json', 'application/vc'],
    ['jwt', 'application/jwt'],
    ['png', 'image/png'],
    ['svg', 'image/svg+xml'],
  ])('is a .%s file named after the badge, and our verifier accepts it', async (form, type) => {
    const answer = await bytes(get(`.${form}`)).expect(200)
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="preparer-et-stratifier-une-piece-composite-au-contact.${form}"`,
    )
    await service().head(`${path}.${form}`).expect(200)
    const { body } = await service()
      .post('/verifications')
      .type(type)
      .send(answer.body as Buffer)
      .expect(200)
    expect(body).toMatchObject({ verdict: 'valid', trusted: true })
  })
})

describe('the token behind a link', () => {
  const headerOf = ({ body }: Response) => decodeProtectedHeader(String(body))

  test.each([
    ['.jwt', '*/*', 'application/jwt', 'RS256'],
    ['.jwt', 'application/vc+jwt', 'application/vc+jwt', 'EdDSA'],
    ['', 'application/jwt', 'application/jwt', 'RS256'],
    ['', 'application/vc+jwt', 'application/vc+jwt', 'EdDSA'],
    ['', 'application/jwt;q=0.5, application/vc+jwt', 'application/vc+jwt', 'EdDSA'],
  ])('%s with Accept %s is %s, by %s', async (suffix, accept, type, algorithm) => {
    const answer = await bytes(get(suffix).set('Accept', accept)).expect(200)
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
      vary: expect.stringContaining('Accept'),
    })
    expect(headerOf(answer).alg).toBe(algorithm)
    const sent = await service().post('/verifications').type(type).send(String(answer.body))
    expect(sent.body).toMatchObject({ verdict: 'valid', trusted: true, format: 'vc-jwt' })
  })

  test('a browser gets the page, and a program that takes anything signed gets the badge', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    expect((await get().set('Accept', browser)).type).toBe('text/html')
    const answer = await bytes(get().set('Accept', 'application/vc, application/jwt'))
    expect(answer.headers['content-type']).toBe('application/vc')
  })

  test('SH-03 holds nothing of the student', async () => {
    const { body } = await bytes(get('.jwt'))
    const payload = Buffer.from(String(body).split('.')[1] ?? '', 'base64url').toString()
    for (const canary of CANARIES) expect(payload).not.toMatch(canary)
  })

  test('is counted like the page: each may cost a signature', async () => {
    const app = createApp(world)
    const statuses: number[] = []
    for (let n = 0; n < 121; n++) statuses.push((await request(app).get(`${path}.jwt`)).status)
    expect(statuses.slice(0, 120).every((status) => status === 200)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('what is not there', () => {
  const told = ({ status, type, text, headers }: Response) => ({
    status,
    type,
    // Nonces and ids of the request apart, all is the same; so is the language switch's address.
    text: text.replaceAll(/\/b\/[\w.-]+/g, '/b/…'),
    cache: headers['cache-control'],
  })

  const FORMS = ['', '.json', '.jwt', '.png', '.svg', '.pdf']
  const NEVER = '/b/0000000000000000000000'

  test.each(['text/html', 'application/json', 'application/vc'])(
    'SH-01 unknown and malformed tokens are the same 404 in every form as %s',
    async (accept) => {
      const ways = [...FORMS.map((form) => NEVER + form), '/b/1', '/b/2', `${path}.exe`]
      const answers = await Promise.all(
        ways.map(async (way) => told(await service().get(way).set('Accept', accept))),
      )
      expect(answers[0]).toMatchObject({ status: 404, cache: 'no-store' })
      for (const answer of answers) expect(answer).toEqual(answers[0])
    },
  )

  /** Each way in which a link comes to its end; the world is another one after an erasure. */
  const ENDS: Readonly<Record<string, () => Promise<void>>> = {
    closed: () => closeLink(world, issued.student, linkId),
    expired: async () => void (world.clock.at = new Date('2027-05-27T11:00:00Z')),
    erased: async () => {
      const { badge_id } = await world.db
        .selectFrom('share_links')
        .select('badge_id')
        .executeTakeFirstOrThrow()
      await eraseLinks(world.db, [badge_id])
    },
  }

  test.each(['text/html', 'application/json', 'application/vc'])(
    'SH-02 withdrawn, expired and erased are the same 410 in every form as %s, without a name',
    async (accept) => {
      const answers: ReturnType<typeof told>[] = []
      for (const end of Object.values(ENDS)) {
        world = await openWorld()
        issued = await issue(world)
        const shared = await shareBadge(world, issued.student, {
          badgeId: issued.badgeId,
          label: 'CV',
        })
        path = new URL(shared.url).pathname
        linkId = shared.linkId
        await service().get(path).set('Accept', 'text/html').expect(200)
        await end()
        for (const form of FORMS)
          answers.push(
            told(
              await service()
                .get(path + form)
                .set('Accept', accept),
            ),
          )
      }
      expect(answers).toHaveLength(18)
      expect(answers[0]).toMatchObject({
        status: 410,
        cache: 'no-store',
        type: accept === 'text/html' ? 'text/html' : 'application/problem+json',
      })
      for (const answer of answers) expect(answer).toEqual(answers[0])
      expect(answers[0]?.text).not.toContain('og:')
      for (const canary of [...CANARIES, 'Préparer', 'Tilleuls'])
        expect(answers[0]?.text).not.toMatch(canary)
      if (accept === 'text/html')
        expect(answers[0]?.text).toContain('<title>Ce n’est plus disponible · Sceau</title>')
    },
    60_000,
  )
})

test('MT-07 no log holds a token, from opening a link to closing it', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    },
  })
  world = { ...world, log: pino({ level: 'debug' }, stream) }
  await page()
  await get('.png')
  await service()
    .post('/verifications')
    .send({ url: `https://sceau.example${path}` })
  await closeLink(world, issued.student, linkId)
  await page().expect(410)
  expect(lines.join('')).toContain('"route":"/b/:token"')
  expect(lines.join('')).not.toContain(path.split('/b/')[1])
})

describe('POST /verifications with our own link', () => {
  const verify = (url: string) =>
    service().post('/verifications').set('Accept-Language', 'fr').send({ url })

  test('looks it up in the store, asks nobody, and verifies it', async () => {
    const asked: string[] = []
    const outside = {
      fetchText: async (url: string) => {
        asked.push(url)
        return { outcome: 'unreachable', reason: 'test' } as const
      },
    }
    world = { ...world, outside }
    for (const suffix of ['', '.json', '.jwt', '.png', '?lang=en']) {
      const { body } = await verify(`https://sceau.example${path}${suffix}`).expect(200)
      expect(body).toMatchObject({ verdict: 'valid', trusted: true })
    }
    expect(asked).toEqual([])
    await verify('https://other.example/b/0000000000000000000000').expect(400)
    expect(asked).toEqual(['https://other.example/b/0000000000000000000000'])
  })

  test('says clearly that it was closed', async () => {
    await closeLink(world, issued.student, linkId)
    const { body } = await verify(`https://sceau.example${path}`).expect(400)
    expect(body.detail).toContain('ne s’ouvre plus')
    expect(body.errors).toMatchObject([{ pointer: '/url' }])
  })
})

describe('the student’s own pages', () => {
  const signedIn = async (email: string) => {
    const session = await signIn(world, { email, password: PASSWORD })
    const cookie = `__Host-s=${session}`
    const see = (way: string) => service().get(way).set('Cookie', cookie).set('Accept', 'text/html')
    return {
      see,
      async send(way: string, fields: Record<string, string>) {
        const { text } = await see(way)
        const csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
        return service()
          .post(way)
          .set('Cookie', cookie)
          .set('Sec-Fetch-Site', 'same-origin')
          .type('form')
          .send({ _csrf: csrf, ...fields })
      },
    }
  }

  test('list the badges, and lead to one with its open links and their addresses', async () => {
    const tab = await signedIn('student@example.org')
    const list = (await tab.see('/my-badges').expect(200)).text
    expect(list).toContain(`href="/my-badges/${issued.badgeId}"`)
    expect(list).toContain('Partagé par un lien')
    const { text, headers } = await tab.see(`/my-badges/${issued.badgeId}`).expect(200)
    expect(text).toContain(`value="https://sceau.example${path}"`)
    expect(text).toContain('une copie déjà prise ne peut pas être reprise')
    expect(headers['cache-control']).toBe('no-store')
  })

  test('open a link and close it, without script', async () => {
    const tab = await signedIn('student@example.org')
    const way = `/my-badges/${issued.badgeId}`
    const opened = await tab.send(way, { label: 'Stage à l’atelier' })
    expect(opened.headers.location).toBe(way)
    const { text } = await tab.see(way)
    expect(text).toContain('Stage à l’atelier')
    const [, close] = /name="close" value="([\w-]+)"/.exec(text) ?? []
    const address = /value="https:\/\/sceau\.example(\/b\/[\w-]+)"/.exec(text)?.[1] ?? ''
    await service().get(address).set('Accept', 'text/html').expect(200)
    expect((await tab.send(way, { close: close ?? '' })).status).toBe(303)
    await service().get(address).set('Accept', 'text/html').expect(410)
  })

  test('say beside the field that a link needs a label', async () => {
    const tab = await signedIn('student@example.org')
    const { status, text } = await tab.send(`/my-badges/${issued.badgeId}`, { label: ' ' })
    expect(status).toBe(400)
    expect(text).toContain('id="error-label"')
  })

  test('give the badge in each form, to the student alone', async () => {
    const tab = await signedIn('student@example.org')
    for (const form of ['json', 'png', 'svg', 'jwt', 'pdf'])
      await tab.see(`/my-badges/${issued.badgeId}/badge.${form}`).expect(200)
    await service().get(`/my-badges/${issued.badgeId}/badge.json`).expect(401)
    await aStudent(world, 'other@example.org', issued.schoolId)
    const other = await signedIn('other@example.org')
    await other.see(`/my-badges/${issued.badgeId}`).expect(404)
    for (const form of ['json', 'pdf'])
      await other.see(`/my-badges/${issued.badgeId}/badge.${form}`).expect(404)
    expect((await other.see('/my-badges').expect(200)).text).toContain('pas encore de badge')
  })
})
