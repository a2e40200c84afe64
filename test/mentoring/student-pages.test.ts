import { beforeEach, describe, expect, test } from 'vitest'
import { acceptInvitation } from '../../src/people/accept-invitation.js'
import { insertAssignment } from '../../src/people/store.js'
import { signIn } from '../../src/people/sign-in.js'
import { openStudentAccount } from '../../src/mentoring/students/open-student-account.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { findStudent } from '../../src/mentoring/students/store.js'
import { auditOf, PASSWORD } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aPlacement, ADDRESS, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

const EMAIL = 'ana@example.org'
let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'ana', givenName: 'Ana' })
})

const tokenIn = (link: string) => link.split('/set-up/')[1]!

describe('the page of a student', () => {
  test('shows schooling, cohorts and facts with their state, and leads on', async () => {
    await aSession(world, academy, { studentIds: ['ana'] })
    const placement = await aPlacement(world, academy, 'ana')
    await confirmPlacement(world, academy.tutor, placement)
    const answer = await (await browserOf(world, ADDRESS.teacher)).get('/students/ana')
    const text = textOf(answer)
    expect(text).toContain('Ana Kerguélen')
    expect(text).toContain('2de pro 2PC 1er septembre 2026')
    expect(text).toContain('2PC 2026-2027 1er septembre 2026')
    expect(text).toContain(
      'Séance Projet 10 novembre 2026 1 h Composites du Lac DÉMO Attend une confirmation',
    )
    expect(text).toContain('9 jours faits Composites du Lac DÉMO Confirmée')
    expect(answer.text).toContain('href="/dossiers/new?student=ana"')
    expect(answer.text).toContain('href="/students/ana/placements/new"')
    expect(text).not.toContain('2011')
  })

  test('is not there for another lycée, a company, or the student; a liaison officer only reads', async () => {
    for (const address of [ADDRESS.stranger, ADDRESS.tutor]) {
      const tab = await browserOf(world, address)
      expect((await tab.get('/students/ana')).status).toBe(404)
      expect((await tab.get('/students/ana/placements/new')).status).toBe(404)
    }
    await openStudentAccount(world, academy.teacher, { studentId: 'ana', email: EMAIL })
    expect((await (await browserOf(world, EMAIL)).get('/students/ana')).status).toBe(404)
    const officer = await (await browserOf(world, ADDRESS.officer)).get('/students/ana')
    expect(officer.status).toBe(200)
    expect(officer.text).not.toContain('placements/new')
    expect(officer.text).not.toContain('name="email"')
  })
})

