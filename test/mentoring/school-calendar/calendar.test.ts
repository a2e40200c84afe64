import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { seeCohort } from '../../../src/mentoring/cohorts/see-cohort.js'
import { addBreak } from '../../../src/mentoring/school-calendar/add-break.js'
import { correctBreak } from '../../../src/mentoring/school-calendar/correct-break.js'
import { removeBreak } from '../../../src/mentoring/school-calendar/remove-break.js'
import { seeCalendar } from '../../../src/mentoring/school-calendar/see-calendar.js'
import { breaksOf, findBreak, listBreaks } from '../../../src/mentoring/school-calendar/store.js'
import { createOrganisation } from '../../../src/people/create-organisation.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { seedBreaks } from '../../../src/store/migrations/0021-calendar-and-mail.js'
import { asActor, auditOf, refusalOf, somebody } from '../../people/people.js'
import { STORES } from '../../support/dialects.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, openAcademy, type Academy, ADDRESS } from '../academy.js'
import { browserOf, textOf } from '../browser.js'

let world: World
let academy: Academy
let platform: Actor
let referent: Actor

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world, 2025)
  const rectorat = await createOrganisation(world, OPERATOR, {
    kind: 'academy',
    name: 'Académie DÉMO',
    academyCode: '99',
  })
  const held = { role: 'academic-referent', organisationId: rectorat.id } as const
  referent = await asActor(world, await somebody(world, 'referent@example.org', held))
  const all = { role: 'platform-admin', organisationId: null } as const
  platform = await asActor(world, await somebody(world, 'platform@example.org', all))
})

const winter = {
  calendar: 'A',
  schoolYear: 2027,
  nameFr: 'Vacances d’hiver',
  nameEn: 'Winter holidays',
  fromDay: '2028-02-12',
  untilDay: '2028-02-27',
  source: 'Arrêté DÉMO',
  verified: false,
}
const autumn = {
  id: '2026-a-toussaint',
  fromDay: '2026-10-16',
  untilDay: '2026-11-01',
  source: 'Arrêté DÉMO',
  verified: true,
  shownFrom: '2026-10-17',
  shownUntil: '2026-11-01',
}

describe('what the calendar begins with', () => {
  test('2025-2026 is verified and 2026-2027 is to be verified, each with its source', async () => {
    const known = await listBreaks(world.db, 2025)
    expect(known).toHaveLength(18)
    expect(known.every(({ verified_on }) => verified_on !== null)).toBe(true)
    const proposed = await listBreaks(world.db, 2026)
    expect(proposed).toHaveLength(15)
    expect(proposed.every(({ verified_on, source }) => verified_on === null && source)).toBe(true)
    expect(await findBreak(world.db, '2025-c-hiver')).toMatchObject({
      zone: 'C',
      from_day: '2026-02-21',
      until_day: '2026-03-08',
    })
  })

  test('to be sown again overwrites nothing that was corrected', async () => {
    await correctBreak(world, platform, autumn)
    await seedBreaks(world.db)
    expect((await findBreak(world.db, autumn.id))?.from_day).toBe('2026-10-16')
    expect(await listBreaks(world.db, 2026)).toHaveLength(15)
  })
})

describe('who keeps the calendar', () => {
  test('the platform administrator keeps all of it, a referent that of their academy’s zone', async () => {
    expect((await seeCalendar(world, platform, undefined)).managed).toContain('28')
    expect((await seeCalendar(world, referent, undefined)).managed).toEqual(['A'])
    const other = { ...winter, calendar: 'B' }
    expect((await refusalOf(addBreak(world, referent, other))).fields[0]?.pointer).toBe('/calendar')
    await addBreak(world, platform, other)
    await addBreak(world, referent, winter)
    expect(await listBreaks(world.db, 2027)).toHaveLength(2)
    const ofB = { ...autumn, id: '2026-b-toussaint' }
    expect((await refusalOf(correctBreak(world, referent, ofB))).code).toBe('not-found')
  })

  test('for all others it is to be read, and there is no form', async () => {
    for (const actor of [academy.teacher, academy.officer, academy.tutor]) {
      expect((await seeCalendar(world, actor, undefined)).managed).toEqual([])
      expect((await refusalOf(addBreak(world, actor, winter))).code).toBe('not-found')
      expect((await refusalOf(correctBreak(world, actor, autumn))).code).toBe('not-found')
    }
    const browser = await browserOf(world, ADDRESS.teacher)
    const answer = await browser.get('/calendar')
    expect(textOf(answer)).toContain('à vérifier')
    expect(answer.text).not.toContain('href="/calendar/')
    expect((await browser.get('/calendar/new')).status).toBe(404)
  })
})

