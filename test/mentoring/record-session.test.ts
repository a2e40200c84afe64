import { beforeEach, describe, expect, test } from 'vitest'
import { assignLiaison } from '../../src/mentoring/classes/assign-liaison.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { recordSession, type SessionInput } from '../../src/mentoring/facts/record-session.js'
import { choicesForSession } from '../../src/mentoring/facts/see-session-form.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { MAX_SMALL_GROUP } from '../../src/mentoring/schemes/ptech.js'
import { listKeptWarnings } from '../../src/mentoring/warnings.js'
import { aLycee, refusalOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, aStudent, openAcademy, type Academy } from './academy.js'
import { openPairs, type Pairs } from './any-scheme.js'

let world: World
let academy: Academy
let session: SessionInput

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe', level: '1RE_PRO' })
  session = {
    cohortId: academy.cohortId,
    companyId: academy.company.publicId,
    kind: 'CARRIERE',
    format: 'PETIT_GROUPE',
    day: '2026-11-24',
    minutes: 60,
    topic: 'Préparer un CV',
    mentorIds: [academy.tutor.publicId],
    studentIds: ['zoe'],
    topicAgreed: false,
    coordinated: false,
    acknowledged: [],
  }
})

const record = (changes: Partial<SessionInput> = {}) =>
  recordSession(world, academy.teacher, { ...session, ...changes })
const refused = (changes: Partial<SessionInput>) => refusalOf(record(changes))
const rows = () => world.db.selectFrom('mentoring_sessions').selectAll().execute()

async function members(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => `one-${n}`)
  for (const id of ids) await aMember(world, academy, { id, level: '1RE_PRO' })
  return ids
}

describe('P-TECH', () => {
  test('PT-01 knows three kinds', async () => {
    expect(await refused({ kind: 'TUTORAT' })).toMatchObject({ rule: 'PT-01' })
    await record()
  })

  test('PT-02 PROJET and IMMERSION begin in 2de pro', async () => {
    await aMember(world, academy, { id: 'young', level: '3E' })
    await aMember(world, academy, { id: 'first' })
    const acknowledged = ['PT-06', 'PT-07']
    for (const kind of ['PROJET', 'IMMERSION']) {
      const group = { kind, acknowledged }
      expect(await refused({ ...group, studentIds: ['young'] })).toMatchObject({ rule: 'PT-02' })
      await record({ ...group, studentIds: ['first'] })
    }
  })

  test('PT-03 CARRIERE begins in 1re pro, by the schooling of the day', async () => {
    await aMember(world, academy, { id: 'first' })
    expect(await refused({ studentIds: ['zoe', 'first'] })).toMatchObject({
      rule: 'PT-03',
      fields: [{ pointer: '/studentIds/1' }],
    })
    await record()
  })

  test('PT-05 CARRIERE is never with the class; seven in a small group warn, six do not', async () => {
    expect(await refused({ format: 'CLASSE' })).toMatchObject({ rule: 'PT-05' })
    const studentIds = await members(MAX_SMALL_GROUP + 1)
    expect(await refused({ studentIds })).toMatchObject({ code: 'unacknowledged', rule: 'PT-05' })
    await record({ studentIds: studentIds.slice(1) })
    const id = await record({ studentIds, acknowledged: ['PT-05'] })
    expect(await listKeptWarnings(world.db, 'session', [id])).toEqual(new Map([[id, ['PT-05']]]))
  })

  test.each([
    ['PT-06', 'PROJET', 'topicAgreed', 'topic_agreed_by_id'],
    ['PT-07', 'IMMERSION', 'coordinated', 'coordinated_by_id'],
  ])(
    '%s %s wants the liaison officer of the day, and keeps who it was',
    async (rule, kind, said, kept) => {
      // Nobody agreed where there was no officer, whatever is said.
      expect(await refused({ kind, [said]: true })).toMatchObject({ code: 'unacknowledged', rule })
      const { officer, company, classId } = academy
      await assignLiaison(world, academy.teacher, {
        classId,
        personId: officer.publicId,
        employerId: company.publicId,
        financedById: company.publicId,
        fromDay: '2026-11-20',
      })
      expect(await refused({ kind })).toMatchObject({ code: 'unacknowledged', rule })
      expect(await refused({ kind, [said]: true, day: '2026-11-19' })).toMatchObject({ rule })
      await record({ kind, [said]: true, day: '2026-11-20' })
      expect(await rows()).toMatchObject([{ [kept]: officer.personId }])
    },
  )

  test('has mentors of the companies of the class only, several of one company', async () => {
    const stranger = { companyId: academy.otherCompany.publicId }
    const mentorIds = [academy.otherTutor.publicId]
    expect(await refused({ ...stranger, mentorIds })).toMatchObject({
      fields: [{ pointer: '/companyId' }],
    })
    expect(
      await refused({ mentorIds: [academy.tutor.publicId, academy.otherTutor.publicId] }),
    ).toMatchObject({ fields: [{ pointer: '/mentorIds/1' }] })
    expect(await refused({ mentorIds: [] })).toMatchObject({ fields: [{ pointer: '/mentorIds' }] })
  })

  test('keeps the place, and refuses what is none', async () => {
    await record({ place: 'ONLINE' })
    await record({ topic: 'Au lycée' })
    expect(await rows()).toMatchObject([{ place: 'ONLINE' }, { place: 'SCHOOL' }])
    expect(await refused({ place: 'HOME' })).toMatchObject({ fields: [{ pointer: '/place' }] })
  })

  test('says whether the class has a liaison officer', async () => {
    const of = { cohortId: academy.cohortId, day: undefined }
    expect(await choicesForSession(world, academy.teacher, of)).toMatchObject({
      liaison: 'missing',
    })
  })
})

