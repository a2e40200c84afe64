import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { contestFact } from '../../src/mentoring/facts/contest-fact.js'
import { confirmedFactsOf, findStudent } from '../../src/mentoring/facts/facts.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { mentoringWaiting } from '../../src/mentoring/waiting.js'
import { recordPlacement } from '../../src/mentoring/placements/record-placement.js'
import { recordSession, type SessionInput } from '../../src/mentoring/facts/record-session.js'
import { findCohort } from '../../src/mentoring/classes/store.js'
import { insertEnrolment } from '../../src/mentoring/students/store.js'
import { insertAssignment, insertOrganisation, insertPerson } from '../../src/people/store.js'
import { openWorld, type World } from '../support/world.js'

let ctx: World
let teacher: Actor
let colleague: Actor
let endorser: Actor
let pupil: Actor
let studentId: number
let classId: string
let session: SessionInput
const created_at = '2026-09-01T08:00:00.000Z'

beforeEach(async () => {
  ctx = await openWorld()
  const schoolId = await givenOrganisation('lycee')
  const companyId = await givenOrganisation('company')
  teacher = await givenActor('teacher', 'school-staff', schoolId)
  colleague = await givenActor('colleague', 'school-staff', schoolId)
  endorser = await givenActor('endorser', 'company-endorser', companyId)
  pupil = await givenActor('pupil', 'student', schoolId)
  const opened = await openClass(ctx, teacher, {
    schoolId: 'lycee',
    name: '2PC',
    mef: '2472250331',
    track: 'Plastiques et composites',
    principalCompanyId: 'company',
    fromDay: '2026-09-01',
  })
  classId = opened.publicId
  const cohortId = await openCohort(ctx, teacher, { classId, entryYear: 2026 })
  studentId = await givenStudent(schoolId, (await findCohort(ctx.db, cohortId))?.id ?? 0)
  session = {
    cohortId,
    companyId: 'company',
    kind: 'PROJET',
    format: 'CLASSE',
    day: '2026-11-24',
    minutes: 60,
    topic: 'Moule en composite',
    mentorIds: ['endorser'],
    studentIds: ['student'],
    topicAgreed: false,
    coordinated: false,
    acknowledged: ['PT-06', 'PT-07'],
  }
})

describe('a session', () => {
  test('is led by somebody of the company', async () => {
    await expect(
      recordSession(ctx, teacher, { ...session, mentorIds: ['colleague'] }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/mentorIds/0' }] })
  })

  test('counts once somebody else has confirmed it, and no longer when the student contests', async () => {
    const id = await recordSession(ctx, teacher, session)
    expect(await mentoringWaiting(ctx, teacher)).toEqual([])
    expect(await mentoringWaiting(ctx, endorser)).toMatchObject([{ count: 1 }])
    expect(await confirmedFactsOf(ctx.db, studentId)).toEqual([])
    await expect(confirmSession(ctx, teacher, id)).rejects.toMatchObject({ code: 'forbidden' })
    await confirmSession(ctx, endorser, id)
    expect(await confirmedFactsOf(ctx.db, studentId)).toMatchObject([
      {
        kind: 'session',
        sessionKind: 'PROJET',
        minutes: 60,
        confirmedFunction: 'company-endorser',
      },
    ])
    await expect(confirmSession(ctx, colleague, id)).rejects.toMatchObject({ code: 'conflict' })

    const contest = { studentId: 'student', kind: 'session', factId: id, reason: 'Absent' } as const
    await expect(contestFact(ctx, teacher, contest)).rejects.toMatchObject({ code: 'forbidden' })
    await contestFact(ctx, pupil, contest)
    expect(await confirmedFactsOf(ctx.db, studentId)).toEqual([])
  })

  test('PT-03 CARRIERE is refused to a student who is in 2de pro on the day', async () => {
    const career = { ...session, kind: 'CARRIERE', format: 'PETIT_GROUPE' } as const
    await expect(recordSession(ctx, teacher, career)).rejects.toMatchObject({ rule: 'PT-03' })
  })

  test('is recorded today at the latest', async () => {
    await expect(
      recordSession(ctx, teacher, { ...session, day: '2026-11-25' }),
    ).rejects.toMatchObject({ code: 'invalid-request', fields: [{ pointer: '/day' }] })
  })
})

test('PT-11 a class has one cohort each school year', async () => {
  await expect(openCohort(ctx, teacher, { classId, entryYear: 2026 })).rejects.toMatchObject({
    rule: 'PT-11',
  })
  await expect(openCohort(ctx, teacher, { classId, entryYear: 2027 })).resolves.toBeTypeOf('string')
})

test('a placement counts its days, stands alone on them, and is confirmed by another', async () => {
  const placement = {
    studentId: 'student',
    companyId: 'company',
    tutorId: 'endorser',
    fromDay: '2026-11-02',
    untilDay: '2026-11-20',
    daysDone: 15,
  }
  const id = await recordPlacement(ctx, teacher, placement)
  const next = { ...placement, fromDay: '2026-11-20', untilDay: '2026-11-21', daysDone: 2 }
  await expect(recordPlacement(ctx, teacher, next)).rejects.toMatchObject({ rule: 'PFMP-02' })
  await expect(
    recordPlacement(ctx, teacher, { ...next, fromDay: '2026-11-21' }),
  ).rejects.toMatchObject({ rule: 'PFMP-13', fields: [{ pointer: '/daysDone' }] })
  await recordPlacement(ctx, teacher, { ...next, fromDay: '2026-11-21', daysDone: 1 })
  await expect(confirmPlacement(ctx, teacher, id)).rejects.toMatchObject({ code: 'forbidden' })
  await confirmPlacement(ctx, endorser, id)
  expect(await confirmedFactsOf(ctx.db, studentId)).toMatchObject([{ kind: 'placement', days: 15 }])
})

async function givenOrganisation(kind: 'lycee' | 'company'): Promise<number> {
  const row = { public_id: kind, slug: kind, kind, name: kind, created_at }
  return (await insertOrganisation(ctx.db, row))!
}

async function givenActor(name: string, role: Role, organisationId: number): Promise<Actor> {
  const personId = (await insertPerson(ctx.db, {
    public_id: name,
    given_name: name,
    family_name: 'Test',
    created_at,
  }))!
  await insertAssignment(ctx.db, {
    person_id: personId,
    organisation_id: organisationId,
    role,
    from_day: '2026-09-01',
  })
  return {
    personId,
    publicId: name,
    assignments: [{ role, organisationId }],
    via: 'session',
    scopes: [],
  }
}

async function givenStudent(school_id: number, cohort_id: number): Promise<number> {
  await ctx.db
    .insertInto('students')
    .values({
      public_id: 'student',
      school_id,
      person_id: pupil.personId,
      given_name: 'Léa',
      family_name: 'Béranger',
      birth_date_sealed: ctx.vault.seal('2011-02-03'),
      ine_fingerprint: ctx.vault.fingerprint('1234567890A'),
      created_at,
    })
    .execute()
  const id = (await findStudent(ctx.db, 'student'))?.id ?? 0
  const from_day = '2026-09-01'
  const schooling = { level: '2NDE_PRO', mef: '2472250331', division: '2PC', from_day }
  await ctx.db
    .insertInto('schoolings')
    .values({ ...schooling, student_id: id, school_id })
    .execute()
  await insertEnrolment(ctx.db, { student_id: id, cohort_id, from_day })
  return id
}
