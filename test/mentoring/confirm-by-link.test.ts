import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { makeAnswerLink, revokeAnswerLinks } from '../../src/mentoring/answers/answer-links.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { confirmedFactsOf } from '../../src/mentoring/facts/facts.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { findSession } from '../../src/mentoring/facts/store.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { addMentor } from '../../src/mentoring/mentors/add-mentor.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { loadConfig } from '../../src/config.js'
import { auditOf, refusalOf } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
let sessionId: string
let path: string
let logged: string[]

beforeEach(async () => {
  logged = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  world = await openWorld({ log: pino({ level: 'info' }, sink) })
  academy = await openAcademy(world)
  const said = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '2026-11-20' }
  await addMentor(world, academy.teacher, {
    ...said,
    organisationId: academy.company.publicId,
    givenName: 'Ève',
    familyName: 'Atelier',
    email: '',
    sex: '',
  })
  await aMember(world, academy, { id: 'zoe', givenName: 'Zélie' })
  await aMember(world, academy, { id: 'ana', givenName: 'Anaëlle' })
  sessionId = await record('Moule en composite')
  path = await link()
})

const eve = () =>
  world.db
    .selectFrom('persons')
    .selectAll()
    .where('family_name', '=', 'Atelier')
    .executeTakeFirstOrThrow()

async function record(topic: string, mentorIds?: string[]): Promise<string> {
  return recordSession(world, academy.teacher, {
    cohortId: academy.cohortId,
    companyId: academy.company.publicId,
    kind: 'PROJET',
    day: '2026-11-24',
    minutes: 90,
    topic,
    mentorIds: mentorIds ?? [(await eve()).public_id],
    studentIds: ['zoe', 'ana'],
    topicAgreed: false,
    coordinated: false,
    acknowledged: ['PT-06'],
  })
}

async function link(id = sessionId): Promise<string> {
  const { url } = await makeConfirmationLink(world, academy.colleague, { sessionId: id })
  return new URL(url).pathname
}

/** Somebody without an account. */
const anybody = () => request(createApp(world))
const open = (at = path) => anybody().get(at).set('Accept', 'text/html')
const answer = (fields: Record<string, string>, at = path) =>
  anybody()
    .post(at)
    .set({ Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' })
    .type('form')
    .send(fields)
const kept = async (id = sessionId) => (await findSession(world.db, id))!

describe('the page behind a link', () => {
  test('asks one question, says for whom it is, and is kept by nobody', async () => {
    const page = await open().expect(200)
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.headers['x-robots-tag']).toContain('noindex')
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect(page.text).toContain('<meta name="robots" content="noindex, nofollow"/>')
    const text = textOf(page)
    for (const words of [
      'Cette séance a-t-elle eu lieu',
      'Ève Atelier',
      'Projet',
      '24 novembre 2026',
      '1 h 30',
      'Moule en composite',
      '2PC, 2 élèves',
      'Composites du Lac DÉMO',
      'Lycée DÉMO des Tilleuls',
      'Mes données derrière ce lien',
      'charte acceptée le 20 novembre 2026',
    ])
      expect(text).toContain(words)
    expect(page.text).not.toContain('<script')
    const english = await open().set('Accept-Language', 'en')
    expect(textOf(english)).toContain('Did this session take place?')
  })

  test('names no student, whatever the topic says', async () => {
    for (const topic of ['Avec Zélie', 'ANAELLE a fini', 'Kerguelen, moule']) {
      const at = await link(await record(topic))
      const pages = [await open(at), await answer({ answer: 'no' }, at)]
      pages.push(await answer({ answer: 'yes' }, at))
      for (const page of pages) {
        expect(page.text).not.toMatch(/Z[ée]lie|Ana[ëe]lle|Kergu/i)
        expect(page.text).toContain('2 élèves')
      }
    }
  })

  test('may be opened again and again by whoever looks at mails: nothing is used up', async () => {
    for (let n = 0; n < 3; n++) await open().expect(200)
    await anybody().head(path).expect(200)
    expect((await kept()).confirmed_at).toBeNull()
    await answer({ answer: 'yes' }).expect(200)
  })

  test('leaves its token in no log, nor in the store', async () => {
    await open()
    await answer({ answer: 'maybe' }).expect(400)
    await answer({ answer: 'yes' })
    await open().expect(410)
    await open('/a/unknown-token').expect(404)
    const token = path.slice('/a/'.length)
    expect(logged.join('')).toContain('"route":"/a/:token"')
    expect(logged.join('')).not.toContain(token)
    expect(logged.join('')).not.toContain('unknown-token')
    const rows = await world.db.selectFrom('answer_links').selectAll().execute()
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify([rows, audit])).not.toContain(token)
  })
})

