import { describe, expect, test } from 'vitest'
import { answerConfirmation } from '../../src/mentoring/confirming/answer-confirmation.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { choicesForSession } from '../../src/mentoring/facts/see-session-form.js'
import { seeUnconfirmed } from '../../src/mentoring/confirming/see-unconfirmed.js'
import { findSession } from '../../src/mentoring/facts/store.js'
import { seeOwnData } from '../../src/mentoring/answers/see-own-data.js'
import { addMentor } from '../../src/mentoring/mentors/add-mentor.js'
import { changeMentor } from '../../src/mentoring/mentors/change-mentor.js'
import { listPartners } from '../../src/mentoring/mentors/partners-store.js'
import { seeMentors } from '../../src/mentoring/mentors/see-mentors.js'
import { STORES } from '../support/dialects.js'
import { openWorld, type World } from '../support/world.js'
import { openAcademy } from './academy.js'
import { openPairs, type Pairs } from './any-scheme.js'

const fulfilled = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.filter(({ status }) => status === 'fulfilled').length

describe.each(STORES)('on $name', ({ open }) => {
  test('mentors without account lead sessions of any cohort, and answer each link once', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const pairs = await openPairs(world, academy)
    const { coordinator, structure, cohortId } = pairs
    const said = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' }
    for (const givenName of ['Ève', 'Adam']) {
      await addMentor(world, coordinator, {
        ...said,
        ...{ givenName, familyName: 'Atelier', email: '', sex: '' },
        organisationId: structure.publicId,
      })
    }
    const { mentors } = await seeMentors(world, coordinator)
    expect(mentors.map(({ givenName }) => givenName)).toEqual(['Adam', 'Ève'])
    const state = { mentorId: mentors[0]!.mentorId, charterOn: '2026-11-20', lastDay: '' }
    await changeMentor(world, coordinator, {
      ...state,
      ...{ vetting: 'VERIFIE_PAR_STRUCTURE', vettedOn: '2026-11-02', renewBy: '2027-11-02' },
    })
    expect((await seeMentors(world, academy.teacher)).mentors).toMatchObject([
      { vetting: 'VERIFIE_PAR_STRUCTURE', renewBy: '2027-11-02' },
      { vetting: 'A_VERIFIER' },
    ])

    const mentorIds = mentors.map(({ publicId }) => publicId)
    const record = (topic: string) => aSessionOf(world, pairs, { topic, mentorIds })
    const first = await record('Un')
    const second = await record('Deux')
    expect(await findSession(world.db, first)).toMatchObject({
      ownerId: structure.id,
      schoolIds: [academy.school.id, pairs.otherSchool.id],
    })
    expect(
      await listPartners(world.db, { schoolIds: [academy.school.id], companyIds: [] }),
    ).toEqual([academy.company.id, structure.id])
    const { last } = await choicesForSession(world, coordinator, { cohortId, day: undefined })
    expect(last).toMatchObject({ topic: 'Deux', mentorIds, schoolAdultPresent: true })
    expect(await seeUnconfirmed(world, academy.teacher)).toHaveLength(2)

    const tokenFor = async (sessionId: string, mentorId?: string) =>
      (await makeConfirmationLink(world, coordinator, { sessionId, mentorId })).token
    const answer = (token: string, tookPlace = true) =>
      answerConfirmation(world, { token, tookPlace, reason: 'Non', visitorId: null })
    // Both mentors, one of them twice, and a colleague, at once.
    const [one, other] = [await tokenFor(first), await tokenFor(first, mentorIds[1])]
    const both = [answer(one), answer(one, false), answer(other, false)]
    const outcomes = await Promise.allSettled([
      ...both,
      confirmSession(world, academy.teacher, first),
    ])
    expect(fulfilled(outcomes)).toBe(1)
    const { confirmed_at, disputed_at } = (await findSession(world.db, first))!
    expect([confirmed_at, disputed_at].filter((at) => at !== null)).toHaveLength(1)

    await answer(await tokenFor(second), false)
    expect(await seeUnconfirmed(world, academy.teacher)).toEqual([])
    expect(await seeOwnData(world.db, mentors[0]!.personId)).toMatchObject({
      name: 'Adam Atelier',
      hasEmail: false,
      sessions: 2,
      mentorOf: [{ organisationName: 'Tandems DÉMO', charterOn: '2026-11-20' }],
    })
    await world.db.destroy()
  }, 60_000)
})

function aSessionOf(
  world: World,
  { cohortId, structure, coordinator }: Pairs,
  said: Readonly<{ topic: string; mentorIds: string[] }>,
): Promise<string> {
  return recordSession(world, coordinator, {
    ...said,
    cohortId,
    companyId: structure.publicId,
    kind: 'ESSAI_SEANCE',
    day: '2026-11-24',
    minutes: 60,
    studentIds: ['ana', 'bo'],
    topicAgreed: false,
    coordinated: false,
    schoolAdultPresent: true,
    acknowledged: [],
  })
}
