import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config.js'
import type { Role } from '../../../src/context.js'
import { saveRefused } from '../../../src/mail/store.js'
import { nextDigestAt } from '../../../src/mentoring/alerts/digest-time.js'
import { digestWords, wantsDigest } from '../../../src/mentoring/alerts/digest-words.js'
import {
  DIGEST_JOB,
  sendDigests,
  startDigests,
} from '../../../src/mentoring/alerts/send-digests.js'
import { setDigest } from '../../../src/mentoring/alerts/set-digest.js'
import { createOrganisation } from '../../../src/people/create-organisation.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { runNextJob } from '../../../src/worker.js'
import { asActor, auditOf, refusalOf, somebody } from '../../people/people.js'
import { openSmtpServer, subjectOf, textOfMail } from '../../support/smtp-server.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { aMember, ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'

let world: World
let academy: Academy
let server: Awaited<ReturnType<typeof openSmtpServer>>

beforeEach(async () => {
  server = await openSmtpServer()
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: 'https://sceau.example',
    SMTP_URL: server.url,
    MAIL_FROM: 'sceau@example.org',
  })
  world = await openWorld({ config })
  academy = await openAcademy(world, 2025)
  await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
})
afterEach(() => server.close())

const MONDAY = { day: '2026-11-30' }
const queued = async () =>
  (
    await world.db
      .selectFrom('outbox_mails as mail')
      .innerJoin('persons', 'persons.id', 'mail.to_person_id')
      .select(['persons.email', 'mail.subject', 'mail.body', 'mail.language'])
      .orderBy('persons.email')
      .execute()
  ).map((row) => ({ ...row, email: row.email ?? '' }))
const readers = async () => (await queued()).map(({ email }) => email)

test.each([
  ['2026-11-24T11:00:00Z', '2026-11-30T06:00:00.000Z', 'in winter'],
  ['2026-06-24T11:00:00Z', '2026-06-29T05:00:00.000Z', 'in summer'],
  ['2026-11-30T05:59:59Z', '2026-11-30T06:00:00.000Z', 'a second before'],
  ['2026-11-30T06:00:00Z', '2026-12-07T06:00:00.000Z', 'at that very instant'],
  ['2026-10-24T11:00:00Z', '2026-10-26T06:00:00.000Z', 'over the end of summer time'],
  ['2026-11-29T23:30:00Z', '2026-11-30T06:00:00.000Z', 'in the night, already Monday in Paris'],
])('after %s the next digest is at %s: %s', (after, expected) => {
  expect(nextDigestAt(new Date(after), 'Europe/Paris').toISOString()).toBe(expected)
})

test.each<[Role[], 'on' | 'off' | null, boolean]>([
  [['school-staff'], null, true],
  [['liaison-officer'], null, true],
  [['academic-referent'], null, true],
  [['school-approver'], null, false],
  [['company-admin', 'company-endorser', 'scheme-coordinator', 'platform-admin'], null, false],
  [['school-approver', 'school-staff'], null, true],
  [['school-staff'], 'off', false],
  [['company-admin'], 'on', true],
])('of %j, who said %j, it is wanted: %j', (roles, choice, wanted) => {
  expect(wantsDigest(choice, roles)).toBe(wanted)
})

