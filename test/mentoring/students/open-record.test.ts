import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { openRecord } from '../../../src/mentoring/students/open-record.js'
import { seeStudent } from '../../../src/mentoring/students/see-student.js'
import { endRole } from '../../../src/people/assign-role.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { writtenIn } from '../../http/written.js'
import { asActor, auditOf, refusalOf, somebody } from '../../people/people.js'
import { openWorld, MINUTE, type World } from '../../support/world.js'
import { ADDRESS, aMember, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'

const REASON = 'Le lycée demande de comprendre un doublon de Zoé.'
const ASKED = { studentId: 'zoe', reason: REASON }
const ADMIN = { role: 'platform-admin', organisationId: null } as const

let world: World
let academy: Academy
let admin: Actor
beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'yanis', givenName: 'Yanis' })
  const held = { role: 'school-approver', organisationId: academy.school.id } as const
  await somebody(world, 'head@example.org', held)
  await somebody(world, 'deputy@example.org', held)
  const elsewhere = academy.stranger.assignments[0]!.organisationId
  await somebody(world, 'other-head@example.org', { ...held, organisationId: elsewhere })
  admin = await asActor(world, await somebody(world, 'platform@example.org', ADMIN))
})

const mails = () => world.db.selectFrom('outbox_mails').selectAll().execute()
const codeOf = async (act: Promise<unknown>) => (await refusalOf(act)).code

describe('an administrator of the platform', () => {
  test('reads no record before they open it', async () => {
    expect(await codeOf(seeStudent(world, admin, 'zoe'))).toBe('forbidden')
  })

  test('reads the one that they opened, and no other, and changes nothing in it', async () => {
    await openRecord(world, admin, ASKED)
    const view = await seeStudent(world, admin, 'zoe')
    expect(view).toMatchObject({
      givenName: 'Zoé',
      mayManage: false,
      mayRecordPlacement: false,
      mayOpenAccount: false,
    })
    expect(await codeOf(seeStudent(world, admin, 'yanis'))).toBe('forbidden')
  })

  test('reads it until 30 minutes have passed, not at that instant', async () => {
    await openRecord(world, admin, ASKED)
    world.clock.advance(30 * MINUTE - 1)
    expect((await seeStudent(world, admin, 'zoe')).openedUntil).toBeDefined()
    world.clock.advance(1)
    expect(await codeOf(seeStudent(world, admin, 'zoe'))).toBe('forbidden')
  })

  test('opens it for nobody else, and not beyond their role', async () => {
    await openRecord(world, admin, ASKED)
    const other = await asActor(world, await somebody(world, 'other-platform@example.org', ADMIN))
    expect(await codeOf(seeStudent(world, other, 'zoe'))).toBe('forbidden')
    await endRole(world, OPERATOR, { ...ADMIN, personId: admin.personId! })
    const former = { ...admin, assignments: [] }
    expect(await codeOf(seeStudent(world, former, 'zoe'))).toBe('not-found')
    expect(await codeOf(openRecord(world, former, { ...ASKED, studentId: 'yanis' }))).toBe(
      'not-found',
    )
  })

  test.each(['', 'Parce que', 'x'.repeat(501), '            '])(
    'gives a reason that says something: not %j',
    async (reason) => {
      const before = await writtenIn(world)
      const error = await refusalOf(openRecord(world, admin, { ...ASKED, reason }))
      expect(error).toMatchObject({ code: 'invalid-request', fields: [{ pointer: '/reason' }] })
      expect(await writtenIn(world)).toEqual(before)
    },
  )

  test('is told that there is nobody of an identifier that nobody has', async () => {
    expect(await codeOf(openRecord(world, admin, { ...ASKED, studentId: 'nobody' }))).toBe(
      'not-found',
    )
  })
})

describe('nobody else opens one', () => {
  test('whatever their role, nor by a token, nor at the command line', async () => {
    const before = await writtenIn(world)
    for (const who of ['teacher', 'officer', 'tutor', 'stranger'] as const)
      expect(await codeOf(openRecord(world, academy[who], ASKED)), who).toBe('not-found')
    expect(await codeOf(openRecord(world, { ...admin, via: 'token' }, ASKED))).toBe('forbidden')
    expect(await codeOf(openRecord(world, OPERATOR, ASKED))).toBe('forbidden')
    expect(await writtenIn(world)).toEqual(before)
  })

  test('nor does a token of theirs read what they opened', async () => {
    await openRecord(world, admin, ASKED)
    expect(await codeOf(seeStudent(world, { ...admin, via: 'token' }, 'zoe'))).toBe('forbidden')
  })
})

