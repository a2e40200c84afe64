import { beforeEach, describe, expect, test } from 'vitest'
import { pages } from '../../../src/app.js'
import type { Actor, Role } from '../../../src/context.js'
import { queueMail } from '../../../src/mail/queue-mail.js'
import { enrolStudent } from '../../../src/mentoring/cohorts/enrol-student.js'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import type { Alert } from '../../../src/mentoring/alerts/alert.js'
import { alertsFor, seeAlerts } from '../../../src/mentoring/alerts/see-alerts.js'
import { createOrganisation } from '../../../src/people/create-organisation.js'
import { OPERATOR } from '../../../src/people/operator.js'
import type { Organisation } from '../../../src/people/store.js'
import { asActor, refusalOf, somebody } from '../../people/people.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { ADDRESS, aMember, aPlacement, aSession, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { aCordee, aPair, aYouth, openPartners } from '../partners.js'

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world, 2025)
})

const told = async (actor: Actor, rule: string) =>
  (await alertsFor(world, actor)).filter((one) => one.rule === rule)
const sentences = (alerts: readonly Alert[]) => alerts.map(({ words }) => words.fr)
const at = (day: string) => {
  world.clock.at = new Date(`${day}T11:00:00Z`)
}
const ofSchool = (school: Organisation) =>
  world.db.updateTable('organisations').where('id', '=', school.id)

async function holder(role: Role, organisationId: number | null): Promise<Actor> {
  return asActor(world, await somebody(world, `${role}@example.org`, { role, organisationId }))
}

async function referentOf(academyCode: string): Promise<Actor> {
  const name = `Académie DÉMO ${academyCode}`
  const { id } = await createOrganisation(world, OPERATOR, { kind: 'academy', name, academyCode })
  return holder('academic-referent', id)
}

describe('PT-04 career mentoring', () => {
  test('PT-04 is told by cohort for last month, and for this one from its 20th day on', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    await aMember(world, academy, { id: 'bilal', level: '1RE_PRO' })
    await aMember(world, academy, { id: 'chloe', level: '2NDE_PRO' })
    at('2026-11-19')
    const before = await told(academy.teacher, 'PT-04')
    expect(sentences(before)).toEqual(['2 élèves sans séance Carrière en octobre'])
    expect(before).toMatchObject([{ place: '2PC 2025-2026', href: `/cohorts/${academy.cohortId}` }])
    at('2026-11-20')
    expect(sentences(await told(academy.officer, 'PT-04'))).toEqual([
      '2 élèves sans séance Carrière en octobre',
      '2 élèves sans séance Carrière en novembre',
    ])
  })

  test('PT-04 goes with its cause', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    const session = { kind: 'CARRIERE', studentIds: ['ana'] }
    await aSession(world, academy, { ...session, day: '2026-10-05' })
    expect(sentences(await told(academy.teacher, 'PT-04'))).toEqual([
      '1 élève sans séance Carrière en novembre',
    ])
    await aSession(world, academy, { ...session, day: '2026-11-05' })
    expect(await told(academy.teacher, 'PT-04')).toEqual([])
  })

  test('PT-04 does not ask for a month of holidays in the school’s zone', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    at('2026-11-19')
    await ofSchool(academy.school).set({ academy_code: '27' }).execute()
    const inCorse = {
      public_id: 'october',
      zone: '27',
      school_year: 2026,
      name_fr: 'Vacances',
      name_en: 'Holidays',
      from_day: '2026-10-12',
      until_day: '2026-10-31',
      source: 'DÉMO',
    }
    // The 1st to the 9th are 7 days, with the 12th 8.
    await world.db.insertInto('school_breaks').values(inCorse).execute()
    expect(await told(academy.teacher, 'PT-04')).toEqual([])
    await world.db
      .updateTable('school_breaks')
      .set({ from_day: '2026-10-13' })
      .where('public_id', '=', 'october')
      .execute()
    expect(await told(academy.teacher, 'PT-04')).toHaveLength(1)
  })
})

