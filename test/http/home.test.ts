import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openSession } from '../../src/people/sessions.js'
import type { RoleInput } from '../../src/people/assign-role.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'

let world: World
const service = () => request(createApp(world))
beforeEach(async () => {
  world = await openWorld()
})

async function cookieOf(email: string, held: RoleInput): Promise<string> {
  const { id } = await somebody(world, email, held)
  return `__Host-s=${await openSession(world, world.db, id)}`
}

describe('the first page of a stranger', () => {
  test('says what Sceau is, and verifies a badge by one field', async () => {
    const { text } = await service().get('/').expect(200)
    expect(text).toContain('Chacun repose sur un mentorat ou un stage enregistré')
    expect(text).toMatch(/<form method="post"[^>]* action="\/verify"/)
    expect(text.match(/<input (?!type="hidden")/g)).toHaveLength(1)
    expect(text).toMatch(/<input id="field-badge" name="badge"/)
    expect(text).not.toContain('noindex')
  })

  test('shows three examples, one of each shape, which are no data of anybody', async () => {
    const { text } = await service().get('/')
    const pictures = [...text.matchAll(/<img [^>]*src="(\/examples\/\d\.svg)"/g)].map(
      ([, src]) => src!,
    )
    expect(pictures).toHaveLength(3)
    for (const picture of pictures) {
      const { type, body, headers } = await service().get(picture).expect(200)
      expect(type).toBe('image/svg+xml')
      expect(String(body)).not.toMatch(/<script|href=/)
      expect(headers['cache-control']).toContain('public')
    }
    await service().get('/examples/4.svg').expect(404)
  })

  test('what is posted from it is verified', async () => {
    const answer = await service().post('/verify').type('form').send({ badge: '{}' }).expect(200)
    expect(answer.text).toContain('Ce badge n’est pas valide')
  })

  test('leads to nothing that takes a role', async () => {
    const { text } = await service().get('/')
    expect(text).not.toMatch(/href="\/(dossiers|people|cohorts)"/)
  })
})

describe('the first page of who is signed in', () => {
  test('leads to the pages of their role, in the header too', async () => {
    const lycee = await aLycee(world)
    const cookie = await cookieOf('p@x.example', {
      role: 'school-approver',
      organisationId: lycee.id,
    })
    const { text } = await service().get('/').set('Cookie', cookie).expect(200)
    expect(text).toContain('Ce qui vous attend')
    expect(text).not.toContain('Rien ne vous attend')
    expect(text).toContain('Toutes les alertes (1)')
    expect(text.match(/href="\/dossiers"/g)).toHaveLength(2)
    expect(text).toContain('noindex')
    const people = await service().get('/people').set('Cookie', cookie)
    expect(people.text).toMatch(/href="\/people" aria-current="page"/)
  })

  test('says so to who has no role any more', async () => {
    const company = await aCompany(world)
    const held = { role: 'company-admin', organisationId: company.id } as const
    const cookie = await cookieOf('a@x.example', held)
    await world.db.updateTable('role_assignments').set({ until_day: '2026-11-01' }).execute()
    const { text } = await service().get('/').set('Cookie', cookie).expect(200)
    expect(text).toContain('Votre compte n’a pas de rôle')
    expect(text).not.toContain('href="/definitions"')
  })

  test('tells what waits in the rooms, with the way to it', async () => {
    const company = await aCompany(world)
    const held = { role: 'company-admin', organisationId: company.id } as const
    const admin = await somebody(world, 'a@x.example', held)
    await defineTemplate(world, await asActor(world, admin), {
      companyId: company.id,
      definition: aDefinition,
    })
    const cookie = `__Host-s=${await openSession(world, world.db, admin.id)}`
    const { text } = await service().get('/').set('Cookie', cookie).expect(200)
    expect(text).toMatch(/<span class="count">1<\/span> <span>Badges à proposer/)
    expect(text).not.toContain('Rien ne vous attend')
  })

  test('an access token has no first page', async () => {
    await service().get('/').set('Authorization', 'Bearer sceau_test_x').expect(401)
  })
})

describe.each(['/about', '/accessibilite', '/confidentialite', '/docs'])('%s', (path) => {
  test('is there in both languages, and may be listed', async () => {
    const fr = (await service().get(path).expect(200)).text
    const en = (await service().get(`${path}?lang=en`).expect(200)).text
    expect(fr).toContain('<html lang="fr">')
    expect(en).toContain('<html lang="en">')
    expect(fr).not.toContain('noindex')
    expect(/<h1>(.*?)<\/h1>/.exec(fr)).not.toBeNull()
  })
})

test('the page on privacy tells the idle times and the periods that are true', async () => {
  const { staffIdleMs, studentIdleMs, sessionMs } = world.config.limits
  const { text } = await service().get('/confidentialite')
  const [minutes, hours, all] = [
    staffIdleMs / 60_000,
    studentIdleMs / 3_600_000,
    sessionMs / 3_600_000,
  ]
  expect(text).toContain(
    `${minutes} minutes sans activité, ${hours} heures pour les élèves, ${all} heures en tout`,
  )
})

describe('what is served beside pages', () => {
  test('robots are kept from shared badges, and are given no map', async () => {
    const { text, type } = await service().get('/robots.txt').expect(200)
    expect(type).toBe('text/plain')
    expect(text).toContain('User-agent: *\nDisallow: /b/\nDisallow: /a/\n')
    expect(text.toLowerCase()).not.toContain('sitemap')
  })

  test('XS-07 the API document is laid out by our own files, with no script in the page', async () => {
    const { text } = await service().get('/docs').expect(200)
    const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)/g)]
    expect(scripts).toHaveLength(2)
    for (const [, attributes, inside] of scripts) {
      expect(attributes).toMatch(/src="\/[^/]/)
      expect(inside).toBe('')
      const src = /src="([^"]+)"/.exec(attributes!)![1]!
      expect((await service().get(src).expect(200)).type).toBe('text/javascript')
    }
    await service().get('/docs/swagger-ui.css').expect(200).expect('content-type', /css/)
    expect(text).toContain('href="/openapi.yaml"')
    expect((await service().get('/')).text).toContain('href="/docs"')
  })

  test.each(['index.html', 'package.json', 'swagger-initializer.js', '..%2fpackage.json'])(
    'of the folder that it comes from, %s is not served',
    async (name) => {
      await service().get(`/docs/${name}`).expect(404)
    },
  )
})

test('an address of slashes alone is the first page, not an accident', async () => {
  expect((await service().get('//').expect(200)).text).toContain('href="/?lang=en"')
})
