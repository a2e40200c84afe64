import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { closeWithdrawn } from '../../src/issuer/close-withdrawn.js'
import { closeSelection } from '../../src/issuer/selections/close-selection.js'
import { MAX_OPEN_SELECTIONS, openSelection } from '../../src/issuer/selections/open-selection.js'
import { seeSelection } from '../../src/issuer/selections/see-selection.js'
import { selectionSheet } from '../../src/issuer/selections/selection-sheet.js'
import { eraseStudent } from '../../src/issuer/rights/erase-student.js'
import { getStudent } from '../../src/mentoring/students/store.js'
import { sayWord } from '../../src/mentoring/consents/say-word.js'
import { runNextJob } from '../../src/worker.js'
import { aStudent, CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { replacementOf } from '../issuer/lineage-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { bornOn } from '../mentoring/consents/story.js'
import { auditOf, refusalOf } from '../people/people.js'
import { textOfPdf } from '../support/pdf-text.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let api: ReturnType<typeof request>
/** A badge that was replaced, and so revoked, and the one that replaced it. */
let badges: [older: string, newer: string]

beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  api = request(createApp(world))
  await replacementOf(world, issued)
  while (await runNextJob(world));
  const rows = await world.db.selectFrom('badges').select('public_id').orderBy('id').execute()
  badges = rows.map(({ public_id }) => public_id) as typeof badges
})

const WANTED = { title: 'Mes badges en composites', label: 'CV', language: 'fr' } as const
const open = (wanted: Partial<Parameters<typeof openSelection>[2]> = {}) =>
  openSelection(world, issued.student, { ...WANTED, badges, ...wanted })
const pathOf = (url: string) => url.replace(world.config.publicUrl, '')
const pageAt = (url: string) => api.get(pathOf(url)).set('Accept', 'text/html')
const tokenOf = (url: string) => url.split('/s/')[1] ?? ''
const see = (url: string) => seeSelection(world, tokenOf(url), 'fr')
const withdraw = async (badgeId: string | null, purpose: 'public-page' | 'named-link') => {
  world.clock.advance(1000)
  const row = await world.db
    .selectFrom('badges')
    .select('id')
    .where('public_id', '=', badgeId ?? '')
    .executeTakeFirst()
  const badge = row && badgeId !== null ? { id: row.id, publicId: badgeId } : null
  const word = { purpose, badge, answer: 'withdrawn', language: 'fr' } as const
  await sayWord(world, issued.student, word)
}

describe('sheets to print', () => {
  test('TK-13 are counted together, of whatever one address asks them', async () => {
    const { url } = await open()
    // Counted before it is looked at who asks.
    for (let sheet = 0; sheet < 20; sheet += 1) await api.get('/my-badges/x/badge.pdf')
    expect((await api.get(`${pathOf(url)}.pdf`)).status).toBe(429)
    // A page is no sheet.
    await pageAt(url).expect(200)
  })
})

