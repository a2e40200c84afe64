import type { Express } from 'express'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { runNextJob } from '../../src/worker.js'
import { tell, type Story } from '../issuer/story.js'
import { aCompany, aLycee, somebody } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { hiddenOf, openTab } from './dossier-tab.js'

const COMMENT = 'L’élève a préparé son moule et stratifié une pièce conforme, sous nos yeux.'

let world: World
let story: Story
let app: Express
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  app = createApp(world)
})

const as = (email: string) => openTab(app).signIn(`${email}@example.org`)
type Tab = Awaited<ReturnType<typeof as>>
const open = () => openDossier(world, story.teacher, story)
const assess = (tab: Tab, at: string) =>
  tab.send(at, { act: 'assess' }, { function: 'Tuteur en atelier' })
const endorse = (tab: Tab, at: string, fields = {}) =>
  tab.send(
    at,
    { act: 'endorse' },
    { function: 'Directrice', comment: COMMENT, entitled: 'yes', ...fields },
  )

test('from the student’s confirmed facts to a badge and its revocation, by the pages alone', async () => {
  const [teacher, tutor, boss, head] = [
    await as('teacher'),
    await as('tutor'),
    await as('boss'),
    await as('head'),
  ]
  const choice = await teacher.get(`/dossiers/new?student=${story.studentId}`)
  expect(choice.text).toContain('Rien ne manque')
  const [, badge] = /name="badge" value="([^"]+)"/.exec(choice.text)!
  const opened = await teacher.send(
    `/dossiers/new?student=${story.studentId}`,
    {},
    { badge: badge! },
  )
  const at = String(opened.headers.location)
  expect(at).toMatch(/^\/dossiers\/[\w-]+$/)

  expect((await tutor.get(at)).status).toBe(404)
  expect((await teacher.get(at)).text).toContain('Proposer ce dossier')
  await teacher.send(at, { act: 'propose' })
  expect((await tutor.get('/dossiers')).text).toContain('Évaluer ce dossier')
  await assess(tutor, at)
  await endorse(boss, at)
  await head.send(at, { act: 'approve' })

  expect((await head.get(at)).text).toContain('en cours de signature')
  const [, badgeAt] = /href="(\/badges\/[\w-]+)"/.exec((await head.get(at)).text)!
  expect((await head.get(badgeAt!)).text).toContain('En cours de signature')
  expect(await runNextJob(world)).toBe(true)

  const list = await head.get('/badges')
  expect(list.text).toContain('Zoé Kerguélen')
  expect(list.text).toContain('Valide')
  const signed = await head.get(badgeAt!)
  for (const said of [COMMENT, 'Mentorat de projet, octobre 2026', 'Signé et délivré', 'Approuvé'])
    expect(signed.text).toContain(said)

  const refused = await head.send(badgeAt!, {}, { reason: 'non' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('<details open')
  await head.send(badgeAt!, {}, { reason: 'Délivré par erreur' })
  const revoked = await head.get(badgeAt!)
  expect(revoked.text).toContain('Révoqué')
  expect(revoked.text).toContain('Délivré par erreur')
  expect(revoked.text).not.toContain('Révoquer définitivement')
})

