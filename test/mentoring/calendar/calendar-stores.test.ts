import { describe, expect, test } from 'vitest'
import { makeFeed, MAX_FEEDS } from '../../../src/mentoring/calendar/make-feed.js'
import { planSession } from '../../../src/mentoring/calendar/plan-session.js'
import { readFeed } from '../../../src/mentoring/calendar/read-feed.js'
import { seeMonth } from '../../../src/mentoring/calendar/see-calendar.js'
import { seeSessions } from '../../../src/mentoring/calendar/see-sessions.js'
import { countPlacementsIn, listSessionsIn } from '../../../src/mentoring/calendar/facts-store.js'
import { findAnyCohort } from '../../../src/mentoring/cohorts/store.js'
import { STORES } from '../../support/dialects.js'
import { openWorld } from '../../support/world.js'
import { aMember, aPlacement, aSession, openAcademy } from '../academy.js'

describe.each(STORES)('on $name', ({ open }) => {
  test('a calendar, its feed and its list read what was written', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { cohortId, teacher, company } = academy
    await aMember(world, academy, { id: 'ana' })
    await aMember(world, academy, { id: 'bilal' })
    await aSession(world, academy, { studentIds: ['ana', 'bilal'] })
    await aPlacement(world, academy, 'ana')
    await aPlacement(world, academy, 'bilal')
    const plan = (startTime: string) =>
      planSession(world, teacher, {
        ...{ cohortId, organisationId: company.publicId, mentorId: '', kind: 'PROJET' },
        ...{ day: '2026-11-30', startTime, minutes: 60, topic: 'Moule' },
      })
    // The same at the same moment is planned once.
    const plans = await Promise.allSettled([plan('14:00'), plan('14:00'), plan('09:00'), plan('')])
    expect(plans.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const { content } = await seeMonth(world, teacher, { cohortId, month: '2026-11' })
    expect(content.planned.map(({ startTime }) => startTime)).toEqual([null, '09:00', '14:00'])
    expect(content.sessions).toMatchObject([{ students: 2, contested: 0, version: 1 }])
    expect(content.placements).toMatchObject([{ students: 2, versions: 2 }])
    expect((await seeSessions(world, teacher, { cohortId })).sessions).toHaveLength(1)

    const feed = () => makeFeed(world, teacher, { cohortId, label: 'x', language: 'fr' })
    const feeds = await Promise.allSettled(Array.from({ length: MAX_FEEDS + 3 }, feed))
    expect(feeds.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_FEEDS)
    const { url } = await makeFeed(world, academy.colleague, {
      ...{ cohortId, label: 'x', language: 'en' },
    })
    const [, token = ''] = /feeds\/(.*)\.ics$/.exec(url)!
    expect((await readFeed(world, token)).match(/BEGIN:VEVENT/g)).toHaveLength(5)
  })

  test('a school that is one of several sees what its own students were at', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'ana' })
    await aSession(world, academy, { studentIds: ['ana'] })
    await aPlacement(world, academy, 'ana')
    const { id: cohortId } = (await findAnyCohort(world.db, academy.cohortId))!
    const november = { fromDay: '2026-11-01', untilDay: '2026-11-30' }
    const [elsewhere] = academy.stranger.assignments
    const counts = async (schoolId: number) => [
      (await listSessionsIn(world.db, { cohortId, schoolIds: [schoolId] }, november)).length,
      (await countPlacementsIn(world.db, { cohortId, schoolIds: [schoolId] }, november)).length,
    ]
    expect(await counts(academy.school.id)).toEqual([1, 1])
    expect(await counts(elsewhere!.organisationId!)).toEqual([0, 0])
    // The student had not come to the school before the day of either.
    await world.db.updateTable('schoolings').set({ from_day: '2026-11-20' }).execute()
    expect(await counts(academy.school.id)).toEqual([0, 0])
  })
})
