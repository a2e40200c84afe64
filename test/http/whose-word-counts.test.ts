import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openSelection } from '../../src/issuer/selections/open-selection.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { recordOnPaper } from '../../src/mentoring/consents/record-on-paper.js'
import { recordWord, type Answer } from '../../src/mentoring/consents/record.js'
import { runNextJob } from '../../src/worker.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { aGuardian, asked, bornOn } from '../mentoring/consents/story.js'
import { refusalOf } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let api: ReturnType<typeof request>

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  api = request(createApp(world))
})

/** 14 on the day of the tests, 15 on 25 November 2026. */
const fourteen = () => bornOn(world, '2011-11-25')
const answer = (token: string, fields: Record<string, string>) =>
  api.post(`/g/${token}`).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
const withdraw = { act: 'withdraw', purpose: 'public-page', badgeId: '' }
const page = async (url: string) => (await api.get(url.replace(world.config.publicUrl, ''))).status
const share = async (label = 'CV') =>
  (await shareBadge(world, issued.student, { badgeId: issued.badgeId, label, life: 'unlimited' }))
    .url
const say = async (given: string, badgeId = '') => {
  const tab = await browserOf(world, 'student@example.org')
  await tab.send('/my-consents', { act: 'say', purpose: 'public-page', badgeId, answer: given })
}
const mine = async () =>
  (await (await browserOf(world, 'student@example.org')).get('/my-consents')).text
const paper = async (by: string, given: string, paperOn: string) => {
  const tab = await browserOf(world, 'head@example.org')
  const to = `/students/${issued.studentId}/consents`
  const fields = { act: 'paper', paperPurpose: 'public-page', paperBadge: '' }
  const sent = await tab.send(to, { ...fields, by, answer: given, paperOn })
  return { status: sent.status, text: textOf(sent.status === 303 ? await tab.get(to) : sent) }
}
const records = () => world.db.selectFrom('consent_records').selectAll().orderBy('id').execute()
const closedLinks = async () => {
  while (await runNextJob(world));
  const rows = await world.db.selectFrom('share_links').selectAll().orderBy('id').execute()
  return rows.map(({ closed_at }) => closed_at !== null)
}

describe('a guardian who agreed at 14', () => {
  let token: string
  let guardianId: string
  beforeEach(async () => {
    await fourteen()
    guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const link = await asked(world, issued.teacher, guardianId)
    await answer(link.token, { act: 'answer', answer: 'agreed', code: link.code })
    token = link.token
  })
  const theGuardian = () => world.db.selectFrom('guardians').selectAll().executeTakeFirstOrThrow()

  test('takes nothing back from 15 on: the page offers it no more, the act refuses', async () => {
    expect(textOf(await api.get(`/g/${token}`))).toContain('Retirer mon accord')
    world.clock.advance(DAY)
    const url = await share()
    const seen = textOf(await api.get(`/g/${token}`))
    expect(seen).toContain('la loi le laisse décider seul')
    expect(seen).not.toContain('Retirer mon accord')
    world.clock.advance(1000)
    const refused = await answer(token, withdraw)
    expect(refused.status).toBe(410)
    expect(textOf(refused)).toContain('la loi le laisse décider seul')
    expect(await page(url)).toBe(200)
    expect(await closedLinks()).toEqual([false])
    expect((await records()).map((one) => one.answer)).toEqual(['agreed', 'agreed'])
  })

  test('closes nothing by a word of 15 that was written down before this was refused', async () => {
    world.clock.advance(DAY)
    const url = await share()
    world.clock.advance(1000)
    await recordWord(world, world.db, {
      student: { id: 1, public_id: issued.studentId },
      ...{ purpose: 'public-page', badge: null, answer: 'withdrawn', language: 'fr' },
      ...{ guardian: await theGuardian(), method: 'link', actor: 'x' },
    })
    expect(await page(url)).toBe(200)
    expect(await closedLinks()).toEqual([false])
    expect(await page(url)).toBe(200)
  })

  test('is not heard on paper either from 15 on, and staff read what to do', async () => {
    world.clock.advance(DAY)
    const url = await share()
    world.clock.advance(1000)
    for (const by of [guardianId, 'paper']) {
      const sent = await paper(by, 'withdrawn', '2026-11-25')
      expect(sent.status).toBe(422)
      expect(sent.text).toContain('Le 25 novembre 2026, cet élève avait 15 ans ou plus')
      expect(sent.text).toContain('Notez le papier de l’élève')
    }
    expect(await page(url)).toBe(200)
    expect(await closedLinks()).toEqual([false])
  })

  test('has closed for good, by a no of before, what was open then', async () => {
    const old = await share()
    world.clock.advance(1000)
    await answer(token, withdraw)
    world.clock.advance(DAY)
    const url = await share('Stage')
    expect([await page(old), await page(url)]).toEqual([410, 200])
    expect(await closedLinks()).toEqual([true, false])
  })

  test('closes by a paper of before, found later, what was open then and nothing that was opened alone', async () => {
    const old = await share()
    world.clock.advance(DAY)
    await say('agreed')
    const url = await share('Stage')
    world.clock.advance(1000)
    expect((await paper(guardianId, 'withdrawn', '2026-11-24')).status).toBe(303)
    expect([await page(old), await page(url)]).toEqual([410, 200])
    expect(await closedLinks()).toEqual([true, false])
  })

  test('outweighs by a later no an older paper that says yes', async () => {
    const old = await share()
    world.clock.advance(1000)
    await answer(token, withdraw)
    for (const paperOn of ['2026-11-20', '2026-11-24']) {
      const sent = await paper(guardianId, 'agreed', paperOn)
      expect(sent.status).toBe(400)
      expect(sent.text).toContain('a dit non le 24 novembre 2026')
      expect(sent.text).toContain('faites signer un papier d’une date plus récente')
    }
    expect(await refusalOf(share())).toMatchObject({ code: 'rule-refused' })
    expect(await page(old)).toBe(410)
    await bornOn(world, '2011-12-25')
    world.clock.advance(DAY)
    expect((await paper(guardianId, 'agreed', '2026-11-25')).status).toBe(303)
    expect(await page(await share())).toBe(200)
  })

  test('a paper that was outweighed when it was written down does not count either', async () => {
    const word = (given: Answer, paperOn: string) =>
      recordWord(world, world.db, {
        student: { id: 1, public_id: issued.studentId },
        ...{ purpose: 'public-page', badge: null, answer: given, language: 'fr' },
        ...{ guardian: 'paper', method: 'paper', paperOn, actor: 'x' },
      })
    await word('refused', '2026-11-23')
    await word('agreed', '2026-11-22')
    expect(
      textOf(await (await browserOf(world, 'student@example.org')).get('/my-consents')),
    ).toContain('Refusé : un responsable légal, sur papier.')
    expect(await refusalOf(share())).toMatchObject({ code: 'rule-refused' })
  })

  test('a paper of the student of before 15 is no word of 15, whenever it is written down', async () => {
    const url = await share()
    const staff = await browserOf(world, 'teacher@example.org')
    await staff.send(`/students/${issued.studentId}/consents`, { act: 'remove', guardianId })
    expect(await page(url)).toBe(410)
    world.clock.advance(DAY)
    const sent = await paper('student', 'agreed', '2026-11-20')
    expect(sent.status).toBe(303)
    expect(sent.text).toContain('Seul, ce papier ne suffit pas')
    expect(await page(url)).toBe(410)
    expect((await paper('student', 'agreed', '2026-11-25')).text).toContain('vaut tout de suite')
    expect(await page(url)).toBe(200)
  })
})

