import { beforeEach, describe, expect, test } from 'vitest'
import { endEnrolment } from '../../../src/mentoring/cohorts/end-enrolment.js'
import { enrolStudents } from '../../../src/mentoring/cohorts/enrol-student.js'
import { endPair } from '../../../src/mentoring/pairs/end-pair.js'
import { pairFindings } from '../../../src/mentoring/pairs/find-pairs.js'
import { isEarlyEnd, isStalled } from '../../../src/mentoring/pairs/pair-rules.js'
import { noteRegistration } from '../../../src/mentoring/pairs/registration.js'
import { choicesForPair, seePair } from '../../../src/mentoring/pairs/see-pair.js'
import { seeSchemes } from '../../../src/mentoring/groups/see-schemes.js'
import { seeCohort } from '../../../src/mentoring/cohorts/see-cohort.js'
import { findAnyCohort } from '../../../src/mentoring/cohorts/store.js'
import { findPersonId, insertSession } from '../../../src/mentoring/facts/store.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember } from '../academy.js'
import { aMentor, aPair, aYouth, openPartners, type Partners } from '../partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  await aYouth(world, partners.school, { id: 'ana', givenName: 'Ana' })
})

const refusedAs = (rule: string) => ({ code: 'rule-refused', rule })
const today = '2026-11-24'
const end = (pairId: string, changes = {}, by = partners.structureCoordinator) =>
  endPair(world, by, {
    pairId,
    lastDay: '2026-11-20',
    reason: 'FIN_PREVUE',
    interviewOn: '',
    outcome: '',
    ...changes,
  })
const findings = (organisationId: number, day = today) =>
  pairFindings(world.db, { schoolIds: [organisationId], companyIds: [organisationId] }, day)

describe('opening a pair', () => {
  test('takes a student of the school, and a mentor of the structure', async () => {
    const id = await aPair(world, partners, { studentId: 'ana' })
    const view = await seePair(world, partners.structureCoordinator, id)
    expect(view).toMatchObject({
      level: '2NDE_PRO',
      schoolName: 'Lycée DÉMO des Tilleuls',
      warned: [],
      group: {
        ownerName: 'Association DÉMO Tremplin',
        ownerType: 'ASSOCIATION',
        openedOn: '2026-10-01',
      },
      pair: {
        subject: 'ORIENTATION',
        student: { given_name: 'Ana' },
        registrationReference: 'DEMO-0001',
      },
    })
    // Its name stands in lists and alerts: it says nothing of who they are.
    expect(view.group.title).toBe('Binôme orientation du 1er octobre 2026')
    expect(JSON.stringify(view)).not.toMatch(/birth|ine_|sealed|2011-02-03/)
  })

  test('JM-01 is refused with what is no mentoring structure', async () => {
    const structureId = partners.company.publicId
    await expect(aPair(world, partners, { studentId: 'ana', structureId })).rejects.toMatchObject(
      refusedAs('JM-01'),
    )
  })

  test('JM-02 is refused for another subject', async () => {
    await expect(
      aPair(world, partners, { studentId: 'ana', subject: 'CARRIERE' }),
    ).rejects.toMatchObject({ ...refusedAs('JM-02'), fields: [{ pointer: '/subject' }] })
  })

  test.each([
    [{ registrationReference: '' }],
    [{ registeredOn: '' }],
    [{ registrationReference: ' ', registeredOn: '' }],
  ])('JM-03 warns without %o, says where registration is made, and is kept', async (missing) => {
    const open = (acknowledged: string[]) =>
      aPair(world, partners, { studentId: 'ana', ...missing, acknowledged })
    const refusal = await open([]).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      code: 'unacknowledged',
      fields: [{ pointer: '/acknowledged/JM-03' }],
    })
    expect(String((refusal as Error & { words: { fr: string } }).words.fr)).toContain('pas ici')
    expect((await seeSchemes(world, partners.teacher))[2]?.groups).toEqual([])
    const { warned } = await seePair(world, partners.teacher, await open(['JM-03']))
    expect(warned).toEqual(['JM-03'])
  })

  test('JM-04 warns outside 15 to 30 years by the sealed birth date, and is kept', async () => {
    const born = (id: string, birthDate: string) =>
      aYouth(world, partners.school, { id, birthDate })
    await born('young', '2011-10-02')
    await born('just', '2011-10-01')
    const open = (studentId: string, acknowledged: string[] = []) =>
      aPair(world, partners, { studentId, acknowledged })
    await open('just')
    await expect(open('young')).rejects.toMatchObject({ code: 'unacknowledged', rule: 'JM-04' })
    const { warned } = await seePair(world, partners.teacher, await open('young', ['JM-04']))
    expect(warned).toEqual(['JM-04'])
  })

  test('is refused with who is no mentor of the structure on that day', async () => {
    await aMentor(world, partners, 'refused', 'REFUSE')
    for (const changes of [
      { mentorId: 'refused' },
      { mentorId: 'x' },
      { startedOn: '2026-08-31' },
    ]) {
      await expect(aPair(world, partners, { studentId: 'ana', ...changes })).rejects.toMatchObject({
        fields: [{ pointer: '/mentorId' }],
      })
    }
  })

  test('is refused for the same pair, and open to another mentor and to other schemes', async () => {
    const { teacher, cohortId } = partners
    await enrolStudents(world, teacher, { cohortId, studentIds: ['ana'], fromDay: '2026-09-01' })
    const id = await aPair(world, partners, { studentId: 'ana' })
    await expect(aPair(world, partners, { studentId: 'ana' })).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/mentorId' }],
    })
    await aPair(world, partners, {
      studentId: 'ana',
      mentorId: await aMentor(world, partners, 'sacha'),
    })
    await end(id)
    await aPair(world, partners, { studentId: 'ana' })
  })

  test('is for the school of the student; a coordinator sees no students to choose from', async () => {
    const by = (teacher: typeof partners.teacher) =>
      aPair(world, { ...partners, teacher }, { studentId: 'ana' })
    const { stranger, collegeTeacher, structureCoordinator, officer } = partners
    for (const actor of [stranger, collegeTeacher, structureCoordinator]) {
      await expect(by(actor)).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(by(officer)).rejects.toMatchObject({ code: 'forbidden' })
    const of = { structureId: partners.structure.publicId }
    await expect(choicesForPair(world, structureCoordinator, of)).rejects.toMatchObject({
      code: 'not-found',
    })
    const { students, mentors } = await choicesForPair(world, partners.teacher, of)
    expect([students.length, mentors.length]).toEqual([1, 1])
  })

  test('has one young person only', async () => {
    const cohortId = await aPair(world, partners, { studentId: 'ana' })
    await aMember(world, partners, { id: 'bilal' })
    const second = { cohortId, studentIds: ['bilal'], fromDay: today }
    await expect(enrolStudents(world, partners.teacher, second)).rejects.toMatchObject({
      code: 'invalid-request',
    })
  })
})

