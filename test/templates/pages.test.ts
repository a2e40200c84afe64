import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import type { Organisation } from '../../src/people/store.js'
import { listVersionsOf } from '../../src/templates/store.js'
import { aCompany, aLycee, asActor } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { hiddenIn, signedIn, typed, type Tab } from './tab.js'

let world: World
let company: Organisation
let admin: Tab
let endorser: Tab | undefined

beforeEach(async () => {
  world = await openWorld()
  company = await aCompany(world, 'Composites du Lac DÉMO')
  admin = await signedIn(world, 'company-admin', company.id)
  endorser = undefined
})

const versions = () => listVersionsOf(world.db, company.id)

async function defined(): Promise<string> {
  const answer = await admin.send('/definitions/new', typed)
  expect(answer.status).toBe(303)
  return answer.headers.location!
}

async function published(): Promise<string> {
  const path = await defined()
  await proposed(path)
  await admin.send(path, { do: 'publish', function: 'Directrice' })
  return path
}

/** It takes two: the endorser of the company proposes. */
async function proposed(path: string): Promise<void> {
  endorser ??= await signedIn(world, 'company-endorser', company.id)
  await endorser.send(path, { do: 'propose', function: 'Responsable d’atelier' })
}

describe('a badge', () => {
  test('is defined, edited, published and renewed, by the pages alone', async () => {
    const path = await defined()
    const [draft] = await versions()
    expect(draft?.definition).toMatchObject({
      criteria: '- prépare **seul** son poste\n- stratifie une pièce conforme',
      complements: { rncp: 'RNCP38566', cfd: null },
      alignments: [
        {
          framework: 'ROME',
          code: 'H3203',
          url: 'https://candidat.francetravail.fr/metierscope/fiche-metier/H3203',
          verified: false,
        },
      ],
      rule: [
        { kind: 'mentoring', sessionKind: 'PROJET', hours: 8.5, ownCompany: true },
        { kind: 'placement', days: 10, ownCompany: false },
      ],
      picture: { shape: 'shield', colour: 'moss', icon: 'leaf', text: 'Zéro rebut' },
      validityMonths: null,
    })
    const page = (await admin.get(path)).text
    expect(page).toContain('Le brouillon est enregistré')
    expect(page).toContain('ne peut plus changer')
    expect(page).toContain('signe cette définition avec sa clé')

    await admin.send(`${path}/edit`, { ...typed, name: 'Stratifier une pièce' })
    await proposed(path)
    const shown = (await admin.get(path)).text
    expect(shown).toContain('Proposée par Camille Martin (Responsable d’atelier)')
    expect(shown).toContain('Notre entreprise a défini la compétence « Stratifier une pièce »')
    const told = await admin.send(path, { do: 'publish', function: 'Directrice' })
    expect(told.headers.location).toBe(path)
    expect((await admin.get(path)).text).toContain('La version est publiée')
    expect((await versions())[0]).toMatchObject({
      publishedAt: world.now().toISOString(),
      publishedById: admin.person.id,
      definition: { name: 'Stratifier une pièce' },
    })
    const jobs = await world.db.selectFrom('jobs').select('kind').execute()
    expect(jobs).toEqual([{ kind: 'endorse-definition' }])

    const renewed = await admin.send(path, { do: 'renew' })
    expect(renewed.headers.location).toBe(`${path}/edit`)
    const both = (await admin.get(path)).text
    expect(both).toMatch(/Version 2.*Brouillon.*Version 1.*Publié/s)
    expect((await admin.get(`${path}?version=1`)).text).toContain('une version plus récente')
    expect((await admin.get(`${path}?version=7`)).status).toBe(404)
  })

  test('is in the list with its picture, its state and how many versions it has', async () => {
    expect((await admin.get('/definitions')).text).toContain('n’a pas encore de badge')
    const path = await published()
    await admin.send(path, { do: 'renew' })
    const { text } = await admin.get('/definitions')
    expect(text).toContain('Stratifier au contact')
    expect(text).toMatch(/<svg xmlns.*Stratifier au contact.*Brouillon.*data-label="Version">2</s)
    expect(text).toContain('data-label="Nombre de versions">2<')
  })

  test('is archived by the page, and then neither edited nor renewed', async () => {
    const path = await published()
    await admin.send(path, { do: 'archive' })
    const { text } = await admin.get(path)
    expect(text).toContain('Archivé')
    expect(text).not.toMatch(/value="(renew|archive|publish)"/)
    expect((await admin.get(`${path}/edit`)).status).toBe(409)
    expect((await admin.send(path, { do: 'renew' })).status).toBe(409)
  })
})