describe('it is told', () => {
  test('to the approvers of that school alone, once while it is open, without a name', async () => {
    await openRecord(world, admin, ASKED)
    await openRecord(world, admin, { ...ASKED, reason: 'Une autre raison, la même demi-heure.' })
    const sent = await mails()
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map(({ to_person_id: to }) => to)).size).toBe(2)
    for (const { subject, body } of sent) {
      expect(subject).toBe('Sceau\u00a0: un dossier d’élève a été ouvert par la plateforme')
      expect(body).toContain('https://sceau.example/students/zoe')
      expect(subject + body).not.toMatch(/Zoé|Kerg|doublon/)
    }
    world.clock.advance(30 * MINUTE)
    await openRecord(world, admin, ASKED)
    expect(await mails()).toHaveLength(4)
  })

  test('in the audit, by ids alone; and the reason is sealed', async () => {
    await openRecord(world, admin, ASKED)
    await openRecord(world, admin, ASKED)
    const lines = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'student.record-opened')
      .execute()
    expect(lines).toMatchObject([
      { actor: admin.publicId, subject: 'zoe', details: '{"until":"2026-11-24T11:30:00.000Z"}' },
    ])
    expect((await auditOf(world)).at(-1)).toBe('student.record-opened')
    const kept = JSON.stringify(await world.db.selectFrom('record_openings').selectAll().execute())
    expect(kept).not.toContain('doublon')
  })

  test('to the student, as the administration of the platform, without a name or the reason', async () => {
    const held = { role: 'student', organisationId: academy.school.id } as const
    const { id } = await somebody(world, 'zoe@example.org', held)
    await world.db
      .updateTable('students')
      .set({ person_id: id })
      .where('public_id', '=', 'zoe')
      .execute()
    const tab = await browserOf(world, 'zoe@example.org')
    expect(textOf(await tab.get('/my-record'))).not.toContain('administration de la plateforme')
    await openRecord(world, admin, ASKED)
    const text = textOf(await tab.get('/my-record'))
    expect(text).toMatch(
      /administration de la plateforme 24 novembre 2026 à 12:00 24 novembre 2026 à 12:30/,
    )
    expect(text).not.toMatch(/doublon/)
  })

  test('to the school, with the reason, for good', async () => {
    await openRecord(world, admin, ASKED)
    world.clock.advance(60 * MINUTE)
    const tab = await browserOf(world, ADDRESS.teacher)
    const text = textOf(await tab.get('/students/zoe'))
    expect(text).toMatch(/administration de la plateforme .* doublon/)
    expect(textOf(await tab.get('/students/yanis'))).not.toContain(
      'administration de la plateforme',
    )
  })
})

test('at the page: form, record with its warning, and closed again', async () => {
  const tab = await browserOf(world, 'platform@example.org')
  expect((await tab.get('/students/zoe')).status).toBe(403)
  expect((await tab.get('/')).text).toContain('href="/record-openings"')
  const refused = await tab.send('/record-openings', { studentId: 'zoe', reason: 'non' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('id="error-reason"')
  const answer = await tab.send('/record-openings', ASKED)
  expect([answer.status, answer.headers['location']]).toEqual([303, '/students/zoe'])
  const shown = await tab.get('/students/zoe')
  expect(textOf(shown)).toMatch(
    /Zoé Kerguélen.*par accès exceptionnel, jusqu’au 24 novembre 2026 à 12:30/,
  )
  expect(shown.text).not.toMatch(/href="\/(?:dossiers\/new|students\/zoe\/|cohorts)/)
  expect(shown.headers['cache-control']).toBe('no-store')
  world.clock.advance(29 * MINUTE)
  expect((await tab.get('/students/zoe')).status).toBe(200)
  world.clock.advance(MINUTE)
  expect((await tab.get('/students/zoe')).status).toBe(403)
})
