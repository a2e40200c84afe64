import { beforeEach, describe, expect, test } from 'vitest'
import { endEnrolment } from '../../../src/mentoring/cohorts/end-enrolment.js'
import { enrolStudents } from '../../../src/mentoring/cohorts/enrol-student.js'
import { cordeeFindings } from '../../../src/mentoring/cordees/find-cordees.js'
import {
  computedPublics,
  followedSeveralYears,
  toCount,
} from '../../../src/mentoring/cordees/publics.js'
import { sayPublics } from '../../../src/mentoring/cordees/say-publics.js'
import { seeCordee, seePublics } from '../../../src/mentoring/cordees/see-cordee.js'
import { addSchool } from '../../../src/mentoring/groups/add-school.js'
import { closeGroup } from '../../../src/mentoring/groups/close-group.js'
import { endSchool } from '../../../src/mentoring/groups/end-school.js'
import { noteCharter } from '../../../src/mentoring/groups/note-charter.js'
import { seeSchemes } from '../../../src/mentoring/groups/see-schemes.js'
import { seeStudent } from '../../../src/mentoring/students/see-student.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { aMember } from '../academy.js'
import { aCordee, aYouth, openPartners, type Partners } from '../partners.js'

let world: World
let partners: Partners

beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
})

const volunteers = (cohortId: string, studentIds: string[], changes = {}) => ({
  cohortId,
  studentIds,
  fromDay: '2026-10-01',
  volunteeredOn: '2026-09-20',
  ...changes,
})
const refusedAs = (rule: string) => ({ code: 'rule-refused', rule })
const today = '2026-11-24'