describe('what a page of a dossier shows', () => {
  test('the company learns a given name and an initial, and neither family name nor class nor birth date', async () => {
    const at = `/dossiers/${await open()}`
    await (await as('teacher')).send(at, { act: 'propose' })
    for (const path of [at, '/dossiers']) {
      const { text } = await (await as('tutor')).get(path)
      expect(text).toContain('Zoé K.')
      for (const canary of ['Kergu', '2011', '000000001AA', /\b2PC\b/])
        expect(text).not.toMatch(canary)
    }
    expect((await (await as('head')).get(at)).text).toContain('Zoé Kerguélen')
  })

  test('each fact with its day, its company, in which function it was confirmed and when', async () => {
    const { text } = await (await as('teacher')).get(`/dossiers/${await open()}`)
    expect(text).toContain('Mentorat de projet, 1 h')
    expect(text).toContain('6 octobre 2026, Composites du Lac DÉMO')
    expect(text).toContain('du 2 novembre 2026 au 13 novembre 2026')
    expect(text).toContain('un représentant de l’entreprise le 24 novembre 2026')
    expect(text).toContain('2 h sur 2 h')
  })

  test('what is missing in one sentence, and no button to propose it', async () => {
    await world.db.updateTable('placements').set({ days_done: 4 }).execute()
    const { text } = await (await as('teacher')).get(`/dossiers/${await open()}`)
    expect(text).toContain(
      'Il manque encore une période en entreprise d’au moins 5 jours confirmée dans cette entreprise.',
    )
    expect(text.split('Il manque encore')).toHaveLength(2)
    expect(text).toContain('Complétez ce qui manque')
    expect(text).not.toContain('Proposer ce dossier')
  })

  test('why the reader cannot act: another person must', async () => {
    const at = `/dossiers/${await open()}`
    await (await as('head')).send(at, { act: 'propose' })
    const tutor = await as('tutor')
    await assess(tutor, at)
    expect((await tutor.get(at)).text).toContain(
      'Vous avez évalué ce dossier\u00a0: une autre personne',
    )
    await endorse(await as('boss'), at)
    const { text } = await (await as('head')).get(at)
    expect(text).toContain('Vous avez proposé ce dossier\u00a0: une autre personne')
    expect(text).not.toContain('Approuver et délivrer')
  })

  test('the student sees their own, with functions and without names', async () => {
    const student = await somebody(world, 'zoe@example.org', {
      role: 'student',
      organisationId: (
        await world.db.selectFrom('students').select('school_id').executeTakeFirstOrThrow()
      ).school_id,
    })
    await world.db.updateTable('students').set({ person_id: student.id }).execute()
    const at = `/dossiers/${await open()}`
    await (await as('teacher')).send(at, { act: 'propose' })
    await assess(await as('tutor'), at)
    const { text, status } = await (await as('zoe')).get(at)
    expect(status).toBe(200)
    expect(text).toContain('Tuteur en atelier')
    expect(text).not.toContain('Camille Martin, Composites')
    expect((await (await as('zoe')).get('/dossiers')).text).toContain(at)
  })

  test('strangers of another school, another company or the platform find nothing', async () => {
    const at = `/dossiers/${await open()}`
    await (await as('teacher')).send(at, { act: 'propose' })
    const school = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const company = await aCompany(world, 'Plastiform DÉMO', '00099002800011')
    await somebody(world, 'other-head@example.org', {
      role: 'school-approver',
      organisationId: school.id,
    })
    await somebody(world, 'other-boss@example.org', {
      role: 'company-endorser',
      organisationId: company.id,
    })
    await somebody(world, 'other-pupil@example.org', { role: 'student', organisationId: school.id })
    for (const email of ['other-head', 'other-boss', 'other-pupil']) {
      const tab = await as(email)
      expect((await tab.get(at)).status).toBe(404)
      expect((await tab.get('/dossiers')).text).not.toContain(at)
      const own = hiddenOf((await tab.get('/sign-out')).text, {})
      expect((await tab.post(at, { ...own, act: 'propose' })).status).toBe(404)
    }
    expect(
      (await (await as('other-head')).get(`/dossiers/new?student=${story.studentId}`)).status,
    ).toBe(404)
    expect((await openTab(app).get(at)).status).toBe(401)
  })

  test('is complete in English', async () => {
    const at = `/dossiers/${await open()}`
    const { text } = await (await as('teacher')).get(`${at}?lang=en`)
    expect(text).toContain('Propose this dossier')
    expect(text).not.toMatch(/Exigence|Proposer|Étape|Ce qui|Confirmé/)
  })
})

