import sharp from 'sharp'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Actor } from '../../src/context.js'
import { bakePng } from '../../src/credential/bake-png.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { stepsOf } from '../issuer/steps.js'
import { tell } from '../issuer/story.js'
import { ADDRESS, aMember, openAcademy, type Academy } from '../mentoring/academy.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { aCompany, somebody } from '../people/people.js'
import { signedBadge } from '../support/badges.js'
import { openWorld, type World } from '../support/world.js'
import { writtenIn } from './written.js'

const TEN_MB = 10 * 1024 * 1024

let world: World
let api: ReturnType<typeof request>
beforeEach(async () => {
  world = await openWorld()
  api = request(createApp(world))
})

async function tokenOf({ personId }: Pick<Actor, 'personId'>): Promise<string> {
  const asked = { name: 'Essai', scopes: [...SCOPE_NAMES], days: 1, organisationId: null }
  return `Bearer ${(await issueToken(world, OPERATOR, { ...asked, ownerId: personId })).token}`
}

type Expected = Readonly<{ status: number; pointer: string; words: RegExp; rule?: string }>

/** The program is told field, value and cure, and nothing was written. */
async function refusedByApi(path: string, token: string, body: object, expected: Expected) {
  const before = await writtenIn(world)
  const sent = api.post(path).set('Authorization', token).set('Accept-Language', 'fr').send(body)
  const answer = await sent.expect(expected.status)
  expect(answer.type).toBe('application/problem+json')
  const { status, pointer, words, rule } = expected
  expect(answer.body).toMatchObject({ status, ...(rule !== undefined && { rule }) })
  expect(answer.body.errors).toContainEqual({ pointer, detail: expect.stringMatching(words) })
  expect(await writtenIn(world)).toEqual(before)
}

type Fields = Record<string, string | string[]>
type OnPage = Readonly<{ status: number; field: string; words: RegExp; kept: string }>

/** The person gets the same page back: words beside the field, what was typed still there. */
async function refusedOnPage(email: string, path: string, fields: Fields, expected: OnPage) {
  const tab = await browserOf(world, email)
  await tab.get(path)
  const before = await writtenIn(world)
  const answer = await tab.send(path, fields)
  expect(answer.status).toBe(expected.status)
  expect(answer.text).toContain(`id="error-${expected.field}"`)
  const beside = new RegExp(`id="error-${expected.field}"[^>]*>(.*?)</span>`, 's')
  expect(textOf({ text: beside.exec(answer.text)?.[1] ?? '' } as never)).toMatch(expected.words)
  expect(answer.text).toContain(expected.kept)
  expect(await writtenIn(world)).toEqual(before)
}

describe('a number that is none', () => {
  const lycee = { kind: 'lycee', name: 'Lycée DÉMO des Saules' }
  const company = { kind: 'company', name: 'Tournage du Val DÉMO' }
  const cases = [
    ['a UAI whose letter is wrong', lycee, 'uai', '9990001A', /9990001A.*la lettre est X/],
    ['a UAI of another form', lycee, 'uai', '99-X', /« 99-X ».*sept chiffres puis une lettre/],
    [
      'a SIRET whose sum is wrong',
      company,
      'siret',
      '00099001000018',
      /00099001000018.*cinq derniers chiffres/,
    ],
    ['a SIRET that is too short', company, 'siret', '123', /« 123 ».*quatorze chiffres/],
  ] as const

  test.each(cases)('%s', async (...[, organisation, field, value, words]) => {
    const held = { role: 'platform-admin', organisationId: null } as const
    const { id: personId } = await somebody(world, 'platform@example.org', held)
    const body = { ...organisation, [field]: value }
    const expected = { status: 400, pointer: `/${field}`, words }
    await refusedByApi('/api/organisations', await tokenOf({ personId }), body, expected)
    const onPage = { status: 400, field, words, kept: `value="${value}"` }
    await refusedOnPage('platform@example.org', '/organisations', body, onPage)
  })
})