describe('a cohort that no class has', () => {
  let pairs: Pairs
  let pair: SessionInput
  beforeEach(async () => {
    pairs = await openPairs(world, academy)
    pair = {
      ...session,
      cohortId: pairs.cohortId,
      companyId: pairs.structure.publicId,
      mentorIds: [pairs.coordinator.publicId],
      kind: 'ESSAI_SEANCE',
      format: 'CLASSE',
      studentIds: ['ana', 'bo'],
    }
  })

  test('is recorded by who runs it, of all its students, and counted for its scheme', async () => {
    await recordSession(world, pairs.coordinator, pair)
    expect(await rows()).toMatchObject([
      { scheme: 'ESSAI', company_id: pairs.structure.id, topic_agreed_by_id: null },
    ])
    const of = { cohortId: pairs.cohortId, day: undefined }
    const choices = await choicesForSession(world, pairs.coordinator, of)
    // Who runs it is no school of theirs: a given name and an initial.
    expect(choices.students.map(({ name }) => name)).toEqual(['Zoé K.', 'Zoé K.'])
    expect(choices).toMatchObject({ liaison: 'none', last: { kind: 'ESSAI_SEANCE' } })
    expect(choices.mentors).toMatchObject([{ name: 'Noa Coordination' }])
  })

  test('is recorded by a school for its own students, and by no other school', async () => {
    const { teacher, stranger } = academy
    const of = { cohortId: pairs.cohortId, day: undefined }
    const { students } = await choicesForSession(world, teacher, of)
    expect(students).toMatchObject([{ publicId: 'ana', name: 'Zoé Kerguélen' }])
    expect(await refusalOf(recordSession(world, teacher, pair))).toMatchObject({
      fields: [{ pointer: '/studentIds/1' }],
    })
    await recordSession(world, teacher, { ...pair, studentIds: ['ana'] })
    await recordSession(world, stranger, { ...pair, studentIds: ['bo'] })
    const third = await aLycee(world, 'Lycée DÉMO des Ormes', '9990003Z')
    const elsewhere = {
      ...teacher,
      assignments: [{ role: 'school-staff', organisationId: third.id }],
    } as const
    expect(await refusalOf(recordSession(world, elsewhere, pair))).toMatchObject({
      code: 'not-found',
    })
    expect(await refusalOf(choicesForSession(world, elsewhere, of))).toMatchObject({
      code: 'not-found',
    })
  })

  test('has mentors of who runs it and of any company, but of no other structure', async () => {
    const { otherTutor, otherCompany, school, teacher } = academy
    const mentorIds = [otherTutor.publicId]
    const companyId = otherCompany.publicId
    await recordSession(world, pairs.coordinator, { ...pair, mentorIds, companyId })
    expect(
      await refusalOf(
        recordSession(world, pairs.coordinator, {
          ...pair,
          mentorIds: [teacher.publicId],
          companyId: school.publicId,
        }),
      ),
    ).toMatchObject({ fields: [{ pointer: '/companyId' }] })
  })

  test('waits for its schools, its company and who runs it, each with the names that they may read', async () => {
    const { teacher, colleague, stranger, otherTutor, otherCompany, tutor } = academy
    const companyId = otherCompany.publicId
    const id = await recordSession(world, pairs.coordinator, {
      ...pair,
      mentorIds: [otherTutor.publicId],
      companyId,
    })
    const names = async (actor: typeof teacher) =>
      (await seeUnconfirmed(world, actor)).map(({ students }) => [...students].sort())
    expect(await names(teacher)).toEqual([['Zoé K.', 'Zoé Kerguélen']])
    expect(await names(stranger)).toEqual([['Zoé K.', 'Zoé Kerguélen']])
    expect(await names(otherTutor)).toEqual([['Zoé K.', 'Zoé K.']])
    expect(await names(tutor)).toEqual([])
    expect(await names(pairs.coordinator)).toEqual([])
    expect(await seeUnconfirmed(world, teacher)).toMatchObject([
      { className: 'Tandems du lac', schoolName: 'Tandems DÉMO' },
    ])
    expect(await refusalOf(confirmSession(world, tutor, id))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(confirmSession(world, pairs.coordinator, id))).toMatchObject({
      code: 'forbidden',
    })
    await confirmSession(world, colleague, id)
    expect(await rows()).toMatchObject([{ confirmed_function: 'school-staff' }])
  })
})

test('a student who is in another lycée for their BTS is recorded by the lycée of the class', async () => {
  const elsewhere = await aLycee(world, 'Lycée DÉMO des Ormes', '9990003Z')
  await aStudent(world, { school: elsewhere }, { id: 'bts', level: 'BTS1' })
  const { id } = (await world.db
    .selectFrom('students')
    .select('id')
    .where('public_id', '=', 'bts')
    .executeTakeFirst())!
  const cohort = await world.db.selectFrom('cohorts').select('id').executeTakeFirstOrThrow()
  await world.db
    .insertInto('enrolments')
    .values({ student_id: id, cohort_id: cohort.id, from_day: '2026-09-01' })
    .execute()
  await record({ studentIds: ['bts'] })
})