describe('what a page of a dossier refuses', () => {
  let at: string
  beforeEach(async () => {
    at = `/dossiers/${await open()}`
    await (await as('teacher')).send(at, { act: 'propose' })
  })

  test('a comment that is too short or names the student, and keeps what was typed', async () => {
    await assess(await as('tutor'), at)
    const boss = await as('boss')
    const short = await endorse(boss, at, { comment: 'Très bien.' })
    expect(short.status).toBe(400)
    expect(short.text).toContain('de 20 à 1000 caractères (vous en avez écrit 10)')
    expect(short.text).toMatch(/<textarea[^>]*aria-invalid="true"[^>]*>Très bien\.<\/textarea>/)
    expect(short.text).toContain('value="Directrice"')
    const named = await endorse(boss, at, { comment: 'ZOE a préparé un moule sous mes yeux.' })
    expect(named.text).toContain('Le badge ne nomme jamais l’élève')
    expect((await endorse(boss, at)).status).toBe(303)
  })

  test('an endorsement without the statement that one is entitled to it', async () => {
    await assess(await as('tutor'), at)
    const answer = await endorse(await as('boss'), at, { entitled: '', function: '' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('Dites votre fonction dans l’entreprise')
    expect(answer.text).toContain('Cochez cette déclaration')
  })

  test('EN-04 a digest that is not the one of the dossier', async () => {
    const tutor = await as('tutor')
    const answer = await tutor.send(
      at,
      { act: 'assess' },
      { function: 'Tuteur', digest: 'b'.repeat(64) },
    )
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Le dossier a changé depuis que vous l’avez ouvert')
  })

  test('a form of a step that somebody else has taken since says so at the top', async () => {
    const tutor = await as('tutor')
    const form = hiddenOf((await tutor.get(at)).text, { act: 'assess' })
    await assess(await as('boss'), at)
    const late = await tutor.post(at, { ...form, function: 'Tuteur' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('role="alert"')
    expect(late.text).toContain('n’en est pas à cette étape')
  })

  test('EN-08 a step after 14 days, and says who can mend it', async () => {
    world.clock.advance(14 * DAY + 1)
    const tutor = await as('tutor')
    const { text } = await tutor.get(at)
    expect(text).toContain('plus de 14 jours')
    expect(text).not.toContain('Évaluer ce dossier')
    expect((await tutor.get('/dossiers')).text).toContain('délai dépassé')
    await (await as('teacher')).send(at, { act: 'withdraw' })
    expect((await tutor.get(at)).text).toContain('Le lycée a repris ce dossier')
  })

  test('what a role may not do', async () => {
    const own = hiddenOf((await (await as('teacher')).get(at)).text, { act: 'withdraw' })
    const teacher = await as('teacher')
    const token = hiddenOf((await teacher.get(at)).text, { act: 'withdraw' })
    for (const act of ['assess', 'endorse', 'approve', 'refuse'] as const) {
      const fields = { function: 'Tuteur', comment: COMMENT, entitled: 'yes', reason: 'Incomplet' }
      const answer = await teacher.post(at, { ...own, ...token, ...fields, act })
      expect([act, answer.status]).toEqual([act, 403])
    }
  })

  test('a refusal without a reason; with one, everybody reads it, and the school may start again', async () => {
    const head = await as('head')
    expect((await head.send(at, { act: 'refuse' }, { reason: '' })).status).toBe(400)
    await head.send(at, { act: 'refuse' }, { reason: 'Une séance compte double.' })
    expect((await (await as('tutor')).get(at)).text).toContain('Une séance compte double.')
    await (await as('teacher')).send(at, { act: 'withdraw' })
    expect((await (await as('teacher')).get(at)).text).toContain('Proposer ce dossier')
  })
})

test('the list is filtered by state, and says what waits for whom', async () => {
  const id = await open()
  const teacher = await as('teacher')
  expect((await teacher.get('/dossiers?state=open')).text).toContain(id)
  expect((await teacher.get('/dossiers?state=proposed')).text).not.toContain(id)
  expect((await teacher.get('/dossiers?state=anything')).status).toBe(200)
  const students = await teacher.get('/dossiers/new')
  expect(students.text).toContain(`/dossiers/new?student=${story.studentId}`)
  expect((await (await as('boss')).get('/dossiers/new')).status).toBe(404)
})

test('a badge is not shown twice for one student: the dossier that there is comes instead', async () => {
  const id = await open()
  const teacher = await as('teacher')
  const { text } = await teacher.get(`/dossiers/new?student=${story.studentId}`)
  expect(text).toContain(`/dossiers/${id}`)
  expect(text).not.toContain('name="badge"')
})
