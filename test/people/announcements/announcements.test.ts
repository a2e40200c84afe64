import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Actor, Role } from '../../../src/context.js'
import { announce, endAnnouncement, MOST_OPEN } from '../../../src/people/announcements/announce.js'
import {
  assertDays,
  concerns,
  toAudience,
  toText,
} from '../../../src/people/announcements/rules.js'
import {
  announcedTo,
  dismissAnnouncement,
} from '../../../src/people/announcements/see-announcements.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { openSession } from '../../../src/people/sessions.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { aCompany, aLycee, asActor, refusalOf, somebody } from '../people.js'

let world: World
let school: { id: number; publicId: string }
let head: Actor
let pupil: Actor
let boss: Actor

const NOTICE = {
  organisation: '',
  to: 'all',
  roles: [] as Role[],
  fr: 'Le service s’arrête dimanche.',
  en: 'The service stops on Sunday.',
  fromDay: '2026-11-24',
  untilDay: '2026-11-25',
} as const

beforeEach(async () => {
  world = await openWorld()
  school = await aLycee(world)
  const company = await aCompany(world)
  const as = async (email: string, role: Role, organisationId: number) =>
    asActor(world, await somebody(world, email, { role, organisationId }))
  head = await as('head@example.org', 'school-approver', school.id)
  pupil = await as('pupil@example.org', 'student', school.id)
  boss = await as('boss@example.org', 'company-admin', company.id)
})

const textsFor = async (actor: Actor) =>
  (await announcedTo(world, actor)).map(({ words }) => words.en)
const pageOf = async (actor: Actor, path: string) => {
  const token = await openSession(world, world.db, actor.personId!, { proof: 'password' })
  const asked = request(createApp(world)).get(path).set('Cookie', `__Host-s=${token}`)
  return (await asked.set('Accept', 'text/html').set('Accept-Language', 'en')).text
}

describe('whom a notice concerns', () => {
  const of = (role: Role, organisationId: number | null) => [{ role, organisationId }]

  test.each([
    ['*', null, of('student', 1), true],
    ['*', null, [], false],
    ['*', 1, of('student', 1), true],
    ['*', 1, of('student', 2), false],
    ['student', 1, of('school-staff', 1), false],
    ['school-staff platform-admin', null, of('platform-admin', null), true],
    ['no-such-role', null, of('student', 1), false],
  ])('%s of %s for %j: %s', (audience, organisationId, held, meant) => {
    expect(concerns({ audience: toAudience(audience), organisationId }, held)).toBe(meant)
  })

  test('is kept and read again', () => {
    for (const text of ['*', 'school-staff', 'school-staff student'])
      expect(toText(toAudience(text))).toBe(text)
  })

  test.each([
    ['2026-11-23', '2026-11-30', '/fromDay'],
    ['2027-02-23', '2027-02-24', '/fromDay'],
    ['2026-11-25', '2026-11-24', '/untilDay'],
    ['2026-11-24', '2027-02-23', '/untilDay'],
  ])('from %s until %s: refused at %s', (from, until, pointer) => {
    expect(() => assertDays(from, until, '2026-11-24')).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    )
  })

  test('90 days to the day are taken', () => {
    expect(() => assertDays('2027-02-22', '2027-05-23', '2026-11-24')).not.toThrow()
  })
})

