import ICAL from 'ical.js'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { writeCalendar } from '../../../src/mentoring/calendar/feed-calendar.js'
import { makeFeed, revokeFeed } from '../../../src/mentoring/calendar/make-feed.js'
import { cancelPlanned, planSession } from '../../../src/mentoring/calendar/plan-session.js'
import { readFeed } from '../../../src/mentoring/calendar/read-feed.js'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { endAssignment } from '../../../src/people/store.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aPlacement, aSession, ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { aPlan, aRecorded } from './content.js'

let world: World
let academy: Academy
let logged: string[]

beforeEach(async () => {
  logged = []
  world = await openWorld({ log: await loggerTo(logged) })
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'noe', givenName: 'Noé' })
})

async function loggerTo(lines: string[]) {
  const { pino } = await import('pino')
  return pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
}

const aFeed = async () => {
  const { cohortId, teacher } = academy
  const { url } = await makeFeed(world, teacher, {
    cohortId,
    label: 'Mon téléphone',
    language: 'fr',
  })
  return new URL(url).pathname
}
const ask = (path: string) => request(createApp(world)).get(path)
const planOn = (day: string, changes: { topic?: string; startTime?: string } = {}) =>
  planSession(world, academy.teacher, {
    cohortId: academy.cohortId,
    organisationId: academy.company.publicId,
    mentorId: '',
    kind: 'PROJET',
    day,
    startTime: '',
    minutes: 90,
    topic: 'Moule en composite',
    ...changes,
  })

type Event = Readonly<{
  uid: string
  summary: string
  description: string
  start: string
  end: string
  sequence: number
  status: string
}>

function eventsOf(text: string): Event[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description ?? '',
      start: String(component.getFirstPropertyValue('dtstart')),
      end: String(component.getFirstPropertyValue('dtend')),
      sequence: Number(component.getFirstPropertyValue('sequence')),
      status: String(component.getFirstPropertyValue('status')),
    }
  })
}

describe('a feed', () => {
  test('has sessions recorded and planned, and placements, with UIDs that stay', async () => {
    const session = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await aPlacement(world, academy, 'zoe')
    await aPlacement(world, academy, 'noe')
    const timed = await planOn('2026-12-01', { startTime: '14:30' })
    const whole = await planOn('2026-12-02')
    const path = await aFeed()
    const events = eventsOf((await ask(path).expect(200)).text)
    const { company, cohortId } = academy
    expect(events).toEqual([
      {
        uid: `session-${session}@sceau.example`,
        summary: 'Séance Projet, 1 h, attend une confirmation',
        description: 'Composites du Lac DÉMO\n2 élèves\nMoule en composite',
        start: '2026-11-10',
        end: '2026-11-11',
        sequence: 0,
        status: 'CONFIRMED',
      },
      {
        uid: `planned-${timed}@sceau.example`,
        summary: 'Séance Projet, 1 h 30, prévue',
        description: 'Composites du Lac DÉMO\nMoule en composite',
        start: '2026-12-01T13:30:00Z',
        end: '2026-12-01T15:00:00Z',
        sequence: 0,
        status: 'TENTATIVE',
      },
      expect.objectContaining({ uid: `planned-${whole}@sceau.example`, start: '2026-12-02' }),
      {
        uid: `placement-${cohortId}-${company.publicId}-2026-11-02-2026-11-13@sceau.example`,
        summary: '2 élèves en entreprise\u00a0: Composites du Lac DÉMO',
        description: '',
        start: '2026-11-02',
        end: '2026-11-14',
        sequence: 1,
        status: 'null',
      },
    ])
    await confirmSession(world, academy.tutor, session)
    const [after] = eventsOf((await ask(path)).text)
    expect(after).toMatchObject({ uid: events[0]!.uid, summary: 'Séance Projet, 1 h, confirmée' })
  })

  test('names no student, not even where a topic does', async () => {
    await aSession(world, academy, { studentIds: ['zoe'] })
    const named = 'Bilan de zoé'
    await planOn('2026-12-01', { topic: named })
    await world.db.updateTable('mentoring_sessions').set({ topic: 'KERGUELEN : bilan' }).execute()
    await aPlacement(world, academy, 'noe')
    const { text } = await ask(await aFeed())
    expect(text).not.toMatch(/zo[ée]|no[ée]\b|kergu|bilan|2011|@example\.org/i)
    expect(eventsOf(text)).toHaveLength(3)
  })

  test('cancels what was planned under the same UID, with the next SEQUENCE', async () => {
    const plannedId = await planOn('2026-12-01')
    const path = await aFeed()
    const [before] = eventsOf((await ask(path)).text)
    await cancelPlanned(world, academy.teacher, { cohortId: academy.cohortId, plannedId })
    const [after] = eventsOf((await ask(path)).text)
    expect(after).toMatchObject({ uid: before!.uid, sequence: 1, status: 'CANCELLED' })
  })

  test('is kept by no cache, listed by no search engine, and says whether it has changed', async () => {
    await aSession(world, academy, { studentIds: ['zoe'] })
    const path = await aFeed()
    const first = await ask(path).expect(200)
    expect(first.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    world.clock.advance(3_600_000)
    const etag = first.get('ETag')!
    await ask(path).set('If-None-Match', etag).expect(304)
    await planOn('2026-12-01')
    const changed = await ask(path).set('If-None-Match', etag).expect(200)
    expect(changed.get('ETag')).not.toBe(etag)
  })

  test('keeps its token out of the store, the log and the audit', async () => {
    const path = await aFeed()
    const token = path.slice('/feeds/'.length, -'.ics'.length)
    expect(token).toHaveLength(43)
    await ask(path).expect(200)
    await ask(path.replace(token, token.toUpperCase())).expect(404)
    const feeds = await world.db.selectFrom('calendar_feeds').selectAll().execute()
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify([feeds, audit, logged])).not.toContain(token)
    expect(logged.join('')).toContain('"route":"/feeds/:name"')
    expect(audit.map(({ action }) => action)).toContain('feed.made')
    expect(JSON.stringify(audit)).not.toContain('téléphone')
  })
})