describe('AL-1 a silent month', () => {
  test.each([
    ['31 days', '2026-10-24', null, 1],
    ['30 days', '2026-10-25', null, 0],
    ['31 days, of which holidays took 9', '2026-10-24', '03', 0],
    ['40 days, of which holidays took 9', '2026-10-15', '03', 0],
    ['a month and more of school time', '2026-10-07', '03', 1],
  ])('AL-1 after %s', async (_, day, code, count) => {
    await aMember(world, academy, { id: 'ana' })
    await ofSchool(academy.school).set({ academy_code: code }).execute()
    await aSession(world, academy, { studentIds: ['ana'], day })
    expect(await told(academy.teacher, 'AL-1')).toHaveLength(count)
  })

  test('AL-1 tells of a cohort that never had a session, not of an empty one', async () => {
    expect(await told(academy.teacher, 'AL-1')).toEqual([])
    await aMember(world, academy, { id: 'ana' })
    expect(await told(academy.teacher, 'AL-1')).toMatchObject([
      { since: '2026-09-01', place: '2PC 2025-2026' },
    ])
    await aSession(world, academy, { studentIds: ['ana'] })
    expect(await told(academy.teacher, 'AL-1')).toEqual([])
  })
})

test('AL-2 a session waits for a confirmation for 15 days before that is told, to school and company', async () => {
  await aMember(world, academy, { id: 'ana' })
  const id = await aSession(world, academy, { studentIds: ['ana'] })
  world.clock.advance(14 * DAY)
  expect(await told(academy.teacher, 'AL-2')).toEqual([])
  world.clock.advance(DAY)
  for (const actor of [academy.teacher, academy.officer, academy.tutor]) {
    expect(sentences(await told(actor, 'AL-2'))).toEqual(['Une séance attend d’être confirmée'])
  }
  expect(await told(academy.otherTutor, 'AL-2')).toEqual([])
  await confirmSession(world, academy.tutor, id)
  expect(await told(academy.teacher, 'AL-2')).toEqual([])
})

test('AL-3 what a student contests is told until it is settled', async () => {
  await aMember(world, academy, { id: 'ana' })
  await aSession(world, academy, { studentIds: ['ana'] })
  expect(await told(academy.teacher, 'AL-3')).toEqual([])
  const contested_at = '2026-11-20T10:00:00.000Z'
  await world.db.updateTable('session_students').set({ contested_at }).execute()
  expect(await told(academy.teacher, 'AL-3')).toMatchObject([
    { since: '2026-11-20', subject: academy.cohortId },
  ])
  expect(await told(academy.tutor, 'AL-3')).toEqual([])
  await world.db.updateTable('session_students').set({ contested_at: null }).execute()
  expect(await told(academy.teacher, 'AL-3')).toEqual([])
})

test('AL-3 a contested placement is told with the cohort of its student', async () => {
  await aMember(world, academy, { id: 'ana' })
  await aPlacement(world, academy, 'ana')
  await aSession(world, academy, { studentIds: ['ana'] })
  const contested_at = '2026-11-21T10:00:00.000Z'
  await world.db.updateTable('placements').set({ contested_at }).execute()
  await world.db.updateTable('session_students').set({ contested_at }).execute()
  expect(await told(academy.officer, 'AL-3')).toMatchObject([
    { subject: academy.cohortId, since: '2026-11-21' },
  ])
  expect(sentences(await told(academy.teacher, 'AL-3'))[0]).toContain('2 faits sont contestés')
})