describe('holidays', () => {
  test('are added once a year and calendar, with an audit line', async () => {
    await addBreak(world, platform, winter)
    expect((await refusalOf(addBreak(world, platform, winter))).code).toBe('conflict')
    expect((await auditOf(world)).filter((one) => one.startsWith('calendar.'))).toEqual([
      'calendar.break-added',
    ])
    const found = await breaksOf(world.db, 'A', '2028-02-27', '2028-03-31')
    expect(found).toMatchObject([{ fromDay: '2028-02-12', untilDay: '2028-02-27' }])
    expect(await breaksOf(world.db, 'A', '2028-02-28', '2028-03-31')).toEqual([])
    expect(await breaksOf(world.db, undefined, '2020-01-01', '2030-01-01')).toEqual([])
  })

  test.each([
    ['/untilDay', { untilDay: '2028-02-11' }],
    ['/fromDay', { fromDay: '2027-08-31' }],
    ['/untilDay', { untilDay: '2028-09-01' }],
    ['/fromDay', { fromDay: '2028-02-30' }],
    ['/source', { source: ' ' }],
    ['/nameFr', { nameFr: '' }],
  ])('are refused for what is wrong at %s', async (pointer, wrong) => {
    const refusal = await refusalOf(addBreak(world, platform, { ...winter, ...wrong }))
    expect(refusal.code).toBe('invalid-request')
    expect(refusal.fields.map((field) => field.pointer)).toEqual([pointer])
  })

  test('are verified as they were shown: who comes second is told', async () => {
    await correctBreak(world, platform, autumn)
    expect(await findBreak(world.db, autumn.id)).toMatchObject({ verified_on: '2026-11-24' })
    expect((await refusalOf(correctBreak(world, referent, autumn))).code).toBe('conflict')
    const again = { ...autumn, shownFrom: '2026-10-16', verified: false }
    await correctBreak(world, referent, again)
    expect(await findBreak(world.db, autumn.id)).toMatchObject({ verified_on: null })
  })

  test('are verified at their page', async () => {
    const browser = await browserOf(world, 'referent@example.org')
    expect(textOf(await browser.get('/calendar'))).toContain('Votre calendrier : Zone A')
    const { id, verified: _, ...form } = autumn
    const { status } = await browser.send(`/calendar/${id}`, { ...form, verified: 'yes' })
    expect(status).toBe(303)
    expect(textOf(await browser.get('/calendar'))).toContain('vérifié le 24 novembre 2026')
    const again = await browser.send(`/calendar/${id}`, { ...form, verified: 'yes' })
    expect(again.status).toBe(409)
    const { calendar, schoolYear, nameFr, nameEn, fromDay, untilDay, source } = winter
    const fields = { calendar, nameFr, nameEn, fromDay, untilDay, source }
    const added = await browser.send('/calendar/new', { ...fields, schoolYear: `${schoolYear}` })
    expect(added.headers.location).toBe('/calendar?year=2027')
    expect(textOf(await browser.get('/calendar?year=2027'))).toContain('12 février 2028')
  })
})