describe('opening a cordée', () => {
  test('CO-01 by the coordinator of its one tête, whose type is kept, with its charter', async () => {
    const charter = { charterOn: '2026-06-30', charterReference: 'Charte DÉMO 12' }
    const id = await aCordee(world, partners, charter)
    const { group, schools } = await seeCordee(world, partners.coordinator, id)
    expect(group).toMatchObject({
      ownerName: 'Université DÉMO du Lac',
      ownerType: 'UNIVERSITE',
      ...charter,
    })
    expect(schools).toMatchObject([{ name: 'Lycée DÉMO des Tilleuls', fromDay: '2026-09-01' }])
    expect(await auditOf(world)).toContain('group.opened')
  })

  test('CO-D1 its charter is noted later, corrected, and reported no more', async () => {
    const groupId = await aCordee(world, partners)
    const reported = async () =>
      (
        await cordeeFindings(
          world.db,
          { schoolIds: [], companyIds: [partners.university.id] },
          today,
        )
      ).map(({ rule }) => rule)
    expect(await reported()).toEqual(['CO-D1'])
    const note = (charterOn: string, charterReference = '', by = partners.coordinator) =>
      noteCharter(world, by, { groupId, charterOn, charterReference })
    for (const wrong of ['', '2026-11-25']) {
      await expect(note(wrong)).rejects.toMatchObject({ fields: [{ pointer: '/charterOn' }] })
    }
    await expect(note(today, '', partners.teacher)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(note(today, '', partners.otherCoordinator)).rejects.toMatchObject({
      code: 'not-found',
    })
    await note('2026-09-15')
    await note(today, 'Charte DÉMO 12')
    const { group } = await seeCordee(world, partners.coordinator, groupId)
    expect(group).toMatchObject({ charterOn: today, charterReference: 'Charte DÉMO 12' })
    expect(await reported()).toEqual([])
    expect((await auditOf(world)).slice(-2)).toEqual(Array(2).fill('group.charter-noted'))
    await closeGroup(world, partners.coordinator, { groupId, lastDay: today })
    await expect(note(today)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('CO-01 a lycée may be the tête, and neither a collège nor a company', async () => {
    const { teacher, school, college, company } = partners
    const by = (ownerId: string) =>
      aCordee(world, { ...partners, coordinator: teacher }, { ownerId })
    const { group } = await seeCordee(world, teacher, await by(school.publicId))
    expect(group.ownerType).toBe('LYCEE_CPGE_STS')
    await expect(by(college.publicId)).rejects.toMatchObject(refusedAs('CO-01'))
    await expect(by(company.publicId)).rejects.toMatchObject(refusedAs('CO-01'))
  })

  test('CO-02 with no school, or with what is none, is refused', async () => {
    await expect(aCordee(world, partners, { schoolIds: [] })).rejects.toMatchObject(
      refusedAs('CO-02'),
    )
    const schoolIds = [partners.school.publicId, partners.company.publicId]
    await expect(aCordee(world, partners, { schoolIds })).rejects.toMatchObject({
      ...refusedAs('CO-02'),
      fields: [{ pointer: '/schoolIds/1' }],
    })
  })

  test('by a school is for that school only, and nobody else opens one', async () => {
    const by = (actor: typeof partners.teacher, schoolId: string) =>
      aCordee(world, { ...partners, coordinator: actor }, { schoolIds: [schoolId] })
    const { teacher, officer, tutor, otherCoordinator, school, college } = partners
    await by(teacher, school.publicId)
    await expect(by(teacher, college.publicId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(by(otherCoordinator, school.publicId)).rejects.toMatchObject({ code: 'not-found' })
    for (const actor of [officer, tutor]) {
      await expect(by(actor, school.publicId)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('twice under one name is refused, until the first one is closed', async () => {
    const groupId = await aCordee(world, partners)
    await expect(aCordee(world, partners)).rejects.toMatchObject({ code: 'conflict' })
    await closeGroup(world, partners.coordinator, { groupId, lastDay: today })
    expect(await aCordee(world, partners)).not.toBe(groupId)
  })
})

describe('the schools of a cordée', () => {
  const add = (
    groupId: string,
    schoolId: string,
    fromDay = '2026-10-01',
    by = partners.coordinator,
  ) => addSchool(world, by, { groupId, schoolId, fromDay })

  test('CO-02 a school may be in several cordées, but once in one at a time', async () => {
    const one = await aCordee(world, partners)
    const other = await aCordee(world, partners, { name: 'Cordée DÉMO 2' })
    for (const id of [one, other]) await add(id, partners.college.publicId)
    await expect(add(one, partners.college.publicId)).rejects.toMatchObject({ code: 'conflict' })
    await expect(add(one, partners.company.publicId)).rejects.toMatchObject(refusedAs('CO-02'))
    await expect(add(one, partners.elsewhere.publicId, '2026-08-31')).rejects.toMatchObject({
      fields: [{ pointer: '/fromDay' }],
    })
    const groups = (await seeSchemes(world, partners.collegeTeacher))[1]?.groups
    expect(groups?.map(({ title }) => title)).toEqual(['Cordée DÉMO', 'Cordée DÉMO 2'])
  })

  test('are added by who runs it, not by a school that is in it', async () => {
    const id = await aCordee(world, partners)
    const { teacher, otherCoordinator, college } = partners
    await expect(add(id, college.publicId, today, teacher)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(add(id, college.publicId, today, otherCoordinator)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('CO-02 the last one does not leave; another does, and its students with it', async () => {
    const groupId = await aCordee(world, partners)
    await add(groupId, partners.college.publicId)
    await aYouth(world, partners.college, { id: 'ana', level: '4E' })
    await enrolStudents(world, partners.collegeTeacher, volunteers(groupId, ['ana']))
    const end = (schoolId: string, by = partners.collegeTeacher, lastDay = '2026-11-20') =>
      endSchool(world, by, { groupId, schoolId, lastDay })
    await expect(end(partners.college.publicId, partners.teacher)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(end(partners.college.publicId, undefined, '2026-11-25')).rejects.toMatchObject({
      fields: [{ pointer: '/lastDay' }],
    })
    await end(partners.college.publicId)
    const { enrolments: _, groups } = await seeStudent(world, partners.collegeTeacher, 'ana')
    expect(groups).toMatchObject([{ untilDay: '2026-11-20' }])
    await expect(end(partners.school.publicId, partners.coordinator)).rejects.toMatchObject(
      refusedAs('CO-02'),
    )
    await expect(end(partners.college.publicId)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the students of a cordée', () => {
  let id: string
  beforeEach(async () => {
    id = await aCordee(world, partners)
    await addSchool(world, partners.coordinator, {
      groupId: id,
      schoolId: partners.college.publicId,
      fromDay: '2026-10-01',
    })
  })

  test('CO-04 enter with the day on which they volunteered, and not without', async () => {
    await aYouth(world, partners.school, { id: 'ana' })
    const enrol = (volunteeredOn: string | undefined) =>
      enrolStudents(world, partners.teacher, volunteers(id, ['ana'], { volunteeredOn }))
    for (const day of [undefined, '', '2026-10-02']) {
      await expect(enrol(day)).rejects.toMatchObject({
        ...refusedAs('CO-04'),
        fields: [{ pointer: '/volunteeredOn' }],
      })
    }
    expect(await enrol('2026-10-01')).toBe(1)
    const { groups } = await seeStudent(world, partners.teacher, 'ana')
    expect(groups).toMatchObject([{ volunteeredOn: '2026-10-01', scheme: 'CORDEES' }])
  })

  test('PT-19 and CO-04 no column of the store could hold a mark, a rank or a score', async () => {
    const tables = await world.db.introspection.getTables()
    const columns = tables
      .filter(({ name }) => ['enrolments', 'students', 'schoolings', 'mentor_pairs'].includes(name))
      .flatMap((table) => table.columns.map(({ name }) => name))
    expect(columns.length).toBeGreaterThan(20)
    expect(
      columns.filter((name) => /grade|mark|rank|score|note|select|qpv|bours/.test(name)),
    ).toEqual([])
  })

  test('CO-03 are in 4e or later; a class list with a 5e is refused whole', async () => {
    await aYouth(world, partners.college, { id: 'ana', level: '4E' })
    await aYouth(world, partners.college, { id: 'bilal', level: '5E' })
    await expect(
      enrolStudents(world, partners.collegeTeacher, volunteers(id, ['ana', 'bilal'])),
    ).rejects.toMatchObject({ ...refusedAs('CO-03'), fields: [{ pointer: '/studentIds/1' }] })
    expect((await seeCordee(world, partners.coordinator, id)).studentCount).toBe(0)
  })

  test('may be in P-TECH, in another cordée, but not twice in one', async () => {
    await aMember(world, partners, { id: 'ana' })
    const other = await aCordee(world, partners, { name: 'Cordée DÉMO 2' })
    for (const cohortId of [id, other]) {
      await enrolStudents(world, partners.teacher, volunteers(cohortId, ['ana']))
    }
    await expect(
      enrolStudents(world, partners.teacher, volunteers(id, ['ana'], { fromDay: today })),
    ).rejects.toMatchObject({ code: 'conflict' })
    const { enrolments, groups } = await seeStudent(world, partners.teacher, 'ana')
    expect([enrolments.length, groups.length]).toEqual([1, 2])
  })

  test('are enrolled by their own school only', async () => {
    await aYouth(world, partners.college, { id: 'ana', level: '3E' })
    const enrol = (by: typeof partners.teacher) => enrolStudents(world, by, volunteers(id, ['ana']))
    for (const by of [partners.teacher, partners.coordinator, partners.stranger]) {
      await expect(enrol(by)).rejects.toMatchObject({ code: 'not-found' })
    }
    await aYouth(world, partners.elsewhere, { id: 'chloe', level: '3E' })
    await expect(
      enrolStudents(world, partners.stranger, volunteers(id, ['chloe'])),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect(await enrol(partners.collegeTeacher)).toBe(1)
  })

  test('are seen by the coordinator with name, level and school, and by a school only if its own', async () => {
    await aYouth(world, partners.college, { id: 'ana', givenName: 'Ana', level: '3E' })
    await aYouth(world, partners.school, { id: 'bilal', givenName: 'Bilal' })
    await enrolStudents(world, partners.collegeTeacher, volunteers(id, ['ana']))
    await enrolStudents(world, partners.teacher, volunteers(id, ['bilal']))
    const view = await seeCordee(world, partners.coordinator, id)
    expect(
      view.students.map(({ givenName, level, schoolName }) => [givenName, level, schoolName]),
    ).toEqual([
      ['Ana', '3E', 'Collège DÉMO des Prés'],
      ['Bilal', '2NDE_PRO', 'Lycée DÉMO des Tilleuls'],
    ])
    expect(JSON.stringify(view)).not.toMatch(/birth|ine_|sealed|2011-02-03/)
    const own = await seeCordee(world, partners.teacher, id)
    expect(own.students.map(({ givenName }) => givenName)).toEqual(['Bilal'])
    expect(own.studentCount).toBe(2)
    for (const by of [
      partners.stranger,
      partners.otherCoordinator,
      partners.officer,
      partners.tutor,
    ]) {
      await expect(seeCordee(world, by, id)).rejects.toMatchObject({
        code: by === partners.officer ? 'forbidden' : 'not-found',
      })
    }
    await expect(seeStudent(world, partners.coordinator, 'ana')).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('leave by the word of their school or of who runs it, not of another school', async () => {
    await aYouth(world, partners.college, { id: 'ana', level: '3E' })
    await enrolStudents(world, partners.collegeTeacher, volunteers(id, ['ana']))
    const leave = (by: typeof partners.teacher) =>
      endEnrolment(world, by, { cohortId: id, studentId: 'ana', lastDay: today, reason: 'AUTRE' })
    for (const by of [partners.teacher, partners.otherCoordinator]) {
      await expect(leave(by)).rejects.toMatchObject({ code: 'not-found' })
    }
    await leave(partners.coordinator)
    await expect(leave(partners.collegeTeacher)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('leave when it is closed, after which nothing in it changes', async () => {
    await aYouth(world, partners.school, { id: 'ana' })
    await aYouth(world, partners.school, { id: 'bilal' })
    await enrolStudents(world, partners.teacher, volunteers(id, ['ana']))
    const close = (lastDay: string, by = partners.coordinator) =>
      closeGroup(world, by, { groupId: id, lastDay })
    await expect(close(today, partners.teacher)).rejects.toMatchObject({ code: 'forbidden' })
    for (const day of ['2026-08-31', '2026-11-25', 'demain']) {
      await expect(close(day)).rejects.toMatchObject({ fields: [{ pointer: '/lastDay' }] })
    }
    await close('2026-11-20')
    expect((await seeStudent(world, partners.teacher, 'ana')).groups).toMatchObject([
      { untilDay: '2026-11-20', exitReason: 'FIN_DE_PARCOURS' },
    ])
    await expect(close('2026-11-20')).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      enrolStudents(world, partners.teacher, volunteers(id, ['bilal'])),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('priority publics', () => {
  test('CO-05 are several at once, and the lycée professionnel is told by the level', () => {
    const ep = ['EDUCATION_PRIORITAIRE', 'RURAL_ISOLE']
    const publics = computedPublics([
      { level: '3E', traits: ep },
      { level: '2NDE_PRO', traits: ['RURAL_ISOLE'] },
      { level: 'TLE_PRO', traits: [] },
      { level: '2NDE_GT', traits: [] },
      { level: 'BTS1', traits: [] },
      { level: undefined, traits: [] },
    ])
    expect(publics).toEqual({ EDUCATION_PRIORITAIRE: 1, RURAL_ISOLE: 2, LYCEEN_PRO: 2 })
  })

  test('CO-05 a count is a whole number of those followed, or unknown', () => {
    expect(['', ' ', '0', '7'].map((text) => toCount(text, '/qpv', 7))).toEqual([null, null, 0, 7])
    for (const text of ['8', '-1', '2.5', 'sept']) {
      expect(() => toCount(text, '/qpv', 7)).toThrow(
        expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/qpv' })] }),
      )
    }
  })

  test('CO-05 are said by the school, in numbers, and by nobody else', async () => {
    const cordeeId = await aCordee(world, partners)
    for (const id of ['ana', 'bilal']) await aYouth(world, partners.school, { id })
    await enrolStudents(world, partners.teacher, volunteers(cordeeId, ['ana', 'bilal']))
    const say = (
      counts: { QPV: string; BOURSIER: string },
      traits: string[],
      by = partners.teacher,
    ) => sayPublics(world, by, { cordeeId, schoolId: partners.school.publicId, traits, counts })
    await say({ QPV: '1', BOURSIER: '' }, ['RURAL_ISOLE'])
    await say({ QPV: '2', BOURSIER: '0' }, ['RURAL_ISOLE', 'EDUCATION_PRIORITAIRE'])
    await expect(say({ QPV: '3', BOURSIER: '' }, [])).rejects.toMatchObject({
      fields: [{ pointer: '/qpv' }],
    })
    await expect(say({ QPV: '', BOURSIER: '' }, ['QPV'])).rejects.toMatchObject({
      fields: [{ pointer: '/traits/0' }],
    })
    for (const by of [partners.coordinator, partners.collegeTeacher]) {
      await expect(say({ QPV: '1', BOURSIER: '' }, [], by)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const seen = await seeCordee(world, partners.coordinator, cordeeId)
    expect(seen.counted).toEqual({ QPV: 2, BOURSIER: 0 })
    expect(seen.computed).toEqual({ EDUCATION_PRIORITAIRE: 2, RURAL_ISOLE: 2, LYCEEN_PRO: 2 })
    // Who knew all the counts and their own would know the others'.
    expect((await seeCordee(world, partners.teacher, cordeeId)).counted).toBeUndefined()
    const of = { cordeeId, schoolId: partners.school.publicId }
    const own = await seePublics(world, partners.teacher, of)
    expect(own).toMatchObject({ followed: 2, traits: ['EDUCATION_PRIORITAIRE', 'RURAL_ISOLE'] })
    world.clock.at = new Date('2026-11-25T11:00:00Z')
    await say({ QPV: '', BOURSIER: '0' }, [])
    const later = await seePublics(world, partners.teacher, of)
    expect(later).toMatchObject({ traits: [], counts: [{ public: 'BOURSIER', count: 0 }] })
    const kept = await world.db.selectFrom('school_traits').select('until_day').execute()
    expect(kept.map(({ until_day }) => until_day)).toEqual(['2026-11-24', '2026-11-24'])
  })
})

describe('following over the years', () => {
  const stay = (studentId: number, fromDay: string, untilDay: string | null) => ({
    studentId,
    fromDay,
    untilDay,
  })

  test('CO-07 counts who was followed in two school years or more, up to today', () => {
    expect(followedSeveralYears([stay(1, '2026-08-31', null)], '2026-09-01')).toBe(1)
    expect(followedSeveralYears([stay(1, '2026-09-01', null)], '2027-08-31')).toBe(0)
    expect(followedSeveralYears([stay(1, '2026-08-31', '2026-08-31')], '2026-11-24')).toBe(0)
    // Two times in one group, in two years; two students, each in one.
    const back = [stay(1, '2024-10-01', '2024-12-01'), stay(1, '2026-10-01', null)]
    expect(followedSeveralYears(back, '2026-11-24')).toBe(1)
    const two = [stay(1, '2024-10-01', '2024-12-01'), stay(2, '2026-10-01', null)]
    expect(followedSeveralYears(two, '2026-11-24')).toBe(0)
  })
})

describe('what is reported of cordées', () => {
  test('CO-02 one without a school today, and one without a charter; to those whom it concerns', async () => {
    const later = await aCordee(world, partners, { fromDay: '2026-11-25', charterOn: '2026-06-30' })
    await aCordee(world, partners, { name: 'Cordée DÉMO 2' })
    const of = (id: number, day: string) =>
      cordeeFindings(world.db, { schoolIds: [id], companyIds: [id] }, day)
    const found = await of(partners.university.id, today)
    expect(found.map(({ rule, title }) => [rule, title])).toEqual([
      ['CO-02', 'Cordée DÉMO'],
      ['CO-D1', 'Cordée DÉMO 2'],
    ])
    expect(found[0]?.publicId).toBe(later)
    expect((await of(partners.school.id, '2026-11-25')).map(({ rule }) => rule)).toEqual(['CO-D1'])
    expect(await of(partners.college.id, today)).toEqual([])
    expect(await cordeeFindings(world.db, { schoolIds: [], companyIds: [] }, today)).toEqual([])
  })
})
