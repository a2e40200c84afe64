import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { recordPlacement } from '../../src/mentoring/placements/record-placement.js'
import { assignLiaison } from '../../src/mentoring/classes/assign-liaison.js'
import { enrolStudent } from '../../src/mentoring/cohorts/enrol-student.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { seeCohort } from '../../src/mentoring/cohorts/see-cohort.js'
import { seeClass } from '../../src/mentoring/classes/see-classes.js'
import { openStudentAccount } from '../../src/mentoring/students/open-student-account.js'
import { seeStudent } from '../../src/mentoring/students/see-student.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { findCohort } from '../../src/mentoring/classes/store.js'
import { insertPlacement } from '../../src/mentoring/facts/store.js'
import { findStudent, insertEnrolment, lockStudent } from '../../src/mentoring/students/store.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { aMember, aPlacement, aSession, aStudent, openAcademy } from './academy.js'

const kept = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.filter(({ status }) => status === 'fulfilled').length

describe.each(STORES)('on $name', ({ open, concurrent }) => {
  test('whoever comes second at the same moment is refused, and the pages read what was written', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { teacher, colleague, tutor, company, classId } = academy
    await aMember(world, academy, { id: 'ana' })
    await aMember(world, academy, { id: 'bilal' })

    // A pool opens its connections as they are needed: without all of them nobody comes second.
    await Promise.all(Array.from({ length: 10 }, () => seeStudent(world, teacher, 'ana')))

    // Placements of one student that overlap, from several persons at once.
    const placement = (day: number) =>
      recordPlacement(world, day % 2 === 0 ? teacher : colleague, {
        studentId: 'ana',
        companyId: company.publicId,
        tutorId: tutor.publicId,
        fromDay: `2026-11-0${day}`,
        untilDay: '2026-11-13',
        daysDone: 1,
      })
    expect(kept(await Promise.allSettled([1, 2, 3, 4, 5, 6].map(placement)))).toBe(1)
    expect((await seeStudent(world, teacher, 'ana')).recorded).toHaveLength(1)

    // One student into two cohorts.
    await aStudent(world, academy, { id: 'chloe' })
    const cohortIds = await Promise.all(
      [2024, 2025].map((entryYear) => openCohort(world, teacher, { classId, entryYear })),
    )
    const into = (cohortId: string) =>
      enrolStudent(world, teacher, { cohortId, studentId: 'chloe', fromDay: '2026-11-24' })
    expect(kept(await Promise.allSettled(cohortIds.map(into)))).toBe(1)

    // Two liaison officers, PT-10.
    const liaison = () =>
      assignLiaison(world, teacher, {
        classId,
        personId: academy.officer.publicId,
        employerId: company.publicId,
        financedById: company.publicId,
        fromDay: '2026-11-24',
      })
    expect(kept(await Promise.allSettled([liaison(), liaison(), liaison()]))).toBe(1)
    expect((await seeClass(world, teacher, classId)).liaisons).toHaveLength(1)

    // Two accounts of one student.
    const account = () =>
      openStudentAccount(world, teacher, { studentId: 'ana', email: 'ana@x.example' })
    await Promise.all([account(), account()])
    const { length } = await world.db
      .selectFrom('role_assignments')
      .selectAll()
      .where('role', '=', 'student')
      .execute()
    expect(length).toBe(1)

    await aSession(world, academy, { studentIds: ['ana', 'bilal'] })
    const view = await seeCohort(world, teacher, academy.cohortId)
    expect(view.sessions).toMatchObject([{ students: 2, contested: 0 }])
    expect(view.members).toMatchObject([
      { publicId: 'ana', minutes: { PROJET: 60 } },
      { publicId: 'bilal', minutes: { PROJET: 60 } },
    ])
    expect(await seeUnconfirmed(world, tutor)).toHaveLength(2)
    await world.db.destroy()
  }, 120_000)

  if (concurrent)
    test('whoever records while somebody else holds the student waits, and reads what was written', async () => {
      const world = await openWorld({ db: await open() })
      const academy = await openAcademy(world)
      const id = (await findStudent(world.db, await aStudent(world, academy, { id: 'ana' })))!.id
      const { cohortId, teacher } = academy
      const cohort = (await findCohort(world.db, cohortId))!
      const fromDay = '2026-11-02'
      const late = await world.db.transaction().execute(async (trx) => {
        await lockStudent(trx, id)
        const others = [
          aPlacement(world, academy, 'ana'),
          enrolStudent(world, teacher, { cohortId, studentId: 'ana', fromDay }),
        ]
        const outcomes = Promise.allSettled(others)
        await sleep(300)
        await insertEnrolment(trx, { student_id: id, cohort_id: cohort.id, from_day: fromDay })
        await insertPlacement(trx, {
          public_id: 'first',
          student_id: id,
          company_id: academy.company.id,
          tutor_id: academy.tutor.personId!,
          from_day: fromDay,
          until_day: '2026-11-03',
          days_done: 2,
          recorded_by_id: teacher.personId!,
          recorded_at: world.now().toISOString(),
        })
        // Not awaited here: they wait for this transaction.
        return { outcomes }
      })
      expect(kept(await late.outcomes)).toBe(0)
      expect((await seeStudent(world, teacher, 'ana')).recorded).toHaveLength(1)
      await world.db.destroy()
    })
})