describe('an address that opens nothing', () => {
  test('answers the same, whether it never was, was revoked, or its person may not any more', async () => {
    const { cohortId, teacher } = academy
    const revoked = await aFeed()
    const { public_id: feedId } = await world.db
      .selectFrom('calendar_feeds')
      .selectAll()
      .executeTakeFirstOrThrow()
    await revokeFeed(world, teacher, { cohortId, feedId })
    const left = await aFeed()
    await ask(left).expect(200)
    const role = { role: 'school-staff', organisationId: academy.school.id } as const
    await endAssignment(world.db, teacher.personId!, role, '2026-11-23')
    const never = `/feeds/${'a'.repeat(43)}.ics`
    const answers = [revoked, left, never, '/feeds/x', '/feeds/x.ics', left.replace('.ics', '')]
    const told = await Promise.all(
      answers.map(async (path) => {
        const { status, body, headers } = await ask(path)
        return { status, body: body as unknown, cache: headers['cache-control'] }
      }),
    )
    for (const one of told) expect(one).toEqual(told[0])
    expect(told[0]).toMatchObject({ status: 404, cache: 'no-store' })
  })

  test('is also that of an account which is closed', async () => {
    const path = await aFeed()
    await world.db.updateTable('persons').set({ disabled_at: 'now' }).execute()
    await ask(path).expect(404)
  })
})

describe('the links of a person', () => {
  test('are made at a page, shown once, listed, and revoked', async () => {
    const browser = await browserOf(world, ADDRESS.teacher)
    const page = `/cohorts/${academy.cohortId}/feeds`
    expect((await browser.send(page, { label: ' ' })).text).toContain('id="error-label"')
    const made = await browser.send(page, { label: 'Mon téléphone' })
    const [, url] = /value="(https:\/\/sceau\.example\/feeds\/[\w-]{43}\.ics)"/.exec(made.text)!
    await ask(new URL(url!).pathname).expect(200)
    const listed = await browser.get(page)
    expect(textOf(listed)).toContain('Mon téléphone')
    expect(listed.text).not.toContain('/feeds/a')
    expect(listed.text).not.toMatch(/feeds\/[\w-]{43}/)
    const [, id = ''] = /name="revoke" value="([^"]+)"/.exec(listed.text)!
    expect(textOf(await browserThen(browser, page, id))).toContain(
      'Vous n’avez pas encore de lien.',
    )
    await ask(new URL(url!).pathname).expect(404)
    expect((await browser.send(page, { revoke: id })).status).toBe(404)
  })

  test('are not revoked by somebody else', async () => {
    const path = await aFeed()
    const feed = await world.db.selectFrom('calendar_feeds').selectAll().executeTakeFirstOrThrow()
    const input = { cohortId: academy.cohortId, feedId: feed.public_id }
    await expect(revokeFeed(world, academy.colleague, input)).rejects.toMatchObject({
      code: 'not-found',
    })
    await ask(path).expect(200)
  })

  test('are ten at most', async () => {
    for (let made = 0; made < 10; made += 1) await aFeed()
    await expect(aFeed()).rejects.toMatchObject({ code: 'rule-refused' })
  })

  test('are for whom records the sessions of the cohort', async () => {
    for (const name of ['stranger', 'tutor'] as const) {
      const input = { cohortId: academy.cohortId, label: 'x', language: 'fr' } as const
      await expect(makeFeed(world, academy[name], input)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })
})