describe('the digest', () => {
  test('is counts and links, and no name of anybody', async () => {
    await sendDigests(world, MONDAY)
    const mails = await queued()
    expect(mails.length).toBeGreaterThan(2)
    expect(JSON.stringify(mails.map(({ subject, body }) => [subject, body]))).not.toMatch(
      /Zoé|Kergu|Camille|Martin|2PC|Tilleuls|\bana\b/,
    )
    const { subject, body } = mails.find(({ email }) => email === ADDRESS.teacher)!
    expect(subject).toMatch(/^Sceau\u00a0: \d+ alertes$/)
    expect(body).toContain('https://sceau.example/alerts')
    expect(body).toContain('https://sceau.example/account/mail')
    expect(body).toMatch(/- à faire\u00a0: \d+\n- bientôt\u00a0: \d+\n- à savoir\u00a0: \d+/)
  })

  test('tells one alert as one, and leaves out what there is none of', () => {
    const { subject, text } = digestWords([{ severity: 'soon' }], 'en', 'https://sceau.example')
    expect(subject).toBe('Sceau: 1 alert')
    expect(text).toContain('One alert concerns you')
    expect(text).toContain('- soon: 1')
    expect(text).not.toMatch(/- to do|- to know/)
  })

  test('goes to those who want it and whom alerts concern, once a Monday', async () => {
    await world.db
      .updateTable('organisations')
      .set({ academy_code: '03' })
      .where('uai', '=', '9990002Y')
      .execute()
    await setDigest(world, academy.officer, 'off')
    await setDigest(world, academy.tutor, 'on')
    await setDigest(world, academy.stranger, 'on')
    await sendDigests(world, MONDAY)
    // The officer said no; of the tutor nothing is asked; the stranger's school lacks nothing.
    expect(await readers()).toEqual([ADDRESS.colleague, ADDRESS.teacher])
    await sendDigests(world, MONDAY)
    expect(await readers()).toHaveLength(2)
    await sendDigests(world, { day: '2026-12-07' })
    expect(await readers()).toHaveLength(4)
  })

  test('goes to nobody who left, has no address, or whose address was refused', async () => {
    const close = { disabled_at: world.now().toISOString() }
    const of = (email: string) => world.db.updateTable('persons').where('email', '=', email)
    await of(ADDRESS.colleague).set(close).execute()
    await saveRefused(world.db, academy.officer.personId!, ADDRESS.officer, world.now())
    await of(ADDRESS.stranger).set({ email: null }).execute()
    await sendDigests(world, MONDAY)
    expect(await readers()).toEqual([ADDRESS.teacher])
    // Another address is another matter.
    await of(ADDRESS.officer).set({ email: 'officer2@example.org' }).execute()
    await sendDigests(world, { day: '2026-12-07' })
    expect(await readers()).toContain('officer2@example.org')
  })

  test('is in the language of its reader', async () => {
    await world.db
      .updateTable('persons')
      .set({ language: 'en' })
      .where('email', '=', ADDRESS.teacher)
      .execute()
    await sendDigests(world, MONDAY)
    const mails = await queued()
    expect(mails.find(({ email }) => email === ADDRESS.teacher)?.body).toContain('Hello')
    expect(mails.find(({ email }) => email === ADDRESS.colleague)?.body).toContain('Bonjour')
  })

  test('reaches an academic referent without a word of a student', async () => {
    const of = { kind: 'academy', name: 'Académie DÉMO', academyCode: '99' } as const
    const { id } = await createOrganisation(world, OPERATOR, of)
    const held = { role: 'academic-referent', organisationId: id } as const
    await somebody(world, 'referent@example.org', held)
    await sendDigests(world, MONDAY)
    const mail = (await queued()).find(({ email }) => email === 'referent@example.org')
    expect(mail?.body).toContain('Une alerte')
    expect(mail?.body).not.toMatch(/élève|Zoé|Kergu/)
  })

  test('is forgotten after 90 days', async () => {
    await sendDigests(world, MONDAY)
    const { length } = await queued()
    world.clock.advance(90 * DAY)
    await sendDigests(world, { day: '2027-02-22' })
    expect((await queued()).length).toBeGreaterThan(length)
    world.clock.advance(DAY)
    await sendDigests(world, { day: '2027-02-22' })
    expect((await queued()).length).toBeLessThanOrEqual(length)
  })
})

test('the worker sends it on Monday at seven, and orders the next one', async () => {
  await startDigests(world)
  await startDigests(world)
  const ordered = () =>
    world.db
      .selectFrom('jobs')
      .select(['key', 'run_at'])
      .where('kind', '=', DIGEST_JOB)
      .orderBy('key')
      .execute()
  expect((await ordered()).map(({ key }) => key)).toEqual(['2026-11-30T06:00:00.000Z'])
  world.clock.at = new Date('2026-11-30T05:59:59Z')
  while (await runNextJob(world)) continue
  expect(server.received).toEqual([])
  world.clock.at = new Date('2026-11-30T06:00:00Z')
  while (await runNextJob(world)) continue
  const to = server.received.map((mail) => mail.to[0]).toSorted()
  expect(to).toEqual([ADDRESS.colleague, ADDRESS.officer, ADDRESS.stranger, ADDRESS.teacher])
  expect(subjectOf(server.received[0]!)).toMatch(/^Sceau\u00a0: \d+ alertes?$/)
  for (const mail of server.received) {
    expect(mail.raw + textOfMail(mail)).not.toMatch(/Zoé|Kergu/)
  }
  expect((await ordered()).map(({ key }) => key)).toEqual([
    '2026-11-30T06:00:00.000Z',
    '2026-12-07T06:00:00.000Z',
  ])
})

describe('the page of who receives it', () => {
  test('shows what holds, and keeps what is chosen', async () => {
    const browser = await browserOf(world, ADDRESS.teacher)
    const { text } = await browser.get('/account/mail')
    expect(text).toMatch(/value="on" checked/)
    expect(text).toContain(ADDRESS.teacher)
    expect((await browser.send('/account/mail', { digest: 'off' })).status).toBe(303)
    expect((await browser.get('/account/mail')).text).toMatch(/value="off" checked/)
    expect(await auditOf(world)).toContain('mail.digest-set')
    await saveRefused(world.db, academy.teacher.personId!, ADDRESS.teacher, world.now())
    expect(textOf(await browser.get('/account/mail'))).toContain('cette adresse a été refusée')
    await browser.send('/account/mail', { digest: 'on' })
    expect(textOf(await browser.get('/account/mail'))).not.toContain('refusée')
    expect((await browser.send('/account/mail', { digest: 'daily' })).status).toBe(400)
  })

  test('is not for students', async () => {
    const held = { role: 'student', organisationId: academy.school.id } as const
    const student = await asActor(world, await somebody(world, 'student@example.org', held))
    expect((await refusalOf(setDigest(world, student, 'on'))).code).toBe('not-found')
  })
})
