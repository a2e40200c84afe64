import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import {
  answerObjection,
  openObjectionsFor,
  seeObjection,
  seeObjections,
} from '../../../src/mentoring/consents/answer-objection.js'
import { MAX_OPEN_OBJECTIONS, objectAsStudent } from '../../../src/mentoring/consents/object.js'
import { issue, type Issued } from '../../issuer/share-story.js'
import { aLycee, asActor, auditOf, refusalOf, somebody } from '../../people/people.js'
import { meanwhile } from '../../support/meanwhile.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { browserOf, textOf } from '../browser.js'
import { moveTo } from '../move.js'
import { aGuardian, asked, bornOn } from './story.js'

let world: World
let issued: Issued

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
})

const object = (reason = 'Raison de famille') =>
  objectAsStudent(world, issued.student, { processing: 'sessions', reason })
const waiting = async () => (await seeObjections(world, issued.teacher))[0]!

describe('the right to object (RGPD, art. 21)', () => {
  test('from the student over the first page of the staff to the answer', async () => {
    const student = await browserOf(world, 'student@example.org')
    const made = { act: 'object', processing: 'sessions', reason: 'Raison de famille' }
    expect((await student.send('/my-consents', made)).status).toBe(303)
    expect(textOf(await student.get('/my-consents'))).toContain(
      'Réponse attendue au plus tard le 24 décembre 2026.',
    )
    const staff = await browserOf(world, 'teacher@example.org')
    const first = await staff.get('/')
    expect(textOf(first)).toContain('Oppositions à traiter dans le mois')
    expect(first.text).toContain('href="/objections"')
    expect(textOf(await staff.get('/objections'))).toContain('à répondre avant le 24 décembre 2026')
    const { id } = await waiting()
    const said = { outcome: 'partly', answer: 'Les sujets ne seront plus notés.' }
    expect((await staff.send(`/objections/${id}`, { ...said, answer: ' ' })).status).toBe(400)
    expect((await staff.send(`/objections/${id}`, { ...said, outcome: '' })).status).toBe(400)
    expect((await staff.send(`/objections/${id}`, said)).status).toBe(303)
    const told = textOf(await student.get('/my-consents'))
    expect(told).toContain('Réponse du 24 novembre 2026 : acceptée en partie.')
    expect(told).toContain('Les sujets ne seront plus notés.')
    expect(textOf(await staff.get('/'))).not.toContain('Oppositions à traiter')
    const again = answerObjection(world, issued.head, { id, ...said })
    expect(await refusalOf(again)).toMatchObject({ code: 'conflict' })
    expect(await auditOf(world)).toEqual(
      expect.arrayContaining(['objection.made', 'objection.answered']),
    )
    const kept = JSON.stringify([
      await world.db.selectFrom('objections').selectAll().execute(),
      await world.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(kept).not.toContain('famille')
    expect(kept).not.toContain('sujets')
  })

  test('is late on the day after the month', async () => {
    await object()
    world.clock.at = new Date('2026-12-24T22:59:59Z')
    expect((await waiting()).isLate).toBe(false)
    world.clock.at = new Date('2026-12-24T23:00:00Z')
    expect((await waiting()).isLate).toBe(true)
  })

  test('is a guardian’s too, at their link', async () => {
    await bornOn(world, '2011-11-25')
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { token } = await asked(world, issued.teacher, guardianId)
    const sent = await request(createApp(world))
      .post(`/g/${token}`)
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ act: 'object', processing: 'figures', reason: 'Pas de totaux' })
    expect(sent.status).toBe(303)
    expect(await waiting()).toMatchObject({ byGuardian: true, reason: 'Pas de totaux' })
  })

  test('is answered by the school that the student came to, and by it alone', async () => {
    await object()
    const { id } = await waiting()
    const there = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const held = { role: 'school-staff', organisationId: there.id } as const
    const staff = await asActor(world, await somebody(world, 'there@example.org', held))
    await moveTo(world, issued.studentId, there)
    expect(await seeObjections(world, issued.teacher)).toEqual([])
    expect(await openObjectionsFor(world, issued.teacher)).toBe(0)
    const said = { id, outcome: 'upheld', answer: 'Fait.' }
    for (const act of [
      seeObjection(world, issued.teacher, id),
      answerObjection(world, issued.teacher, said),
    ])
      expect(await refusalOf(act)).toMatchObject({ code: 'not-found' })
    expect(await openObjectionsFor(world, staff)).toBe(1)
    expect(await seeObjections(world, staff)).toMatchObject([{ id, reason: 'Raison de famille' }])
    await answerObjection(world, staff, said)
    expect(await openObjectionsFor(world, staff)).toBe(0)
  })

  test('is not answered by a school that the student leaves meanwhile', async () => {
    await object()
    const { id } = await waiting()
    const there = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const moving = meanwhile(world, () => moveTo(world, issued.studentId, there))
    const answering = answerObjection(moving, issued.teacher, {
      ...{ id, outcome: 'upheld', answer: 'Fait.' },
    })
    expect(await refusalOf(answering)).toMatchObject({ code: 'not-found' })
  })

  test('takes a reason, and so many at once', async () => {
    for (const reason of ['  ', 'a'.repeat(2001)])
      expect(await refusalOf(object(reason))).toMatchObject({ code: 'invalid-request' })
    for (let made = 0; made < MAX_OPEN_OBJECTIONS; made += 1) await object()
    expect(await refusalOf(object())).toMatchObject({ rule: 'CONSENT-04' })
    const { id } = await waiting()
    await answerObjection(world, issued.teacher, { id, outcome: 'upheld', answer: 'Fait.' })
    world.clock.advance(DAY)
    await object('a'.repeat(2000))
  })
})
