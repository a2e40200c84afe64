import { describe, expect, test } from 'vitest'
import { endEnrolment } from '../../src/mentoring/cohorts/end-enrolment.js'
import { seeCohort } from '../../src/mentoring/cohorts/see-cohort.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { answerConfirmation } from '../../src/mentoring/confirming/answer-confirmation.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { contestFact } from '../../src/mentoring/facts/contest-fact.js'
import {
  countFigures,
  countOnSchedule,
  markOnSchedule,
} from '../../src/mentoring/indicators/count-figures.js'
import {
  listMentorsBefore,
  listMentorsOf,
} from '../../src/mentoring/indicators/school-figures-store.js'
import { sumFigures, sumSessions } from '../../src/mentoring/indicators/figures-store.js'
import { startAccount } from './indicators/story.js'
import { STORES } from '../support/dialects.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aMember, aPlacement, aSession, openAcademy, type Academy } from './academy.js'

const due = (world: World) => world.db.selectFrom('figures_due').selectAll().execute()

async function figuresOf(world: World, { school }: Academy) {
  await countFigures(world)
  expect(await due(world)).toEqual([])
  return sumFigures(world.db, [school.id], { scheme: 'PTECH', schoolYear: 2026 })
}

describe.each(STORES)('on $name', ({ open }) => {
  test('what acts change is counted again, whole, and only once', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world, 2025)
    for (const id of ['ana', 'bilal', 'chloe'])
      await aMember(world, academy, { id, level: '1RE_PRO' })
    await aMember(world, academy, { id: 'dora', level: '2NDE_PRO' })
    expect(await due(world)).toHaveLength(4)
    expect(await figuresOf(world, academy)).toMatchObject([
      { level: '1RE_PRO', followed: 3, newcomers: 3, sessions: 0 },
      { level: '2NDE_PRO', followed: 1 },
    ])

    // PT-04: September and October are over, and owed to the three in 1re pro.
    const session = await aSession(world, academy, {
      studentIds: ['ana', 'bilal'],
      day: '2026-10-06',
      kind: 'CARRIERE',
    })
    await aSession(world, academy, { studentIds: ['ana', 'bilal', 'dora'], day: '2026-10-07' })
    await aPlacement(world, academy, 'ana')
    await confirmSession(world, academy.tutor, session)
    const [first, second] = await figuresOf(world, academy)
    expect(first).toMatchObject({
      sessions: 2,
      confirmed_sessions: 1,
      minutes: 120,
      student_minutes: 240,
      career_months_owed: 6,
      career_months_met: 2,
      career_students_owed: 3,
      career_students_met: 0,
      mentors: 1,
      placements: 1,
      placement_days: 9,
    })
    // The session of three is one session, with those in 1re pro: most of them are.
    expect(second).toMatchObject({ sessions: 0, student_minutes: 60, career_months_owed: 0 })
    const of = { scheme: 'PTECH', schoolYear: 2026 }
    expect(await sumSessions(world.db, [academy.school.id], of)).toHaveLength(2)

    // What a student contests is not theirs; what all contest is no session.
    for (const id of ['ana', 'bilal']) {
      const student = await startAccount(world, academy, id)
      const contest = { studentId: id, kind: 'session', factId: session, reason: 'Non.' } as const
      await contestFact(world, student, contest)
    }
    expect((await figuresOf(world, academy))[0]).toMatchObject({
      sessions: 1,
      confirmed_sessions: 0,
      career_months_met: 0,
    })

    const { cohortId, teacher } = academy
    const end = { cohortId, studentId: 'chloe', lastDay: '2026-10-30', reason: 'DECROCHAGE' }
    await endEnrolment(world, teacher, end)
    expect((await figuresOf(world, academy))[0]).toMatchObject({
      followed: 3,
      left_education: 1,
      ended_early: 1,
      // Of October, nothing is owed any more: she left before its end.
      career_months_owed: 5,
    })
    expect((await seeCohort(world, teacher, cohortId)).members).toHaveLength(3)
    await world.db.destroy()
  }, 180_000)

  test('what a mentor says did not take place is no session, and neither led nor met', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world, 2025)
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    const held = { studentIds: ['ana'], day: '2026-10-06', kind: 'CARRIERE' }
    const sessionId = await aSession(world, academy, held)
    expect((await figuresOf(world, academy))[0]).toMatchObject({ sessions: 1, mentors: 1 })
    const of = { schoolId: academy.school.id, scheme: 'PTECH', year: 2026 }
    const led = await listMentorsOf(world.db, of)
    expect(led).toHaveLength(1)
    expect((await listMentorsBefore(world.db, led, { ...of, year: 2027 })).size).toBe(1)
    const { token } = await makeConfirmationLink(world, academy.teacher, { sessionId })
    // Recorded by the teacher, answered by the mentor.
    await answerConfirmation(world, {
      token,
      tookPlace: false,
      reason: 'J’étais absent.',
      visitorId: null,
    })
    expect(await due(world)).toHaveLength(1)
    const none = { sessions: 0, minutes: 0, mentors: 0, career_months_met: 0 }
    expect((await figuresOf(world, academy))[0]).toMatchObject(none)
    expect(await listMentorsOf(world.db, of)).toEqual([])
    expect((await listMentorsBefore(world.db, led, { ...of, year: 2027 })).size).toBe(0)
    await world.db.destroy()
  }, 180_000)

  test('PT-04 months pass: each day everybody is due, once', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world, 2025)
    await aMember(world, academy, { id: 'ana', level: '1RE_PRO' })
    expect((await figuresOf(world, academy))[0]).toMatchObject({ career_months_owed: 2 })
    world.clock.advance(8 * DAY)
    expect(await figuresOf(world, academy)).toMatchObject([{ career_months_owed: 2 }])
    await markOnSchedule(world)
    expect(await figuresOf(world, academy)).toMatchObject([{ career_months_owed: 3 }])
    await world.db.destroy()
  }, 180_000)
})

test('the count comes again every two minutes, and leaves one job behind', async () => {
  const world = await openWorld()
  const jobs = () => world.db.selectFrom('jobs').select(['kind', 'run_at', 'key']).execute()
  await countOnSchedule(world)
  await countOnSchedule(world)
  expect(await jobs()).toEqual([
    { kind: 'mark-figures', run_at: '2026-11-24T11:00:00.000Z', key: '2026-11-24' },
    {
      kind: 'count-figures',
      run_at: '2026-11-24T11:02:00.000Z',
      key: '2026-11-24T11:02:00.000Z',
    },
  ])
})