describe('cordées, pairs and placements', () => {
  test('CO-D1 and AL-1 a cordée is told to who runs it and to its schools, JM-03 a pair to its own', async () => {
    world = await openWorld()
    const partners = await openPartners(world)
    academy = partners
    const cordeeId = await aCordee(world, partners)
    await aYouth(world, partners.school, { id: 'ana', level: '2NDE_PRO' })
    await enrolStudent(world, partners.teacher, {
      cohortId: cordeeId,
      studentId: 'ana',
      fromDay: '2026-09-01',
      volunteeredOn: '2026-09-01',
    })
    for (const reader of [partners.coordinator, partners.teacher]) {
      for (const rule of ['CO-D1', 'AL-1']) {
        expect(await told(reader, rule), rule).toMatchObject([
          { subject: cordeeId, place: 'Cordée DÉMO', href: `/cordees/${cordeeId}` },
        ])
      }
    }
    await aYouth(world, partners.school, { id: 'bilal' })
    const unregistered = { registrationReference: '', registeredOn: '', acknowledged: ['JM-03'] }
    await aPair(world, partners, { studentId: 'bilal', ...unregistered })
    expect(await told(partners.structureCoordinator, 'JM-03')).toHaveLength(1)
    expect(await told(partners.structureCoordinator, 'AL-1')).toEqual([])
    for (const reader of [partners.otherCoordinator, partners.collegeTeacher, partners.officer]) {
      const rules = (await alertsFor(world, reader)).map(({ rule }) => rule)
      expect(rules.filter((rule) => /^(?:CO|JM|AL-1)/.test(rule))).toEqual([])
    }
    const all = [partners.coordinator, partners.structureCoordinator, partners.teacher]
    const found = await Promise.all(all.map((one) => alertsFor(world, one)))
    expect(JSON.stringify(found)).not.toMatch(/Zoé|Kergu|\bana\b|bilal/)
  })

  test('PFMP-03 placements are told by rule, how many, to the staff of their school', async () => {
    for (const id of ['ana', 'bilal', 'chloe', 'dan']) {
      await aMember(world, academy, { id })
      await aPlacement(world, academy, id)
    }
    expect(sentences(await told(academy.teacher, 'PFMP-03'))).toEqual([
      '4 périodes en entreprise, tuteur qui suit plus de trois stagiaires à la fois',
    ])
    expect(await told(academy.officer, 'PFMP-03')).toEqual([])
    expect(await told(academy.stranger, 'PFMP-03')).toEqual([])
  })
})

describe('who reads which', () => {
  test('another school reads nothing of this one', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    expect((await alertsFor(world, academy.teacher)).length).toBeGreaterThan(4)
    const elsewhere = await alertsFor(world, academy.stranger)
    expect(elsewhere.map(({ rule }) => rule)).toEqual(['AL-4'])
    expect(elsewhere[0]?.place).toContain('Érables')
  })

  test('AL-4 a school whose academy nobody told is told so, and its zone then counts', async () => {
    expect(await told(academy.teacher, 'AL-4')).toHaveLength(1)
    await ofSchool(academy.school).set({ academy_code: '03' }).execute()
    expect(await told(academy.teacher, 'AL-4')).toEqual([])
  })

  test('PT-10 and PT-16 a class without its people is told to the school and to its academy alone', async () => {
    await ofSchool(academy.school).set({ academy_code: '03' }).execute()
    const [ours, theirs] = [await referentOf('03'), await referentOfOther()]
    const rules = new Set((await alertsFor(world, ours)).map(({ rule }) => rule))
    expect([...rules].toSorted()).toEqual(['AL-5', 'PT-10', 'PT-14', 'PT-16', 'PT-17'])
    expect(await told(academy.teacher, 'PT-16')).toMatchObject([
      { place: '2PC', href: `/classes/${academy.classId}`, severity: 'due' },
    ])
    expect(await told(theirs, 'PT-10')).toEqual([])
  })

  async function referentOfOther(): Promise<Actor> {
    const of = { kind: 'academy', name: 'Académie DÉMO d’à côté', academyCode: '70' } as const
    const { id } = await createOrganisation(world, OPERATOR, of)
    const held = { role: 'academic-referent', organisationId: id } as const
    return asActor(world, await somebody(world, 'next-door@example.org', held))
  }

  test('PT-21 a company reads its own person-days against what it promised', async () => {
    const admin = await holder('company-admin', academy.company.id)
    expect(await told(admin, 'PT-21')).toEqual([])
    const { id: class_id } = await world.db
      .selectFrom('ptech_classes')
      .select('id')
      .executeTakeFirstOrThrow()
    const promise = {
      class_id,
      company_id: academy.company.id,
      school_year: 2026,
      person_days: 70,
      equipment_cents: 0,
    }
    await world.db.insertInto('commitments').values(promise).execute()
    expect(sentences(await told(admin, 'PT-21'))).toEqual([
      '0 jours donnés sur 70 promis en 2026-2027',
    ])
    const rival = await asActor(
      world,
      await somebody(world, 'rival@example.org', {
        role: 'company-admin',
        organisationId: academy.otherCompany.id,
      }),
    )
    expect(await alertsFor(world, rival)).toEqual([])
    at('2027-03-31')
    expect((await told(admin, 'PT-21'))[0]?.severity).toBe('info')
    at('2027-04-01')
    expect((await told(admin, 'PT-21'))[0]?.severity).toBe('soon')
  })

  test('AL-5 and AL-6 the platform’s administrator reads of the calendar and of mail', async () => {
    const platform = await holder('platform-admin', null)
    expect(sentences(await alertsFor(world, platform))).toEqual([
      '15 vacances scolaires restent à vérifier en 2026-2027',
    ])
    const to = { personId: academy.teacher.personId!, language: 'fr' } as const
    const mail = { key: 'one', to, subject: 'Un', text: 'x' }
    await world.db.transaction().execute((trx) => queueMail(trx, world, mail))
    const [alert] = await told(platform, 'AL-6')
    expect(alert?.words.fr).toContain('1 message attend')
    expect(alert?.href).toBe('/mail')
    const browser = await browserOf(world, 'platform-admin@example.org')
    expect(textOf(await browser.get('/mail'))).toContain('Le courriel est coupé')
  })

  test('a student has no page of alerts', async () => {
    const student = { ...academy.teacher, assignments: [{ role: 'student', organisationId: 1 }] }
    expect((await refusalOf(seeAlerts(world, student as Actor))).code).toBe('not-found')
  })
})

