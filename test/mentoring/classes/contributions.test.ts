import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { addCompany } from '../../../src/mentoring/classes/add-company.js'
import { classFindings } from '../../../src/mentoring/classes/class-findings.js'
import { openClass } from '../../../src/mentoring/classes/open-class.js'
import {
  promise,
  recordContribution,
  withdrawContribution,
  type ContributionInput,
} from '../../../src/mentoring/classes/record-contribution.js'
import {
  seeClassContributions,
  seeContributions,
} from '../../../src/mentoring/classes/see-contributions.js'
import { setDomains } from '../../../src/mentoring/classes/set-domains.js'
import { confirmPlacement } from '../../../src/mentoring/placements/confirm-placement.js'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { listKeptWarnings } from '../../../src/mentoring/warnings.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember, aPlacement, aSession, openAcademy, type Academy } from '../academy.js'
import { anAdmin } from './ground.js'

let world: World
let academy: Academy
let admin: Actor
let given: ContributionInput

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  admin = await anAdmin(world, academy)
  given = {
    classId: academy.classId,
    companyId: academy.company.publicId,
    kind: 'PERSON_DAYS',
    day: '2026-11-10',
    description: 'Préparation du projet',
    personDays: 1.5,
    euros: null,
  }
})

const lines = async (actor: Actor = academy.teacher, year?: number) =>
  (await seeContributions(world, actor, year)).lines