describe('a pair', () => {
  test('is seen and changed by its structure and its school, and not there for others', async () => {
    const id = await aPair(world, partners, { studentId: 'ana' })
    for (const by of [
      partners.stranger,
      partners.coordinator,
      partners.collegeTeacher,
      partners.tutor,
    ]) {
      await expect(seePair(world, by, id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(end(id, {}, by)).rejects.toMatchObject({ code: 'not-found' })
      const registration = { pairId: id, registrationReference: 'X', registeredOn: today }
      await expect(noteRegistration(world, by, registration)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    await seePair(world, partners.colleague, id)
  })

  test('is not there for the school that the young person has left', async () => {
    const id = await aPair(world, partners, { studentId: 'ana' })
    const { elsewhere } = partners
    await world.db.updateTable('students').set({ school_id: elsewhere.id }).execute()
    const registration = { pairId: id, registrationReference: 'X', registeredOn: today }
    for (const act of [
      seePair(world, partners.teacher, id),
      noteRegistration(world, partners.teacher, registration),
      end(id, {}, partners.teacher),
    ]) {
      await expect(act).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await seePair(world, partners.structureCoordinator, id)).schoolName).toBe(
      elsewhere.name,
    )
  })

  test('JM-03 has its registration noted later, with its reference and a day that has come', async () => {
    const missing = { registrationReference: '', registeredOn: '', acknowledged: ['JM-03'] }
    const pairId = await aPair(world, partners, { studentId: 'ana', ...missing })
    expect((await findings(partners.school.id)).map(({ rule }) => rule)).toContain('JM-03')
    const note = (registrationReference: string, registeredOn: string) =>
      noteRegistration(world, partners.teacher, { pairId, registrationReference, registeredOn })
    await expect(note('', today)).rejects.toMatchObject({
      fields: [{ pointer: '/registrationReference' }],
    })
    await expect(note('X'.repeat(61), today)).rejects.toMatchObject({
      fields: [{ pointer: '/registrationReference' }],
    })
    for (const day of ['', '2026-11-25']) {
      await expect(note('DEMO-2', day)).rejects.toMatchObject({
        fields: [{ pointer: '/registeredOn' }],
      })
    }
    await note('DEMO-2', today)
    expect((await findings(partners.school.id)).map(({ rule }) => rule)).not.toContain('JM-03')
  })

  test('ends with its reason and its closing interview, whole and once', async () => {
    const id = await aPair(world, partners, { studentId: 'ana' })
    const leave = { cohortId: id, studentId: 'ana', lastDay: today, reason: 'AUTRE' }
    await expect(endEnrolment(world, partners.teacher, leave)).rejects.toMatchObject({
      code: 'conflict',
    })
    for (const [changes, pointer] of [
      [{ reason: '' }, '/reason'],
      [{ lastDay: '2026-09-30' }, '/lastDay'],
      [{ lastDay: '2026-11-25' }, '/lastDay'],
      [{ interviewOn: '2026-11-18', outcome: '' }, '/outcome'],
      [{ interviewOn: '2026-11-25', outcome: 'ATTEINTS' }, '/interviewOn'],
    ] as const) {
      await expect(end(id, changes)).rejects.toMatchObject({ fields: [{ pointer }] })
    }
    await end(id, { interviewOn: '2026-11-18', outcome: 'EN_PARTIE', reason: 'DEMENAGEMENT' })
    const view = await seePair(world, partners.teacher, id)
    expect(view).toMatchObject({
      isOpen: false,
      endedEarly: true,
      group: { closedOn: '2026-11-20' },
      pair: { endReason: 'DEMENAGEMENT', interviewOn: '2026-11-18', interviewOutcome: 'EN_PARTIE' },
    })
    await expect(end(id)).rejects.toMatchObject({ code: 'conflict' })
    const enrolments = await world.db.selectFrom('enrolments').selectAll().execute()
    expect(enrolments).toMatchObject([{ until_day: '2026-11-20', exit_reason: 'DEMENAGEMENT' }])
  })
})

describe('what is reported of pairs', () => {
  test.each([
    ['2026-01-15', '2026-07-13', true],
    ['2026-01-15', '2026-07-14', false],
    ['2026-08-31', '2027-02-27', true],
    ['2026-08-31', '2027-02-28', false],
    ['2026-09-01', '2027-02-27', true],
    ['2026-09-01', '2027-02-28', false],
  ])('JM-05 from %s to %s is a rupture précoce: %s', (from, until, early) => {
    expect(isEarlyEnd(from, until)).toBe(early)
  })

  test('a pair is stalled after 45 days without a session, from its start or its last one', () => {
    const pair = { startedOn: '2026-10-10', lastSessionOn: undefined }
    expect(isStalled(pair, '2026-11-24')).toBe(false)
    expect(isStalled(pair, '2026-11-25')).toBe(true)
    expect(isStalled({ ...pair, lastSessionOn: '2026-10-11' }, '2026-11-25')).toBe(false)
    expect(isStalled({ ...pair, startedOn: '2027-01-01' }, '2026-11-25')).toBe(false)
  })

  test('JM-05 and the rest is told to the structure and the school, of this school year, without a name', async () => {
    await aYouth(world, partners.school, { id: 'bilal' })
    const short = await aPair(world, partners, { studentId: 'ana' })
    const silent = await aPair(world, partners, { studentId: 'bilal' })
    await end(short)
    for (const { id } of [partners.structure, partners.school]) {
      const found = await findings(id)
      expect(found.filter((one) => one.publicId === short).map(({ rule }) => rule)).toEqual([
        'JM-05',
        'JM-D2',
      ])
      expect(found.filter((one) => one.publicId === silent).map(({ rule }) => rule)).toEqual([
        'JM-D1',
      ])
      expect(JSON.stringify(found)).not.toMatch(/Ana|Zoé|Kerguélen|Durand/)
    }
    expect(await findings(partners.university.id)).toEqual([])
    const nextYear = await findings(partners.structure.id, '2027-09-01')
    expect(nextYear.map(({ publicId }) => publicId)).toEqual([silent])
  })

  test('a session wakes a stalled pair, and counts for one scheme only', async () => {
    const id = await aPair(world, partners, { studentId: 'ana' })
    const { cohortId, teacher } = partners
    await enrolStudents(world, teacher, { cohortId, studentIds: ['ana'], fromDay: '2026-09-01' })
    const pair = (await findAnyCohort(world.db, id))!
    const student = (await findStudent(world.db, 'ana'))!
    const mentorId = (await findPersonId(world.db, partners.structureCoordinator.publicId))!
    await insertSession(
      world.db,
      {
        public_id: 'session',
        cohort_id: pair.id,
        company_id: partners.structure.id,
        scheme: pair.scheme,
        kind: 'ORIENTATION',
        format: 'INDIVIDUEL',
        day: '2026-11-10',
        minutes: 60,
        topic: 'Vœux',
        recorded_by_id: teacher.personId!,
        recorded_at: world.now().toISOString(),
      },
      { mentorIds: [mentorId], studentIds: [student.id] },
    )
    expect(await findings(partners.structure.id)).toEqual([])
    expect((await seePair(world, teacher, id)).sessions).toMatchObject([{ minutes: 60 }])
    const ptech = await seeCohort(world, teacher, cohortId)
    expect(ptech.sessions).toEqual([])
    expect(ptech.members).toMatchObject([{ minutes: { PROJET: 0, IMMERSION: 0, CARRIERE: 0 } }])
  })
})