describe('who is somebody else', () => {
  test('EN-01 who proposes it is shown that somebody else must publish it', async () => {
    const path = await defined()
    await admin.send(path, { do: 'propose', function: 'Directrice' })
    const page = await admin.get(path)
    expect(page.text).toContain('Une autre personne de l’entreprise doit la publier')
    expect(page.text).not.toContain('value="publish"')
    const { digest } = (await versions())[0]!
    const { _csrf = '' } = hiddenIn(page.text)
    const forged = { _csrf, digest, do: 'publish', function: 'Directrice' }
    expect((await admin.post(path, forged)).status).toBe(403)
    const other = await signedIn(world, 'company-endorser', company.id)
    expect((await other.get(path)).text).toContain('value="publish"')
    const edited = await other.send(`${path}/edit`, { ...typed, name: 'Par un endosseur' })
    expect(edited.status).toBe(303)
    expect((await other.get(path)).text).not.toContain('value="publish"')
  })

  test('a function that is missing is asked for, at its field', async () => {
    const path = await defined()
    const answer = await admin.send(path, { do: 'propose', function: '' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('id="error-function"')
    expect((await versions())[0]?.proposal).toBeNull()
  })

  test('another company finds nothing', async () => {
    const path = await published()
    const other = await aCompany(world, 'Plasturgie du Doubs DÉMO', '00099002800011')
    const rival = await signedIn(world, 'company-admin', other.id)
    const { _csrf = '' } = hiddenIn((await rival.get('/definitions')).text)
    expect((await rival.get('/definitions')).text).not.toContain('Stratifier')
    for (const place of [path, `${path}/edit`]) {
      expect((await rival.get(place)).status, place).toBe(404)
      const sent = { ...typed, _csrf, do: place === path ? 'archive' : 'save' }
      expect((await rival.post(place, sent)).status, place).toBe(404)
    }
    const forged = await rival.post('/definitions/new', {
      ...typed,
      _csrf,
      company: company.publicId,
    })
    expect(forged.status).toBe(404)
    expect((await versions())[0]?.archivedAt).toBeNull()
  })

  test('a partner school reads what is published, and nothing else', async () => {
    const path = await published()
    await admin.send(path, { do: 'renew' })
    const hidden = await defined()
    const school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
    const teacher = await signedIn(world, 'school-staff', school.id)
    expect((await teacher.get(path)).status).toBe(404)
    expect((await teacher.get('/definitions')).text).toContain('Aucune entreprise partenaire')
    await openClass(world, await asActor(world, teacher.person), {
      schoolId: school.publicId,
      name: '2PC',
      mef: '2472250331',
      track: 'Plastiques et composites',
      principalCompanyId: company.publicId,
      fromDay: '2026-09-01',
    })
    const list = (await teacher.get('/definitions')).text
    expect(list).toContain('Badges des entreprises partenaires')
    expect(list).toContain('data-label="Nombre de versions">1<')
    expect(list).not.toContain('/definitions/new')
    const { text, status } = await teacher.get(path)
    expect(status).toBe(200)
    expect(text).not.toMatch(/Brouillon|value="(publish|renew|archive)"|\/edit/)
    expect((await teacher.get(`${path}?version=2`)).status).toBe(404)
    expect((await teacher.get(hidden)).status).toBe(404)
    const { _csrf = '' } = hiddenIn(list)
    for (const step of ['publish', 'renew', 'archive'])
      expect((await teacher.post(path, { _csrf, do: step })).status, step).toBe(404)
    for (const place of ['/definitions/new', '/definitions/examples', `${path}/edit`])
      expect((await teacher.get(place)).status, place).toBe(404)
  })

  test('without signing in there is nothing but the way to sign in', async () => {
    const path = await published()
    for (const place of ['/definitions', '/definitions/new', path, `${path}/edit`]) {
      const answer = await request(createApp(world)).get(place).set('Accept', 'text/html')
      expect(answer.status, place).toBe(401)
      expect(answer.text).not.toContain('Stratifier')
    }
  })
})