describe('an alert', () => {
  test('names no student to anybody, and leads to a page that is there', async () => {
    await ofSchool(academy.school).set({ academy_code: '03' }).execute()
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    await aSession(world, academy, { studentIds: ['ana'], day: '2026-09-10' })
    const contested_at = '2026-11-20T10:00:00.000Z'
    await world.db.updateTable('session_students').set({ contested_at }).execute()
    await aSession(world, academy, { studentIds: ['ana'], day: '2026-09-12' })
    world.clock.advance(20 * DAY)
    const readers = [
      academy.teacher,
      academy.officer,
      academy.tutor,
      await referentOf('03'),
      await holder('company-admin', academy.company.id),
      await holder('platform-admin', null),
    ]
    const all = (await Promise.all(readers.map((one) => alertsFor(world, one)))).flat()
    expect(new Set(all.map(({ rule }) => rule)).size).toBeGreaterThan(7)
    expect(JSON.stringify(all)).not.toMatch(/Zoé|Kergu|\bana\b/)
    const known = pages.map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`))
    for (const { href } of all) {
      expect(
        known.some((path) => path.test(href)),
        href,
      ).toBe(true)
    }
  })

  test('stands on the first page, the most urgent ones; all are on their own', async () => {
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    const browser = await browserOf(world, ADDRESS.teacher)
    const all = await alertsFor(world, academy.teacher)
    expect(all.length).toBeGreaterThan(7)
    const { text } = await browser.get('/')
    expect(text.match(/class="check-title"/g)).toHaveLength(7)
    expect(text).toContain(`Toutes les alertes</a>`.replace('</a>', ` (${all.length})`))
    expect(text.match(/class="state due"/g)!.length).toBeGreaterThan(2)
    const page = await browser.get('/alerts')
    expect(page.text.match(/class="check-title"/g)).toHaveLength(all.length)
    expect(page.text).toContain(`href="/cohorts/${academy.cohortId}"`)
    expect(page.text).not.toMatch(/Zoé|Kergu/)
    const english = textOf(await browser.get('/alerts?lang=en'))
    expect(english).toContain('1 student without a career session in October')
    expect(english).not.toMatch(/élève|séance|depuis/)
  })
})