describe('chosen badges behind one link', () => {
  test('stand in their order under one title, each verified now', async () => {
    const { url } = await open()
    expect(url).toMatch(/^https:\/\/sceau\.example\/s\/[\w-]{22}$/)
    const { text, headers } = await pageAt(url).expect(200)
    expect(text).toContain('Mes badges en composites</h1>')
    expect(text.indexOf('Révoqué le')).toBeLessThan(text.indexOf('Vérifié à l’instant'))
    const turned = await pageAt((await open({ badges: badges.toReversed() })).url)
    expect(turned.text.indexOf('Vérifié à l’instant')).toBeLessThan(
      turned.text.indexOf('Révoqué le'),
    )
    expect(headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(headers['x-robots-tag']).toBe('noindex, nofollow')
    // The window is named by us, and nothing is shown in advance.
    expect(/<title>([^<]*)/.exec(text)?.[1]).not.toContain('composites')
    expect(text).not.toContain('og:')
  })

  test('SH-03 hold nothing of the student, on the page or the sheet, without the opt-in', async () => {
    const { url } = await open()
    const { text } = await pageAt(url).expect(200)
    const sheet = await selectionSheet(world, await see(url), 'fr', { compress: false })
    const paper = textOfPdf(sheet.bytes)
    for (const canary of [...CANARIES, 'Camille', 'student@example.org', 'CV']) {
      expect(text).not.toMatch(canary)
      expect(paper).not.toMatch(canary)
    }
    expect(paper).toContain('Mes badges en composites')
    expect(paper).toContain(url)
    const pdf = await api.get(`${pathOf(url)}.pdf`).expect(200)
    expect(pdf.headers['content-type']).toBe('application/pdf')
  })

  test('SH-03 with the opt-in the name is on page and sheet, until it is withdrawn for one of them', async () => {
    const { url } = await open({ shows: 'named' })
    const { text } = await pageAt(url).expect(200)
    expect(text.match(/Zoé/g)).toHaveLength(1)
    expect(/<head>[\s\S]*<\/head>/.exec(text)?.[0]).not.toMatch(/Zoé|Kergu/)
    expect(
      textOfPdf((await selectionSheet(world, await see(url), 'fr', { compress: false })).bytes),
    ).toMatch(/Zoé/)
    await withdraw(badges[0], 'named-link')
    const after = await pageAt(url).expect(200)
    for (const canary of CANARIES) expect(after.text).not.toMatch(canary)
    expect((await see(url)).badges).toHaveLength(2)
  })

  test('of the badge alone tell no evidence', async () => {
    const { text } = await pageAt((await open({ shows: 'badge' })).url).expect(200)
    expect(text).not.toMatch(/Mentorat de projet/)
    expect((await pageAt((await open()).url)).text).toMatch(/Mentorat de projet/)
  })

  test('one that is not agreed to is left out, and nothing says so; with none left the link is gone', async () => {
    const { url } = await open()
    const alone = await open({ badges: [badges[1]] })
    await withdraw(badges[0], 'public-page')
    const shape = (text: string) =>
      text.replaceAll(/\/s\/[\w-]{22}/g, '').replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    const left = await pageAt(url).expect(200)
    const one = await pageAt(alone.url).expect(200)
    expect(shape(left.text)).toBe(shape(one.text))
    await withdraw(badges[1], 'public-page')
    const gone = await pageAt(url).expect(410)
    const { id, url: closed } = await openAgain()
    await closeSelection(world, issued.student, id)
    expect(shape((await pageAt(closed).expect(410)).text)).toBe(shape(gone.text))
  })
  const openAgain = () => {
    world.clock.advance(1000)
    return open()
  }

  test('SH-02 closed, past its day, withdrawn and erased are one 410; unknown is a 404', async () => {
    const { url, id } = await open({ life: 'month' })
    await closeSelection(world, issued.student, id)
    await closeSelection(world, issued.student, id)
    expect((await auditOf(world)).filter((line) => line === 'selection.closed')).toHaveLength(1)
    const second = await open({ life: 'month' })
    world.clock.advance(30 * 86_400_000)
    await pageAt(second.url).expect(200)
    world.clock.advance(86_400_000)
    const bodies = [await pageAt(url).expect(410), await pageAt(second.url).expect(410)]
    const third = await open()
    const student = await getStudent(world.db, 1)
    await eraseStudent(world, student, { badges: 'keep', request: 'x' })
    bodies.push(await pageAt(third.url).expect(410))
    const same = bodies.map(({ text }) => text.replaceAll(/\/s\/[\w-]{22}/g, ''))
    expect(new Set(same).size).toBe(1)
    await pageAt('https://sceau.example/s/0000000000000000000000').expect(404)
    await api.get('/s/1').expect(404)
  })

  test('a no to every badge closes the page in the book as well', async () => {
    await open()
    await withdraw(null, 'public-page')
    const at = world.now().toISOString()
    await closeWithdrawn(world, { studentId: 1, badgeId: null, at })
    await closeWithdrawn(world, { studentId: 1, badgeId: null, at })
    const rows = await world.db.selectFrom('selections').selectAll().execute()
    expect(rows.every(({ closed_at }) => closed_at !== null)).toBe(true)
    expect((await auditOf(world)).filter((line) => line === 'selection.closed')).toHaveLength(1)
  })
})

describe('who opens such a page', () => {
  test.each([
    ['no badge', { badges: [] }, '/badges'],
    ['no title', { title: ' ' }, '/title'],
    ['no label', { label: '' }, '/label'],
    ['a life that is none', { life: 'ever' }, '/life'],
  ])('with %s is told so beside its field', async (_, wanted, pointer) => {
    expect(await refusalOf(open(wanted))).toMatchObject({
      code: 'invalid-request',
      fields: [{ pointer }],
    })
  })

  test('with their name in the title is sent to the choice that can be taken back', async () => {
    for (const title of ['Les badges de Zoé', 'KERGUELEN, composites']) {
      const student = await getStudent(world.db, 1)
      const said = title.replace('KERGUELEN', student.family_name.toUpperCase())
      expect(await refusalOf(open({ title: said }))).toMatchObject({
        code: 'rule-refused',
        fields: [{ pointer: '/title' }],
      })
    }
  })

  test('has ten open at the most', async () => {
    for (let n = 0; n < MAX_OPEN_SELECTIONS; n++) await open()
    expect(await refusalOf(open())).toMatchObject({ code: 'rule-refused' })
  })

  test('is the student, in person, of 15 or with a guardian, for badges of their own', async () => {
    const other = await aStudent(world, 'other@example.org', issued.schoolId)
    const input = { ...WANTED, badges }
    expect(await refusalOf(openSelection(world, other, input))).toMatchObject({ code: 'not-found' })
    const program = { ...issued.student, via: 'token' as const }
    for (const actor of [issued.teacher, issued.head, program])
      expect(await refusalOf(openSelection(world, actor, input))).toMatchObject({
        code: 'forbidden',
      })
    await bornOn(world, '2011-11-25')
    expect(await refusalOf(open())).toMatchObject({ code: 'rule-refused' })
    expect(await world.db.selectFrom('selections').selectAll().execute()).toEqual([])
  })

  test('does so by a form, reads its address again, and closes it', async () => {
    const tab = await browserOf(world, 'student@example.org')
    expect((await tab.get('/my-badges')).text).toContain('href="/my-selections"')
    const form = { title: 'Composites', label: 'Salon', life: 'year', shows: 'evidence' }
    await tab.send('/my-selections', { ...form, badge1: badges[1], badge2: badges[0] })
    const { text } = await tab.get('/my-selections')
    const url = /https:\/\/sceau\.example\/s\/[\w-]{22}/.exec(text)?.[0] ?? ''
    expect((await see(url)).badges.map(({ revocation }) => revocation !== null)).toEqual([
      false,
      true,
    ])
    expect(textOf(await tab.get('/my-selections'))).toContain('Salon')
    const id = /name="close" value="([^"]+)"/.exec(text)?.[1] ?? ''
    await tab.send('/my-selections', { close: id })
    await pageAt(url).expect(410)
    const again = await tab.send('/my-selections', form)
    expect(textOf(again)).toContain('Choisissez de 1 à 12 badges')
  })
})
