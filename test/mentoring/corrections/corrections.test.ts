import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Actor } from '../../../src/context.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { shareBadge } from '../../../src/issuer/share-badge.js'
import {
  askCorrection,
  MAX_OPEN_REQUESTS,
} from '../../../src/mentoring/corrections/ask-correction.js'
import {
  correctIdentity,
  refuseCorrection,
} from '../../../src/mentoring/corrections/correct-identity.js'
import { seeCorrections, seeIdentity } from '../../../src/mentoring/corrections/see-corrections.js'
import { personalDataOf } from '../../../src/mentoring/students/personal-data.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { issue, type Issued } from '../../issuer/share-story.js'
import { aLycee, asActor, refusalOf, somebody } from '../../people/people.js'
import { meanwhile } from '../../support/meanwhile.js'
import { openWorld, type World } from '../../support/world.js'
import { browserOf, textOf } from '../browser.js'
import { moveTo } from '../move.js'
import { aGuardian, asked, bornOn } from '../consents/story.js'

let world: World
let issued: Issued

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
})

const NOW = { givenName: 'Zoé', familyName: 'Kerguélen', birthDate: '2011-02-03', sex: '', ine: '' }
const REASON = 'D’après la carte d’identité'
const correct = (changes: object, actor: Actor = issued.teacher, shown = 0) =>
  correctIdentity(world, actor, {
    ...{ studentId: issued.studentId, reason: REASON, changes: shown },
    ...NOW,
    ...changes,
  })
const ask = (said = 'Mon nom s’écrit Kerguelen') =>
  askCorrection(world, issued.student, { field: 'familyName', said })
const waiting = async () => (await seeCorrections(world, issued.teacher))[0]!
const lines = async () =>
  (await world.db.selectFrom('audit').selectAll().execute()).filter(({ action }) =>
    /correction|identity/.test(action),
  )

describe('from what a student says is wrong to what it was', () => {
  test('over the first page of the staff; the student reads the answer, and the link shows the new name', async () => {
    const { url } = await shareBadge(world, issued.student, {
      ...{ badgeId: issued.badgeId, label: 'CV', shows: 'named' },
    })
    const link = async () => textOf(await request(createApp(world)).get(new URL(url).pathname))
    expect(await link()).toContain('Zoé Kerguélen')
    const student = await browserOf(world, 'student@example.org')
    const said = {
      do: 'correct',
      field: 'familyName',
      said: 'Mon nom s’écrit Kerguelen, sans accent',
    }
    expect((await student.send('/my-data', said)).status).toBe(303)
    expect(textOf(await student.get('/my-data'))).toContain(
      'Réponse attendue au plus tard le 24 décembre 2026.',
    )

    const staff = await browserOf(world, 'teacher@example.org')
    const first = await staff.get('/')
    expect(textOf(first)).toContain('Demandes de correction à traiter dans le mois')
    expect(first.text).toContain('href="/corrections"')
    expect(textOf(await staff.get('/corrections'))).toContain('Zoé Kerguélen')
    const path = `/students/${issued.studentId}/identity`
    expect(textOf(await staff.get(path))).toContain('sans accent')
    const { id: requestId } = await waiting()
    const form = { act: 'correct', ...NOW, requestId, reason: REASON, changes: '0' }
    expect((await staff.send(path, form)).status).toBe(400)
    expect((await staff.send(path, { ...form, familyName: 'Kerguelen' })).status).toBe(303)

    expect(await link()).toContain('Zoé Kerguelen')
    const report = await verifyBadge(Buffer.from(issued.document), {
      ...{ lookups: lookupsOf(world), now: world.now(), language: 'en' },
    })
    expect(report.verdict).toBe('valid')
    const told = textOf(await student.get('/my-data'))
    expect(told).toContain('Réponse du 24 novembre 2026 : corrigé.')
    expect(told).toContain(REASON)
    expect(textOf(await staff.get('/'))).not.toContain('Demandes de correction à traiter')
    expect(textOf(await staff.get(path))).toContain('Kerguélen 24 novembre 2026 Camille Martin')
    const account = world.db
      .selectFrom('persons')
      .select('family_name')
      .where('email', '=', 'student@example.org')
    expect(await account.executeTakeFirst()).toEqual({ family_name: 'Kerguelen' })
  })

  test('values lie sealed, and no line of the audit has one', async () => {
    await ask()
    await correct({
      familyName: 'Kerguelen',
      birthDate: '2010-02-03',
      requestId: (await waiting()).id,
    })
    const rows = JSON.stringify([
      await world.db.selectFrom('correction_requests').selectAll().execute(),
      await world.db.selectFrom('identity_changes').selectAll().execute(),
      await lines(),
    ])
    for (const value of ['Kergu', '2011-02', '2010-02', 'carte', 'écrit'])
      expect(rows).not.toContain(value)
    expect(
      (await lines()).map(({ action, details }) => [action, JSON.parse(details ?? '{}')]),
    ).toMatchObject([
      ['correction.asked', { field: 'familyName' }],
      ['identity.corrected', { fields: 'familyName birthDate' }],
    ])
  })

  test('who corrected what, when and why is told, the newest first', async () => {
    await correct({ familyName: 'Kerguelen' })
    world.clock.advance(86_400_000)
    await correct({ familyName: 'Kerguélenn', sex: 'F', ine: '000000002AA' }, issued.head, 1)
    const { changes, now } = await seeIdentity(world, issued.teacher, issued.studentId)
    expect(now).toMatchObject({ familyName: 'Kerguélenn', sex: 'F', ine: '' })
    expect(changes.map(({ field, before, on }) => [field, before, on])).toEqual([
      ['ine', undefined, '2026-11-25'],
      ['sex', '', '2026-11-25'],
      ['familyName', 'Kerguelen', '2026-11-25'],
      ['familyName', 'Kerguélen', '2026-11-24'],
    ])
  })

  test('the former name may stand in no badge, either', async () => {
    await correct({ familyName: 'Le Gall' })
    const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
    expect(await personalDataOf(world, id)).toEqual(
      expect.arrayContaining(['Le Gall', 'Kerguélen']),
    )
  })
})