describe('what did not happen, or not like that', () => {
  let academy: Academy
  let token: string
  let session: Readonly<Record<string, unknown>>
  let form: Fields
  beforeEach(async () => {
    academy = await openAcademy(world)
    token = await tokenOf(academy.teacher)
    const studentIds = [await aMember(world, academy, { id: 'zoe' })]
    const mentorId = academy.tutor.publicId
    const acknowledged = ['PT-06', 'MENT-01']
    const said = { kind: 'PROJET', day: '2026-11-10', topic: 'Moule en composite' }
    const common = { ...said, acknowledged }
    const companyId = academy.company.publicId
    session = { ...common, companyId, mentorId, studentIds, format: 'INDIVIDUEL', minutes: 60 }
    const chosen = `${mentorId}.${companyId}`
    form = { ...common, minutes: '60', studentIds, mentorIds: chosen }
  })

  const cases = [
    [
      'a day that no calendar has',
      { day: '2026-02-30' },
      { status: 400, rule: undefined, field: 'day', words: /« 2026-02-30 ».*comme 2026-11-24/ },
    ],
    [
      'a session that is still to come',
      { day: '2026-12-24' },
      { status: 400, rule: undefined, field: 'day', words: /24 décembre 2026.*une fois passé/ },
    ],
    [
      'PT-01 a kind of session that there is not',
      { kind: 'TUTORAT' },
      { status: 422, rule: 'PT-01', field: 'kind', words: /« TUTORAT ».*PROJET, IMMERSION/ },
    ],
    [
      'PT-03 a career session in 2de',
      { kind: 'CARRIERE' },
      { status: 422, rule: 'PT-03', field: 'studentIds', words: /2de pro.*Retirez-le ou changez/ },
    ],
  ] as const

  test.each(cases)('%s', async (_name, change, { status, rule, field, words }) => {
    const at = `/api/cohorts/${academy.cohortId}/sessions`
    const pointer = field === 'studentIds' ? '/studentIds/0' : `/${field}`
    const expected = { status, pointer, words, ...(rule !== undefined && { rule }) }
    await refusedByApi(at, token, { ...session, ...change }, expected)
    const onPage = { status, field, words, kept: 'value="Moule en composite"' }
    const path = `/cohorts/${academy.cohortId}/sessions/new`
    await refusedOnPage(ADDRESS.teacher, path, { ...form, ...change }, onPage)
  })

  test('PT-11 a second cohort of one class in a year', async () => {
    const words = /déjà une cohorte entrée en 2026-2027.*Choisissez une autre année/
    const at = `/api/classes/${academy.classId}/cohorts`
    const expected = { status: 422, pointer: '/entryYear', words, rule: 'PT-11' }
    await refusedByApi(at, token, { entryYear: 2026 }, expected)
    const onPage = { status: 422, field: 'entryYear', words, kept: 'value="2026"' }
    const path = `/classes/${academy.classId}`
    await refusedOnPage(ADDRESS.teacher, path, { entryYear: '2026' }, onPage)
  })

  test('the same session twice, as when a form is sent twice', async () => {
    const at = `/api/cohorts/${academy.cohortId}/sessions`
    await api.post(at).set('Authorization', token).send(session).expect(201)
    const words = /déjà enregistrée.*dites-le dans son sujet/
    await refusedByApi(at, token, session, { status: 409, pointer: '/topic', words })
    const onPage = { status: 409, field: 'topic', words, kept: 'value="Moule en composite"' }
    await refusedOnPage(ADDRESS.teacher, `/cohorts/${academy.cohortId}/sessions/new`, form, onPage)
    const both = [0, 1].map(() =>
      api
        .post(at)
        .set('Authorization', token)
        .send({ ...session, topic: 'Démoulage' }),
    )
    const answers = await Promise.all(both)
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const other = { ...session, topic: 'Moule, l’après-midi' }
    await api.post(at).set('Authorization', token).send(other).expect(201)
  })

  test('a second class of one name', async () => {
    const typed = {
      schoolId: academy.school.publicId,
      name: '2pc',
      mef: '2472250331',
      track: 'Plastiques',
      principalCompanyId: academy.company.publicId,
      fromDay: '2026-09-01',
    }
    const words = /déjà une classe de ce nom.*donnez un autre nom/
    await refusedByApi('/api/classes', token, typed, { status: 409, pointer: '/name', words })
    const onPage = { status: 409, field: 'name', words, kept: 'value="Plastiques"' }
    await refusedOnPage(ADDRESS.teacher, '/classes', typed, onPage)
  })

  test('PT-09 a second principal company for the same days', async () => {
    const words = /une entreprise principale et une seule/
    const onPage = { status: 422, field: 'role', words, kept: 'value="2026-08-31"' }
    const path = `/classes/${academy.classId}/companies/new`
    const companyId = academy.otherCompany.publicId
    const sent = { companyId, role: 'principal', fromDay: '2026-08-31' }
    await refusedOnPage(ADDRESS.teacher, path, sent, onPage)
  })

  test('fields that nobody asked for, and values of another type', async () => {
    const at = `/api/cohorts/${academy.cohortId}/sessions`
    const unknown = { status: 400, pointer: '/', words: /Champ inconnu : confirmedBy/ }
    await refusedByApi(at, token, { ...session, confirmedBy: 'moi' }, unknown)
    const type = { status: 400, pointer: '/minutes', words: /Donnez un nombre/ }
    await refusedByApi(at, token, { ...session, minutes: 'une heure' }, type)
    const format = { status: 400, pointer: '/format', words: /« FOULE ».*INDIVIDUEL, PETIT_GROUPE/ }
    await refusedByApi(at, token, { ...session, format: 'FOULE' }, format)
  })

  test('JSON that is none, and another type of content', async () => {
    const at = `/api/cohorts/${academy.cohortId}/sessions`
    const before = await writtenIn(world)
    const post = () => api.post(at).set('Authorization', token)
    const broken = await post().type('json').send('{"kind": ').expect(400)
    expect(broken.body.detail).toContain('JSON')
    for (const type of ['text/xml', 'application/x-www-form-urlencoded', 'text/plain']) {
      const other = await post().type(type).send('kind=PROJET').expect(415)
      expect(other.body.detail).toContain('application/json')
    }
    expect(await writtenIn(world)).toEqual(before)
  })

  test('AU-09 a form without the token of the session', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    await tab.get('/classes')
    const before = await writtenIn(world)
    const sent = { name: '2MV', _csrf: 'autre' }
    for (const _csrf of [undefined, '', 'autre', ['a', 'b']]) {
      const { status, text } = await tab.sendAs('/classes', { ...sent, _csrf } as never)
      expect(status).toBe(403)
      expect(text).toContain('Rouvrir la page')
    }
    expect(await writtenIn(world)).toEqual(before)
  })

  test('a class list that is no class list', async () => {
    const files = [
      ['liste.pdf', Buffer.from('%PDF-1.7 rien'), 415],
      ['liste.xml', Buffer.from('<?xml version="1.0"?><eleves/>'), 415],
      ['liste.zip', Buffer.from('PK\u0003\u0004 abrégé'), 400],
      ['liste.csv', Buffer.from('nom;prénom\n"A;B\n'), 400],
    ] as const
    const tab = await browserOf(world, ADDRESS.teacher)
    await tab.get('/import')
    const before = await writtenIn(world)
    for (const [name, bytes, status] of files) {
      const fields = { schoolId: academy.school.publicId, schoolYear: '2026' }
      const answer = await tab.upload('/import', fields, { name, bytes })
      expect(answer.status, name).toBe(status)
      expect(answer.text).toContain('id="error-file"')
      expect(textOf(answer)).toMatch(/SIECLE/)
    }
    expect(await writtenIn(world)).toEqual(before)
  })
})

