import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { badgeSheet } from '../../src/issuer/badge-sheet.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { seePublicBadge } from '../../src/issuer/public-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { sayWord } from '../../src/mentoring/consents/say-word.js'
import { CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { aGuardian, asked, bornOn } from '../mentoring/consents/story.js'
import { refusalOf } from '../people/people.js'
import { textOfPdf } from '../support/pdf-text.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let api: ReturnType<typeof request>

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  api = request(createApp(world))
  const student = await world.db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
  NAME = `${student.given_name} ${student.family_name}`
})
let NAME = ''

const share = (shows: string) =>
  shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'Candidature', shows })
const pathOf = (url: string) => url.replace(world.config.publicUrl, '')
const pageOf = (url: string) => api.get(pathOf(url)).set('Accept', 'text/html')
const sheetOf = async (url: string) => {
  const badge = await seePublicBadge(world, url.split('/b/')[1] ?? '', 'fr')
  return (await badgeSheet(world, badge, 'fr', { compress: false })).bytes
}
const say = (
  answer: 'agreed' | 'withdrawn',
  purpose: 'named-link' | 'public-page' = 'named-link',
) => sayWord(world, issued.student, { purpose, badge: null, answer, language: 'fr' })
const HEAD = /<head>[\s\S]*<\/head>/

describe('SH-03 with the opt-in recorded', () => {
  let url: string
  beforeEach(async () => {
    url = (await share('named')).url
  })

  test('the name is on the page and the sheet, once, and nothing else of the student', async () => {
    const { text, headers } = await pageOf(url).expect(200)
    expect(text.split(NAME)).toHaveLength(2)
    expect(HEAD.exec(text)?.[0]).not.toMatch(/Zoé|Kergu/)
    expect(text).not.toMatch(/2011-02-03|3 février 2011|000000001AA|\b2PC\b|student@example/)
    expect(JSON.stringify(headers)).not.toMatch(/Zo%C3%A9|Zoé|Kergu/)
    expect(headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(headers['x-robots-tag']).toBe('noindex, nofollow')
    const pdf = await sheetOf(url)
    expect(textOfPdf(pdf)).toContain(NAME)
    expect(textOfPdf(pdf)).not.toContain('Elle ne dit pas à qui')
    // What is readable of a file without opening it is its title.
    expect(/\/Title[^/]*/.exec(pdf.toString('latin1'))?.[0]).not.toMatch(/Kergu/)
  })

  test.each(['.json', '.jwt', '.png', '.svg'])(
    'never in the signed file %s, nor in its name',
    async (form) => {
      const answer = await api
        .get(`${pathOf(url)}${form}`)
        .buffer(true)
        .expect(200)
      const body = answer.text ?? Buffer.from(answer.body as Uint8Array).toString('latin1')
      for (const canary of CANARIES) expect(body).not.toMatch(canary)
      expect(answer.headers['content-disposition']).not.toMatch(/Zo|Kergu/)
    },
  )

  test('nor in a verification by its address, the audit or the log', async () => {
    const answer = await api.post('/verifications').send({ url })
    expect(JSON.stringify(answer.body)).not.toMatch(/Zoé|Kergu/)
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(audit)).not.toMatch(/Zoé|Kergu/)
    expect(audit.at(-1)?.details).toContain('"shows":"named"')
  })

  test('a link beside it that was opened without a name has none', async () => {
    const other = await share('evidence')
    const { text } = await pageOf(other.url).expect(200)
    for (const canary of CANARIES) expect(text).not.toMatch(canary)
    expect(textOfPdf(await sheetOf(other.url))).not.toMatch(/Kergu/)
  })

  test('a withdrawal takes the name at once, the badge stays; a new yes names no old link', async () => {
    world.clock.advance(1000)
    await say('withdrawn')
    const { text } = await pageOf(url).expect(200)
    for (const canary of CANARIES) expect(text).not.toMatch(canary)
    expect(text).toContain('Son nom n’y figure pas')
    expect(textOfPdf(await sheetOf(url))).not.toMatch(/Kergu/)
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    expect(links).toMatchObject([{ shows: 'named', isNamed: false }])
    world.clock.advance(1000)
    await say('agreed')
    expect((await pageOf(url)).text).not.toContain(NAME)
    expect((await pageOf((await share('named')).url)).text).toContain(NAME)
  })

  test('an agreement that has run out takes the name as well', async () => {
    await world.db.updateTable('share_links').set({ until_day: null }).execute()
    world.clock.advance(364 * 86_400_000)
    expect((await pageOf(url)).text).toContain(NAME)
    world.clock.advance(2 * 86_400_000)
    expect((await pageOf(url).expect(200)).text).not.toContain(NAME)
  })

  test('a no to showing the badge at all closes the link with its name', async () => {
    world.clock.advance(1000)
    await say('withdrawn', 'public-page')
    const { text } = await pageOf(url).expect(410)
    expect(text).not.toContain(NAME)
  })

  test('the student reads on their page that it is shown, and what it means before they open one', async () => {
    const tab = await browserOf(world, 'student@example.org')
    const text = textOf(await tab.get(`/my-badges/${issued.badgeId}`))
    expect(text).toContain('Le badge, ses preuves et mon nom')
    expect(text).toContain(
      'Si l’accord est retiré, le lien reste ouvert et montre le badge sans nom',
    )
  })
})

describe('SH-03 without the opt-in', () => {
  test('a student of 14 opens no link with the name, alone or after one yes; the one without it opens', async () => {
    await bornOn(world, '2011-11-25')
    const guardianId = await aGuardian(world, issued.teacher, 'Ariane')
    const answerOf = async (purpose: 'public-page' | 'named-link') => {
      const { token, code } = await asked(world, issued.teacher, guardianId, { purpose })
      const form = api.post(`/g/${token}`).set('Sec-Fetch-Site', 'same-origin').type('form')
      await form.send({ act: 'answer', answer: 'agreed', code })
    }
    await answerOf('public-page')
    expect(await refusalOf(share('named'))).toMatchObject({
      code: 'rule-refused',
      fields: [{ pointer: '/shows' }],
    })
    expect(await world.db.selectFrom('share_links').selectAll().execute()).toEqual([])
    const { text } = await pageOf((await share('evidence')).url).expect(200)
    for (const canary of CANARIES) expect(text).not.toMatch(canary)
    // Jointly: the guardian, and by opening the link the student.
    await answerOf('named-link')
    expect((await pageOf((await share('named')).url).expect(200)).text).toContain(NAME)
  })

  test('a link whose row says so without a record names nobody', async () => {
    const { url } = await share('evidence')
    await world.db.updateTable('share_links').set({ shows: 'named' }).execute()
    const { text } = await pageOf(url).expect(200)
    for (const canary of CANARIES) expect(text).not.toMatch(canary)
  })
})