describe('a refusal', () => {
  test('is given once, with a reason that the student reads', async () => {
    await ask()
    const { id: requestId } = await waiting()
    const refuse = (reason: string) =>
      refuseCorrection(world, issued.head, { studentId: issued.studentId, requestId, reason })
    expect((await refusalOf(refuse(' '))).fields).toMatchObject([{ pointer: '/refusal' }])
    await refuse('L’état civil dit autre chose.')
    expect((await refusalOf(refuse('Encore.'))).code).toBe('conflict')
    const again = correct({ familyName: 'Kerguelen', requestId })
    expect((await refusalOf(again)).code).toBe('conflict')
    const student = await browserOf(world, 'student@example.org')
    expect(textOf(await student.get('/my-data'))).toContain('L’état civil dit autre chose.')
    expect((await seeIdentity(world, issued.head, issued.studentId)).changes).toEqual([])
  })

  test('of no request, or of another student’s, is none', async () => {
    const refuse = (requestId: string) =>
      refuseCorrection(world, issued.head, {
        studentId: issued.studentId,
        requestId,
        reason: 'Non.',
      })
    expect((await refusalOf(refuse(''))).fields).toMatchObject([{ pointer: '/refusedId' }])
    expect((await refusalOf(refuse('unknown'))).code).toBe('conflict')
  })
})

