import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { closeWithdrawn } from '../../src/issuer/close-withdrawn.js'
import { addGuardian } from '../../src/mentoring/consents/guardians.js'
import { openSelection } from '../../src/issuer/selections/open-selection.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { runNextJob } from '../../src/worker.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { aGuardian, asked, bornOn, letters } from '../mentoring/consents/story.js'
import { auditOf, refusalOf } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let api: ReturnType<typeof request>
let studentTab: Awaited<ReturnType<typeof browserOf>>

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  api = request(createApp(world))
  studentTab = await browserOf(world, 'student@example.org')
})

/** 14 on the day of the tests, 15 on 25 November 2026. */
const fourteen = () => bornOn(world, '2011-11-25')
const answer = (token: string, fields: Record<string, string>) =>
  api.post(`/g/${token}`).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
const say = (given: string, fields = {}) =>
  studentTab.send('/my-consents', {
    ...{ act: 'say', purpose: 'public-page', badgeId: '', answer: given },
    ...fields,
  })
const share = () =>
  studentTab.send(`/my-badges/${issued.badgeId}`, { label: 'CV', life: 'unlimited' })
const page = async (url: string) => (await api.get(url.replace(world.config.publicUrl, ''))).status

async function openLinks(): Promise<string[]> {
  const rows = await world.db.selectFrom('share_links').selectAll().orderBy('id').execute()
  return rows.map(({ token_sealed }) => `/b/${world.vault.open(token_sealed)}`)
}
const records = () => world.db.selectFrom('consent_records').selectAll().orderBy('id').execute()