describe('the account of a student', () => {
  const open = (email: string | undefined, studentId = 'ana') =>
    openStudentAccount(world, academy.teacher, { studentId, email })

  test('is opened by a link that is shown once, and kept by no cache', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send('/students/ana', { email: EMAIL })
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toContain('no-store')
    const [link] = /https:\/\/sceau\.example\/set-up\/[\w-]+/.exec(answer.text)!
    const page = await tab.get('/students/ana')
    expect(page.text).not.toContain('/set-up/')
    expect(textOf(page)).toContain('n’a pas encore choisi son mot de passe')
    expect(page.text).toContain(`value="${EMAIL}"`)

    await acceptInvitation(world, tokenIn(link), PASSWORD)
    await signIn(world, { email: EMAIL, password: PASSWORD })
    expect((await (await browserOf(world, EMAIL)).get('/my-record')).status).toBe(200)
    expect(textOf(await tab.get('/students/ana'))).toContain('avec son mot de passe')
    expect(await auditOf(world)).toContain('student.account-opened')
  })

  test('gets a new link, and a corrected address, as long as it has no password', async () => {
    const first = await open('wrong@example.org')
    const second = await open(EMAIL)
    const persons = await world.db.selectFrom('persons').select('email').execute()
    expect(persons.filter(({ email }) => email === EMAIL)).toHaveLength(1)
    expect(persons.filter(({ email }) => email === 'wrong@example.org')).toHaveLength(0)
    await expect(acceptInvitation(world, tokenIn(first.link), PASSWORD)).rejects.toMatchObject({
      code: 'gone',
    })
    await open(undefined)
    await expect(acceptInvitation(world, tokenIn(second.link), PASSWORD)).rejects.toMatchObject({
      code: 'gone',
    })
  })

  test('is refused clearly once it has a password, and gives no link', async () => {
    await acceptInvitation(world, tokenIn((await open(EMAIL)).link), PASSWORD)
    await expect(open(EMAIL)).rejects.toMatchObject({ code: 'conflict' })
    const answer = await (await browserOf(world, ADDRESS.teacher)).send('/students/ana', {})
    expect(answer.status).toBe(409)
    expect(textOf(answer)).toContain('a déjà un compte et son mot de passe')
    expect(answer.text).not.toContain('/set-up/')
  })

  test('asked for twice at once is one account', async () => {
    await Promise.all([open(EMAIL), open(EMAIL)])
    const roles = await world.db
      .selectFrom('role_assignments')
      .select(['person_id', 'role', 'organisation_id'])
      .where('role', '=', 'student')
      .execute()
    const { person_id } = (await findStudent(world.db, 'ana'))!
    expect(roles).toEqual([{ person_id, role: 'student', organisation_id: academy.school.id }])
  })

  test('with an address that somebody has comes back beside the field, and links nobody', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send('/students/ana', { email: ADDRESS.tutor })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('id="error-email"')
    expect((await findStudent(world.db, 'ana'))?.person_id).toBeNull()
    expect((await tab.send('/students/ana', { email: 'no address' })).status).toBe(400)
  })

  test('that was given another role gets no link from the school', async () => {
    await open(EMAIL)
    const { person_id } = (await findStudent(world.db, 'ana'))!
    const held = { role: 'platform-admin', from_day: '2026-09-01', organisation_id: null }
    await insertAssignment(world.db, { person_id: person_id!, ...held })
    await expect(open(EMAIL)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is opened by staff of the school alone', async () => {
    const input = { studentId: 'ana', email: EMAIL }
    await expect(openStudentAccount(world, academy.officer, input)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(openStudentAccount(world, academy.stranger, input)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(open(EMAIL, 'nobody')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('recording a placement', () => {
  const path = '/students/ana/placements/new'
  const placement = () => ({
    companyId: academy.company.publicId,
    tutorId: academy.tutor.publicId,
    fromDay: '2026-11-02',
    untilDay: '2026-11-13',
    daysDone: '9',
  })

  test('asks for the company, those of the class first, then for its people', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const text = textOf(await tab.get(path))
    expect(text).toContain(
      'Avec la classe Composites du Lac DÉMO Autres entreprises Moules du Haut',
    )
    const chosen = await tab.get(`${path}?company=${academy.company.publicId}`)
    expect(chosen.text).toContain(`value="${academy.tutor.publicId}"`)
    expect(chosen.text).not.toContain(academy.otherTutor.publicId)
  })

  test('is saved, and shown on the page of the student', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`${path}?company=${academy.company.publicId}`, placement())
    expect(answer.headers.location).toBe('/students/ana')
    const text = textOf(await tab.get('/students/ana'))
    expect(text).toContain('est enregistrée. Une autre personne doit la confirmer.')
    expect(text).toContain('du 2 novembre 2026 au 13 novembre 2026 9 jours faits')
  })

  test.each([
    ['a tutor of another company', () => ({ tutorId: academy.otherTutor.publicId }), 'tutorId'],
    ['no tutor', () => ({ tutorId: '' }), 'tutorId'],
    ['an end to come', () => ({ untilDay: '2026-11-25' }), 'untilDay'],
    ['an end before the beginning', () => ({ untilDay: '2026-11-01' }), 'untilDay'],
    ['no beginning', () => ({ fromDay: '' }), 'fromDay'],
    ['days that are no number', () => ({ daysDone: 'dix' }), 'daysDone'],
  ])('comes back beside the field with %s', async (_, changes, field) => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(`${path}?company=${academy.company.publicId}`, {
      ...placement(),
      ...changes(),
    })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`id="error-${field}"`)
    expect(answer.text).toContain('name="daysDone"')
  })

  test('PFMP-13: with more days than there are is refused beside the days', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const many = { ...placement(), daysDone: '13' }
    const answer = await tab.send(`${path}?company=${academy.company.publicId}`, many)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="error-daysDone"')
  })

  test('PFMP-02: on days that are taken is refused beside the days', async () => {
    await aPlacement(world, academy, 'ana')
    const tab = await browserOf(world, ADDRESS.teacher)
    const days = { fromDay: '2026-11-13', untilDay: '2026-11-20', daysDone: '5' }
    const answer = await tab.send(`${path}?company=${academy.company.publicId}`, {
      ...placement(),
      ...days,
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="error-fromDay"')
  })

  test('is not for a liaison officer', async () => {
    expect((await (await browserOf(world, ADDRESS.officer)).get(path)).status).toBe(403)
  })
})
