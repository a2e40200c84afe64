import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { closeLink } from '../../../src/issuer/close-link.js'
import { codesSheet } from '../../../src/issuer/leaving/codes-sheet.js'
import { makeCodes, seeMyCodes } from '../../../src/issuer/leaving/my-codes.js'
import { shareBadge } from '../../../src/issuer/share-badge.js'
import { browserOf, textOf } from '../../mentoring/browser.js'
import { refusalOf } from '../../people/people.js'
import { textOfPdf } from '../../support/pdf-text.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { live, type Life } from '../rights/life.js'
import { aStudent } from '../share-story.js'

let world: World
let life: Life

beforeEach(async () => {
  world = await openWorld()
  life = await live(world)
})

const make = (badges: readonly string[], changes: { life?: string } = {}) =>
  makeCodes(world, life.student, { badges, language: 'fr', ...changes })
const see = (only?: string[]) => seeMyCodes(world, life.student, only)
const countLinks = async () =>
  (await world.db.selectFrom('share_links').select('id').execute()).length

describe('LV-06 a sheet of paper with codes', () => {
  test('has the chosen badges, each with its code and address, and nothing of the student', async () => {
    await make(life.badges, { life: 'year' })
    const { lines } = await see()
    const { bytes } = await codesSheet(world, lines, 'fr', { compress: false })
    const text = textOfPdf(bytes).replaceAll(/\s+/g, ' ')
    expect(lines).toHaveLength(2)
    for (const { name, code, untilDay } of lines) {
      expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      expect(text).toContain(name)
      expect(text).toContain(code!)
      expect(untilDay).toBe('2027-11-24')
    }
    expect(text).toContain('24 novembre 2027')
    expect(text).not.toMatch(/Canarine|Kwyx/)
    // Tagged, with words for what is drawn.
    const raw = Buffer.from(bytes).toString('latin1')
    expect(raw).toContain('/MarkInfo')
    expect(raw.match(/\/S \/Figure/g)).toHaveLength(2)
  })

  test('asked for twice it is the same: no link more', async () => {
    await make(life.badges)
    const [before, count] = [await see(), await countLinks()]
    await make(life.badges)
    expect(await see()).toEqual(before)
    expect(await countLinks()).toBe(count)
    expect((await see([life.badges[1]])).lines.map(({ badgeId }) => badgeId)).toEqual([
      life.badges[1],
    ])
  })

  test('its codes are those of share links: they verify, end, and close as all do', async () => {
    await make([life.badges[0]], { life: 'month' })
    const [line] = (await see()).lines
    const api = request(createApp(world))
    const verified = await api.post('/verifications').send({ code: line!.code }).expect(200)
    expect(verified.body).toMatchObject({ verdict: 'valid', badge: { name: line!.name } })
    world.clock.advance(31 * DAY)
    expect((await see()).lines).toEqual([])
    await make([life.badges[0]])
    const link = await world.db
      .selectFrom('share_links')
      .select('public_id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    await closeLink(world, life.student, link.public_id)
    expect((await see()).lines).toEqual([])
  })

  test('only of one’s own badges, at least one, and all or none', async () => {
    const other = await aStudent(world, 'other@example.org', life.schoolId)
    const input = { badges: life.badges, language: 'fr' } as const
    expect((await refusalOf(makeCodes(world, other, input))).code).toBe('not-found')
    expect((await refusalOf(make([]))).code).toBe('invalid-request')
    const before = await countLinks()
    for (let at = 0; at < 19; at += 1)
      await shareBadge(world, life.student, { badgeId: life.badges[1], label: `Nº ${at}` })
    expect((await refusalOf(make(life.badges))).code).toBe('rule-refused')
    expect(await countLinks()).toBe(before + 19)
  })

  test('on its page: made by a form, taken as a file, which changes nothing', async () => {
    const tab = await browserOf(world, 'canarine.kwyxmarque@example.org')
    const sent = await tab.send('/my-codes', {
      badges: [...life.badges],
      life: 'year',
      shows: 'badge',
    })
    expect(sent.status).toBe(303)
    const page = await tab.get(sent.headers.location!)
    const href = /href="(\/my-codes\.pdf[^"]*)"/.exec(page.text)![1]!
    const count = await countLinks()
    const bytes = await tab.download(href)
    expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await countLinks()).toBe(count)
    const back = await tab.send('/my-codes', { life: 'year', shows: 'badge' })
    expect(back.status).toBe(400)
    expect(textOf(back)).toContain('Cochez au moins un badge')
  })

  test('a page of twenty badges goes on to the next', async () => {
    await make(life.badges)
    const { lines } = await see()
    const many = Array.from({ length: 20 }, () => lines[0]!)
    const { bytes } = await codesSheet(world, many, 'en', { compress: false })
    const raw = Buffer.from(bytes).toString('latin1')
    expect(raw.match(/\/Type \/Page\b/g)!.length).toBeGreaterThanOrEqual(3)
  })
})