describe('PT-21 person-days of a company', () => {
  test('PT-21 are confirmed sessions times their mentors, and what was recorded apart', async () => {
    const ana = await aMember(world, academy, { id: 'ana' })
    const first = await aSession(world, academy, { studentIds: [ana] })
    await aSession(world, academy, { studentIds: [ana], day: '2026-11-12' })
    expect(await lines()).toMatchObject([{ personDays: 0 }])
    await confirmSession(world, academy.colleague, first)
    // An hour of one mentor.
    expect(await lines()).toMatchObject([{ personDays: 0.1 }])
    await secondMentor(first)
    expect(await lines()).toMatchObject([{ personDays: 0.3 }])
    await recordContribution(world, academy.officer, given)
    expect(await lines()).toMatchObject([
      { personDays: 1.8, companyName: 'Composites du Lac DÉMO', className: '2PC' },
    ])
  })

  test('PT-21 are without a session that all of its students contest', async () => {
    const students = [
      await aMember(world, academy, { id: 'ana' }),
      await aMember(world, academy, { id: 'ben' }),
    ]
    const session = await aSession(world, academy, { studentIds: students })
    await confirmSession(world, academy.colleague, session)
    await contested(1)
    expect(await lines()).toMatchObject([{ personDays: 0.1 }])
    await contested(2)
    expect(await lines()).toMatchObject([{ personDays: 0 }])
  })

  test('PT-21 leave the tutoring of placements in a column of its own', async () => {
    const ana = await aMember(world, academy, { id: 'ana' })
    const placement = await aPlacement(world, academy, ana)
    expect(await lines()).toMatchObject([{ tutoringDays: 0 }])
    await confirmPlacement(world, academy.colleague, placement)
    expect(await lines()).toMatchObject([{ tutoringDays: 9, personDays: 0 }])
  })

  test.each([
    ['2026-08-31', 0],
    ['2026-09-01', 1.5],
  ])('PT-21 of %s are %s in the school year 2026-2027', async (day, personDays) => {
    await startEarlier()
    await recordContribution(world, academy.officer, { ...given, day })
    expect(await lines(academy.teacher, 2026)).toMatchObject([{ personDays }])
    expect(await lines(academy.teacher, 2025)).toMatchObject([{ personDays: 1.5 - personDays }])
  })

  test('PT-21 are compared with what was promised, once the year is over', async () => {
    await startEarlier()
    const made = { classId: academy.classId, companyId: academy.company.publicId, euros: 0 }
    await promise(world, admin, { ...made, schoolYear: 2025, personDays: 3 })
    await promise(world, admin, { ...made, schoolYear: 2025, personDays: 2 })
    await promise(world, academy.officer, { ...made, schoolYear: 2026, personDays: 70 })
    await recordContribution(world, admin, { ...given, day: '2026-03-10' })
    expect(await lines(admin, 2025)).toMatchObject([
      { personDays: 1.5, promised: { personDays: 2 } },
    ])
    const told = async () =>
      (await classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')).filter(
        ({ rule }) => rule === 'PT-21',
      )
    expect((await told())[0]?.words.fr).toBe(
      'Composites du Lac DÉMO a donné 1,5 jours en 2025-2026, sur 2 promis.',
    )
    const more = { ...given, day: '2026-03-11', personDays: 0.5 }
    await recordContribution(world, admin, more)
    expect(await told()).toEqual([])
    await recordContribution(world, admin, { ...given, personDays: 180 })
    expect(await told()).toHaveLength(1)
  })

  test('PT-21 a promise is for a year in which the company is with the class', async () => {
    const made = { classId: academy.classId, companyId: academy.company.publicId, euros: 0 }
    await expect(
      promise(world, admin, { ...made, schoolYear: 2025, personDays: 70 }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/companyId' }] })
    await promise(world, admin, { ...made, schoolYear: 2026, personDays: 70, euros: 1250.5 })
    expect(await lines()).toMatchObject([{ promised: { personDays: 70, equipmentCents: 125_050 } }])
  })

  test('PT-21 a company reads and records its own, and no other’s', async () => {
    await addCompany(world, academy.teacher, {
      classId: academy.classId,
      companyId: academy.otherCompany.publicId,
      role: 'partner',
      fromDay: '2026-09-01',
    })
    const other = { ...given, companyId: academy.otherCompany.publicId }
    await recordContribution(world, academy.officer, other)
    expect(await lines()).toHaveLength(2)
    expect((await lines(admin)).map(({ companyName }) => companyName)).toEqual([
      'Composites du Lac DÉMO',
    ])
    const { recorded, companies } = await seeClassContributions(world, admin, {
      classId: academy.classId,
    })
    expect([recorded.length, companies.length]).toEqual([0, 1])
    await expect(
      recordContribution(world, admin, { ...other, day: '2026-11-11' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const [theirs] = (
      await seeClassContributions(world, academy.teacher, { classId: academy.classId })
    ).recorded
    await expect(withdrawContribution(world, admin, theirs!.public_id)).rejects.toMatchObject({
      code: 'not-found',
    })
    for (const stranger of [academy.stranger, academy.otherTutor]) {
      await expect(recordContribution(world, stranger, given)).rejects.toMatchObject({
        code: expect.stringMatching(/not-found|forbidden/),
      })
    }
  })
})

describe('PT-22 what was recorded', () => {
  test('PT-22 as equipment has an amount and counts in no person-days', async () => {
    const equipment = { ...given, kind: 'EQUIPMENT', personDays: null, euros: 1250.5 }
    await recordContribution(world, admin, equipment)
    expect(await lines()).toMatchObject([{ personDays: 0, equipmentCents: 125_050 }])
    await expect(
      recordContribution(world, admin, { ...equipment, personDays: 1, description: 'Moule' }),
    ).rejects.toMatchObject({ rule: 'PT-22', fields: [{ pointer: '/personDays' }] })
    await expect(
      recordContribution(world, admin, { ...equipment, euros: null, description: 'Moule' }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/euros' }] })
  })

  test('PT-22 the store itself keeps money and time apart', async () => {
    await recordContribution(world, admin, given)
    await expect(
      world.db.updateTable('contributions').set({ amount_cents: 100 }).execute(),
    ).rejects.toThrow(/constraint/i)
    await expect(
      world.db.updateTable('contributions').set({ kind: 'EQUIPMENT' }).execute(),
    ).rejects.toThrow(/constraint/i)
  })

  test('twice is told, and counts again once the first was withdrawn', async () => {
    const id = await recordContribution(world, admin, given)
    await expect(recordContribution(world, admin, given)).rejects.toMatchObject({
      code: 'conflict',
    })
    await withdrawContribution(world, academy.officer, id)
    await expect(withdrawContribution(world, academy.officer, id)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await lines()).toMatchObject([{ personDays: 0 }])
    await recordContribution(world, admin, given)
    expect(await lines()).toMatchObject([{ personDays: 1.5 }])
  })

  test.each([
    ['kind', 'STAGES'],
    ['day', '2026-11-25'],
    ['day', '2026-08-31'],
    ['description', ' '],
    ['companyId', 'unknown'],
  ])('is refused with %s %j', async (name, value) => {
    const pointer = name === 'day' && value === '2026-08-31' ? '/companyId' : `/${name}`
    await expect(
      recordContribution(world, academy.officer, { ...given, [name]: value }),
    ).rejects.toMatchObject({ fields: [{ pointer }] })
  })
})

describe('PT-25 the domains of a company', () => {
  const set = (domains: string) =>
    setDomains(world, admin, {
      classId: academy.classId,
      companyId: academy.company.publicId,
      domains,
    })
  const another = (acknowledged: string[]) =>
    openClass(world, academy.teacher, {
      schoolId: academy.school.publicId,
      name: '2MV',
      mef: '2472250331',
      track: 'Plastiques',
      principalCompanyId: academy.company.publicId,
      fromDay: '2026-11-24',
      acknowledged,
    })

  test('PT-25 that leave the track out warn who opens a class, and that is kept', async () => {
    await set('250')
    await expect(another([])).rejects.toMatchObject({
      code: 'unacknowledged',
      fields: [{ pointer: '/acknowledged/PT-25' }],
    })
    const { publicId } = await another(['PT-25'])
    expect((await listKeptWarnings(world.db, 'class', [publicId])).get(publicId)).toEqual(['PT-25'])
    const found = await classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')
    const told = found.filter(({ rule }) => rule === 'PT-25').map(({ className }) => className)
    expect(told).toEqual(['2MV', '2PC'])
  })

  test('PT-25 that have the track warn nobody, nor do those that nobody said', async () => {
    await set('250 225')
    await another([])
    await set('')
    const found = await classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')
    expect(found.filter(({ rule }) => rule === 'PT-25')).toEqual([])
  })

  test('PT-25 warn who adds a company to a class', async () => {
    const link = {
      classId: academy.classId,
      companyId: academy.otherCompany.publicId,
      role: 'partner' as const,
      fromDay: '2026-11-24',
    }
    await world.db
      .insertInto('company_domains')
      .values({ company_id: academy.otherCompany.id, nsf: '250' })
      .execute()
    await expect(addCompany(world, academy.teacher, link)).rejects.toMatchObject({
      code: 'unacknowledged',
    })
    await addCompany(world, academy.teacher, { ...link, acknowledged: ['PT-25'] })
  })

  test('PT-25 are said by the company itself or by the school, of a company of the class', async () => {
    const of = { classId: academy.classId, domains: '225' }
    const company = { ...of, companyId: academy.company.publicId }
    await setDomains(world, academy.officer, company)
    const rival = { ...of, companyId: academy.otherCompany.publicId }
    await expect(setDomains(world, academy.officer, rival)).rejects.toMatchObject({
      fields: [{ pointer: '/companyId' }],
    })
    await expect(setDomains(world, academy.stranger, company)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

async function secondMentor(session: string): Promise<void> {
  const { id } = await world.db
    .selectFrom('mentoring_sessions')
    .select('id')
    .where('public_id', '=', session)
    .executeTakeFirstOrThrow()
  const mentor = { session_id: id, person_id: admin.personId! }
  await world.db.insertInto('session_mentors').values(mentor).execute()
}

/** So many of the students of the session contest it. */
async function contested(count: number): Promise<void> {
  const present = await world.db.selectFrom('session_students').select('id').execute()
  for (const { id } of present.slice(0, count)) {
    const contest = { contested_at: '2026-11-20T08:00:00.000Z' }
    await world.db.updateTable('session_students').set(contest).where('id', '=', id).execute()
  }
}

/** The company has been with the class for a year more. */
async function startEarlier(): Promise<void> {
  await world.db.updateTable('class_companies').set({ from_day: '2025-09-01' }).execute()
}