describe('who may not endorse', () => {
  async function assessed() {
    const story = await tell(world)
    const dossierId = await openDossier(world, story.teacher, story)
    const steps = stepsOf(world, story, dossierId)
    await steps.upTo('assess')
    const { digest } = await steps.committed()
    const typed = {
      act: 'endorse',
      digest,
      function: 'Tuteur',
      comment: 'Nous l’avons vue travailler à l’atelier.',
      entitled: 'yes',
    }
    return { path: `/dossiers/${dossierId}`, typed }
  }

  test('EN-06 somebody of another company: there is nothing for them', async () => {
    const { path, typed } = await assessed()
    const { id: organisationId } = await aCompany(world, 'Moules DÉMO', '00099002800011')
    const stranger = 'stranger@example.org'
    await somebody(world, stranger, { role: 'company-endorser', organisationId })
    const tab = await browserOf(world, stranger)
    const { text } = await tab.get('/dossiers')
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
    const before = await writtenIn(world)
    expect((await tab.sendAs(path, { ...typed, _csrf })).status).toBe(404)
    expect(await writtenIn(world)).toEqual(before)
  })

  test('EN-01 the person who assessed it: the same page says who may', async () => {
    const { path, typed } = await assessed()
    const tab = await browserOf(world, 'tutor@example.org')
    await tab.get(path)
    const before = await writtenIn(world)
    const answer = await tab.send(path, typed)
    expect(answer.status).toBe(403)
    expect(textOf(answer)).toContain('Une autre personne doit le faire')
    expect(await writtenIn(world)).toEqual(before)
  })
})

describe('ten megabytes', () => {
  const long = 'a'.repeat(TEN_MB)
  const sent = [
    ['as JSON to the API', () => api.post('/api/organisations').send({ name: long })],
    ['as JSON to verify', () => api.post('/verifications').send({ credential: long })],
    ['as a badge', () => api.post('/verifications').type('application/vc').send(long)],
    ['as a form', () => api.post('/verify').type('form').send({ badge: long })],
    ['as a file to verify', () => api.post('/verifications').attach('file', bytes(), 'a.png')],
    ['as a file at the page', () => api.post('/verify').attach('file', bytes(), 'a.png')],
  ] as const
  const bytes = () => Buffer.alloc(TEN_MB, 97)

  test.each(sent)('%s are too large, and the service goes on', async (_name, send) => {
    const before = await writtenIn(world)
    await send().expect(413)
    await api.get('/readyz').expect(200)
    expect(await writtenIn(world)).toEqual(before)
  })
})

describe('a picture that is broken', () => {
  test('gets a verdict, from the program’s door and from the page', async () => {
    const blank = { width: 8, height: 8, channels: 3, background: '#fff' } as const
    const plain = await sharp({ create: blank }).png().toBuffer()
    const baked = Buffer.from(bakePng(plain, JSON.stringify(await signedBadge())))
    const cut = baked.subarray(0, baked.length / 2)
    const flipped = Buffer.from(baked)
    flipped[60] = flipped[60]! ^ 0xff
    for (const png of [cut, flipped, plain, baked.subarray(0, 9), Buffer.from([0x89, 0x50])]) {
      const { body } = await api.post('/verifications').type('image/png').send(png).expect(200)
      expect(body.verdict).not.toBe('valid')
      expect(body.badge).toBeNull()
      const page = await api.post('/verify').attach('file', png, 'badge.png').expect(200)
      expect(page.text).toContain('Résultat de la vérification')
    }
  })
})
