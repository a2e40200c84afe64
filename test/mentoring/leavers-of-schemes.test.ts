import { beforeEach, describe, expect, test } from 'vitest'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { endLeavers, GOES_ON, seeLeaving } from '../../src/mentoring/imports/end-leavers.js'
import { importClassList } from '../../src/mentoring/imports/import-class-list.js'
import { csvOf, pixRows } from '../support/csv.js'
import { demoStudents } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { ADDRESS } from './academy.js'
import { browserOf, textOf } from './browser.js'
import { aCordee, aPair, aYouth, openPartners, type Partners } from './partners.js'

let world: World
let partners: Partners
let importId: string
let pairId: string

/** Ana is in a cordée and in a pair; the list of November has her no more. */
beforeEach(async () => {
  world = await openWorld()
  partners = await openPartners(world)
  await aYouth(world, partners.school, { id: 'ana' })
  const cohortId = await aCordee(world, partners)
  await enrolStudents(world, partners.teacher, {
    ...{ cohortId, studentIds: ['ana'], fromDay: '2026-10-01', volunteeredOn: '2026-09-20' },
  })
  pairId = await aPair(world, partners, { studentId: 'ana' })
  const file = csvOf(pixRows(demoStudents(2)))
  const input = { schoolId: partners.school.publicId, schoolYear: 2026, file }
  importId = (await importClassList(world, partners.teacher, input)).id
})

const ending = (changes: Partial<Parameters<typeof endLeavers>[2]> = {}) =>
  endLeavers(world, partners.teacher, {
    ...{ importId, who: ['ana'], lastDay: '2026-11-20', reason: 'DEMENAGEMENT' },
    ...changes,
  })
const ends = async () =>
  Object.fromEntries(
    (
      await world.db
        .selectFrom('enrolments')
        .innerJoin('cohorts', 'cohorts.id', 'enrolments.cohort_id')
        .select(['scheme', 'until_day', 'exit_reason'])
        .execute()
    ).map(({ scheme, until_day, exit_reason }) => [scheme, [until_day, exit_reason]]),
  )
const ON = [null, null]

describe('who leaves a school that takes part in other schemes', () => {
  test('goes on in them, unless it is said: a cordée may go on elsewhere', async () => {
    await ending()
    expect(await ends()).toEqual({ CORDEES: ON, UN_JEUNE_UN_MENTOR: ON })
  })

  test('leaves the schemes that are said, with the reason, and the pair goes on', async () => {
    await ending({ endedSchemes: ['CORDEES'] })
    expect(await ends()).toEqual({
      CORDEES: ['2026-11-20', 'DEMENAGEMENT'],
      UN_JEUNE_UN_MENTOR: ON,
    })
  })

  test('leaves them for another reason, where the P-TECH cohort goes on', async () => {
    await ending({ endedSchemes: ['CORDEES'], reason: GOES_ON })
    expect((await ends())['CORDEES']).toEqual(['2026-11-20', 'AUTRE'])
  })

  test('leaves no pair here, which ends as a whole, nor what is no scheme', async () => {
    for (const code of ['UN_JEUNE_UN_MENTOR', 'AUTRE']) {
      await expect(ending({ endedSchemes: [code] })).rejects.toMatchObject({
        code: 'invalid-request',
        fields: [{ pointer: '/endedSchemes' }],
      })
    }
    expect(await ends()).toEqual({ CORDEES: ON, UN_JEUNE_UN_MENTOR: ON })
  })

  test('is proposed scheme by scheme on the page', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const path = `/imports/${importId}/leavers`
    const page = await tab.get(path)
    expect(textOf(page)).toContain('terminer leur inscription (1 de ces élèves)')
    expect(page.text).toContain(`href="/pairs/${pairId}"`)
    expect(page.text).not.toMatch(/name="endedSchemes"[^>]*checked/)
    await tab.send(path, {
      ...{ who: 'all', lastDay: '2026-11-20', reason: 'DEMENAGEMENT', endedSchemes: 'CORDEES' },
    })
    expect((await ends())['CORDEES']).toEqual(['2026-11-20', 'DEMENAGEMENT'])
    expect((await seeLeaving(world, partners.teacher, importId)).groups).toEqual([])
  })
})