describe('what is refused', () => {
  test.each([
    ['an empty name', { givenName: ' ' }, '/givenName'],
    ['a day that is none', { birthDate: '2011-02-30' }, '/birthDate'],
    ['a day to come', { birthDate: '2026-11-24' }, '/birthDate'],
    ['what is no INE', { ine: '12' }, '/ine'],
    ['what is no sex', { sex: 'X' }, '/sex'],
    ['no change', {}, '/givenName'],
    ['no reason', { familyName: 'Le Gall', reason: '' }, '/reason'],
  ])('%s', async (_, changes, pointer) => {
    expect(await refusalOf(correct(changes))).toMatchObject({
      ...{ code: 'invalid-request', fields: [{ pointer }] },
    })
    expect(await lines()).toEqual([])
  })

  test('a form that was shown before somebody else’s correction', async () => {
    await correct({ familyName: 'Kerguelen' })
    expect((await refusalOf(correct({ familyName: 'Le Gall' }, issued.head))).code).toBe('conflict')
    const { now } = await seeIdentity(world, issued.head, issued.studentId)
    expect(now.familyName).toBe('Kerguelen')
  })

  test('the liaison officer, a company, another school, the student, a program', async () => {
    const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const held = { role: 'school-approver', organisationId: other.id } as const
    const stranger = await asActor(world, await somebody(world, 'far@example.org', held))
    const program: Actor = { ...issued.head, via: 'token' }
    for (const actor of [issued.boss, stranger, issued.student, program])
      expect(['forbidden', 'not-found']).toContain(
        (await refusalOf(correct({ familyName: 'Le Gall' }, actor))).code,
      )
    expect(
      (await refusalOf(askCorrection(world, issued.teacher, { field: 'ine', said: 'x' }))).code,
    ).toBe('not-found')
  })

  test('the school that the student has left; the present one answers', async () => {
    await ask()
    const there = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const held = { role: 'school-staff', organisationId: there.id } as const
    const staff = await asActor(world, await somebody(world, 'there@example.org', held))
    await moveTo(world, issued.studentId, there)
    expect(await seeCorrections(world, issued.teacher)).toEqual([])
    const answer = { studentId: issued.studentId, reason: REASON }
    const requestId = (await seeCorrections(world, staff))[0]!.id
    const refused = refuseCorrection(world, issued.teacher, { ...answer, requestId })
    expect((await refusalOf(refused)).code).toBe('not-found')
    await refuseCorrection(world, staff, { ...answer, requestId })
  })

  test.each([
    ['corrects', correctIdentity, { ...NOW, familyName: 'Le Gall', changes: 0 }],
    ['refuses', refuseCorrection, { ...NOW, changes: 0 }],
  ])('the school that the student leaves while it %s', async (_, act, changes) => {
    await ask()
    const { id: requestId } = await waiting()
    const there = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const moving = meanwhile(world, () => moveTo(world, issued.studentId, there))
    const input = { studentId: issued.studentId, requestId, reason: REASON, ...changes }
    expect((await refusalOf(act(moving, issued.teacher, input))).code).toBe('not-found')
  })

  test('the INE of another student', async () => {
    const { id: _, ...first } = await world.db
      .selectFrom('students')
      .selectAll()
      .executeTakeFirstOrThrow()
    const ine_fingerprint = world.vault.fingerprint('000000002AA')
    const other = { ...first, public_id: 'other', person_id: null, ine_fingerprint }
    await world.db.insertInto('students').values(other).execute()
    expect((await refusalOf(correct({ ine: '000000002AA' }))).fields).toMatchObject([
      { pointer: '/ine' },
    ])
  })

  test('more requests than a school can read at once', async () => {
    for (let n = 0; n < MAX_OPEN_REQUESTS; n++) await ask(`${n}`)
    expect(await refusalOf(ask())).toMatchObject({ code: 'rule-refused', rule: 'CORRECTION-01' })
    const nothing = askCorrection(world, issued.student, { field: 'shoe size', said: '38' })
    expect((await refusalOf(nothing)).fields).toMatchObject([{ pointer: '/field' }])
  })
})

test('a guardian asks at their link, on a page that names nobody', async () => {
  await bornOn(world, '2012-05-10')
  const { token } = await asked(
    world,
    issued.teacher,
    await aGuardian(world, issued.teacher, 'Ariane'),
  )
  const fields = { act: 'correct', field: 'birthDate', said: 'Le 11 mai' }
  const api = request(createApp(world))
  const form = api.post(`/g/${token}`).set('Sec-Fetch-Site', 'same-origin').type('form')
  expect((await form.send(fields)).status).toBe(303)
  expect(await waiting()).toMatchObject({ byGuardian: true, said: 'Le 11 mai' })
  const page = await api.get(`/g/${token}`)
  expect(page.text).not.toMatch(/Zoé|Kergu|2012-05-10|11 mai/)
})