describe('a paper of a student of 15', () => {
  test('that says no is written down, and outweighed by a later yes: what it opened stays open', async () => {
    const url = await share()
    const several = { title: 'Mes badges', label: 'CV', badges: [issued.badgeId] }
    const { url: pageOfSeveral } = await openSelection(world, issued.student, {
      ...several,
      language: 'fr',
    })
    world.clock.advance(DAY)
    const sent = await paper('student', 'withdrawn', '2026-11-20')
    expect(sent.status).toBe(303)
    expect(sent.text).toContain('Une réponse plus récente, du 24 novembre 2026, l’emporte')
    expect(await closedLinks()).toEqual([false])
    expect([await page(url), await page(pageOfSeveral)]).toEqual([200, 200])
    expect(await records()).toMatchObject([{ answer: 'agreed' }, { paper_on: '2026-11-20' }])
  })

  test.each(['2026-11-24', '2026-11-25'])(
    'that says no on the day of a yes, or later, closes all (%s)',
    async (paperOn) => {
      const url = await share()
      world.clock.advance(DAY)
      expect((await paper('student', 'refused', paperOn)).text).toContain('vaut tout de suite')
      expect(await page(url)).toBe(410)
      expect(await closedLinks()).toEqual([true])
    },
  )

  test('that says yes is no answer of today: the student may say it anew', async () => {
    const input = { studentId: issued.studentId, purpose: 'public-page', badge: null }
    const said = { ...input, by: 'student', answer: 'agreed' }
    await recordOnPaper(world, issued.head, { ...said, paperOn: '2026-11-01' })
    await say('agreed')
    expect((await records()).map(({ method }) => method)).toEqual(['paper', 'account'])
  })
})

describe('a refusal of every badge', () => {
  /** What may be answered for every badge. */
  const offered = async () => {
    const row = (await mine())
      .split('<form')
      .find((form) => form.includes('Montrer un badge par un lien, Tous les badges'))
    return [...(row ?? '').matchAll(/name="answer" value="(\w+)"/g)].map(([, value]) => value)
  }

  test('that is said again closes what was opened since, and is offered until then', async () => {
    await say('refused')
    expect(await offered()).toEqual(['agreed'])
    world.clock.advance(1000)
    const url = await share()
    expect(await page(url)).toBe(200)
    expect(await offered()).toEqual(['agreed', 'refused'])
    world.clock.advance(1000)
    await say('refused')
    expect(await page(url)).toBe(410)
    expect(await closedLinks()).toEqual([true])
    expect(await offered()).toEqual(['agreed'])
    await say('refused')
    expect((await records()).map((one) => [one.answer, one.badge_id])).toEqual([
      ['refused', null],
      ['agreed', 1],
      ['refused', null],
    ])
  })

  test('a yes to every badge is not taken for said where one was refused since', async () => {
    await say('agreed')
    await say('refused', issued.badgeId)
    await say('agreed')
    expect((await records()).map((one) => [one.answer, one.badge_id])).toEqual([
      ['agreed', null],
      ['refused', 1],
      ['agreed', null],
    ])
  })
})