describe('a notice', () => {
  test('of the platform is shown to all from its first to its last day', async () => {
    await announce(world, OPERATOR, { ...NOTICE, fromDay: '2026-11-25' })
    expect(await textsFor(pupil)).toEqual([])
    world.clock.advance(DAY)
    for (const actor of [pupil, head, boss]) expect(await textsFor(actor)).toEqual([NOTICE.en])
    world.clock.advance(DAY)
    expect(await textsFor(pupil)).toEqual([])
  })

  test('of a school is shown to whom it means there, and to nobody elsewhere', async () => {
    await announce(world, head, { ...NOTICE, organisation: school.publicId, to: 'students' })
    expect(await textsFor(pupil)).toEqual([NOTICE.en])
    expect(await textsFor(head)).toEqual([])
    expect(await textsFor(boss)).toEqual([])
  })

  test('is put away by each for themselves, and ended for all', async () => {
    const id = await announce(world, OPERATOR, NOTICE)
    await dismissAnnouncement(world, pupil, id)
    await dismissAnnouncement(world, pupil, id)
    expect(await textsFor(pupil)).toEqual([])
    expect(await textsFor(boss)).toEqual([NOTICE.en])
    await endAnnouncement(world, OPERATOR, id)
    expect(await textsFor(boss)).toEqual([])
  })

  test('sends no mail', async () => {
    await announce(world, OPERATOR, NOTICE)
    expect(await world.db.selectFrom('outbox_mails').selectAll().execute()).toEqual([])
  })

  test('more than a few at once are refused', async () => {
    for (let n = 0; n < MOST_OPEN; n++) await announce(world, OPERATOR, NOTICE)
    expect((await refusalOf(announce(world, OPERATOR, NOTICE))).code).toBe('rule-refused')
  })
})

describe('AZ-02 a notice of others', () => {
  test('is not made, ended or put away', async () => {
    const other = await aLycee(world, 'Lycée Hugo', '9990002Y')
    for (const organisation of ['', other.publicId, 'nothing'])
      expect((await refusalOf(announce(world, head, { ...NOTICE, organisation }))).code).toBe(
        'not-found',
      )
    const id = await announce(world, OPERATOR, { ...NOTICE, organisation: other.publicId })
    expect((await refusalOf(endAnnouncement(world, head, id))).code).toBe('not-found')
    expect((await refusalOf(dismissAnnouncement(world, head, id))).code).toBe('not-found')
    expect((await refusalOf(endAnnouncement(world, head, 'nothing'))).code).toBe('not-found')
  })

  test('a school speaks to no roles of the platform’s choice', async () => {
    const input = {
      ...NOTICE,
      organisation: school.publicId,
      to: 'roles',
      roles: ['student'],
    } as const
    expect((await refusalOf(announce(world, head, input))).fields[0]?.pointer).toBe('/to')
  })
})

describe('at the top of a page', () => {
  test('XS-01 it is text, whatever stands in it', async () => {
    const en = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) {{7*7}}'
    await announce(world, OPERATOR, { ...NOTICE, en })
    const html = await pageOf(pupil, '/my-badges')
    expect(html).toContain('&lt;img src=x onerror=alert(1)> [x](javascript:alert(1)) {{7*7}}')
    expect(html).not.toContain('<img src=x')
    expect(html).toMatch(
      /<aside class="announced" aria-label="Notices"><div class="notice" role="status">/,
    )
  })

  test('XS-01 invisible characters are refused', async () => {
    const refused = await refusalOf(
      announce(world, OPERATOR, { ...NOTICE, fr: 'Bon\u202Ejour à tous' }),
    )
    expect(refused.fields[0]?.pointer).toBe('/fr')
  })

  test('is said once on the page that is its own', async () => {
    const id = await announce(world, OPERATOR, NOTICE)
    const html = await pageOf(pupil, `/announcements/${id}`)
    expect(html.split(`<p>${NOTICE.en}</p>`)).toHaveLength(2)
    expect(html).not.toContain('class="announced"')
  })

  test('is on no page that everybody may open, not even for who is signed in', async () => {
    await announce(world, OPERATOR, NOTICE)
    expect(await pageOf(pupil, '/')).toContain(NOTICE.en)
    for (const path of [
      '/verify',
      '/about',
      '/confidentialite',
      '/sign-in',
      '/b/nothing',
      '/achievements/nothing',
    ])
      expect(await pageOf(pupil, path), path).not.toContain(NOTICE.en)
    expect((await request(createApp(world)).get('/')).text).not.toContain('announced')
  })
})