describe('the answer', () => {
  test('yes confirms in the function of a mentor, once', async () => {
    const done = await answer({ answer: 'yes' }).expect(200)
    expect(textOf(done)).toContain('La séance est confirmée.')
    const { id } = await eve()
    expect(await kept()).toMatchObject({ confirmed_by_id: id, confirmed_function: 'mentor' })
    const student = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
    expect(await confirmedFactsOf(world.db, student.id)).toMatchObject([
      { confirmedFunction: 'mentor' },
    ])
    expect((await auditOf(world)).slice(-1)).toEqual(['session.confirmed'])
    const again = await answer({ answer: 'no', reason: 'Finalement non' }).expect(410)
    expect(textOf(again)).toContain('Une réponse a déjà été donnée')
    expect(again.headers['cache-control']).toBe('no-store')
    expect((await kept()).disputed_at).toBeNull()
  })

  test('of two at the same moment, one counts', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => answer({ answer: 'yes' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    const lines = (await auditOf(world)).filter((action) => action === 'session.confirmed')
    expect(lines).toHaveLength(1)
  })

  test('no wants a reason, is shown to the school, and is no fact until it is corrected', async () => {
    const empty = await answer({ answer: 'no', reason: ' ' }).expect(400)
    expect(empty.text).toContain('id="error-reason"')
    expect(empty.text).toContain('<details open')
    const done = await answer({ answer: 'no', reason: 'Elle a duré une demi-heure.' }).expect(200)
    expect(textOf(done)).toContain('la séance ne compte pas')
    expect(await kept()).toMatchObject({
      confirmed_at: null,
      dispute_reason: 'Elle a duré une demi-heure.',
    })
    expect((await auditOf(world)).slice(-1)).toEqual(['session.disputed'])
    const tab = await browserOf(world, ADDRESS.teacher)
    const shown = textOf(await tab.get(`/sessions/${sessionId}/link`))
    expect(shown).toContain('Le mentor dit non')
    expect(shown).toContain('Elle a duré une demi-heure.')
    expect(textOf(await tab.get(`/cohorts/${academy.cohortId}`))).toContain('Le mentor dit non')
    expect(await seeUnconfirmed(world, academy.tutor)).toEqual([])
    for (const actor of [academy.tutor, academy.colleague])
      expect(await refusalOf(confirmSession(world, actor, sessionId))).toMatchObject({
        code: 'conflict',
      })
    expect(await refusalOf(link())).toMatchObject({ code: 'conflict' })
  })

  test('is not taken from another site', async () => {
    await anybody()
      .post(path)
      .set({ Accept: 'text/html', 'Sec-Fetch-Site': 'cross-site' })
      .type('form')
      .send({ answer: 'yes' })
      .expect(403)
    expect((await kept()).confirmed_at).toBeNull()
  })

  test('is counted by address, as other forms of strangers are', async () => {
    const config = loadConfig({
      NODE_ENV: 'test',
      PUBLIC_URL: 'https://sceau.example',
      VERIFICATIONS_PER_MINUTE: '2',
    })
    const app = createApp({ ...world, config })
    const post = () => request(app).post('/a/guess').set('Accept', 'text/html').type('form')
    for (let n = 0; n < 2; n++) await post().send({ answer: 'yes' }).expect(404)
    await post().send({ answer: 'yes' }).expect(429)
  })
})

describe('a link that serves no more', () => {
  const says = async (status: number, words: string, at = path) => {
    for (const page of [await open(at), await answer({ answer: 'yes' }, at)]) {
      expect(page.status).toBe(status)
      expect(textOf(page)).toContain(words)
    }
    expect((await kept()).confirmed_function).not.toBe('mentor')
  }

  test('unknown', () => says(404, 'Ce lien n’existe pas', '/a/unknown'))

  test('expired', async () => {
    world.clock.advance(14 * DAY)
    await says(410, 'a expiré le 8 décembre 2026')
  })

  test('revoked, or replaced by a newer one', async () => {
    const older = path
    path = await link()
    await says(410, 'ne sert plus', older)
    const { id } = await kept()
    await revokeAnswerLinks(world.db, { purpose: 'confirm-session', sessionId: id }, world.now())
    await says(410, 'ne sert plus')
  })

  test('of another purpose', async () => {
    const placement = { purpose: 'assess-placement', placementId: await aPlacementId() } as const
    const { token } = await makeAnswerLink(world, world.db, {
      ...placement,
      personId: (await eve()).id,
      madeById: null,
    })
    await says(404, 'Ce lien n’existe pas', `/a/${token}`)
  })

  test('of a session that was confirmed meanwhile', async () => {
    await confirmSession(world, academy.colleague, sessionId)
    await says(410, 'déjà confirmée')
  })

  test('of somebody who is not a mentor of it any more', async () => {
    await world.db.deleteFrom('session_mentors').execute()
    await says(410, 'corrigée ou annulée')
  })
})

async function aPlacementId(): Promise<number> {
  const student = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
  const { id } = await world.db
    .insertInto('placements')
    .values({
      public_id: 'placement',
      student_id: student.id,
      company_id: academy.company.id,
      tutor_id: academy.tutor.personId!,
      from_day: '2026-11-02',
      until_day: '2026-11-13',
      days_done: 9,
      recorded_by_id: academy.teacher.personId!,
      recorded_at: world.now().toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

describe('four eyes', () => {
  test('whoever recorded a session gets no link to confirm it, and does not answer another’s', async () => {
    // A coordinator, say, who mentors and records.
    const { company, teacher } = academy
    await addMentor(world, teacher, {
      organisationId: company.publicId,
      ...{ givenName: 'Camille', familyName: 'Martin', email: ADDRESS.tutor, sex: '' },
      ...{ vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' },
    })
    const own = await record('Par qui l’a saisie', [academy.tutor.publicId])
    await world.db
      .updateTable('mentoring_sessions')
      .set({ recorded_by_id: academy.tutor.personId! })
      .where('public_id', '=', own)
      .execute()
    expect(await refusalOf(link(own))).toMatchObject({ code: 'forbidden' })

    const tab = await browserOf(world, ADDRESS.teacher)
    const refused = await tab.send(path, { answer: 'yes' })
    expect(refused.status).toBe(403)
    expect(textOf(refused)).toContain('Vous l’avez saisi vous-même')
    expect((await kept()).confirmed_at).toBeNull()
  })
})

describe('making a link', () => {
  test('comes after the session is recorded: an address to copy and a code to show, once', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const at = `/sessions/${sessionId}/link`
    expect(textOf(await tab.get(at))).toContain('Créer le lien pour Ève Atelier')
    const made = await tab.send(at, { mentorId: (await eve()).public_id })
    expect(made.status).toBe(200)
    const [, url = ''] = /value="(https:\/\/sceau\.example\/a\/[\w-]{43})"/.exec(made.text) ?? []
    expect(made.text).toContain('<svg class="qr"')
    expect(textOf(made)).toContain('sert une fois')
    expect((await tab.get(at)).text).not.toContain(url)
    await open(new URL(url).pathname).expect(200)
    await open(path).expect(410)
  })

  test('by API, for another mentor of the session only; another school finds nothing', async () => {
    const headers = async (personId: number | null) => {
      const { token } = await issueToken(world, OPERATOR, {
        name: 'Essai',
        scopes: ['mentoring:write'],
        days: 1,
        ownerId: personId,
        organisationId: null,
      })
      return { Authorization: `Bearer ${token}` }
    }
    const post = (id: string, body: object) =>
      anybody().post(`/api/sessions/${id}/confirmation-links`).send(body)
    const teacher = await headers(academy.teacher.personId)
    const { body } = await post(sessionId, {}).set(teacher).expect(201)
    expect(body).toEqual({
      url: expect.stringMatching(/^https:\/\/sceau\.example\/a\/[\w-]{43}$/),
      expiresAt: '2026-12-08T11:00:00.000Z',
    })
    const stranger = await headers(academy.stranger.personId)
    await post(sessionId, {}).set(stranger).expect(404)
    await post('nothing', {}).set(teacher).expect(404)
    const other = { mentorId: academy.tutor.publicId }
    await post(sessionId, other).set(teacher).expect(400)
    const tab = await browserOf(world, ADDRESS.stranger)
    expect((await tab.get(`/sessions/${sessionId}/link`)).status).toBe(404)
  })
})