test('days without school are in the feed of a school whose academy is known', async () => {
  const token = (await aFeed()).slice('/feeds/'.length, -'.ics'.length)
  expect(eventsOf(await readFeed(world, token))).toEqual([])
  await world.db.updateTable('organisations').set({ academy_code: '99' }).execute()
  expect(eventsOf(await readFeed(world, token))).toContainEqual(
    expect.objectContaining({ start: '2026-12-19', end: '2027-01-04' }),
  )
})

describe('the text of a calendar', () => {
  const long = 'Éprouvettes, moules\\gabarits ; « à chaud » : '.repeat(10).trim()
  const text = () =>
    writeCalendar({
      cohort: {
        ...{ id: 1, publicId: 'cohort', scheme: 'PTECH', ownerId: 1, ownerName: 'Lycée DÉMO' },
        ...{ title: '2PC; é, x', classId: 1, entryYear: 2026, closedOn: null },
      },
      content: {
        sessions: [aRecorded({ topic: long, version: 3 })],
        planned: [aPlan({ topic: 'a\r\nBEGIN:VEVENT\nX:1' })],
        placements: [],
        breaks: [],
      },
      unsaid: [],
      language: 'fr',
      publicUrl: 'https://sceau.example',
      timeZone: 'Europe/Paris',
    })

  test('has lines of 75 octets at most that end with CRLF, and signs that are escaped', () => {
    const lines = text().split('\r\n')
    expect(lines.join('')).not.toMatch(/[\r\n]/)
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const calendar = new ICAL.Component(ICAL.parse(text()))
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('2PC; é, x, entrée en 2026-2027')
    const [session, plan] = eventsOf(text())
    expect(session!.description).toContain(long)
    expect(session!.sequence).toBe(2)
    // A topic makes no event of its own.
    expect(eventsOf(text())).toHaveLength(2)
    expect(plan!.description).toContain('BEGIN:VEVENT')
  })

  test.each([
    'a\rATTACH:x',
    'a\nATTACH:x',
    'a\r\nEND:VCALENDAR',
    'a\0ATTACH:x',
    'a\u000bATTACH:x',
    'a\u0085ATTACH:x',
    'a\u2028ATTACH:x',
    '\ud800',
  ])('%j in any of its texts begins no line of its own', (hostile) => {
    const said = { topic: hostile, organisationName: hostile }
    const placement = { fromDay: '2026-11-02', untilDay: '2026-11-13', versions: 1, students: 1 }
    const written = writeCalendar({
      cohort: {
        ...{ id: 1, publicId: 'cohort', scheme: 'PTECH', ownerId: 1, ownerName: hostile },
        ...{ title: hostile, classId: 1, entryYear: 2026, closedOn: null },
      },
      content: {
        sessions: [aRecorded(said)],
        planned: [aPlan(said)],
        placements: [
          { ...said, ...placement, organisationId: 'c', recordedAt: '2026-11-01T08:00:00.000Z' },
        ],
        breaks: [],
      },
      unsaid: [],
      language: 'fr',
      publicUrl: 'https://sceau.example',
      timeZone: 'Europe/Paris',
    })
    for (const line of written.split('\r\n').slice(0, -1)) {
      expect(line).toMatch(/^([A-Z-]+[;:]| )[^\p{Cc}\p{Cs}\u2028]*$/u)
      expect(line).not.toMatch(/^ATTACH/)
    }
    expect(eventsOf(written)).toHaveLength(3)
  })

  test('is the same for the same content', () => {
    expect(text()).toBe(text())
  })
})

async function browserThen(
  browser: Awaited<ReturnType<typeof browserOf>>,
  page: string,
  revoke: string,
) {
  await browser.send(page, { revoke })
  return browser.get(page)
}