describe('the joint consent of a student of 14', () => {
  beforeEach(fourteen)

  test('from the refusal to share alone, over two parents, to the withdrawal of one', async () => {
    const alone = await share()
    expect(alone.status).toBe(422)
    expect(textOf(alone)).toContain('Avant 15 ans, un badge ne se montre que si vous et un de vos')
    expect(await records()).toEqual([])

    const staff = await browserOf(world, 'teacher@example.org')
    const consents = `/students/${issued.studentId}/consents`
    for (const name of ['Ariane', 'Basile']) {
      const email = `${name}@example.net`
      await staff.send(consents, { act: 'add', name, email, language: 'fr' })
    }
    const seen = textOf(await staff.get(consents))
    expect(seen).toContain('Ariane@example.net')
    expect(seen).toContain('Réponse attendue de : l’élève, Ariane, Basile.')

    await say('agreed')
    expect(textOf(await studentTab.get('/my-consents'))).toContain(
      'Réponse attendue de : responsable légal 1, responsable légal 2.',
    )
    expect((await share()).status).toBe(422)

    // The student asks: the link leaves by mail, the code is on their page, once.
    const [ariane, basile] = await world.db.selectFrom('guardians').selectAll().execute()
    const askedPage = await studentTab.send('/my-consents', {
      ...{ act: 'ask', guardianId: ariane!.public_id, purpose: 'public-page', badgeId: '' },
    })
    const code = /value="(\d{4} \d{4})"/.exec(askedPage.text)?.[1] ?? ''
    expect(code).not.toBe('')
    expect((await studentTab.get('/my-consents')).text).not.toContain(code)
    const [letter] = await letters(world)
    expect(letter?.address).toBe('Ariane@example.net')
    expect(letter?.text).not.toContain(code)
    const token = /\/g\/([\w-]+)/.exec(letter!.text)![1]!

    // EM-02: a scanner that opens it uses nothing up.
    await api.get(`/g/${token}`).expect(200)
    const looked = await api.get(`/g/${token}`).expect(200)
    expect(looked.headers['cache-control']).toBe('no-store')
    expect(textOf(looked)).toContain('Rien de votre enfant n’est public aujourd’hui.')
    // The mail alone is not enough.
    expect((await answer(token, { act: 'answer', answer: 'agreed' })).status).toBe(400)
    await answer(token, { act: 'answer', answer: 'agreed', code })
    expect((await share()).status).toBe(303)
    const [url] = await openLinks()
    expect(await page(url!)).toBe(200)

    // What is public, without to whom it was given.
    const afterwards = textOf(await api.get(`/g/${token}`))
    expect(afterwards).toContain('24 novembre 2026')
    expect(afterwards).not.toContain('CV')

    // The other parent says no, which is a no.
    const second = await asked(world, issued.teacher, basile!.public_id)
    await answer(second.token, { act: 'answer', answer: 'refused', code: second.code })
    const gone = await api.get(url!)
    const unknown = await api.get('/b/aaaaaaaaaaaaaaaaaaaaaa')
    expect([gone.status, unknown.status]).toEqual([410, 404])
    expect(await page(`${url}.json`)).toBe(410)
    expect(await page(`${url}.png`)).toBe(410)
    expect((await share()).status).toBe(422)

    const said = await records()
    expect(said.map(({ capacity, answer: given, method }) => [capacity, given, method])).toEqual([
      ['student', 'agreed', 'account'],
      ['guardian', 'agreed', 'link-and-code'],
      ['guardian', 'refused', 'link-and-code'],
    ])
    for (const one of said) expect(one.text_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('SH-02 a withdrawal closes page, files and code at once, and for good', async () => {
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { code, token } = await asked(world, issued.teacher, guardianId)
    await answer(token, { act: 'answer', answer: 'agreed', code })
    // Sharing is the student's own yes.
    await share()
    const [url] = await openLinks()
    expect(await page(url!)).toBe(200)
    world.clock.advance(1000)
    // The link alone is enough to withdraw: as easy as to agree.
    await answer(token, { act: 'withdraw', purpose: 'public-page', badgeId: '' })
    const closed = async () => {
      for (const form of ['', '.json', '.png', '.svg', '.jwt'])
        expect(await page(`${url}${form}`)).toBe(410)
    }
    await closed()
    // In the book too, by the job, which may run twice.
    expect(await runNextJob(world)).toBe(true)
    const payload = { studentId: 1, badgeId: null, at: world.now().toISOString() }
    await closeWithdrawn(world, payload)
    expect((await auditOf(world)).filter((line) => line === 'link.closed')).toHaveLength(1)
    expect(textOf(await studentTab.get(`/my-badges/${issued.badgeId}`))).not.toContain(
      'Liens ouverts',
    )
    // A new agreement opens no old link.
    world.clock.advance(1000)
    const again = await asked(world, issued.teacher, guardianId)
    await answer(again.token, { act: 'answer', answer: 'agreed', code: again.code })
    await closed()
    await share()
    expect(await page((await openLinks())[1]!)).toBe(200)
  })

  test('a link that is withdrawn answers nobody even before the job has closed it', async () => {
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const first = await asked(world, issued.teacher, guardianId)
    await answer(first.token, { act: 'answer', answer: 'agreed', code: first.code })
    await share()
    const [url] = await openLinks()
    world.clock.advance(1000)
    await answer(first.token, { act: 'withdraw', purpose: 'public-page', badgeId: '' })
    world.clock.advance(1000)
    const again = await asked(world, issued.teacher, guardianId)
    await answer(again.token, { act: 'answer', answer: 'agreed', code: again.code })
    expect(await page(url!)).toBe(410)
  })

  test('SH-03 neither parent, nor who gets a mail that was passed on, reads a name or an address', async () => {
    const one = await aGuardian(world, issued.teacher, 'Ariane')
    await aGuardian(world, issued.teacher, 'Basile')
    const { token } = await asked(world, issued.teacher, one)
    const { text } = await api.get(`/g/${token}`)
    for (const name of ['Zoé', 'Kergu', '2011-11-25', 'Ariane', 'Basile', 'example.net', '2PC'])
      expect(text).not.toContain(name)
    const [letter] = await letters(world)
    for (const name of ['Zoé', 'Kergu', 'Ariane', 'Basile']) {
      expect(letter!.text).not.toContain(name)
      expect(letter!.subject).not.toContain(name)
    }
    // Nothing of it lies open in the store either.
    const tables = [
      await world.db.selectFrom('guardians').selectAll().execute(),
      await world.db.selectFrom('guardian_links').selectAll().execute(),
      await world.db.selectFrom('outbox_mails').selectAll().execute(),
      await world.db.selectFrom('audit').selectAll().execute(),
    ]
    for (const secret of [token, 'Ariane', 'ariane@', 'Basile'])
      expect(JSON.stringify(tables)).not.toContain(secret)
  })

  test('EM-03 a link is answered once, within 14 days, and by the newest', async () => {
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const old = await asked(world, issued.teacher, guardianId)
    const { code, token } = await asked(world, issued.teacher, guardianId)
    const yes = (link: typeof old) =>
      answer(link.token, { act: 'answer', answer: 'agreed', code: link.code })
    expect((await yes(old)).status).toBe(410)
    // The code of one link serves no other.
    expect((await yes({ token, code: old.code })).status).toBe(400)
    expect((await yes({ token, code })).status).toBe(303)
    expect((await yes({ token, code })).status).toBe(410)
    const third = await asked(world, issued.teacher, guardianId, { purpose: 'named-link' })
    world.clock.advance(14 * DAY)
    // Still 14 on that day: it is the link that is over.
    await bornOn(world, '2012-11-25')
    expect((await yes(third)).status).toBe(410)
    expect(textOf(await api.get(`/g/${third.token}`))).toContain('a pris fin le 8 décembre 2026')
    expect(await records()).toHaveLength(1)
  })

  test('five wrong codes close the question, not the page', async () => {
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { code, token } = await asked(world, issued.teacher, guardianId)
    const wrong = code === '0000 0000' ? '1111 1111' : '0000 0000'
    for (let tries = 0; tries < 4; tries += 1)
      expect((await answer(token, { act: 'answer', answer: 'agreed', code: wrong })).status).toBe(
        400,
      )
    // An empty field is no guess.
    expect((await answer(token, { act: 'answer', answer: 'agreed', code: ' ' })).status).toBe(400)
    expect((await answer(token, { act: 'answer', answer: 'agreed', code: wrong })).status).toBe(400)
    const right = await answer(token, { act: 'answer', answer: 'agreed', code })
    expect(right.status).toBe(410)
    expect(await records()).toEqual([])
    await api.get(`/g/${token}`).expect(200)
  })

  test('an unknown link is no link, and who is of age has no guardian', async () => {
    await api.get('/g/nothing').expect(404)
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { token } = await asked(world, issued.teacher, guardianId)
    await bornOn(world, '2008-11-25')
    await api.get(`/g/${token}`).expect(200)
    await bornOn(world, '2008-11-24')
    await api.get(`/g/${token}`).expect(410)
  })

  test('with no guardian known, the school writes down a paper', async () => {
    await say('agreed')
    const staff = await browserOf(world, 'head@example.org')
    const consents = `/students/${issued.studentId}/consents`
    const paper = {
      ...{ act: 'paper', paperPurpose: 'public-page', paperBadge: '', by: 'paper' },
      ...{ answer: 'agreed', paperOn: '2026-11-25' },
    }
    expect((await staff.send(consents, paper)).status).toBe(400)
    expect((await staff.send(consents, { ...paper, paperOn: '2026-11-20' })).status).toBe(303)
    const [, row] = await records()
    expect(row).toMatchObject({
      ...{ method: 'paper', capacity: 'guardian', guardian_id: null, paper_on: '2026-11-20' },
      ...{ recorded_by_id: issued.head.personId, expires_on: '2029-11-20' },
    })
    expect((await share()).status).toBe(303)
  })

  test('a badge that one parent agreed to says nothing of the others', async () => {
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const badge = await world.db.selectFrom('badges').selectAll().executeTakeFirstOrThrow()
    const scope = { id: badge.id, publicId: badge.public_id }
    const link = await asked(world, issued.teacher, guardianId, { badge: scope })
    await answer(link.token, { act: 'answer', answer: 'agreed', code: link.code })
    await share()
    expect(await page((await openLinks())[0]!)).toBe(200)
    const text = textOf(await studentTab.get('/my-consents'))
    expect(text).toContain('Tous les badges Pas encore d’accord.')
    expect(text).toContain('Accord donné, jusqu’au 24 novembre 2029.')
  })
})

describe('at 15', () => {
  test('opening a link is the consent, with the digest of the text, in one transaction', async () => {
    const { url } = await shareBadge(world, issued.student, {
      ...{ badgeId: issued.badgeId, label: 'CV', language: 'en' },
    })
    expect(await page(url)).toBe(200)
    const [row] = await records()
    expect(row).toMatchObject({
      ...{ purpose: 'public-page', answer: 'agreed', capacity: 'student', method: 'account' },
      ...{ language: 'en', day: '2026-11-24', expires_on: '2029-11-24' },
    })
    expect(await auditOf(world)).toEqual(expect.arrayContaining(['consent.agreed', 'badge.shared']))
    // A second link says nothing new; a link that is refused says nothing at all.
    await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'Stage' })
    expect(await records()).toHaveLength(1)
  })

  test('an agreement that has run out shows nothing, from that day on', async () => {
    const { url } = await shareBadge(world, issued.student, {
      badgeId: issued.badgeId,
      label: 'CV',
      life: 'unlimited',
    })
    world.clock.at = new Date('2029-11-23T22:59:00Z')
    expect(await page(url)).toBe(200)
    world.clock.at = new Date('2029-11-23T23:00:00Z')
    expect(await page(url)).toBe(410)
    // The student reads why, and agrees anew: no link was closed.
    const mine = async () => {
      const tab = await browserOf(world, 'student@example.org')
      return textOf(await tab.get(`/my-badges/${issued.badgeId}`))
    }
    expect(await mine()).toContain('Ces liens ne montrent rien en ce moment')
    studentTab = await browserOf(world, 'student@example.org')
    await say('agreed')
    expect(await page(url)).toBe(200)
    expect(await mine()).not.toContain('Ces liens ne montrent rien')
  })

  test('the birthday begins at midnight in Paris', async () => {
    await fourteen()
    world.clock.at = new Date('2026-11-24T22:59:59Z')
    const input = { badgeId: issued.badgeId, label: 'CV' }
    expect(await refusalOf(shareBadge(world, issued.student, input))).toMatchObject({
      code: 'rule-refused',
    })
    world.clock.at = new Date('2026-11-24T23:00:00Z')
    const { url } = await shareBadge(world, issued.student, input)
    expect(await page(url)).toBe(200)
  })

  test('SH-02 a guardian sees a badge that is public on a page of several alone, while it is', async () => {
    await fourteen()
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { token } = await asked(world, issued.teacher, guardianId)
    world.clock.advance(DAY)
    const guardian = async () => textOf(await api.get(`/g/${token}`))
    const none = 'Rien de votre enfant n’est public aujourd’hui.'
    expect(await guardian()).toContain(none)
    const wanted = { title: 'Mes badges', label: 'CV', badges: [issued.badgeId] }
    const { url } = await openSelection(world, issued.student, { ...wanted, language: 'fr' })
    expect(await page(url)).toBe(200)
    expect(await guardian()).toContain('Montré par un lien depuis')
    expect(await guardian()).not.toContain(none)
    expect(await guardian()).not.toContain('CV')
    // A no closes what is open; who agrees again has opened nothing yet.
    world.clock.advance(1000)
    studentTab = await browserOf(world, 'student@example.org')
    await say('withdrawn', { badgeId: issued.badgeId })
    world.clock.advance(1000)
    await say('agreed', { badgeId: issued.badgeId })
    expect(await page(url)).toBe(410)
    expect(await guardian()).toContain(none)
  })

  test('a guardian is asked no more, and sees what is public', async () => {
    await fourteen()
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { code, token } = await asked(world, issued.teacher, guardianId)
    world.clock.advance(DAY)
    await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV' })
    expect((await answer(token, { act: 'answer', answer: 'refused', code })).status).toBe(410)
    const text = textOf(await api.get(`/g/${token}`))
    expect(text).toContain('la loi le laisse décider seul')
    expect(text).toContain('Montré par un lien depuis')
    expect(await page((await openLinks())[0]!)).toBe(200)
    const again = asked(world, issued.teacher, guardianId)
    expect(await refusalOf(again)).toMatchObject({ rule: 'CONSENT-03' })
  })

  test('the student says no to every badge, and each link is gone', async () => {
    await share()
    const [url] = await openLinks()
    world.clock.advance(1000)
    await say('withdrawn')
    expect(await page(url!)).toBe(410)
    expect((await records()).map((one) => [one.answer, one.badge_id])).toEqual([
      ['agreed', 1],
      ['withdrawn', null],
    ])
    expect(textOf(await studentTab.get('/my-consents'))).toContain('Accord retiré : vous.')
  })
})

describe('guardians', () => {
  test('are two at most, at two addresses, and of minors alone', async () => {
    await aGuardian(world, issued.teacher, 'Ariane')
    const same = { studentId: issued.studentId, name: 'Basile', language: 'fr' }
    const add = (email: string) => addGuardian(world, issued.teacher, { ...same, email })
    expect(await refusalOf(add('ariane@example.net'))).toMatchObject({ code: 'invalid-request' })
    expect(await refusalOf(add('not an address'))).toMatchObject({ code: 'invalid-request' })
    await add('basile@example.net')
    expect(await refusalOf(add('c@example.net'))).toMatchObject({ rule: 'CONSENT-01' })
    await bornOn(world, '2008-11-24')
    expect(await refusalOf(add('c@example.net'))).toMatchObject({ rule: 'CONSENT-02' })
    await bornOn(world, '2008-11-25')
    expect(await refusalOf(add('c@example.net'))).toMatchObject({ rule: 'CONSENT-01' })
  })

  test('who is taken off is forgotten, and their yes counts no more', async () => {
    await fourteen()
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const { code, token } = await asked(world, issued.teacher, guardianId)
    await answer(token, { act: 'answer', answer: 'agreed', code })
    await share()
    const [url] = await openLinks()
    const staff = await browserOf(world, 'teacher@example.org')
    await staff.send(`/students/${issued.studentId}/consents`, { act: 'remove', guardianId })
    expect(await page(url!)).toBe(410)
    await api.get(`/g/${token}`).expect(410)
    const [row] = await world.db.selectFrom('guardians').selectAll().execute()
    expect(row).toMatchObject({ name_sealed: null, email_sealed: null, ended_why: 'removed' })
  })
})