describe('holidays that are removed', () => {
  const { id, shownFrom, shownUntil } = autumn
  const shown = { id, shownFrom, shownUntil }

  test('are there no more, once, with an audit line that says what they were', async () => {
    const before = { ...shown, shownFrom: '2026-10-16' }
    expect((await refusalOf(removeBreak(world, referent, before))).code).toBe('conflict')
    expect(await removeBreak(world, referent, shown)).toBe(2026)
    expect(await findBreak(world.db, id)).toBeUndefined()
    expect((await refusalOf(removeBreak(world, referent, shown))).code).toBe('not-found')
    const line = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'calendar.break-removed')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(line.details)).toMatchObject({
      calendar: 'A',
      from: '2026-10-17',
      until: '2026-11-01',
    })
  })

  test('are those of one’s own calendar', async () => {
    const ofB = { ...shown, id: '2026-b-toussaint' }
    expect((await refusalOf(removeBreak(world, referent, ofB))).code).toBe('not-found')
    expect((await refusalOf(removeBreak(world, academy.teacher, shown))).code).toBe('not-found')
    expect(await listBreaks(world.db, 2026)).toHaveLength(15)
  })

  test('are removed at their page, and added again', async () => {
    const was = (await findBreak(world.db, id))!
    const browser = await browserOf(world, 'referent@example.org')
    expect(textOf(await browser.get(`/calendar/${id}`))).toContain('Retirer du calendrier')
    const sent = await browser.send(`/calendar/${id}`, { do: 'remove', shownFrom, shownUntil })
    expect(sent.headers.location).toBe('/calendar?year=2026')
    expect((await browser.get(`/calendar/${id}`)).status).toBe(404)
    const again = { fromDay: was.from_day, untilDay: was.until_day, source: was.source }
    const named = { nameFr: was.name_fr, nameEn: was.name_en, calendar: 'A', schoolYear: '2026' }
    expect((await browser.send('/calendar/new', { ...named, ...again })).status).toBe(303)
    const found = (await listBreaks(world.db, 2026)).filter(({ zone }) => zone === 'A')
    expect(found.map(({ from_day }) => from_day)).toContain('2026-10-17')
  })
})

test('the calendar names the two holidays more of Alsace and Moselle, with their departments', async () => {
  const { localHolidays } = await seeCalendar(world, academy.teacher, undefined)
  expect(localHolidays.departments).toEqual(['57', '67', '68'])
  expect(localHolidays.days.map(({ day }) => day)).toEqual(['2026-12-26', '2027-03-26'])
  const text = textOf(await (await browserOf(world, ADDRESS.teacher)).get('/calendar'))
  expect(text).toContain('des départements 57, 67 et 68')
  expect(text).toContain('Vendredi saint (26 mars 2027)')
})

test('PT-04 a month with few days of school in the school’s zone asks for no session; without a zone it does', async () => {
  await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
  const owed = async () => {
    const { members } = await seeCohort(world, academy.teacher, academy.cohortId)
    return members[0]?.owed
  }
  const whole = { ...autumn, fromDay: '2026-10-02', untilDay: '2026-10-31' }
  await correctBreak(world, platform, whole)
  expect(await owed()).toEqual(['2026-09', '2026-10', '2026-11'])
  const view = await seeCalendar(world, academy.teacher, undefined)
  expect(view.unknown).toEqual([academy.school.name])
  const ofSchool = world.db.updateTable('organisations').where('id', '=', academy.school.id)
  await ofSchool.set({ academy_code: '03' }).execute()
  expect(await owed()).toEqual(['2026-09', '2026-11'])
  await ofSchool.set({ academy_code: '70' }).execute()
  expect(await owed()).toEqual(['2026-09', '2026-10', '2026-11'])
})

test.each(STORES)(
  'on $name the calendar is there and is corrected once',
  async ({ open }) => {
    const other = await openWorld({ db: await open() })
    expect(await listBreaks(other.db, 2025)).toHaveLength(18)
    const held = { role: 'platform-admin', organisationId: null } as const
    const admin = await asActor(other, await somebody(other, 'platform@example.org', held))
    await correctBreak(other, admin, autumn)
    expect((await refusalOf(correctBreak(other, admin, autumn))).code).toBe('conflict')
    await addBreak(other, admin, winter)
    expect((await refusalOf(addBreak(other, admin, winter))).code).toBe('conflict')
    await other.db.destroy()
  },
  120_000,
)
